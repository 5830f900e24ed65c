"""The examples in deploy/ name what exists: every variable, every command, every file."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.urls import URLPattern, URLResolver, get_resolver

from wenming.cli.arguments import parser_in
from wenming.config.environment import KNOWN

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"


def test_the_environment_file_names_every_variable_and_no_other() -> None:
    text = (DEPLOY / "wenming.env").read_text(encoding="utf-8")
    named = set(re.findall(r"^#?([A-Z_]+)=", text, flags=re.MULTILINE))
    assert named == {*KNOWN, "DATABASE_URL"}


def test_what_the_environment_file_sets_is_understood() -> None:
    text = (DEPLOY / "wenming.env").read_text(encoding="utf-8")
    assert all(re.match(r"#|[A-Z_]+=\S+$|$", line) for line in text.splitlines())


def commands() -> list[str]:
    units = "\n".join(file.read_text(encoding="utf-8") for file in DEPLOY.glob("*.service"))
    found = re.findall(r"bin/wenming ([^\n']+)", units)
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    for name in ("web", "worker"):
        program, *words = composed["services"][name]["command"]
        assert program == "wenming"
        found.append(shlex.join(words))
    (started,) = re.findall(
        r'^CMD \["wenming", (.*)\]$', (DEPLOY / "Dockerfile").read_text(), flags=re.MULTILINE
    )
    return [*found, started.replace('"', "").replace(",", "")]


@pytest.mark.parametrize("command", commands())
def test_every_command_is_one_of_ours(command: str) -> None:
    assert callable(parser_in("en").parse_args(shlex.split(command)).run)


def test_the_server_in_front_takes_what_the_program_takes(settings: Any) -> None:
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    (most,) = re.findall(r"client_max_body_size (\d+)m;", text)
    assert int(most) * 1_000_000 >= settings.LARGEST_BODY


def test_no_secret_of_an_address_stands_in_the_log_of_the_server_in_front() -> None:
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    (told,) = re.findall(r"log_format wenming '([^']+)'", text)
    assert not re.search(r"\$(uri|request_uri|request|http_referer|args)\b", told)
    (pattern,) = re.findall(r'"~(\^/\([^"]+)"', text)
    carrying = [
        f"/{route}" for each in get_resolver().url_patterns for route in _routes(each)
        if re.search(r"<(?:str|slug):(?:secret|token)>", route)
    ]  # fmt: skip
    assert carrying
    for route in carrying:
        assert re.match(pattern, route), route


def _routes(pattern: URLPattern | URLResolver, before: str = "") -> Iterator[str]:
    route = before + str(pattern.pattern)
    if isinstance(pattern, URLPattern):
        yield route
    else:
        for each in pattern.url_patterns:
            yield from _routes(each, route)


def test_the_list_names_every_file() -> None:
    listed = (DEPLOY / "README.md").read_text(encoding="utf-8")
    for file in DEPLOY.iterdir():
        if file.name != "README.md":
            assert f"`{file.name}`" in listed or f"`{file.suffix}`" in listed, file.name
