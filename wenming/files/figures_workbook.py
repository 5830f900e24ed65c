"""The figures of a paper in Excel or CSV, both ways round, with headings in either language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from wenming.core.errors import BadInput, Place, Problem
from wenming.core.rows import Reader, Row
from wenming.files.csv_rows import Columns, csv_table
from wenming.files.figure_text import (
    PERCENT,
    ReadValue,
    read_listed,
    read_number,
    read_parts,
    read_value,
)
from wenming.files.figures_template import SHEETS, head_of
from wenming.files.workbook import NOTES_SHEETS, sheet_cells, workbook_tables

MOST_ROWS = 2_000
NEEDED = ("title", "value")
ENDINGS = (".xlsx", ".csv", ".tsv")
MOST: Mapping[str, int] = {"title": 200, "title_en": 200, "unit": 20, "split": 8000}
_YES = ("是", "yes")


@dataclass(frozen=True, slots=True)
class WrittenFigure:
    """A figure as a file gives it (表中数字).

    Attributes:
        of, same_as: what the whole, or the same figure of another paper, is called.
        compared_with: name of the system's own figure; "" for none.
        given: columns of the file; what has no column is left as it is.
        places: of the cells, by column.
    """

    title: str
    value: Decimal
    unit: str
    split: tuple[tuple[str, str], ...]
    split_by: bool
    lower_bound: bool
    of: str
    tested: bool
    base: int | None
    compared_with: str
    same_as: str
    members: tuple[str, ...]
    title_en: str
    given: frozenset[str]
    places: Mapping[str, Place]


def read_figures(
    path: Path, *, name: str, own: Mapping[str, Mapping[str, str]]
) -> list[WrittenFigure]:
    """Every figure of a file, in its order, with headings in Chinese or English.

    Args:
        name: the name of the file, to blame and to tell Excel from CSV by its ending.
        own: by language the names of the system's own figures by the words for them; words of
            another language are understood, too.

    Raises:
        BadInput: every mistake that the file alone shows, with the address of its cell.
    """
    language, rows = _rows(path, name)
    if len(rows) > MOST_ROWS:
        facts: dict[str, object] = {"count": len(rows), "most": MOST_ROWS}
        raise BadInput([Problem("figures_too_many", Place(name), facts)])
    reader = _FigureReader(language, own)
    found = [reader.figure(row) for row in rows]
    if not rows:
        reader.refuse("figures_missing", Place(name))
    reader.refuse_twice(found)
    reader.finish()
    return found


def _rows(path: Path, name: str) -> tuple[str, list[Row]]:
    """The language of the headings, and the rows under them.

    The language is the one in which fewer things are wrong.
    """
    ending = Path(name).suffix.lower()
    if ending not in ENDINGS:
        facts: dict[str, object] = {"ending": ending or name, "allowed": ", ".join(ENDINGS)}
        raise BadInput([Problem("ending_unknown", Place(name), facts)])
    refused: list[BadInput] = []
    sheet = _only_sheet(path, name) if ending == ".xlsx" else ""
    for language, title in SHEETS.items():
        try:
            if ending == ".xlsx":
                return language, _of_workbook(path, name, language, sheet or title)
            asked = _columns(language)
            return language, csv_table(
                path, required=asked.required, optional=asked.optional, name=name
            )
        except BadInput as wrong:
            refused.append(wrong)
    raise min(refused, key=_strangeness)


def _columns(language: str) -> Columns:
    head = head_of(language)
    required = [head[column] for column in NEEDED]
    return Columns(required, [heading for heading in head.values() if heading not in required])


def _of_workbook(path: Path, name: str, language: str, sheet: str) -> list[Row]:
    return list(workbook_tables(path, {sheet: _columns(language)}, name=name)[sheet])


def _only_sheet(path: Path, name: str) -> str:
    """The one sheet of a workbook, whatever it is called; "" where there are several."""
    try:
        sheets = [each for each in sheet_cells(path, name=name) if each not in NOTES_SHEETS]
    except BadInput:
        return ""  # reading its rows tells this mistake together with the others
    return sheets[0] if len(sheets) == 1 else ""


def _strangeness(wrong: BadInput) -> tuple[bool, int]:
    """How little a file fits the headings of a language."""
    codes = [each.code for each in wrong.problems]
    return "sheet_missing" in codes, len(codes)


class _FigureReader(Reader):
    """Reads the cells of figures, whose columns go by their headings."""

    def __init__(self, language: str, own: Mapping[str, Mapping[str, str]]) -> None:
        super().__init__()
        self.head, self.offered = head_of(language), own.get(language, {})
        self.own = {word: name for words in own.values() for word, name in words.items()}

    def figure(self, row: Row) -> WrittenFigure:
        value, unit = self._value(row), row.text(self.head["unit"])
        given = {column for column, heading in self.head.items() if heading in row.values}
        if value.is_percent and not unit:
            unit = PERCENT
            given.add("unit")
        if value.is_more:
            given.add("lower_bound")
        self._refuse_long(row)
        self._refuse_alone(row, "tested", "of")
        self._refuse_alone(row, "split_by", "split")
        return WrittenFigure(
            title=self.text(row, self.head["title"]),
            value=value.value,
            unit=unit,
            split=self._split(row),
            split_by=self._flag(row, "split_by"),
            lower_bound=self._flag(row, "lower_bound") or value.is_more,
            of=row.text(self.head["of"]),
            tested=self._flag(row, "tested"),
            base=self._base(row),
            compared_with=self._own(row),
            same_as=row.text(self.head["same_as"]),
            members=read_listed(row.text(self.head["members"])),
            title_en=row.text(self.head["title_en"]),
            given=frozenset(given),
            places={column: row.at(heading) for column, heading in self.head.items()},
        )

    def refuse_twice(self, found: Sequence[WrittenFigure]) -> None:
        """A paper reports a figure once."""
        first: dict[str, int] = {}
        for each in found:
            place = each.places["title"]
            line = first.setdefault(each.title, place.line)
            if each.title and line != place.line:
                self.refuse("figure_twice", place, value=each.title, first_line=line)

    def _value(self, row: Row) -> ReadValue:
        heading = self.head["value"]
        written = self.text(row, heading)
        found = read_value(written) if written else None
        if written and found is None:
            self.refuse("not_a_number", row.at(heading), column=heading, value=written[:40])
        return found or ReadValue(Decimal(0))

    def _split(self, row: Row) -> tuple[tuple[str, str], ...]:
        heading = self.head["split"]
        found = read_parts(row.text(heading))
        for place, text in found.wrong:
            facts: dict[str, object] = {"place": place, "text": text[:40]}
            self.problems.append(Problem("part_without_number", row.at(heading), facts))
        return tuple(found.parts)

    def _flag(self, row: Row, column: str) -> bool:
        return self.flag(row, self.head[column])

    def _base(self, row: Row) -> int | None:
        heading = self.head["base"]
        written = row.text(heading)
        if not written:
            return None
        found = read_number(written)
        if found is None or found != found.to_integral_value() or found < 1:
            self.refuse("not_a_whole_number", row.at(heading), column=heading, value=written[:40])
            return None
        return int(found)

    def _own(self, row: Row) -> str:
        heading = self.head["compared_with"]
        written = row.text(heading)
        if written and written not in self.own:
            facts = {"value": written[:40], "allowed": "、".join(self.offered)}
            self.refuse("not_one_of", row.at(heading), column=heading, **facts)
        return self.own.get(written, "")

    def _refuse_long(self, row: Row) -> None:
        for column, most in MOST.items():
            heading = self.head[column]
            length = len(row.text(heading))
            if length > most:
                facts = {"length": length, "most": most}
                self.refuse("text_longer", row.at(heading), column=heading, **facts)

    def _refuse_alone(self, row: Row, column: str, other: str) -> None:
        """A column that says something only together with another one."""
        heading, needed = self.head[column], self.head[other]
        if row.text(heading) in (*_YES, "true") and not row.text(needed):
            self.refuse("column_alone", row.at(heading), column=heading, other=needed)
