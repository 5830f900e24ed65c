"""Editions go to YAML and to workbooks and come back the same, and open in other programs."""

import io
import random
import zipfile
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.files.writing import EDITION, only, refused, write
from wenming.core.errors import BadInput
from wenming.core.framework import Edition, edition_hash
from wenming.core.terms import Words
from wenming.files.edition_rows import EDITION_TABLES, edition_rows
from wenming.files.editions import edition_tables, read_checklists, read_edition, write_edition
from wenming.files.problems import PROBLEMS

ENDINGS = (".yaml", ".xlsx")


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    """The small edition in which everything occurs."""
    return read_edition(write(tmp_path / "small.yaml", EDITION))


@pytest.fixture
def book(tmp_path: Path, edition: Edition) -> openpyxl.Workbook:
    """The same edition as an open workbook."""
    write_edition(edition, tmp_path / "small.xlsx")
    return openpyxl.load_workbook(tmp_path / "small.xlsx")


def saved(book: openpyxl.Workbook, path: Path) -> Path:
    """Save a changed workbook."""
    book.save(path)
    return path


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_edition_comes_back_the_same(tmp_path: Path, edition: Edition, ending: str) -> None:
    path = tmp_path / f"again{ending}"
    write_edition(edition, path)
    assert edition_hash(read_edition(path)) == edition_hash(edition)
    once = path.read_bytes()
    write_edition(read_edition(path), path)
    assert path.read_bytes() == once


AWKWARD = (
    *("1.10", "true", "~", "null", "yes", "0x1F", "2026-01-02", "1e3", "- a", "a: b", "#x"),
    *("*a", "&a", "!a", "@a", "%a", "`a", '"a"', "'a'", "a\nb", "{a}", "[a]", "，；、", "𠮷龑䶮"),
    *("=1+1", "x\u2028y", "a  b", "a" * 300 + " " + "b c" * 90, "http://a.b/c#d", "a\tb"),
)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_texts_come_back_as_they_were(
    tmp_path: Path, edition: Edition, ending: str, text: str
) -> None:
    words = Words(text, text)
    awkward = replace(
        edition, key=text, title=words, note=words, groups={"宣教": words, "x": words}
    )
    write_edition(awkward, tmp_path / f"e{ending}")
    assert edition_hash(read_edition(tmp_path / f"e{ending}")) == edition_hash(awkward)


@pytest.mark.parametrize("ending", ENDINGS)
def test_numbers_keep_every_digit(tmp_path: Path, edition: Edition, ending: str) -> None:
    deff = Decimal("1.00000000000000000123")
    exact = replace(edition, official=replace(edition.official, deff=deff))
    write_edition(exact, tmp_path / f"e{ending}")
    assert read_edition(tmp_path / f"e{ending}").official.deff == deff


def test_yaml_is_written_for_people(tmp_path: Path, edition: Edition) -> None:
    write_edition(edition, tmp_path / "e.yaml")
    text = (tmp_path / "e.yaml").read_text(encoding="utf-8")
    assert (
        "          - key: '1.10'\n            title: {zh: 条件}\n            points: 1.00\n" in text
    )
    assert "                  B: {all_of: [1, 3], mark: invented}\n" in text
    assert "宣教: {zh: 宣传教育组（文明办）, en: publicity}" in text


def test_every_column_that_is_written_is_in_the_contract(edition: Edition) -> None:
    for table, rows in edition_rows(edition).items():
        columns = EDITION_TABLES[table]
        assert {column for row in rows for column in row} <= {
            *columns.required,
            *columns.optional,
        }


