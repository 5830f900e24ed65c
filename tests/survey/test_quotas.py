"""Quotas guide and refuse nothing; contacts of a day are typed once, corrected, and make rates."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import fresh, log_in, make_person
from tests.core.questionnaire.building import instrument, question
from tests.rounds.building import Field, small_field
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry, User
from wenming.core.permissions import PostKind
from wenming.core.terms import AssignmentRole, SheetSource
from wenming.rounds.services.collections import CollectionClosed, assign_person, close_collection
from wenming.survey.models import ContactCount, Fieldwork, Quota
from wenming.survey.queries.contacts import days_of, work_of
from wenming.survey.queries.quotas import quotas_of
from wenming.survey.services.contacts import ContactDayWrong, DayContacts, count_contacts
from wenming.survey.services.instruments import (
    FieldDesign,
    bring_instrument,
    put_instrument_in_use,
    set_fieldwork,
)
from wenming.survey.services.quotas import (
    QuotaCellUnknown,
    QuotaTwice,
    QuotaWish,
    set_quotas,
)
from wenming.survey.services.sheets import SentSheet, accept_sheet, set_sheet_aside, take_sheet

pytestmark = pytest.mark.django_db

FORM = instrument(question("local", "select_one", choices="yn"), question("age", "integer"))
DAY = date(2026, 10, 8)
YOUNG = {"local": "yes", "age": ["18", "29"]}
CROSS = "?down=local&across=age&bands=18-29+30-"


@pytest.fixture
def field() -> Field:
    return small_field()


@pytest.fixture
def work(field: Field) -> Fieldwork:
    draft = bring_instrument(FORM, city=field.cast.city, by=field.cast.lin)
    form = put_instrument_in_use(draft, by=field.cast.lin)
    return set_fieldwork(
        field.collection, form, design=FieldDesign((), ("community",)), by=field.cast.lin
    )


@pytest.fixture
def people(field: Field) -> list[User]:
    made = []
    for name in ("he", "lv"):
        person = make_person(name, name=name, city=field.cast.city, kind=PostKind.INTERVIEWER)
        assign_person(field.collection, person, [AssignmentRole.INTERVIEWER], by=field.cast.lin)
        made.append(fresh(person))
    return made


def bring(work: Fieldwork, n: int, by: User, age: str = "20", local: str = "yes"):  # type: ignore[no-untyped-def]
    moment = datetime(2026, 10, 8, 1, n, tzinfo=UTC)
    answers = {"local": local, "age": age}
    sent = SentSheet(UUID(int=n), SheetSource.STREET, moment, moment, answers, {"community": "x"})
    return take_sheet(work, sent, by=by)[0]


def test_a_full_quota_refuses_nothing_and_says_what_is_over(
    field: Field, work: Fieldwork, people: list[User]
) -> None:
    set_quotas(work, [QuotaWish(YOUNG, 1), QuotaWish({"local": "no"}, 2)], by=field.cast.lin)
    accept_sheet(bring(work, 1, people[0]), by=field.cast.lin)
    bring(work, 2, people[1])
    set_sheet_aside(bring(work, 3, people[0]), because="代答", by=field.cast.lin)
    bring(work, 4, people[0], age="70")
    shown = quotas_of(work)
    young = shown.rows[0].progress
    assert (young.accepted, young.waiting, young.aside, young.over) == (1, 1, 1, 1)
    assert (shown.full, shown.over, shown.left, shown.outside) == (1, 1, 2, 1)
    assert shown.rows[0].label == "题目local：是 · 题目age：18–29"


def test_wrong_cells_are_refused_and_what_was_set_stays(field: Field, work: Fieldwork) -> None:
    lin = field.cast.lin
    set_quotas(work, [QuotaWish(YOUNG, 1)], by=lin)
    with pytest.raises(QuotaCellUnknown):
        set_quotas(work, [QuotaWish({"local": "maybe"}, 1)], by=lin)
    with pytest.raises(QuotaTwice):
        set_quotas(work, [QuotaWish(YOUNG, 1), QuotaWish(YOUNG, 2)], by=lin)
    for person in (field.cast.zhao, field.cast.zheng):
        with pytest.raises(PermissionDenied):
            set_quotas(work, [], by=person)
    assert Quota.objects.get().cell == YOUNG
    assert AuditEntry.objects.filter(action="quotas.set").count() == 1
    close_collection(field.collection, by=lin)
    with pytest.raises(CollectionClosed):
        set_quotas(work, [], by=lin)


def test_another_questionnaire_takes_the_quotas_away(field: Field, work: Fieldwork) -> None:
    set_quotas(work, [QuotaWish(YOUNG, 1)], by=field.cast.lin)
    set_fieldwork(
        field.collection, work.instrument, design=FieldDesign((), ("c",)), by=field.cast.lin
    )
    assert Quota.objects.exists()
    other = bring_instrument(
        instrument(question("why"), version="2"), city=field.cast.city, by=field.cast.lin
    )
    put_instrument_in_use(other, by=field.cast.lin)
    set_fieldwork(
        field.collection, fresh_form(other.pk), design=FieldDesign((), ("c",)), by=field.cast.lin
    )
    assert not Quota.objects.exists()


def fresh_form(pk: UUID):  # type: ignore[no-untyped-def]
    return Fieldwork.instrument.field.related_model.objects.get(pk=pk)  # type: ignore[attr-defined]


def test_a_cross_is_filled_in_and_comes_back_as_it_was(
    field: Field, work: Fieldwork, client: Client
) -> None:
    address = f"/collections/{field.collection.pk}/sheets/quotas/"
    office = log_in(client, field.cast.lin)
    given = {"n_0_0": "5", "n_0_1": "7", "n_1_1": "", "one_0": "local=no", "wanted_0": "9"}
    assert office.post(f"{address}set/{CROSS}", given | {"wanted_0": ""}).status_code == 422
    answer = office.post(f"{address}set/{CROSS}", given | {"one_0": "", "n_0_0": "5"})
    assert answer.status_code == 422
    assert 'value="7"' in answer.content.decode()
    assert not Quota.objects.exists()
    assert office.post(f"{address}set/{CROSS}", given).status_code == 302
    assert [(each.cell, each.wanted) for each in Quota.objects.order_by("position")] == [
        (YOUNG, 5),
        ({"local": "yes", "age": ["30", None]}, 7),
        ({"local": "no"}, 9),
    ]
    page = office.get(f"{address}set/").content.decode()
    for written in ('value="18-29 30-"', 'value="5"', 'value="7"', 'value="9"'):
        assert written in page
    assert "≥30" in office.get(address).content.decode()
    assert office.get(f"{address}set/?down=age&across=local&bands=x").status_code == 422


def test_interviewers_see_whom_to_ask_and_set_nothing(
    field: Field, work: Fieldwork, people: list[User], client: Client
) -> None:
    set_quotas(work, [QuotaWish(YOUNG, 3)], by=field.cast.lin)
    bring(work, 1, people[1])
    he = log_in(client, people[0])
    address = f"/collections/{field.collection.pk}/sheets/"
    assert "尚缺 2 份" in he.get(address).content.decode()
    assert "18–29" in he.get(f"{address}quotas/").content.decode()
    assert he.post(f"{address}quotas/set/").status_code == 403
    told = he.get(f"/api/v1/collections/{field.collection.pk}/quotas").json()
    assert [(each["cell"], each["left"]) for each in told["rows"]] == [(YOUNG, 2)]


def test_a_correction_replaces_the_day_and_the_audit_keeps_what_stood(
    field: Field, work: Fieldwork, people: list[User]
) -> None:
    he, lv = people
    count_contacts(work, he, DAY, DayContacts(2, 1, 0, 4), by=he)
    count_contacts(work, he, DAY, DayContacts(3, 1, 0, 4), by=field.cast.lin)
    assert ContactCount.objects.get().refused == 3
    last = AuditEntry.objects.filter(action="contacts.count").latest("number")
    assert last.detail["before"]["refused"] == 2
    for wrong in (lv, field.cast.zhao):
        with pytest.raises(PermissionDenied):
            count_contacts(work, he, DAY, DayContacts(), by=wrong)
    for day in (date(2026, 9, 30), date(2999, 1, 1)):
        with pytest.raises(ContactDayWrong):
            count_contacts(work, he, day, DayContacts(), by=he)


def test_rates_leave_out_days_without_contacts(
    field: Field, work: Fieldwork, people: list[User]
) -> None:
    he, lv = people
    for n in (1, 2, 3):
        bring(work, n, he)
    set_sheet_aside(bring(work, 4, he), because="代答", by=field.cast.lin)
    bring(work, 5, lv)
    count_contacts(work, he, DAY, DayContacts(refused=2, not_eligible=6), by=he)
    days = days_of(work, field.cast.lin)
    everybody, own = work_of(days), work_of(days, lv)
    assert (everybody.met.complete, everybody.met.other, everybody.untyped) == (3, 1, 1)
    assert everybody.rates.lowest == everybody.rates.cooperation
    assert float(everybody.rates.lowest or 0) == 0.5
    assert (own.rates.lowest, own.untyped) == (None, 1)
    assert {each.interviewer for each in days_of(work, lv)} == {lv}


def test_an_interviewer_types_the_own_day_on_the_page(
    field: Field, work: Fieldwork, people: list[User], client: Client
) -> None:
    he = people[0]
    address = f"/collections/{field.collection.pk}/contacts/"
    browser = log_in(client, he)
    given = {"day": "2026-10-08", "refused": "2", "not_reached": "0", "not_eligible": "1"}
    answer = browser.post(address, given)
    assert answer.status_code == 422
    assert 'value="2"' in answer.content.decode()
    assert browser.post(address, given | {"unknown_eligibility": "3"}).status_code == 302
    row = ContactCount.objects.get()
    assert (row.interviewer, row.refused, row.unknown_eligibility) == (he, 2, 3)
    page = browser.get(f"{address}?interviewer={he.pk}&day=2026-10-08").content.decode()
    assert 'value="2026-10-08"' in page
    assert 'value="3"' in page
    office = log_in(Client(), field.cast.lin)
    given |= {"unknown_eligibility": "3", "interviewer": str(people[1].pk)}
    assert office.post(address, given).status_code == 302
    assert ContactCount.objects.filter(interviewer=people[1], entered_by=field.cast.lin).exists()
