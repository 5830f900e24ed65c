"""The quality of a survey: what was left open, interviewers, weights, open answers."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import fresh, log_in, make_person
from tests.core.questionnaire.building import YES_NO, instrument, question
from tests.rounds.building import Field, small_field
from wenming.base.models import User
from wenming.core.lifecycle import SheetState
from wenming.core.permissions import PostKind
from wenming.core.terms import AssignmentRole, SheetSource
from wenming.rounds.services.collections import assign_person
from wenming.survey.models import Fieldwork, Sheet
from wenming.survey.queries.interviewers import differences_of, interviewers_of
from wenming.survey.queries.quality import counts_of, looked_at, responses_of, weights_of
from wenming.survey.services.instruments import (
    FieldDesign,
    bring_instrument,
    put_instrument_in_use,
    set_fieldwork,
)

pytestmark = pytest.mark.django_db

FORM = instrument(
    *(question(f"sat{n}", "select_one", choices="yn") for n in range(6)),
    question("why", relevant="${sat0} = 'no'"),
    question("how", "select_multiple", choices="yn"),
    choices=[*YES_NO, {"list": "yn", "key": "dk", "label:zh": "不知道", "label:en": "No idea"}],
    missing="dk",
)
BEGAN = datetime(2026, 10, 8, 1, 0, tzinfo=UTC)
EACH = 20


@pytest.fixture
def field() -> Field:
    return small_field()


@pytest.fixture
def work(field: Field) -> Fieldwork:
    """Three interviewers with twenty sheets; He Jing writes down that everybody is content."""
    by = field.cast.lin
    form = put_instrument_in_use(bring_instrument(FORM, city=field.cast.city, by=by), by=by)
    design = FieldDesign((), ("community",), weights="weight")
    made = set_fieldwork(field.collection, form, design=design, by=by)
    for m, (key, name) in enumerate((("he", "何静"), ("lv", "吕平"), ("shi", "施敏"))):
        person = make_person(key, name=name, city=field.cast.city, kind=PostKind.INTERVIEWER)
        assign_person(field.collection, person, [AssignmentRole.INTERVIEWER], by=by)
        Sheet.objects.bulk_create(_sheet(made, m, n, fresh(person)) for n in range(EACH))
    return made


def _sheet(work: Fieldwork, m: int, n: int, person: User) -> Sheet:
    says = "yes" if m == 0 or n % 2 else "no"
    answers = {f"sat{k}": says if k == 0 else ("yes", "no")[n % 2] for k in range(5)}
    answers |= {"sat5": "dk", "how": "yes"} if n % 4 == 0 else {}
    if says == "no":
        answers["why"] = f"{person.name}记：排队{n}"
    began = BEGAN + timedelta(hours=n, minutes=20 * m)
    return Sheet(
        city=work.city, fieldwork=work, instance=UUID(int=100 * m + n + 1),
        source=SheetSource.HOUSEHOLD, interviewer=person, answers=answers,
        drawn={"community": f"{m}社区", "weight": "1" if n < 15 else "3"},
        started_at=began, ended_at=began + timedelta(minutes=2 if (m, n) == (1, 0) else 12),
        state=SheetState.SET_ASIDE if (m, n) == (2, 0) else SheetState.RECEIVED,
    )  # fmt: skip


def test_who_was_asked_and_who_said_nothing_is_counted(work: Fieldwork) -> None:
    sheets = looked_at(work)
    counts = counts_of(sheets)
    assert (counts.total, counts.received, counts.set_aside) == (60, 59, 1)
    found = {each.response.question.key: each.response for each in responses_of(work, sheets)}
    assert (found["sat0"].asked, found["sat0"].answered) == (59, 59)
    assert (found["why"].asked, found["why"].answered) == (19, 19)
    sat5 = found["sat5"]
    assert (sat5.asked, sat5.answered, sat5.unknowing, sat5.blank) == (59, 0, 14, 45)


def test_interviewers_are_counted_with_what_was_set_aside_apart(work: Fieldwork) -> None:
    he, lv, shi = interviewers_of(work, looked_at(work))
    assert [each.name for each in (he, lv, shi)] == ["何静", "吕平", "施敏"]
    assert (lv.sheets, lv.speeders, lv.usual) == (20, 1, timedelta(minutes=12))
    assert (shi.sheets, shi.set_aside, shi.speeders) == (19, 1, 0)
    assert he.places == ["0社区"]
    assert he.asked == 20 * 7
    assert he.left_open == 20 + 15


def test_only_the_one_who_differs_is_flagged(work: Fieldwork) -> None:
    found = differences_of(work, looked_at(work))
    flagged = [(each.interviewer, each.question) for each in found if each.is_flagged]
    assert flagged == [("何静", "题目sat0")]
    first = found[0]
    assert (first.own.took, first.own.of, first.others.took, first.others.of) == (20, 20, 20, 39)
    assert all(each.corrected >= each.test.p for each in found)
    assert {each.question for each in found} == {f"题目sat{n}" for n in range(5)}


def test_few_answers_are_not_compared(work: Fieldwork) -> None:
    few = Sheet.objects.filter(interviewer__username="he").order_by("pk")[:11]
    Sheet.objects.filter(pk__in=few.values("pk")).update(state=SheetState.SET_ASIDE)
    names = {each.interviewer for each in differences_of(work, looked_at(work))}
    assert names == {"吕平", "施敏"}


def test_the_weights_are_told_with_what_they_are_worth(work: Fieldwork) -> None:
    found = weights_of(work, looked_at(work))
    assert found is not None
    assert (found.n, found.total, found.smallest, found.largest) == (59, 44 + 45, 1, 3)
    assert found.effective == pytest.approx(89**2 / (44 + 45 * 3))
    work.weights = ""
    assert weights_of(work, looked_at(work)) is None


def test_the_page_says_it_in_words_to_whoever_sees_all_sheets(
    field: Field, work: Fieldwork, client: Client
) -> None:
    address = f"/collections/{field.collection.pk}/sheets/quality/"
    page = log_in(client, field.cast.lin).get(address).content.decode()
    assert "“题目sat0”" in page
    assert "20 / 39" in page
    assert address in client.get(f"/collections/{field.collection.pk}/sheets/").content.decode()
    he = User.objects.get(username="he")
    assert log_in(client, he).get(address).status_code == 403
    own = client.get(f"/collections/{field.collection.pk}/sheets/").content.decode()
    assert address not in own
    for person in (field.cast.zhao, field.cast.zheng):
        assert log_in(client, person).get(address).status_code == 403


def test_a_round_without_questionnaire_or_sheets_says_so(field: Field, client: Client) -> None:
    log_in(client, field.cast.lin)
    for name in ("quality", "open"):
        assert client.get(f"/collections/{field.collection.pk}/sheets/{name}/").status_code == 200


def test_open_answers_are_listed_searched_and_exported(
    field: Field, work: Fieldwork, client: Client
) -> None:
    address = f"/collections/{field.collection.pk}/sheets/open/"
    log_in(client, field.cast.lin)
    page = client.get(address).content.decode()
    assert page.count("记：排队") == 20  # one of them stands on the sheet set aside
    assert "已搁置" in page
    found = client.get(address, {"text": "排队1"}).content.decode()
    assert found.count("记：排队") == 10  # 10, 12, 14, 16, 18 of both
    aside = client.get(address, {"state": "set_aside", "question": "why"}).content.decode()
    assert "施敏记：排队0" in aside
    assert "吕平记" not in aside
    text = b"".join(client.get(address, {"form": "csv"}).streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(StringIO(text)))
    assert len(lines) == 1 + 20
    assert client.get(address, {"form": "xlsx"}).status_code == 200


def test_an_interviewer_reads_only_the_own_open_answers(
    field: Field, work: Fieldwork, client: Client
) -> None:
    log_in(client, User.objects.get(username="lv"))
    page = client.get(f"/collections/{field.collection.pk}/sheets/open/").content.decode()
    assert page.count("吕平记") == 10
    assert "施敏记" not in page
