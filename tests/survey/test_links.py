"""Links for answering without an account: who makes them, and that each takes in one sheet."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.core.questionnaire.building import instrument, question
from tests.survey.answering import DRAWN, Survey, link, made, small_survey, wish
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry
from wenming.core.errors import BadInput
from wenming.core.terms import SheetSource
from wenming.rounds.services.collections import CollectionNotOpen, close_collection
from wenming.survey.models import AnswerLink, LinkBatch, Sheet
from wenming.survey.services.instruments import (
    FieldDesign,
    bring_instrument,
    put_instrument_in_use,
    set_fieldwork,
)
from wenming.survey.services.links import (
    LinkAnswered,
    LinkCountWrong,
    LinkDesignMissing,
    LinkEndsTooEarly,
    LinkOver,
    QuestionnaireNotForWeb,
    WebAnswers,
    answer_by_link,
    close_links,
    make_links,
)
from wenming.survey.services.sheets import SentSheet, take_sheet

pytestmark = pytest.mark.django_db

ANSWERS = {"age": "40", "sat": "yes"}


@pytest.fixture
def survey() -> Survey:
    return small_survey()


def given(answers: dict[str, str] = ANSWERS, device: str = "") -> WebAnswers:
    return WebAnswers(answers, timezone.now() - timedelta(minutes=2), device)


def test_a_link_takes_one_sheet_however_often_it_is_sent(survey: Survey) -> None:
    first, second = made(survey)
    sheet, is_new = answer_by_link(link(second), given())
    again, is_new_again = answer_by_link(link(second), given())
    assert (is_new, is_new_again, again) == (True, False, sheet)
    assert (sheet.source, sheet.interviewer, sheet.drawn["household"]) == (
        SheetSource.WEB, None, "户2",
    )  # fmt: skip
    with pytest.raises(LinkAnswered):
        answer_by_link(link(second), given({"age": "41", "sat": "yes"}))
    answer_by_link(link(first), given())
    assert Sheet.objects.count() == 2
    entry = AuditEntry.objects.filter(action="sheet.take_by_link").first()
    assert entry is not None
    assert entry.actor is None


def test_nothing_stored_leads_from_a_sheet_to_its_link(survey: Survey) -> None:
    secrets = made(survey)
    sheet, _ = answer_by_link(link(secrets[0]), given())
    stored = [*AnswerLink.objects.values(), *LinkBatch.objects.values()]
    assert not any(secret in str(stored) for secret in secrets)
    assert str(sheet.pk) not in str(stored)
    assert str(sheet.instance) not in str(stored)


def test_a_shared_link_takes_one_sheet_from_each_device(survey: Survey) -> None:
    (secret,) = made(survey, is_shared=True)
    for device in ("a", "b"):
        answer_by_link(link(secret), given(device=device))
    with pytest.raises(LinkAnswered):
        answer_by_link(link(secret), given({"age": "20", "sat": "yes"}, device="a"))
    drawn = Sheet.objects.order_by("received_at").values_list("drawn__household", flat=True)
    assert list(drawn) == ["户1", "户2"]
    assert link(secret).n_answers == 2


def test_only_the_office_makes_and_closes_links(survey: Survey) -> None:
    made(survey)
    batch = LinkBatch.objects.get()
    for person in (survey.field.cast.zhao, survey.field.cast.sun, survey.field.cast.wu):
        with pytest.raises(PermissionDenied):
            make_links(survey.work, wish(), by=person)
        with pytest.raises(PermissionDenied):
            close_links(batch, by=person)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"count": 0}, LinkCountWrong),
        ({"count": 2001}, LinkCountWrong),
        ({"ends_at": timezone.now() - timedelta(seconds=1)}, LinkEndsTooEarly),
        ({"drawn": {}}, LinkDesignMissing),
        ({"drawn": DRAWN | {"weight": "two"}}, LinkDesignMissing),
        ({"drawn": {}, "is_shared": True}, LinkDesignMissing),
    ],
)
def test_links_that_could_take_nothing_are_refused(
    survey: Survey, changes: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        made(survey, **changes)
    assert not LinkBatch.objects.exists()


def test_a_questionnaire_that_needs_a_photograph_is_not_for_the_web(survey: Survey) -> None:
    lin, field = survey.field.cast.lin, survey.field
    form = instrument(question("photo", "image", required="true"), key="photos")
    used = put_instrument_in_use(bring_instrument(form, city=field.cast.city, by=lin), by=lin)
    work = set_fieldwork(field.collection, used, design=FieldDesign((), ("home",)), by=lin)
    with pytest.raises(QuestionnaireNotForWeb):
        make_links(work, wish(drawn={"home": "#"}), by=lin)


def test_closed_and_ended_links_and_rounds_take_nothing(survey: Survey) -> None:
    one, other = made(survey)
    (ended,) = made(survey, count=1)
    lin = survey.field.cast.lin
    close_links(link(one).batch, by=lin, number=1)
    LinkBatch.objects.filter(links=link(ended)).update(ends_at=timezone.now())
    for secret in (one, ended):
        with pytest.raises(LinkOver):
            answer_by_link(link(secret), given())
    close_collection(survey.field.collection, by=lin)
    with pytest.raises(CollectionNotOpen):
        answer_by_link(link(other), given())
    with pytest.raises(CollectionNotOpen):
        made(survey)
    close_links(link(other).batch, by=lin)
    with pytest.raises(LinkOver):
        answer_by_link(link(other), given())
    assert not Sheet.objects.exists()


def test_wrong_answers_leave_the_link_unused(survey: Survey) -> None:
    secret = made(survey)[0]
    with pytest.raises(BadInput):
        answer_by_link(link(secret), given({"age": "3"}))
    assert link(secret).n_answers == 0
    assert answer_by_link(link(secret), given())[1]


def test_nobody_without_an_account_brings_a_sheet_but_by_a_link_of_the_survey(
    survey: Survey,
) -> None:
    mine = link(made(survey)[0])
    said = given()
    now = timezone.now()
    sheet = SentSheet(mine.pk, SheetSource.WEB, said.started_at, now, ANSWERS, DRAWN)
    at_home = SentSheet(mine.pk, SheetSource.HOUSEHOLD, said.started_at, now, ANSWERS, DRAWN)
    with pytest.raises(PermissionDenied):
        take_sheet(survey.work, sheet, by=None)
    with pytest.raises(PermissionDenied):
        take_sheet(survey.work, at_home, by=None, via=mine)
    mine.closed_at = now
    with pytest.raises(PermissionDenied):
        take_sheet(survey.work, sheet, by=None, via=mine)
    assert not Sheet.objects.exists()
