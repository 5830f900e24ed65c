"""Workbooks as plain rows whose cells know their address, such as `items!C7`."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from wenming.core.errors import BadInput, Place, Problem
from wenming.core.rows import Row, Tables
from wenming.files.csv_rows import Columns, header_problems
from wenming.files.texts import nearest, read_bytes

NOTES_SHEET = "说明"
"""The sheet that explains the others to people; it is not read."""

Value = int | float | str | bool | date | datetime | time | timedelta

_MOST_MEGABYTES = 32
_MOST_UNPACKED = 256_000_000
_MOST_CELLS = 4_000_000
_WIDEST = 16_384
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})([0-9]{1,7})["']""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_ERRORS = frozenset(
    {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"}
)


def workbook_tables(
    path: Path,
    sheets: Mapping[str, Columns],
    *,
    optional: frozenset[str] = frozenset(),
    name: str | None = None,
) -> Tables:
    """The plain rows of a workbook, one table for each sheet; wholly blank rows are left out.

    Whole numbers read as "1", dates as 2026-10-01, yes and no as "true" and "false", and
    formulas as the value that was last computed.

    Args:
        sheets: the columns of each sheet that may be there.
        optional: sheets that may be absent.
        name: the name to blame; the path as given when None.

    Raises:
        BadInput: one problem for each mistake, with sheet, line, column and address.
    """
    file = name or str(path)
    book = _open(read_bytes(path, file, most=_MOST_MEGABYTES), file)
    problems: list[Problem] = []
    for sheet in book.sheet_names:
        if sheet not in sheets and sheet != NOTES_SHEET:
            facts = {"allowed": ", ".join(sheets), "nearest": nearest(sheet, sheets)}
            problems.append(Problem("sheet_unknown", Place(file, sheet), {"sheet": sheet, **facts}))
    tables = {}
    for sheet, columns in sheets.items():
        if sheet in book.sheet_names:
            tables[sheet] = _Sheet(file, book.get_sheet_by_name(sheet), columns, problems).rows()
        elif sheet not in optional:
            problems.append(Problem("sheet_missing", Place(file, sheet), {"sheet": sheet}))
    if problems:
        raise BadInput(problems)
    return tables


def _open(content: bytes, file: str) -> CalamineWorkbook:
    try:
        _refuse_bombs(content, file)
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError) as failed:
        problem = str(failed)
    except (CalamineError, EOFError, OSError, RuntimeError, ValueError) as failed:
        problem = str(failed)
    raise BadInput([Problem("workbook_unreadable", Place(file), {"problem": problem})])


def _refuse_bombs(content: bytes, file: str) -> None:
    """Refuse what would unpack to far more than it is; the reader fills whole rectangles."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
        if unpacked > _MOST_UNPACKED:
            facts: dict[str, object] = {"bytes": unpacked, "most": _MOST_UNPACKED}
            raise BadInput([Problem("file_too_large", Place(file), facts)])
        for member in archive.namelist():
            if member.endswith(".xml") and _extent(archive.read(member)) > _MOST_CELLS:
                facts = {"sheet": member, "most": _MOST_CELLS}
                raise BadInput([Problem("sheet_too_large", Place(file), facts)])


def _extent(xml: bytes) -> int:
    """The most cells that a sheet's rectangle can have, by what its XML says."""
    references = _REFERENCE.findall(xml)
    named = {letters.upper() for letters, _ in references}
    rightmost = max(map(_position, named), default=0)
    if sum(1 for letters, _ in references if letters) < (cells := len(_CELL.findall(xml))):
        rightmost = max(rightmost, min(cells, _WIDEST))
    return rightmost * max((int(digits) for _, digits in references), default=0)


def _position(letters: bytes) -> int:
    """The number of a column by its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number


class _Sheet:
    """One sheet while it becomes rows; its first row holds the headings."""

    def __init__(
        self, file: str, sheet: CalamineSheet, columns: Columns, problems: list[Problem]
    ) -> None:
        self.file = file
        self.name = sheet.name
        self.cells = sheet.to_python(skip_empty_area=False)
        self.columns = columns
        self.problems = problems

    def rows(self) -> list[Row]:
        if not any(_text(cell) for row in self.cells for cell in row):
            self._note("sheet_empty", Place(self.file, self.name), sheet=self.name)
            return []
        header = [_text(cell) for cell in self.cells[0]]
        while header and not header[-1]:
            header.pop()
        place = Place(self.file, self.name, 1)
        if not header:
            self._note("header_missing", place)
            return []
        self.problems += header_problems(header, self.columns, place)
        return list(self._below(header))

    def _below(self, header: Sequence[str]) -> Iterator[Row]:
        for line, cells in enumerate(self.cells[1:], start=2):
            texts = [_text(cell) for cell in cells]
            if not any(texts):
                continue
            places = {
                column: self._at(line, position, column) for position, column in enumerate(header)
            }
            for position, text in enumerate(texts):
                column = header[position] if position < len(header) else ""
                if text in _ERRORS:
                    self._note("cell_error", self._at(line, position, column), value=text)
                elif text and not column:
                    self._note("cell_outside", self._at(line, position, column), value=text)
            values = dict(zip(header, texts, strict=False))
            yield Row(values, Place(self.file, self.name, line), places)

    def _at(self, line: int, position: int, column: str) -> Place:
        return Place(self.file, self.name, line, column, f"{self.name}!{_letters(position)}{line}")

    def _note(self, code: str, place: Place, **facts: object) -> None:
        self.problems.append(Problem(code, place, facts))


def _letters(position: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _text(value: Value) -> str:
    """A cell as it would be typed."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        whole = number.is_finite() and number == number.to_integral_value()
        return str(int(number)) if whole else format(number, "f")
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).strip()
