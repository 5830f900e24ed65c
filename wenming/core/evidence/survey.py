"""Answer sheets and their design from plain rows."""

from collections.abc import Sequence
from decimal import Decimal

from wenming.core.errors import Place
from wenming.core.evidence.margins import raking_plan, refuse_uncovered
from wenming.core.evidence.records import AnswerTable, Question, SurveyDesign
from wenming.core.rows import LISTED, Reader, Row, Tables
from wenming.core.terms import Words

LONELY = ("fail", "remove", "certainty", "adjust", "average")
INTERVALS = ("auto", "logit", "beta", "wilson", "mean")


def answer_table(tables: Tables) -> AnswerTable | None:
    """The answer sheets as columns, sorted by the whole content of a sheet."""
    if "answers" not in tables:
        return None
    rows = sorted(tables["answers"], key=lambda row: sorted(row.values.items()))
    names = sorted({name for row in rows for name in row.values})
    columns = {name: tuple(row.text(name) for row in rows) for name in names}
    return AnswerTable(columns, tuple(row.place for row in rows))


def survey_design(reader: Reader, tables: Tables) -> SurveyDesign | None:
    """The design of the answer sheets, checked against their columns."""
    rows = tables.get("design", ())
    if not rows:
        if "answers" in tables:
            place = tables["answers"][0].place if tables["answers"] else Place("answers.csv")
            reader.refuse("design_missing", Place(place.file))
        return None
    row = rows[0]
    design = SurveyDesign(
        strata=reader.words(row, "strata"),
        clusters=reader.words(row, "clusters"),
        fpc=reader.words(row, "fpc"),
        weights=row.text("weights"),
        lonely=_one_of(reader, row, "lonely", LONELY, ""),
        interval=_one_of(reader, row, "interval", INTERVALS, "auto"),
        questions=tuple(_question(reader, each) for each in tables.get("questions", ())),
        missing=frozenset(row.text("missing").split(LISTED)) | {""},
        place=row.place,
        raking=raking_plan(reader, tables, row),
    )
    if tables.get("answers"):
        _refuse_unknown_columns(reader, design, row, tables["answers"])
        _refuse_wrong_cells(reader, design, tables["answers"])
        if design.raking is not None:
            refuse_uncovered(reader, design.raking, design.missing, tables["answers"])
    return design


def _question(reader: Reader, row: Row) -> Question:
    yes = frozenset(word for word in row.text("yes").split(LISTED) if word)
    if not yes:
        reader.refuse("cell_blank", row.at("yes"), column="yes")
    return Question(
        column=reader.text(row, "column"),
        item=reader.text(row, "item"),
        condition=reader.count(row, "condition") or 0,
        text=Words(row.text("text_zh"), row.text("text_en")),
        yes=yes,
        no=frozenset(word for word in row.text("no").split(LISTED) if word),
        place=row.place,
    )


def _one_of(reader: Reader, row: Row, column: str, allowed: tuple[str, ...], default: str) -> str:
    word = row.text(column) or default
    if word not in allowed:
        reader.refuse(
            "not_one_of", row.at(column), column=column, value=word, allowed=", ".join(allowed)
        )
    return word


def _refuse_unknown_columns(
    reader: Reader, design: SurveyDesign, row: Row, answers: Sequence[Row]
) -> None:
    known = set(answers[0].values)
    for column, names in (
        ("strata", design.strata),
        ("clusters", design.clusters),
        ("fpc", design.fpc),
        ("weights", (design.weights,) if design.weights else ()),
    ):
        for name in names:
            if name not in known:
                reader.refuse("answer_column_unknown", row.at(column), value=name)
    for question in design.questions:
        if question.column not in known:
            reader.refuse("answer_column_unknown", question.place, value=question.column)


def _refuse_wrong_cells(reader: Reader, design: SurveyDesign, answers: Sequence[Row]) -> None:
    reader.unique(answers, "sheet")
    known = {
        question.column: question.yes | question.no | design.missing
        for question in design.questions
        if question.no
    }
    for row in answers:
        for name in ("sheet", *design.strata, *design.clusters):
            reader.text(row, name)
        for name in (*design.fpc, *([design.weights] if design.weights else ())):
            reader.text(row, name)
            reader.decimal(row, name, least=Decimal(0))
        for column, words in known.items():
            word = row.text(column)
            if word not in words:
                allowed = ", ".join(sorted(filter(None, words)))
                reader.refuse(
                    "not_one_of", row.at(column), column=column, value=word, allowed=allowed
                )
