"""Margins are set on the pages, refused where they are wrong, and weigh what counts."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import fresh, log_in, make_person
from tests.core.questionnaire.building import instrument, question
from tests.rounds.building import Field
from tests.survey.weighting import weighted_field, weighted_work
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry, User
from wenming.core.errors import BadInput
from wenming.core.permissions import PostKind
from wenming.core.terms import AssignmentRole, SheetSource
from wenming.rounds.services.collections import CollectionClosed, assign_person, close_collection
from wenming.scoring.queries.gathered import tables_of
from wenming.scoring.services.loading import store_gathered
from wenming.survey.models import Fieldwork, PopulationMargin
from wenming.survey.queries.raking import raking_of_round
from wenming.survey.services.instruments import (
    FieldDesign,
    bring_instrument,
    put_instrument_in_use,
    set_fieldwork,
)
from wenming.survey.services.margins import (
    MarginColumnUnknown,
    MarginWish,
    clear_margin,
    set_margin,
    set_trim,
)
from wenming.survey.services.sheets import SentSheet, accept_sheet, take_sheet

pytestmark = pytest.mark.django_db

LOCAL = MarginWish("local", "普查", [("yes", "70"), ("no", "30")])
AGE = MarginWish("age", "普查", [("18..39", "40"), ("40..", "60")])


@pytest.fixture
def field(monkeypatch: pytest.MonkeyPatch) -> Field:
    return weighted_field(monkeypatch)


@pytest.fixture
def work(field: Field) -> Fieldwork:
    return weighted_work(field)


def bring(field: Field, work: Fieldwork, by: User, n: int, **answers: str) -> None:
    moment = datetime(2026, 10, 8, 1, n, tzinfo=UTC)
    drawn = {"county": "东" if n % 2 else "西", "community": f"c{n}"}
    sent = SentSheet(UUID(int=n + 1), SheetSource.STREET, moment, moment, answers, drawn)
    accept_sheet(take_sheet(work, sent, by=by)[0], by=field.cast.lin)


def fill(field: Field, work: Fieldwork) -> None:
    he = make_person("he", name="he", city=field.cast.city, kind=PostKind.INTERVIEWER)
    assign_person(field.collection, he, [AssignmentRole.INTERVIEWER], by=field.cast.lin)
    asks = fresh(he)
    for n in range(12):
        local, clean = ("yes", "no")[n % 3 == 0], ("yes", "no")[n % 4 == 0]
        bring(field, work, asks, n, local=local, age=str(20 + 4 * n), clean=clean)


def test_margins_reach_the_evidence_and_the_page_of_weights(
    field: Field, work: Fieldwork, client: Client
) -> None:
    lin = field.cast.lin
    fill(field, work)
    address = f"/collections/{field.collection.pk}/sheets/raking/"
    office = log_in(client, lin)
    before = raking_of_round(work)
    assert (before.refused, before.report) == ([], None)
    assert [each.before for each in before.figures] == [""]
    assert before.figures[0].now in office.get(address).content.decode()
    for wish in (LOCAL, AGE):
        set_margin(work, wish, by=lin)
    set_trim(work, lower=None, upper=Decimal("2.5"), by=lin)
    shown = raking_of_round(work)
    assert shown.report is not None
    assert shown.report.is_applied
    (figure,) = shown.figures
    assert figure.unraked != figure.value
    page = office.get(address).content.decode()
    for said in (figure.now, figure.before, "18–39", "≥40", "普查", "70%"):
        assert said in page
    written = office.get(f"{address}?form=csv")
    table = b"".join(written.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert figure.now in table
    plan = store_gathered(field.collection, tables_of(field.collection)).survey_plan
    assert [each["column"] for each in plan.raking["margins"]] == ["local", "age"]
    assert plan.raking["trim"] == [None, "2.500"]


def test_wrong_margins_are_refused_and_what_was_set_stays(field: Field, work: Fieldwork) -> None:
    lin = field.cast.lin
    set_margin(work, LOCAL, by=lin)
    for wrong, code in (
        (MarginWish("local", "x", [("yes", "70")]), "margin_choice_left_out"),
        (MarginWish("local", "x", [("yes", "70"), ("maybe", "30")]), "margin_group_unknown"),
        (MarginWish("age", "x", [("..39", "10"), ("40..", "60")]), "margin_sums_differ"),
        (MarginWish("age", "x", [("..40", "40"), ("40..", "60")]), "margin_groups_overlap"),
    ):
        with pytest.raises(BadInput) as refused:
            set_margin(work, wrong, by=lin)
        assert code in {each.code for each in refused.value.problems}
    with pytest.raises(MarginColumnUnknown):
        set_margin(work, MarginWish("town", "x", [("a", "1")]), by=lin)
    with pytest.raises(BadInput):
        set_trim(work, lower=None, upper=Decimal("0.5"), by=lin)
    for person in (field.cast.zhao, field.cast.zheng):
        with pytest.raises(PermissionDenied):
            set_margin(work, LOCAL, by=person)
    assert PopulationMargin.objects.get().groups == [["yes", "70"], ["no", "30"]]
    close_collection(field.collection, by=lin)
    with pytest.raises(CollectionClosed):
        clear_margin(work, "local", by=lin)


def test_totals_are_typed_or_pasted_and_come_back(
    field: Field, work: Fieldwork, client: Client
) -> None:
    address = f"/collections/{field.collection.pk}/sheets/raking/margin/"
    office = log_in(client, field.cast.lin)
    local, age = f"{address}?column=local", f"{address}?column=age"
    assert office.get(address).status_code == 302
    missing = office.post(local, {"source": "普查", "total_0": "70"})
    assert missing.status_code == 422
    assert 'value="70"' in missing.content.decode()
    assert not PopulationMargin.objects.exists()
    given = {"source": "普查", "total_0": "70,000", "total_1": "30000"}
    assert office.post(local, given).status_code == 302
    pasted = "18-39\t40,000\n40-\t60,000\n"
    assert office.post(age, {"source": "普查", "pasted": "all of them"}).status_code == 422
    assert office.post(age, {"source": "普查", "pasted": pasted}).status_code == 302
    assert list(PopulationMargin.objects.order_by("position").values_list("groups", flat=True)) == [
        [["yes", "70000"], ["no", "30000"]],
        [["18..39", "40000"], ["40..", "60000"]],
    ]
    assert 'value="18-39"' in office.get(age).content.decode()
    cleared = office.post(address.replace("margin/", "clear/"), {"column": "age"})
    assert cleared.status_code == 302
    assert PopulationMargin.objects.get().column == "local"
    assert AuditEntry.objects.filter(action__startswith="margins.").count() == 3


def test_a_group_without_sheets_leaves_the_design_weights_and_the_page_says_so(
    field: Field, work: Fieldwork, client: Client
) -> None:
    fill(field, work)
    aged = MarginWish("age", "普查", [("..17", "10"), ("18..", "90")])
    set_margin(work, aged, by=field.cast.lin)
    shown = raking_of_round(work)
    assert shown.report is not None
    assert shown.report.why == "group_without_sheets"
    address = f"/collections/{field.collection.pk}/sheets/raking/"
    page = log_in(client, field.cast.lin).get(address).content.decode()
    assert "题目age ≤17" in page
    assert page.count("题目age ≤17") == 1


def test_another_questionnaire_takes_the_margins_of_its_questions_away(
    field: Field, work: Fieldwork
) -> None:
    lin = field.cast.lin
    set_margin(work, LOCAL, by=lin)
    set_margin(work, MarginWish("county", "普查", [("东", "60"), ("西", "40")]), by=lin)
    other = bring_instrument(instrument(question("why"), version="2"), city=work.city, by=lin)
    form = put_instrument_in_use(other, by=lin)
    set_fieldwork(field.collection, form, design=FieldDesign(("county",), ("c",)), by=lin)
    assert PopulationMargin.objects.get().column == "county"


def test_interviewers_see_neither_weights_nor_estimates(
    field: Field, work: Fieldwork, client: Client
) -> None:
    address = f"/collections/{field.collection.pk}/sheets/raking/"
    assert log_in(client, field.cast.zhao).get(address).status_code == 403
