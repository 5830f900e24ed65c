"""The examples in deploy/ name what exists: every variable, every command, every file."""

import re
import shlex
from pathlib import Path

import pytest
import yaml

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


def test_the_list_names_every_file() -> None:
    listed = (DEPLOY / "README.md").read_text(encoding="utf-8")
    for file in DEPLOY.iterdir():
        if file.name != "README.md":
            assert f"`{file.name}`" in listed or f"`{file.suffix}`" in listed, file.name
