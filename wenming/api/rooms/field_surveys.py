"""Interviews on a phone: the surveys that are taken along, and the answer sheets that come back."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest

from wenming.api.finding import one, seen
from wenming.api.operations import Deed, Room
from wenming.api.rooms.survey_forms import AnswersGiven, AnswersTaken, SurveyShown
from wenming.api.shapes import Shown
from wenming.base.access import city_of, person
from wenming.core.errors import BadInput, Place
from wenming.core.permissions import Capability
from wenming.survey.models import Fieldwork
from wenming.survey.queries.errands import surveys_out
from wenming.survey.services.places import places_out
from wenming.survey.services.sheets import take_sheet

INTERVIEW = Capability.INTERVIEW
room = Room(tags=["Surveys 问卷调查"])


class SurveysShown(Shown):
    """Everything that an interviewer takes along."""

    surveys: list[SurveyShown]


@room.deed(Deed("GET", "/field/surveys", INTERVIEW, "本人的问卷调查任务包。", SurveysShown))
def show_surveys(request: HttpRequest) -> SurveysShown:
    """The surveys of open rounds in which the caller interviews, to be taken along."""
    asker = person(request)
    errands = surveys_out(asker, city_of(request))
    return SurveysShown(
        surveys=[SurveyShown.of(each, places_out(each.work, by=asker)) for each in errands]
    )


@room.deed(
    Deed(
        "POST",
        "/field/surveys/{uuid:pk}/sheets",
        INTERVIEW,
        "提交答卷；同一答卷重复提交只收一份。",
        AnswersTaken,
        201,
    )
)
def send_answers(request: HttpRequest, pk: UUID, given: AnswersGiven) -> AnswersTaken:
    """Hand in an answer sheet; the same instance is taken once, however often it is sent.

    422 names every wrong answer as `body.answers.` and its question.
    """
    rows = seen(request, Fieldwork, INTERVIEW).select_related("instrument", "collection", "city")
    work = one(rows, pk)
    try:
        sheet, is_new = take_sheet(work, given.sheet, by=person(request))
    except BadInput as wrong:
        raise BadInput(
            replace(each, place=Place(f"body.answers.{each.place.column}"))
            for each in wrong.problems
        ) from wrong
    return AnswersTaken(
        instance=sheet.instance,
        sheet=sheet.pk,
        state=sheet.state,
        repeated=not is_new,
        received_at=sheet.received_at,
    )
