"""CSV files as plain rows that know the line on which they begin."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wenming.core.errors import BadInput, Place, Problem
from wenming.core.rows import Row
from wenming.files.texts import as_text, nearest, plain_text, read_bytes

_MOST_MEGABYTES = 512
_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a table may have.

    Attributes:
        is_free: whether other columns are allowed too.
    """

    required: Sequence[str]
    optional: Sequence[str] = ()
    is_free: bool = False


def csv_table(
    path: Path,
    *,
    required: Sequence[str],
    optional: Sequence[str] = (),
    free: bool = False,
    name: str | None = None,
) -> list[Row]:
    """The rows of a CSV file; wholly blank rows are left out.

    The file is UTF-8, with or without a byte order mark, or GB18030. Cells are parted by
    commas; by semicolons or tabs where the header holds no comma. The apostrophe that our own
    files put before what a spreadsheet would run as a formula is taken off. A row's place is the
    line on which it begins; `Row.at` names the column of a cell.

    Args:
        required: columns that must be there, in any order.
        optional: columns that may be there.
        free: whether other columns are allowed too.
        name: the name to blame; the path as given when None.

    Raises:
        BadInput: one problem for each mistake, with line and column.

    Source:
        docs/reference/round-format.md, "CSV files".
    """
    file = name or str(path)
    text = as_text(read_bytes(path, file, most=_MOST_MEGABYTES), file, or_gb18030=True)
    lines = _Lines(text, file)
    header = next(lines, None)
    if header is None:
        raise BadInput([Problem("header_missing", Place(file))])
    line, cells = header
    columns = [cell.strip() for cell in cells]
    problems = header_problems(columns, Columns(required, optional, free), Place(file, line=line))
    rows = list(_rows(lines, columns, problems))
    if problems := [*problems, *lines.problems]:
        raise BadInput(problems)
    return rows


def _rows(lines: "_Lines", columns: Sequence[str], problems: list[Problem]) -> Iterator[Row]:
    for line, cells in lines:
        place = Place(lines.file, line=line)
        if len(cells) == len(columns):
            yield Row(dict(zip(columns, cells, strict=True)), place)
        else:
            facts: dict[str, object] = {"cells": len(cells), "expected": len(columns)}
            problems.append(Problem("row_ragged", place, facts))


def header_problems(header: Sequence[str], columns: Columns, place: Place) -> list[Problem]:
    """What is wrong with the headings of a table.

    Args:
        header: the headings as they stand, without surrounding blanks.
        place: of the header line.
    """
    allowed = [*columns.required, *columns.optional]
    problems = []
    for position, heading in enumerate(header, start=1):
        if not heading:
            problems.append(Problem("column_blank", place, {"position": position}))
    for column, count in Counter(filter(None, header)).items():
        at = Place(place.file, place.sheet, place.line, column)
        if count > 1:
            problems.append(Problem("column_twice", at, {"column": column}))
        if column not in allowed and not columns.is_free:
            facts: dict[str, object] = {
                "column": column,
                "allowed": ", ".join(allowed),
                "nearest": nearest(column, allowed),
            }
            problems.append(Problem("column_unknown", at, facts))
    missing = [column for column in columns.required if column not in header]
    return problems + [Problem("column_missing", place, {"column": each}) for each in missing]


class _Lines:
    """The rows of a CSV text that are not wholly blank, each with its first line."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.has_apostrophes = "'" in text
        self.problems: list[Problem] = []
        self.reader = csv.reader(
            io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True
        )

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        return self

    def __next__(self) -> tuple[int, list[str]]:
        while True:
            line = self.reader.line_num + 1
            try:
                cells = next(self.reader)
            except csv.Error as failed:
                place = Place(self.file, line=line)
                self.problems.append(Problem("csv_syntax", place, {"problem": str(failed)}))
                raise StopIteration from failed
            if any(cell.strip() for cell in cells):
                return line, [plain_text(each) for each in cells] if self.has_apostrophes else cells


def _delimiter(text: str) -> str:
    header = next((line for line in text.splitlines() if line.strip()), "")
    return next((mark for mark in _DELIMITERS if mark in header), ",")
