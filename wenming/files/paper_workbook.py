"""Papers out as workbooks: title, lines and tables as in Word, ready to be printed."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import ceil
from typing import TypeAlias

import xlsxwriter
import xlsxwriter.format
import xlsxwriter.worksheet

from wenming.files.tables_out import Cell, open_workbook, text_width
from wenming.files.word_out import CELL_PT, SHADE, Paper, TextTable, written_cell

A4 = 9
LINE_PT = 15
SAFETY = 1.05
"""Letters are seldom exactly as wide as they are counted."""
CHARACTERS_A_CM = 4.4
"""How many of Excel's units of width a centimetre holds."""

Page: TypeAlias = xlsxwriter.worksheet.Worksheet
Formats: TypeAlias = Mapping[str, xlsxwriter.format.Format]


def write_paper_workbook(paper: Paper) -> bytes:
    """The same paper as a workbook: one sheet for each table, ready to be printed on A4 across."""
    written = io.BytesIO()
    book = open_workbook(written)
    formats = _formats(book)
    for table in paper.tables or [TextTable("", [""], [25.6], [])]:
        _write_page(book.add_worksheet(), paper, table, formats)
    book.close()
    return written.getvalue()


def _formats(book: xlsxwriter.Workbook) -> Formats:
    cell = {"border": 1, "text_wrap": True, "valign": "vcenter", "font_size": CELL_PT}
    return {
        "title": book.add_format({"bold": True, "font_size": 18, "align": "center"}),
        "line": book.add_format({"font_size": CELL_PT, "text_wrap": True, "valign": "top"}),
        "end": book.add_format({"font_size": CELL_PT, "align": "right"}),
        "head": book.add_format({**cell, "bold": True, "bg_color": f"#{SHADE}", "align": "center"}),
        "text": book.add_format(cell),
        "number": book.add_format({**cell, "num_format": "0.00"}),
        "day": book.add_format({**cell, "num_format": "yyyy-mm-dd", "align": "center"}),
    }


def _write_page(page: Page, paper: Paper, table: TextTable, formats: Formats) -> None:
    last = len(table.header) - 1
    for position, width in enumerate(table.widths):
        page.set_column(position, position, width * CHARACTERS_A_CM)
    page.set_row(0, 30)
    _across(page, (0, last), paper.title, formats["title"])
    line = 1
    for text in [*paper.lines, table.heading]:
        _across(page, (line, last), text, formats["line"])
        line += 1
    head = line
    for position, heading in enumerate(table.header):
        page.write_string(head, position, heading, formats["head"])
    for line, row in enumerate(table.rows, start=head + 1):
        page.set_row(line, LINE_PT * _lines(row, table.widths))
        for position, value in enumerate(row):
            _write_value(page, (line, position), value, formats)
    line = head + len(table.rows) + 1
    for text, kind in [*((t, "line") for t in paper.notes), *((t, "end") for t in paper.signed)]:
        _across(page, (line, last), text, formats[kind])
        line += 1
    page.freeze_panes(head + 1, 0)
    page.repeat_rows(head)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_footer("&C— &P —")


def _lines(row: Sequence[Cell], widths: Sequence[float]) -> int:
    """How many lines the fullest cell takes; nobody fits rows to their text when a file is made."""
    cells = zip(row, widths, strict=True)
    return max(
        ceil(text_width(written_cell(value)) * SAFETY / (width * CHARACTERS_A_CM))
        for value, width in cells
    )


def _across(
    page: Page,
    place: tuple[int, int],
    text: str,
    style: xlsxwriter.format.Format,
) -> None:
    line, last = place
    if last:
        page.merge_range(line, 0, line, last, "", style)
    page.write_string(line, 0, text, style)


def _write_value(
    page: Page,
    place: tuple[int, int],
    value: Cell,
    formats: Formats,
) -> None:
    line, position = place
    if isinstance(value, date):
        page.write_datetime(line, position, value, formats["day"])
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        page.write_number(line, position, float(value), formats["number"])
    else:
        page.write_string(line, position, written_cell(value), formats["text"])