def test_the_workbook_is_made_for_people(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["说明", *EDITION_TABLES]
    items = book["items"]
    assert items.freeze_panes == "B2"
    assert items["A2"].value == "1.10"
    assert items["A2"].data_type == "s"
    assert items["E2"].value == 1
    note = next(cell for cell in items[2] if cell.value == "=1+1")
    assert note.data_type == "s"
    rules = {
        str(rule.sqref): rule.formula1 for rule in book["limits"].data_validations.dataValidation
    }
    assert '">,>=,<,<="' in rules.values()


WRONG_CELLS = [
    ("items", "title_en", 1, "title", "column_unknown"),
    ("items", "points", 2, "#N/A", "cell_error"),
    ("items", "points", 2, "=1+1", "formula_without_value"),
    ("items", "points", 3, "zwei", "not_a_number"),
    ("grades", "mark", 2, "guessed", "not_one_of"),
    ("criteria", "shape", 3, "cube", "not_one_of"),
]


@pytest.mark.parametrize("wrong", WRONG_CELLS)
def test_a_wrong_cell_is_named_by_its_address(
    tmp_path: Path, book: openpyxl.Workbook, wrong: tuple[str, str, int, str, str]
) -> None:
    sheet, column, line, value, code = wrong
    headings = [cell.value for cell in book[sheet][1]]
    cell = book[sheet].cell(line, headings.index(column) + 1)
    cell.value = value
    path = saved(book, tmp_path / "wrong.xlsx")
    problem = next(p for p in refused(lambda: read_edition(path)) if p.code == code)
    assert (problem.place.sheet, problem.place.line) == (sheet, line)
    if line == 1:
        assert problem.place.column == value
    else:
        assert problem.place.address == f"{sheet}!{cell.coordinate}"


def test_a_cell_beside_the_table_is_refused(tmp_path: Path, book: openpyxl.Workbook) -> None:
    book["items"]["Z9"] = "x"
    problem = only(refused(lambda: read_edition(saved(book, tmp_path / "wrong.xlsx"))))
    assert (problem.code, problem.place.address) == ("cell_outside", "items!Z9")


def test_sheets_are_checked_by_name(tmp_path: Path, book: openpyxl.Workbook) -> None:
    book["limits"].title = "limit"
    del book["items"]
    for row in book["grades"]["A1:C4"]:
        for cell in row:
            cell.value = None
    problems = refused(lambda: edition_tables(saved(book, tmp_path / "wrong.xlsx")))
    assert {(problem.code, problem.facts["sheet"]) for problem in problems} == {
        ("sheet_unknown", "limit"),
        ("sheet_missing", "items"),
        ("sheet_empty", "grades"),
    }
    assert all(set(problem.facts) == set(PROBLEMS[problem.code]) for problem in problems)


def test_a_sheet_that_would_fill_the_memory_is_refused(
    tmp_path: Path, book: openpyxl.Workbook
) -> None:
    book["items"]["XFD1048576"] = "x"
    problem = only(refused(lambda: edition_tables(saved(book, tmp_path / "wide.xlsx"))))
    assert (problem.code, problem.place.sheet) == ("sheet_too_large", "items")


@pytest.mark.parametrize("content", [b"x", b"PK\x03\x04" + b"x" * 50, EDITION.encode()])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    problem = only(refused(lambda: edition_tables(write(tmp_path / "e.xlsx", content))))
    assert problem.code == "workbook_unreadable"


def test_a_damaged_workbook_is_read_or_refused(tmp_path: Path, book: openpyxl.Workbook) -> None:
    whole = saved(book, tmp_path / "whole.xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chance = random.Random(7)
    for _ in range(120):
        name = chance.choice(list(parts))
        part = bytearray(parts[name])
        for _ in range(chance.randint(1, 6)):
            part[chance.randrange(len(part))] = chance.choice(b"<>/\"'=A1 \xff")
        damaged = io.BytesIO()
        with zipfile.ZipFile(damaged, "w") as archive:
            for each, content in parts.items():
                archive.writestr(each, bytes(part) if each == name else content)
        with suppress(BadInput):
            read_edition(write(tmp_path / "damaged.xlsx", damaged.getvalue()))


def test_other_endings_and_unwritable_places_are_refused(tmp_path: Path, edition: Edition) -> None:
    for path in (tmp_path / "e.xls", tmp_path / "e"):
        assert only(refused(lambda: read_edition(path))).code == "ending_unknown"  # noqa: B023
        assert only(refused(lambda: write_edition(edition, path))).code == "ending_unknown"  # noqa: B023
    for ending in ENDINGS:
        nowhere = tmp_path / "no" / f"e{ending}"
        problem = only(refused(lambda: write_edition(edition, nowhere)))  # noqa: B023
        assert (problem.code, problem.facts) == ("file_unwritable", {"reason": "ENOENT"})


def test_a_text_too_long_for_a_cell_is_refused_not_cut(tmp_path: Path, edition: Edition) -> None:
    long = replace(edition, note=Words("长" * 32_768))
    problem = only(refused(lambda: write_edition(long, tmp_path / "e.xlsx")))
    assert (problem.code, problem.place.sheet, problem.place.column) == (
        "text_too_long",
        "edition",
        "note_zh",
    )


def test_checklists_are_read_from_a_workbook_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "site_types"
    book.active.append(["key", "title_zh"])
    book.active.append(["main_road", "主次干道"])
    lines = book.create_sheet("lines")
    lines.append(["key", "site_type", "title_zh", "item", "judge", "op", "value"])
    lines.append(["main_road-01", "main_road", "无垃圾", "B5.3.1", "count", "<=", 0])
    checklists = read_checklists(saved(book, tmp_path / "c.xlsx"))
    assert [line.key for _, line in checklists.lines()] == ["main_road-01"]
