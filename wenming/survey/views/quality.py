"""The quality of a survey on the desk: what was left open, interviewers, weights, open answers."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wenming.base.access import requires
from wenming.base.tables import Listed, list_page
from wenming.core.questionnaire.quality import FEWEST_ALIKE, FEWEST_SHEETS, SPEEDING_PART
from wenming.survey.open_tables import open_table
from wenming.survey.queries.instruments import instrument_of
from wenming.survey.queries.interviewers import (
    FEWEST_ANSWERS,
    FLAGGED_BELOW,
    differences_of,
    interviewers_of,
)
from wenming.survey.queries.open_answers import open_answers, open_questions
from wenming.survey.queries.quality import (
    counts_of,
    looked_at,
    question_text,
    responses_of,
    weights_of,
)
from wenming.survey.views.instruments import EDIT, VIEW
from wenming.survey.views.sheets import found_round, seen_sheets, seen_work

THRESHOLDS = {
    "alike": FEWEST_ALIKE,
    "sheets": FEWEST_SHEETS,
    "part": SPEEDING_PART,
    "answers": FEWEST_ANSWERS,
    "flagged": FLAGGED_BELOW,
}


@requires(EDIT)
@require_safe
def quality(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How good the survey of a round is; only for whoever sees the sheets of everybody."""
    round_ = found_round(request, pk)
    work = seen_work(request, round_)
    context: dict[str, object] = {"round": round_, "work": work, "thresholds": THRESHOLDS}
    if work is not None:
        sheets = looked_at(work)
        differences = differences_of(work, sheets)
        context |= {
            "counts": counts_of(sheets),
            "has_missing": bool(instrument_of(work.instrument).missing),
            "responses": responses_of(work, sheets),
            "interviewers": interviewers_of(work, sheets),
            "differences": differences,
            "flagged": [each for each in differences if each.is_flagged],
            "weights": weights_of(work, sheets),
        }
    return render(request, "survey/quality.html", context)


@requires(VIEW)
@require_safe
def answered_openly(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """What people said in their own words, on the sheets that the person who asks sees."""
    round_ = found_round(request, pk)
    work = seen_work(request, round_)
    questions: list[tuple[str, str]] = []
    rows: Listed[object] = Listed(())
    if work is not None:
        instrument = instrument_of(work.instrument)
        questions = [
            (each.key, question_text(instrument, each)) for each in open_questions(instrument)
        ]
        rows = Listed(open_answers(work, seen_sheets(request).filter(fieldwork=work)))
    return list_page(
        request,
        open_table(questions),
        rows,
        template="survey/open.html",
        round=round_,
        has_questions=bool(questions),
    )
