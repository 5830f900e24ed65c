"""Tables go out so that Excel opens them in Chinese, and no text becomes a formula."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from wenming.files.tables_out import Cell, Sheet, column_width, write_csv, write_workbook

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A1")  # noqa: RUF001


def csv_of(header: list[str], rows: list[list[Cell]]) -> str:
    """A table as CSV text."""
    stream = io.StringIO()
    write_csv(stream, header, rows)
    return stream.getvalue()


def test_csv_opens_in_chinese(tmp_path: Path) -> None:
    write_csv(tmp_path / "t.csv", ["单位", "得分"], [["市公安局", Decimal("1.50")]])
    assert (tmp_path / "t.csv").read_bytes() == "\ufeff单位,得分\r\n市公安局,1.50\r\n".encode()


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_is_made_safe_in_csv(text: str) -> None:
    [row] = list(csv.reader(io.StringIO(csv_of([text], []).removeprefix("\ufeff"), newline="")))
    assert row == [f"'{text}"]


def test_numbers_stay_numbers_in_csv() -> None:
    row: list[Cell] = [-1, Decimal("-29.70"), -0.5, True, None, date(2026, 1, 2), Decimal("1E+2")]
    assert csv_of(["a"], [row]).splitlines()[1] == "-1,-29.70,-0.5,true,,2026-01-02,100"


@given(rows=st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=2), max_size=5))
def test_no_text_of_csv_begins_like_a_formula(rows: list[list[Cell]]) -> None:
    text = csv_of(["a", "b"], rows).removeprefix("\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)


SHEET = Sheet(
    "计分",
    ["单位", "得分", "日期", "时间", "达标"],
    [
        ["=1+1", Decimal("0.6"), date(2026, 1, 2), datetime(2026, 1, 2, 3, 4, tzinfo=UTC), True],
        ["{=1}", -29.7, None, None, False],
        ["http://a.example", 3, None, None, None],
    ],
    {"得分": "0.00"},
)


def packed(*sheets: Sheet) -> io.BytesIO:
    """Sheets as a workbook in memory."""
    stream = io.BytesIO()
    write_workbook(stream, list(sheets))
    stream.seek(0)
    return stream


def test_other_programs_open_the_workbook() -> None:
    page = openpyxl.load_workbook(packed(SHEET))["计分"]
    assert [cell.value for cell in page["A"]] == ["单位", "=1+1", "{=1}", "http://a.example"]
    assert {cell.data_type for cell in page["A"]} == {"s"}
    assert [cell.value for cell in page["B"]] == ["得分", 0.6, -29.7, 3]
    assert page["B2"].number_format == "0.00"
    assert page["C2"].value == datetime(2026, 1, 2)  # noqa: DTZ001
    assert page["E2"].value is True
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:E4"
    rows = CalamineWorkbook.from_filelike(packed(SHEET)).get_sheet_by_index(0).to_python()
    assert rows[2][:2] == ["{=1}", -29.7]


def test_the_same_sheets_give_the_same_bytes(tmp_path: Path) -> None:
    write_workbook(tmp_path / "t.xlsx", [SHEET])
    assert (tmp_path / "t.xlsx").read_bytes() == packed(SHEET).getvalue()


@pytest.mark.parametrize(
    ("titles", "tabs"),
    [
        (["a/b:c", "A b c"], ["a b c", "A b c (2)"]),
        (["长" * 40, "长" * 40], ["长" * 31, "长" * 27 + " (2)"]),
        (["'x'", ""], ["x", "1"]),
    ],
)
def test_titles_are_what_excel_takes(titles: list[str], tabs: list[str]) -> None:
    book = openpyxl.load_workbook(packed(*(Sheet(title, ["a"], []) for title in titles)))
    assert book.sheetnames == tabs


@pytest.mark.parametrize(
    ("cells", "width"),
    [
        ([], 6),
        (["市公安局"], 10),
        (["abc", "abcdefgh"], 10),
        (["一\n二三四五"], 10),
        (["长" * 99], 60),
    ],
)
def test_chinese_is_twice_as_wide(cells: list[str], width: int) -> None:
    assert column_width(cells) == width


@pytest.mark.parametrize(
    "write", [lambda t: write_workbook(t, [SHEET]), lambda t: write_csv(t, [], [])]
)
def test_a_place_that_cannot_be_written_is_told_by_the_system(
    tmp_path: Path, write: Callable[[Path], None]
) -> None:
    with pytest.raises(FileNotFoundError):
        write(tmp_path / "no" / "t")
