"""From plain rows to an instrument; every mistake in the rows is told at once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wenming.core.errors import Place
from wenming.core.questionnaire.checks import refuse_unsound
from wenming.core.questionnaire.expressions import (
    Expression,
    ExpressionNotSupported,
    ExpressionNotUnderstood,
)
from wenming.core.questionnaire.model import (
    Choice,
    FormQuestion,
    Instrument,
    Labels,
    QuestionKind,
)
from wenming.core.questionnaire.parsing import NAME, parse
from wenming.core.rows import LISTED, Reader, Row, Tables

RESERVED = frozenset(
    {
        "sheet", "source", "interviewer", "stratum", "cluster", "household", "weight",
        "instrument", "version", "started", "ended", "county", "street", "community",
        "communities_total", "households_total", "meta", "instanceid", "instancename",
    }
)  # fmt: skip
"""Names that the columns around the answers have, or that a form keeps for itself."""

OWN_NAMES = "wm_"
"""How the questions and lists begin that a form of a round puts around a questionnaire."""

_NAME = re.compile(NAME)
_LONGEST_NAME = 64


def build_instrument(tables: Tables, *, file: str = "") -> Instrument:
    """Build an instrument from plain rows.

    Args:
        tables: `instrument` (key, version, languages, missing, title:zh, title:en …),
            `choices` (list, key, label:zh …) and `questions` (key, kind, within, choices, label:zh,
            hint:zh, required, relevant, constraint, message:zh, calculation, appearance, item,
            condition, yes, no, bank). A text has a column for each language.
        file: the name to blame when a whole table is missing.

    Raises:
        BadInput: one problem for each mistake, with its place.

    Source:
        docs/reference/questionnaire.md.
    """
    reader = Reader()
    heads = tables.get("instrument", ())
    if len(heads) != 1:
        reader.refuse("one_row_expected", Place(file), table="instrument", rows=len(heads))
        reader.finish()
    head = heads[0]
    languages = reader.words(head, "languages") or ("zh",)
    if not tables.get("questions"):
        reader.refuse("questions_missing", head.place)
    built = _Building(reader, languages, frozenset(_parts(head, "missing")))
    choices = built.choices(tables.get("choices", ()))
    instrument = Instrument(
        key=built.name(head, "key"),
        title=built.needed(head, "title"),
        version=reader.text(head, "version"),
        languages=languages,
        choices=choices,
        questions=tuple(built.question(row) for row in tables.get("questions", ())),
        missing=built.missing,
    )
    reader.unique(tables.get("questions", ()), "key")
    refuse_unsound(reader, instrument)
    reader.finish()
    return instrument


@dataclass(frozen=True, slots=True)
class _Building:
    reader: Reader
    languages: Sequence[str]
    missing: frozenset[str]

    def choices(self, rows: Sequence[Row]) -> Mapping[str, tuple[Choice, ...]]:
        found: dict[str, tuple[Choice, ...]] = {}
        for row in rows:
            name, key = self.reader.text(row, "list"), self.reader.text(row, "key")
            if name not in found and name.lower().startswith(OWN_NAMES):
                self.reader.refuse("list_name_reserved", row.at("list"), value=name)
            if " " in key or "\u3000" in key:
                self.reader.refuse("choice_key_with_blank", row.at("key"), value=key)
            if any(key and key == each.key for each in found.get(name, ())):
                self.reader.refuse("choice_twice", row.at("key"), value=key, list=name)
            found[name] = (*found.get(name, ()), Choice(key, self.needed(row, "label")))
        return found

    def question(self, row: Row) -> FormQuestion:
        reader = self.reader
        kind = reader.choice(row, "kind", QuestionKind, QuestionKind.TEXT) or QuestionKind.TEXT
        key = self.name(row, "key")
        if key.lower() in RESERVED or key.lower().startswith(OWN_NAMES):
            reader.refuse("question_name_reserved", row.at("key"), value=key)
        label = self.needed(row, "label") if kind.is_shown else self.labels(row, "label")
        calculation = self.expression(row, "calculation")
        if kind is QuestionKind.CALCULATE and not row.text("calculation"):
            reader.refuse("cell_blank", row.at("calculation"), column="calculation")
        return FormQuestion(
            key=key,
            kind=kind,
            label=label,
            hint=self.labels(row, "hint"),
            within=row.text("within"),
            choices=row.text("choices"),
            is_required=reader.flag(row, "required"),
            relevant=self.expression(row, "relevant", truth=True),
            constraint=self.expression(row, "constraint", truth=True),
            constraint_message=self.labels(row, "message"),
            calculation=calculation,
            appearance=row.text("appearance"),
            item=row.text("item"),
            condition=reader.count(row, "condition") or 0,
            yes=frozenset(_parts(row, "yes")),
            no=frozenset(_parts(row, "no")),
            bank=row.text("bank"),
            place=row.place,
            places={column: row.at(column) for column in row.values},
        )

    def name(self, row: Row, column: str) -> str:
        """A name that can stand in an XForm."""
        name = self.reader.text(row, column)
        if name and (not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME):
            self.reader.refuse("question_name_wrong", row.at(column), value=name)
        return name

    def labels(self, row: Row, column: str) -> Labels:
        """The texts that are there, by language."""
        texts = {language: row.text(f"{column}:{language}") for language in self.languages}
        return {language: text for language, text in texts.items() if text}

    def needed(self, row: Row, column: str) -> Labels:
        """As `labels`; the first language must be there."""
        self.reader.text(row, f"{column}:{self.languages[0]}")
        return self.labels(row, column)

    def expression(self, row: Row, column: str, *, truth: bool = False) -> Expression | None:
        """The expression in a cell; None when it is blank or wrong."""
        text = row.text(column)
        if not text:
            return None
        try:
            found = parse(text)
        except (ExpressionNotUnderstood, ExpressionNotSupported) as refused:
            self.reader.refuse(refused.code, row.at(column), **refused.facts)
            return None
        if truth and not (found.is_truth or found.is_answer):
            self.reader.refuse("expression_not_a_question", row.at(column), value=text)
        return found


def _parts(row: Row, column: str) -> list[str]:
    """A list of choices: parted as rows of files part them, or by blanks."""
    return [part for part in row.text(column).replace(LISTED, " ").split() if part]
