"""The threat model names code and tests that there are."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "THREAT_MODEL.md"
TEXT = PAGE.read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.partition("## What is defended")[2].partition("\n## ")[0].splitlines()
    if line.startswith("| ") and not line.startswith("| threat")
]


SAFETY = [
    line
    for line in (ROOT / "docs" / "reference" / "safety.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| clause")
]


@pytest.mark.parametrize("line", SAFETY, ids=lambda line: line[2:60])
def test_each_clause_has_code_and_a_test_that_exist(line: str) -> None:
    _clause, code, tests = (cell.strip() for cell in line.strip("|").split("|"))
    for cell in (code, tests):
        named = re.findall(r"`([^`]+)`", cell)
        assert named
        assert [each for each in named if not (ROOT / each).exists()] == []
    assert all(each.startswith("tests/") for each in re.findall(r"`([^`]+)`", tests))


def test_the_table_is_there() -> None:
    assert len(ROWS) > 20


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_defence_has_code_and_a_test_that_exist(row: list[str]) -> None:
    _threat, _defence, code, tests = row
    for cell, beginning in ((code, "wenming/"), (tests, "tests/")):
        named = re.findall(r"`([^`]+)`", cell)
        assert named
        for each in named:
            assert each.startswith(beginning)
            assert (ROOT / each).exists(), each
