"""A copy of a broken file with every mistake written beside the place where it stands."""

import io
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import xlsxwriter

from wenming.core.errors import Problem
from wenming.files.tables_out import LONGEST, open_workbook
from wenming.files.texts import as_text, read_bytes
from wenming.files.workbook import NOTES_SHEET, cell_text, opened_workbook

Say = Callable[[Problem], str]
"""From a mistake to its sentence in the language of the reader."""

_ADDRESS = re.compile(r"(?:.*!)?([A-Z]{1,3})([0-9]{1,7})$")
_MOST_MEGABYTES = 32
_LONGEST_NOTE = 2_000


def annotated_workbook(path: Path, problems: Sequence[Problem], *, name: str, say: Say) -> bytes:
    """The workbook again with its bad cells coloured, each with a comment that says why.

    The cells are copied as text, so that it can be corrected and brought in again. The sheet
    that is not read lists what belongs to no sheet that is there.

    Args:
        name: the name to blame.

    Raises:
        BadInput: the workbook cannot be opened.
    """
    with opened_workbook(path, name) as (source, _faulty):
        sheets = {
            sheet: source.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            for sheet in source.sheet_names
        }
    packed = io.BytesIO()
    book = open_workbook(packed)
    by_sheet = _by_sheet(problems)
    elsewhere = [say(each) for sheet in by_sheet.keys() - sheets.keys() for each in by_sheet[sheet]]
    if elsewhere and NOTES_SHEET not in sheets:
        _write_sheet(book, NOTES_SHEET, [[said] for said in elsewhere], {})
    for sheet, cells in sheets.items():
        texts = [[cell_text(cell) for cell in row] for row in cells]
        texts += [[said] for said in elsewhere if sheet == NOTES_SHEET]
        _write_sheet(book, sheet, texts, _by_cell(by_sheet.get(sheet, ()), say))
    book.close()
    return packed.getvalue()


def annotated_text(path: Path, problems: Sequence[Problem], *, name: str, say: Say) -> bytes:
    """The text again with each mistake as a comment above its line.

    Args:
        name: the name to blame.

    Raises:
        BadInput: the file is no text.
    """
    text = as_text(read_bytes(path, name, most=_MOST_MEGABYTES), name)
    notes: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        said = say(problem).replace("\n", " ")
        notes[max(problem.place.line, 1)].append(f"# !! {problem.place.column} {said}".rstrip())
    lines = []
    for number, line in enumerate(text.splitlines(), start=1):
        lines += [*notes.get(number, ()), line]
    return ("\n".join(lines) + "\n").encode()


def _by_sheet(problems: Sequence[Problem]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        found[problem.place.sheet].append(problem)
    return found


def _by_cell(problems: Sequence[Problem], say: Say) -> dict[tuple[int, int], str]:
    """Sentences by row and column from 0; what has no cell stands at the head of its row."""
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for problem in problems:
        match = _ADDRESS.match(problem.place.address)
        row = max(problem.place.line - 1, 0)
        column = _position(match[1]) if match else 0
        found[row, column].append(say(problem))
    return {place: "\n".join(said)[:_LONGEST_NOTE] for place, said in found.items()}


def _position(letters: str) -> int:
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1


def _write_sheet(
    book: xlsxwriter.Workbook,
    title: str,
    texts: Sequence[Sequence[str]],
    notes: Mapping[tuple[int, int], str],
) -> None:
    page = book.add_worksheet(title[:31])
    plain = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    bad = book.add_format(
        {"num_format": "@", "text_wrap": True, "valign": "top", "bg_color": "#FFD6CC", "border": 1}
    )
    bold = book.add_format({"bold": True, "bottom": 1})
    page.set_column(0, max((len(row) for row in texts), default=1), 18)
    for line, row in enumerate(texts):
        for position, text in enumerate(row):
            if text and (line, position) not in notes:
                page.write_string(line, position, text[:LONGEST], plain if line else bold)
    for (line, position), said in notes.items():
        text = texts[line][position] if line < len(texts) and position < len(texts[line]) else ""
        if text:
            page.write_string(line, position, text[:LONGEST], bad)
        else:
            page.write_blank(line, position, None, bad)
        page.write_comment(line, position, said, {"x_scale": 2, "y_scale": 1.5})
    page.freeze_panes(1, 1)
