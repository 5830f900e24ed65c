"""Field work on the desk: choosing the questionnaire, looking at sheets, letting them count."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import fresh, log_in, make_person
from tests.core.questionnaire.building import instrument, question
from tests.rounds.building import Field, small_field
from wenming.base.models import User
from wenming.core.lifecycle import SheetState
from wenming.core.permissions import PostKind
from wenming.core.questionnaire import SheetMark
from wenming.core.terms import AssignmentRole, SheetSource
from wenming.rounds.services.collections import assign_person
from wenming.stats.sampling.household import drawn_place
from wenming.survey.models import Fieldwork, Instrument, Sheet
from wenming.survey.queries.sheets import marks_of
from wenming.survey.services.instruments import bring_instrument, put_instrument_in_use
from wenming.survey.services.sheets import SentSheet, take_sheet

pytestmark = pytest.mark.django_db

FORM = instrument(
    *(question(f"sat{n}", "select_one", choices="yn") for n in range(6)), question("why")
)
BEGAN = datetime(2026, 10, 8, 1, 0, tzinfo=UTC)


@pytest.fixture
def field() -> Field:
    made = small_field()
    draft = bring_instrument(FORM, city=made.cast.city, by=made.cast.lin)
    put_instrument_in_use(draft, by=made.cast.lin)
    return made


@pytest.fixture
def office(field: Field, client: Client) -> Client:
    return log_in(client, field.cast.lin)


@pytest.fixture
def asked(field: Field, office: Client) -> list[Sheet]:
    """Twelve sheets of two interviewers; the first was quick and says the same throughout."""
    form = f"/collections/{field.collection.pk}/sheets/set/"
    given = {
        "instrument": Instrument.objects.get().pk, "clusters": "community household",
        "lonely": "fail",
    }  # fmt: skip
    assert office.post(form, given).status_code == 302
    work = Fieldwork.objects.get()
    assert (work.clusters, work.strata) == (["community", "household"], [])
    people = [_interviewer(field, name) for name in ("he", "lv")]
    return [_sheet(work, n, by=people[n % 2]) for n in range(12)]


def _interviewer(field: Field, name: str) -> User:
    person = make_person(name, name=name, city=field.cast.city, kind=PostKind.INTERVIEWER)
    assign_person(field.collection, person, [AssignmentRole.INTERVIEWER], by=field.cast.lin)
    return fresh(person)


def _sheet(work: Fieldwork, n: int, *, by: User) -> Sheet:
    answers = {f"sat{k}": "yes" if k < 5 or n == 0 else "no" for k in range(6)}
    began = BEGAN + timedelta(hours=n)
    sent = SentSheet(
        UUID(int=n + 1), SheetSource.HOUSEHOLD, began,
        began + timedelta(minutes=2 if n == 0 else 12), answers | {"why": "排队太久"},
        {"community": "一社区", "household": f"H{n}"},
    )  # fmt: skip
    return take_sheet(work, sent, by=by)[0]


def test_what_is_odd_is_marked_and_nothing_is_dropped(asked: list[Sheet]) -> None:
    marks = marks_of(Fieldwork.objects.get())
    assert marks == {asked[0].pk: [SheetMark.SPEEDER, SheetMark.STRAIGHT_LINE]}
    assert {sheet.state for sheet in Sheet.objects.all()} == {SheetState.RECEIVED}


def test_the_list_is_narrowed_by_what_is_odd(
    field: Field, office: Client, asked: list[Sheet]
) -> None:
    address = f"/collections/{field.collection.pk}/sheets/"
    page = office.get(address).content.decode()
    assert page.count(f"/sheets/{asked[0].pk}/") > 0
    assert "作答过快" in page
    odd = office.get(address + "?mark=speeder").content.decode()
    assert f"/sheets/{asked[0].pk}/" in odd
    assert f"/sheets/{asked[1].pk}/" not in odd


def test_a_sheet_is_read_and_set_aside_with_a_reason_and_taken_again(
    office: Client, asked: list[Sheet]
) -> None:
    address = f"/sheets/{asked[0].pk}/"
    page = office.get(address).content.decode()
    assert "排队太久" in page
    assert "答案雷同" in page
    assert office.post(f"{address}aside/", {"because": ""}).status_code == 422
    assert office.post(f"{address}aside/", {"because": "代答"}).status_code == 302
    assert Sheet.objects.get(pk=asked[0].pk).because == "代答"
    assert "代答" in office.get(address).content.decode()
    office.post(f"{address}accept/")
    assert Sheet.objects.get(pk=asked[0].pk).state == SheetState.ACCEPTED


def test_several_sheets_count_at_once(field: Field, office: Client, asked: list[Sheet]) -> None:
    ticked = [str(sheet.pk) for sheet in asked[1:4]]
    answer = office.post("/sheets/accept/", {"rows": ticked})
    assert answer.headers["Location"] == f"/collections/{field.collection.pk}/sheets/"
    assert Sheet.objects.filter(state=SheetState.ACCEPTED).count() == 3
    page = office.get(f"/collections/{field.collection.pk}/").content.decode()
    assert f"/collections/{field.collection.pk}/sheets/" in page


def test_an_interviewer_sees_the_own_sheets_and_decides_nothing(
    field: Field, client: Client, asked: list[Sheet]
) -> None:
    log_in(client, User.objects.get(username="he"))
    page = client.get(f"/collections/{field.collection.pk}/sheets/").content.decode()
    assert f"/sheets/{asked[0].pk}/" in page
    assert f"/sheets/{asked[1].pk}/" not in page
    assert client.get(f"/sheets/{asked[1].pk}/").status_code == 404
    assert client.post(f"/sheets/{asked[0].pk}/accept/").status_code == 403
    for person in (field.cast.zhao, field.cast.zheng):
        assert log_in(client, person).get(f"/sheets/{asked[0].pk}/").status_code == 403


def test_the_page_of_a_sheet_computes_the_draw_of_the_household_again(
    asked: list[Sheet], office: Client
) -> None:
    sheet = asked[0]
    page = f"/sheets/{sheet.pk}/"
    office.cookies["language"] = "en"
    assert "household was asked" not in office.get(page).content.decode()
    place = drawn_place(sheet.instance, 4) + 1
    told = {"members": "4", "member_age": "44", "member_sex": "female", "member_draws": "2"}
    for said, sentence in (
        (place, "draws the same person"),
        (place % 4 + 1, f"computed again, draws number {place}."),
    ):
        Sheet.objects.filter(pk=sheet.pk).update(drawn={**told, "member": str(said)})
        shown = office.get(page).content.decode()
        assert sentence in shown
        assert "member_age" not in shown
    Sheet.objects.filter(pk=sheet.pk).update(drawn={"member": "x", "members": ""})
    assert office.get(page).status_code == 200
