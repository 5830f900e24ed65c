"""Surveys as the engine knows them, and how often each answer was given."""

from collections.abc import Sequence

from django.db.models import Count
from django.db.models.fields.json import KeyTextTransform

from wenming.core import evidence as records
from wenming.core.errors import Place
from wenming.rounds.models import Round
from wenming.survey.margin_rows import raking_of
from wenming.survey.models import AnswerSheet, SurveyPlan


def survey_of(round_: Round) -> tuple[records.SurveyDesign | None, records.AnswerTable | None]:
    """The design of the survey (问卷调查) and its sheets, in canonical order.

    Returns:
        Design and sheets; each None when the round has none.
    """
    plan = SurveyPlan.objects.filter(round=round_).first()
    if plan is None:
        return None, None
    place = Place("design.yaml")
    design = records.SurveyDesign(
        strata=tuple(plan.strata),
        clusters=tuple(plan.clusters),
        fpc=tuple(plan.fpc),
        weights=plan.weights,
        lonely=plan.lonely,
        interval=plan.interval,
        questions=tuple(
            records.Question(
                column=each.column,
                item=each.item,
                condition=each.condition,
                text=each.text,
                yes=frozenset(each.yes),
                no=frozenset(each.no),
                place=place,
            )
            for each in round_.questions.order_by("position")
        ),
        missing=frozenset(plan.missing),
        place=place,
        raking=raking_of(plan.raking),
    )
    return design, _answers_of(round_, plan.columns)


def _answers_of(round_: Round, columns: Sequence[str] | None) -> records.AnswerTable | None:
    if columns is None:
        return None
    sheets = list(round_.answer_sheets.order_by("position").values_list("values", flat=True))
    place = Place("answers.csv")
    return records.AnswerTable(
        {name: tuple([sheet[name] for sheet in sheets]) for name in columns},
        (place,) * len(sheets),
    )


def answers_by(round_: Round, column: str, by: str = "") -> list[tuple[str, str, int]]:
    """How often each answer of a question was given, counted without weights.

    Args:
        column: of the answer sheets.
        by: another column that divides the sheets; "" for none.

    Returns:
        Answer, value of `by` ("" for none) and number of sheets; blank answers as "".
    """
    keys = ["answer", "part"] if by else ["answer"]
    sheets = AnswerSheet.objects.filter(round=round_).annotate(
        answer=KeyTextTransform(column, "values"), part=KeyTextTransform(by, "values")
    )
    rows = sheets.values(*keys).annotate(sheets=Count("pk")).order_by(*keys)
    return [(row["answer"] or "", row.get("part") or "", row["sheets"]) for row in rows]
