"""Stores the design of a survey, its questions and its answer sheets."""

from wenming.core import evidence as records
from wenming.rounds.models import Round
from wenming.survey.margin_rows import kept_raking
from wenming.survey.models import AnswerSheet, Question, SurveyPlan


def store_survey(
    round_: Round, design: records.SurveyDesign | None, answers: records.AnswerTable | None
) -> None:
    """Store how answer sheets (答卷) were drawn, what was asked, and the sheets.

    Args:
        design: None when the round has no survey.
        answers: in canonical order; None when no sheets came.
    """
    if design is None:
        return
    SurveyPlan.objects.create(
        city_id=round_.city_id,
        round=round_,
        strata=list(design.strata),
        clusters=list(design.clusters),
        fpc=list(design.fpc),
        weights=design.weights,
        lonely=design.lonely,
        interval=design.interval,
        missing=sorted(design.missing),
        columns=None if answers is None else list(answers.columns),
        raking=kept_raking(design.raking),
    )
    _store_questions(round_, design)
    if answers is not None:
        _store_sheets(round_, answers)


def _store_questions(round_: Round, design: records.SurveyDesign) -> None:
    Question.objects.bulk_create(
        Question(
            city_id=round_.city_id,
            round=round_,
            column=each.column,
            item=each.item,
            condition=each.condition,
            text_zh=each.text.zh,
            text_en=each.text.en,
            yes=sorted(each.yes),
            no=sorted(each.no),
            position=position,
        )
        for position, each in enumerate(design.questions)
    )


def _store_sheets(round_: Round, answers: records.AnswerTable) -> None:
    names = list(answers.columns)
    sheets = zip(*answers.columns.values(), strict=True)
    AnswerSheet.objects.bulk_create(
        (
            AnswerSheet(
                city_id=round_.city_id,
                round=round_,
                key=values.get("sheet", ""),
                values=values,
                position=position,
            )
            for position, values in enumerate(
                dict(zip(names, sheet, strict=True)) for sheet in sheets
            )
        ),
        batch_size=2000,
    )
