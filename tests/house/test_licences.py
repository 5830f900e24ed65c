"""The list of packages of others is that of the locks, and no licence is borne without a reason."""

import json
import re

import pytest

from tests.house.tree import ROOT
from tools import audit, licences

PAGE = (ROOT / "docs" / "reference" / "licences.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (?P<name>[^|]+) \| (?P<version>\S+) \| (?P<licence>[^|]+) \| (?P<why>.*)\|$")


def rows(heading: str) -> list[re.Match[str]]:
    """The packages that stand under a heading of the page."""
    part = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    found = [ROW.match(line) for line in part.splitlines()]
    return [each for each in found if each and each["name"] != "package"]


def listed(*headings: str) -> set[tuple[str, str]]:
    return {(row["name"], row["version"]) for each in headings for row in rows(each)}


def test_the_python_packages_are_those_of_the_locks() -> None:
    program, tools = "Python: the program", "Python: development only"
    assert listed(program) == licences.of_python("app")
    assert listed(program, tools) == licences.of_python("dev") | licences.of_python("uv")


def test_the_packages_of_the_pages_are_those_of_the_locks() -> None:
    pages = ("JavaScript: the pages", "JavaScript: building the pages only")
    assert listed(*pages) == {each[:2] for each in licences.of_npm("frontend")}
    assert listed("JavaScript: tests only") == {each[:2] for each in licences.of_npm("tests/odk")}


@pytest.mark.parametrize("heading", re.findall(r"^## (.+)$", PAGE, re.MULTILINE))
def test_no_licence_is_borne_without_a_reason(heading: str) -> None:
    assert rows(heading)
    for row in rows(heading):
        named = set(re.findall(r"[\w.+-]+", row["licence"])) - {"AND", "OR"}
        assert named
        assert named <= licences.FREE or row["why"].strip(), row["name"]
        assert named <= licences.FREE | licences.REASONS.keys(), row["name"]


def test_what_could_not_be_audited_is_never_called_clean() -> None:
    known = {"name": "a", "version": "1", "vulns": [{"id": "GHSA-1", "fix_versions": ["2"]}]}
    unknown = {"name": "b", "skip_reason": "Dependency not found"}
    found, asked, skipped = audit.told_of_python({"dependencies": [known, unknown]})
    assert found == ["a 1: GHSA-1, mended in 2"]
    assert (asked, skipped) == (1, 1)
    assert audit.told_of_node({"message": "405", "error": {}}) == ([], 0)


def test_the_bill_of_materials_names_every_package_once() -> None:
    bill = json.loads(json.dumps(licences.bill()))
    held = [each["bom-ref"] for each in bill["components"]]
    assert len(held) == len(set(held)) > 100
    assert bill["specVersion"] == "1.6"
