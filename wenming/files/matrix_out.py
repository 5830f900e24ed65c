"""A matrix out as a workbook: upright heads, frozen panes, large numbers in deeper cells."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TypeAlias

import xlsxwriter
import xlsxwriter.format
import xlsxwriter.worksheet

from wenming.files.tables_out import Cell, column_width, open_workbook

_DEEP, _PALE = "#E8A59E", "#FFFFFF"
_FIRST_LINE, _NARROW, _HEAD_PT, _A3 = 2, 6, 150, 8

Page: TypeAlias = xlsxwriter.worksheet.Worksheet
Formats: TypeAlias = Mapping[str, xlsxwriter.format.Format]


@dataclass(frozen=True, slots=True)
class MatrixSheet:
    """A matrix as a sheet (矩阵工作表).

    Attributes:
        corner: headings of the columns that stay in sight.
        columns: what stands over each further column: its block, and its heading.
        rows: as wide as corner and columns together.
        foot: the same, below all rows.
        notes: lines below the table.
    """

    title: str
    corner: Sequence[str]
    columns: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[Cell]]
    foot: Sequence[Cell] = ()
    notes: Sequence[str] = ()


def write_matrix(sheet: MatrixSheet) -> bytes:
    """The matrix as a workbook with one sheet; texts stay texts, numbers numbers."""
    written = io.BytesIO()
    book = open_workbook(written)
    page = book.add_worksheet(sheet.title[:31])
    formats = _formats(book)
    _write_head(page, sheet, formats)
    lines = [*sheet.rows, *([sheet.foot] if sheet.foot else [])]
    for line, row in enumerate(lines, start=_FIRST_LINE):
        style = formats["foot" if line - _FIRST_LINE == len(sheet.rows) else "cell"]
        for position, cell in enumerate(row):
            _write_cell(page, (line, position), cell, style)
    for line, note in enumerate(sheet.notes, start=_FIRST_LINE + len(lines) + 1):
        page.write_string(line, 0, note)
    fixed = len(sheet.corner)
    last = fixed + len(sheet.columns) - 1
    if sheet.rows and sheet.columns:
        area = (_FIRST_LINE, fixed, _FIRST_LINE + len(sheet.rows) - 1, last)
        scale = {"type": "2_color_scale", "min_color": _PALE, "max_color": _DEEP}
        page.conditional_format(*area, scale)
    page.freeze_panes(_FIRST_LINE, fixed)
    page.set_landscape()
    page.set_paper(_A3)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, _FIRST_LINE - 1)
    book.close()
    return written.getvalue()


def _formats(book: xlsxwriter.Workbook) -> Formats:
    head = {"bold": True, "border": 1, "text_wrap": True}
    cell = {"border": 1, "num_format": "0.00", "valign": "vcenter"}
    return {
        "corner": book.add_format({**head, "valign": "bottom"}),
        "block": book.add_format({**head, "valign": "top"}),
        "upright": book.add_format({**head, "rotation": 90, "valign": "bottom", "bold": False}),
        "cell": book.add_format(cell),
        "foot": book.add_format({**cell, "bold": True}),
    }


def _write_head(page: Page, sheet: MatrixSheet, formats: Formats) -> None:
    fixed = len(sheet.corner)
    for position, heading in enumerate(sheet.corner):
        page.merge_range(0, position, 1, position, "", formats["corner"])
        page.write_string(0, position, heading, formats["corner"])
        shown = [str(row[position]) for row in sheet.rows if row[position] is not None]
        page.set_column(position, position, column_width([heading, *shown]))
    page.set_row(1, _HEAD_PT)
    first = fixed
    for block, listed in groupby(sheet.columns, key=lambda column: column[0]):
        last = first + len(list(listed)) - 1
        if last > first:
            page.merge_range(0, first, 0, last, "", formats["block"])
        page.write_string(0, first, block, formats["block"])
        first = last + 1
    for position, (_block, heading) in enumerate(sheet.columns, start=fixed):
        page.write_string(1, position, heading, formats["upright"])
    if sheet.columns:
        page.set_column(fixed, fixed + len(sheet.columns) - 1, _NARROW)


def _write_cell(
    page: Page, place: tuple[int, int], cell: Cell, style: xlsxwriter.format.Format
) -> None:
    line, position = place
    if isinstance(cell, int | float | Decimal):
        page.write_number(line, position, float(cell), style)
    elif cell is None:
        page.write_blank(line, position, None, style)
    else:
        page.write_string(line, position, str(cell), style)
