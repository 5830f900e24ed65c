"""Reads an XLSForm; what is not supported is named with its cell, never dropped silently."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from wenming.core.errors import Place, Problem
from wenming.core.questionnaire import Instrument, build_instrument
from wenming.core.rows import Reader, Row, Tables
from wenming.files import xlsform_words as words
from wenming.files.workbook import workbook_tables

_ALIASES = {"list name": "list_name", "relevance": "relevant", "calculate": "calculation"}
_SETTINGS = {"form_id": "key", "version": "version", "missing": "missing"}
_TRUTHS = {"true()": "true", "false()": "false"}


def read_xlsform(path: Path, *, name: str | None = None) -> Instrument:
    """The instrument that an XLSForm describes.

    Args:
        name: the name to blame; the path as given when None.

    Raises:
        BadInput: one problem for each mistake, with sheet and cell.

    Source:
        docs/reference/questionnaire.md, "XLSForm".
    """
    return build_instrument(xlsform_tables(path, name=name), file=name or str(path))


def xlsform_tables(path: Path, *, name: str | None = None) -> Tables:
    """The plain rows of an XLSForm, as `build_instrument` takes them.

    Raises:
        BadInput: the workbook cannot be read, or holds what is not supported.
    """
    noted: list[Problem] = []
    optional = frozenset({words.CHOICES})
    sheets = workbook_tables(path, words.SHEETS, optional=optional, name=name, noted=noted)
    reader = Reader()
    reader.problems += noted
    settings = sheets.get(words.SETTINGS, [])
    if len(settings) != 1 and not noted:
        place = settings[1].place if settings else Place(name or str(path), words.SETTINGS)
        reader.refuse("one_row_expected", place, table=words.SETTINGS, rows=len(settings))
    reader.finish()
    reading = _Reading(reader, _default_language(settings[0]))
    questions = reading.questions(sheets.get(words.SURVEY, ()))
    choices = [reading.choice(row) for row in sheets.get(words.CHOICES, ())]
    head = reading.settings(settings[0])
    reader.finish()
    return {"instrument": [head], "choices": choices, "questions": questions}


def _default_language(settings: Row) -> str:
    return words.language_code(settings.text("default_language")) or "zh"


class _Reading:
    """Turns the rows of the sheets into ours, cell by cell, and names what has no place."""

    def __init__(self, reader: Reader, default: str) -> None:
        self.reader = reader
        self.languages = {default: None}
        self.unnamed: set[str] = set()
        self.default = default

    def questions(self, rows: Sequence[Row]) -> list[Row]:
        """The questions, with the group that each stands in instead of begin and end."""
        found: list[Row] = []
        groups: list[Row] = []
        for row in rows:
            kind = row.text("type").replace(" group", "_group")
            if kind == words.END:
                if groups:
                    groups.pop()
                else:
                    self.reader.refuse("group_not_open", row.at("type"))
                continue
            within = groups[-1].text("name") if groups else ""
            found.append(self._question(row, kind, within))
            if kind == words.BEGIN:
                groups.append(row)
        for row in groups:
            self.reader.refuse("group_unclosed", row.at("type"), value=row.text("name"))
        return found

    def choice(self, row: Row) -> Row:
        """A row of the sheet of choices."""
        return self._renamed(row, {"list_name": "list", "name": "key"}, {"label": "label"})

    def settings(self, row: Row) -> Row:
        """The row of settings; call it last, when all languages are known."""
        titles = {name: f"title:{name[6:]}" for name in row.values if name.startswith("title_")}
        titles["form_title"] = f"title:{self.default}"
        for title in titles.values():
            self.languages.setdefault(title.partition(":")[2])
        plain = _SETTINGS | titles
        read = self._renamed(row, plain, {}, passed=frozenset({"default_language"}))
        if not read.text("version"):
            read = _with(read, {"version": "1"})
        return _with(read, {"languages": ";".join(self.languages)})

    def _question(self, row: Row, kind: str, within: str) -> Row:
        read = self._renamed(row, words.PLAIN, words.TEXTS, passed=frozenset({"type"}))
        required = read.text("required")
        truth = {"required": _TRUTHS.get(required, required)} if required else {}
        read = _with(_with(read, truth), {"within": within})
        return _with(read, self._kind(row, kind), at=row.at("type"))

    def _kind(self, row: Row, kind: str) -> dict[str, str]:
        if kind == words.BEGIN:
            return {"kind": "group"}
        if kind in words.TYPES:
            return {"kind": words.TYPES[kind].value}
        first, _, rest = kind.replace("select one", "select_one").partition(" ")
        first = "select_multiple" if first == "select" else first
        chosen = rest.removeprefix("multiple ").removeprefix("from ").split()
        if first in words.SELECTS and len(chosen) == 1:
            return {"kind": words.SELECTS[first].value, "choices": chosen[0]}
        facts = {"value": row.text("type"), "allowed": words.ALLOWED}
        self.reader.refuse("question_type_unsupported", row.at("type"), **facts)
        return {"kind": "note"}

    def _renamed(
        self,
        row: Row,
        plain: Mapping[str, str],
        texts: Mapping[str, str],
        *,
        passed: frozenset[str] = frozenset(),
    ) -> Row:
        values: dict[str, str] = {}
        places = {}
        for column in row.values:
            ours = self._column(row, column, plain, texts)
            if ours:
                values[ours], places[ours] = row.text(column), row.at(column)
            elif column == "parameters" and row.text(column).startswith(words.PIXELS):
                continue
            elif row.text(column) and column not in passed:
                self.reader.refuse("column_unsupported", row.at(column), column=column)
        return Row(values, row.place, places)

    def _refuse_language(self, row: Row, column: str) -> None:
        """Once for a column, not for each of its rows."""
        if column not in self.unnamed:
            self.unnamed.add(column)
            self.reader.refuse("language_unnamed", row.at(column), column=column)

    def _column(
        self, row: Row, column: str, plain: Mapping[str, str], texts: Mapping[str, str]
    ) -> str:
        name, parted, language = column.partition("::")
        name = _ALIASES.get(name.strip().lower(), name.strip().lower())
        if name in texts:
            code = words.language_code(language) if parted else self.default
            if not code:
                self._refuse_language(row, column)
                return " "
            if row.text(column):
                self.languages.setdefault(code)
            return f"{texts[name]}:{code}"
        return "" if parted else plain.get(name, "")


def _with(row: Row, values: Mapping[str, str], *, at: Place | None = None) -> Row:
    places = dict.fromkeys(values, at) if at else {}
    return Row({**row.values, **values}, row.place, {**row.places, **places})
