"""Tables out: CSV that Excel opens in Chinese, and workbooks; no cell can become a formula."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import IO, Protocol

import xlsxwriter
import xlsxwriter.format
import xlsxwriter.worksheet

from wenming.files.texts import safe_text

Cell = str | int | float | Decimal | bool | date | datetime | None

LONGEST = 32_767
"""Characters that a cell of a workbook can hold."""

_REFUSED_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_WIDEST, _NARROWEST = 60, 6
_MEASURED = 500
_A4 = 9
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)


class TextStream(Protocol):
    """Anything that takes text, such as a file, standard output or a response."""

    def write(self, text: str, /) -> object:
        """Take some text."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook (工作表).

    Attributes:
        title: as on its tab; cut to 31 characters, without the marks that Excel refuses.
        rows: as wide as the header.
        number_formats: Excel's format of a column by its heading, such as "0.00".
    """

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    number_formats: Mapping[str, str] = field(default_factory=dict)


def write_csv(
    target: Path | TextStream, header: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> None:
    """Write a table as CSV in UTF-8 with a byte order mark, row by row.

    A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers
    stay numbers.

    Args:
        target: a path, or a stream of text that stays open.
        header: the headings.
        rows: as wide as the header.
    """
    if isinstance(target, Path):
        with target.open("w", encoding="utf-8", newline="") as stream:
            write_csv(stream, header, rows)
        return
    for line in csv_lines(header, rows):
        target.write(line)


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The same as pieces of text, each made when it is asked for, so that nothing piles up."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow([_safe(heading) for heading in header])
    for row in rows:
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([_safe(cell) for cell in row])
    yield buffer.getvalue()


def write_workbook(target: Path | IO[bytes], sheets: Sequence[Sheet]) -> None:
    """Write a workbook: headings frozen and filtered, columns as wide as their content.

    The same sheets give the same bytes.

    Args:
        target: a path, or a stream of bytes that stays open.
        sheets: at least one.
    """
    if isinstance(target, Path):
        packed = io.BytesIO()
        write_workbook(packed, sheets)
        target.write_bytes(packed.getvalue())
        return
    book = open_workbook(target)
    titles: set[str] = set()
    for sheet in sheets:
        title = _free_title(sheet.title, titles)
        titles.add(title.lower())
        _write_sheet(book, title, sheet)
    book.close()


def write_long_workbook(
    target: IO[bytes], title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> None:
    """Write a workbook of one sheet row by row, in little memory however many rows there are.

    Args:
        target: a stream of bytes that stays open.
        title: of the sheet, as for `Sheet`.
        rows: as wide as the header; the first ones decide how wide the columns are.
    """
    book = open_workbook(target, is_long=True)
    coming = iter(rows)
    first = list(islice(coming, _MEASURED))
    _write_sheet(book, _free_title(title, set()), Sheet(title, header, first), more=coming)
    book.close()


def open_workbook(target: IO[bytes], *, is_long: bool = False) -> xlsxwriter.Workbook:
    """A new workbook in which texts stay texts and the day of writing leaves no trace.

    Args:
        is_long: rows are written in order and laid aside on the disk at once.
    """
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": is_long,
        "in_memory": not is_long,
    }
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"created": _UNDATED})
    return book


def text_width(text: str) -> int:
    """How wide a text prints, in Latin letters; Chinese characters count double."""
    lines = text.splitlines() or [""]
    return max(sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in x) for x in lines)


def column_width(cells: Iterable[str]) -> int:
    """The width of a column for its cells, within what a screen bears."""
    widest = max((text_width(cell) for cell in cells), default=0)
    return min(_WIDEST, max(_NARROWEST, widest + 2))


def _for_print(page: xlsxwriter.worksheet.Worksheet) -> None:
    """A4 across, every column on the page, the headings on each page."""
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _write_sheet(
    book: xlsxwriter.Workbook, title: str, sheet: Sheet, *, more: Iterable[Sequence[Cell]] = ()
) -> None:
    page = book.add_worksheet(title)
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for position, heading in enumerate(sheet.header):
        page.write_string(0, position, heading[:LONGEST], bold)
        shown = (str(row[position]) for row in sheet.rows[:_MEASURED] if row[position] is not None)
        number_format = sheet.number_formats.get(heading)
        style = book.add_format({"num_format": number_format}) if number_format else None
        page.set_column(position, position, column_width([heading, *shown]), style)
    line = 0
    for line, row in enumerate(chain(sheet.rows, more), start=1):
        for position, cell in enumerate(row):
            _write_cell(page, (line, position), cell, {"day": day, "moment": moment})
    page.freeze_panes(1, 0)
    _for_print(page)
    if sheet.header:
        page.autofilter(0, 0, line, len(sheet.header) - 1)


def _write_cell(
    page: xlsxwriter.worksheet.Worksheet,
    place: tuple[int, int],
    cell: Cell,
    formats: Mapping[str, xlsxwriter.format.Format],
) -> None:
    line, position = place
    if isinstance(cell, str):
        page.write_string(line, position, _cut(cell))
    elif isinstance(cell, bool):
        page.write_boolean(line, position, cell)
    elif isinstance(cell, datetime):
        page.write_datetime(line, position, cell.replace(tzinfo=None), formats["moment"])
    elif isinstance(cell, date):
        page.write_datetime(line, position, cell, formats["day"])
    elif cell is not None:
        page.write_number(line, position, cell)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _free_title(title: str, taken: set[str]) -> str:
    """A title that Excel takes and no other sheet has."""
    base = _REFUSED_IN_TITLES.sub(" ", title).strip().strip("'") or "1"
    candidate, n = base[:31], 1
    while candidate.lower() in taken:
        n += 1
        suffix = f" ({n})"
        candidate = base[: 31 - len(suffix)] + suffix
    return candidate


def _safe(cell: Cell) -> object:
    if isinstance(cell, str):
        return safe_text(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return cell
