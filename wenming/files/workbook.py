"""Workbooks as plain rows whose cells know their address, such as `items!C7`."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from wenming.core.errors import BadInput, Place, Problem
from wenming.core.rows import Row, Tables
from wenming.files.csv_rows import Columns, header_problems
from wenming.files.texts import nearest, read_bytes
from wenming.files.workbook_archive import looked_into

NOTES_SHEET = "说明"
NOTES_SHEETS = (NOTES_SHEET, "Notes")
"""The sheet that explains the others to people, in Chinese and English; it is not read."""

Value = int | float | str | bool | date | datetime | time | timedelta

_MOST_MEGABYTES = 32
_PANIC = (
    "PanicException"  # of the reader, which gives it no name to import, nor makes it an Exception
)
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError)


def workbook_tables(
    path: Path,
    sheets: Mapping[str, Columns],
    *,
    optional: frozenset[str] = frozenset(),
    name: str | None = None,
    noted: list[Problem] | None = None,
) -> Tables:
    """The plain rows of a workbook, one table for each sheet; wholly blank rows are left out.

    Whole numbers read as "1", dates as 2026-10-01, yes and no as "true" and "false", and
    formulas as the value that was last computed.

    Args:
        sheets: the columns of each sheet that may be there.
        optional: sheets that may be absent.
        name: the name to blame; the path as given when None.
        noted: takes the mistakes instead, where the rows are wanted in spite of them.

    Raises:
        BadInput: one problem for each mistake, with sheet, line, column and address.
    """
    file = name or str(path)
    with opened_workbook(path, file) as (book, problems):
        tables = _tables(book, file, sheets, optional, problems)
    if noted is not None:
        noted += problems
    elif problems:
        raise BadInput(problems)
    return tables


def sheet_cells(path: Path, *, name: str) -> dict[str, list[list[str]]]:
    """The cells of every sheet of a workbook as they would be typed, row by row from the top.

    Args:
        name: the name to blame.

    Raises:
        BadInput: the workbook cannot be read, or is larger or stranger than we take.
    """
    with opened_workbook(path, name) as (book, problems):
        found = {
            sheet: [
                [cell_text(cell) for cell in row]
                for row in book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            ]
            for sheet in book.sheet_names
        }
    if problems:
        raise BadInput(problems)
    return found


@contextmanager
def opened_workbook(path: Path, name: str) -> Iterator[tuple[CalamineWorkbook, list[Problem]]]:
    """A workbook while it is read (读取工作簿), and the faulty cells that were seen beforehand.

    Args:
        name: the name to blame.

    Raises:
        BadInput: the workbook cannot be read, or is larger or stranger than we take.
    """
    content = read_bytes(path, name, most=_MOST_MEGABYTES)
    with _Panics(name):
        try:
            safe, problems = looked_into(content, name)
            yield CalamineWorkbook.from_filelike(io.BytesIO(safe)), problems
        except (*_UNREADABLE, CalamineError, OSError, RuntimeError) as failed:
            raise _unreadable(name, str(failed)) from failed


class _Panics:
    """Turns a panic of the reader, which is no `Exception` and ends a worker, into a refusal."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, failed: BaseException | None, trace: object
    ) -> None:
        if kind is not None and kind.__name__ == _PANIC:
            raise _unreadable(self.name, "panic") from failed


def _unreadable(name: str, reason: str) -> BadInput:
    return BadInput([Problem("workbook_unreadable", Place(name), {"problem": reason})])


def _tables(
    book: CalamineWorkbook,
    file: str,
    sheets: Mapping[str, Columns],
    optional: frozenset[str],
    problems: list[Problem],
) -> Tables:
    for sheet in book.sheet_names:
        if sheet not in sheets and sheet not in NOTES_SHEETS:
            facts = {"allowed": ", ".join(sheets), "nearest": nearest(sheet, sheets)}
            problems.append(Problem("sheet_unknown", Place(file, sheet), {"sheet": sheet, **facts}))
    tables = {}
    for sheet, columns in sheets.items():
        if sheet in book.sheet_names:
            tables[sheet] = _Sheet(file, book.get_sheet_by_name(sheet), columns, problems).rows()
        elif sheet not in optional:
            problems.append(Problem("sheet_missing", Place(file, sheet), {"sheet": sheet}))
    return tables


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
        if not any(cell_text(cell) for row in self.cells for cell in row):
            self._note("sheet_empty", Place(self.file, self.name), sheet=self.name)
            return []
        header = [cell_text(cell) for cell in self.cells[0]]
        while header and not header[-1]:
            header.pop()
        place = Place(self.file, self.name, 1)
        if not header:
            self._note("header_missing", place)
            return []
        found = header_problems(header, self.columns, place)
        self.problems += [self._in_header(each, header) for each in found]
        return list(self._below(header))

    def _below(self, header: Sequence[str]) -> Iterator[Row]:
        for line, cells in enumerate(self.cells[1:], start=2):
            texts = [cell_text(cell) for cell in cells]
            if not any(texts):
                continue
            places = {
                column: self._at(line, position, column) for position, column in enumerate(header)
            }
            for position, text in enumerate(texts):
                column = header[position] if position < len(header) else ""
                if text and not column:
                    self._note("cell_outside", self._at(line, position, column), value=text)
            values = dict(zip(header, texts, strict=False))
            yield Row(values, Place(self.file, self.name, line), places)

    def _at(self, line: int, position: int, column: str) -> Place:
        return Place(self.file, self.name, line, column, f"{self.name}!{_letters(position)}{line}")

    def _in_header(self, problem: Problem, header: Sequence[str]) -> Problem:
        """The mistake with the cell of its heading; a column that is missing has none."""
        column, position = problem.place.column, problem.facts.get("position")
        if column in header:
            return replace(problem, place=self._at(1, header.index(column), column))
        if isinstance(position, int):
            return replace(problem, place=self._at(1, position - 1, ""))
        return problem

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


def cell_text(value: Value) -> str:
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
