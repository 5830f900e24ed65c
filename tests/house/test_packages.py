"""The locks hold every package of pyproject.toml, with hashes, and agree with each other."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.house.tree import ROOT

PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+)(?P<marker> ;[^\\]*)?", re.MULTILINE)


def pins(name: str) -> set[tuple[str, str, str]]:
    """Name, version and marker of each package in a lock."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    return {
        (one["name"], one["version"], (one["marker"] or "").strip(" ;\\"))
        for one in PIN.finditer(text)
    }


def wanted(*extras: str) -> set[str]:
    """The packages that pyproject.toml asks for, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = [*project["dependencies"]]
    for extra in extras:
        lines += project["optional-dependencies"][extra]
    return {re.split(r"[\[<>=~]", line)[0] for line in lines}


@pytest.mark.parametrize(("lock", "extras"), [("app", ["build"]), ("dev", ["build", "dev"])])
def test_every_package_asked_for_is_pinned(lock: str, extras: list[str]) -> None:
    assert wanted(*extras) - {name for name, _, _ in pins(lock)} == set()


def test_the_set_for_development_holds_the_one_for_the_application() -> None:
    assert pins("app") - pins("dev") == set()


@pytest.mark.parametrize("lock", ["app", "dev", "uv"])
def test_every_pin_has_hashes(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    blocks = re.split(r"\n(?=\w)", text)
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def imported_by_the_program() -> dict[str, str]:
    """Libraries that `wenming` imports, each with one file that does so."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "wenming").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [each.name for each in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            found |= {name.split(".")[0]: str(path.relative_to(ROOT)) for name in names}
    return {name: path for name, path in found.items() if name not in sys.stdlib_module_names}


def test_the_program_imports_only_what_it_asks_for() -> None:
    """A library of the tests is there while they run, and missing where the program is used."""
    asked, packages = wanted(), packages_distributions()
    parts = {"wenming", "pydantic_core"}  # itself, and a part of pydantic
    missing = {
        name: path
        for name, path in imported_by_the_program().items()
        if name not in parts
        and not asked & {each.lower().replace("_", "-") for each in packages.get(name, [])}
    }
    assert missing == {}, "list them under dependencies in pyproject.toml, then `make lock`"
