"""Plans of responsibility: who writes them, what two people at once get, what an issue freezes."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.framework.building import Small, draft_of, issued_of, small_city
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry, InboxEntry
from wenming.core.lifecycle import PlanState
from wenming.core.terms import Role
from wenming.framework.models import Responsibility, ResponsibilityPlan
from wenming.framework.queries import responsibilities_of
from wenming.framework.queries.plans import plan_in_force
from wenming.framework.services.assigning import Assignment, UnknownItem, assign, set_terms
from wenming.framework.services.cells import PlanChanged, PlanNotDraft
from wenming.framework.services.plans import (
    DraftExists,
    PlanEmpty,
    begin_draft,
    discard_draft,
    issue_plan,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> Small:
    return small_city()


def roles(plan: ResponsibilityPlan) -> set[tuple[str, str, str]]:
    return set(plan.responsibilities.values_list("item", "unit__name", "role"))


def test_the_office_assigns_and_the_draft_counts_its_edits(small: Small) -> None:
    draft = draft_of(small)
    assert draft.version == 1
    assert ("A1", "市公安局", "lead") in roles(draft)
    assert AuditEntry.objects.filter(action="plan.assign").count() == 1


def test_a_cell_is_changed_in_place_and_taken_off(small: Small) -> None:
    draft = draft_of(small)
    cells = [Assignment("A1", small.market, Role.LEAD), Assignment("A2", small.police, None)]
    draft = assign(draft, cells, by=small.office, version=1)
    assert roles(draft) == {("A1", "市公安局", "lead"), ("A1", "市市场监管局", "lead")}


def test_of_two_people_the_second_must_look_again(small: Small) -> None:
    draft = draft_of(small)
    cell = [Assignment("A3", small.parks, Role.LEAD)]
    assign(draft, cell, by=small.office, version=1)
    with pytest.raises(PlanChanged):
        assign(draft, [Assignment("A3", small.market, Role.LEAD)], by=small.office, version=1)
    assert ("A3", "市市场监管局", "lead") not in roles(draft)


def test_an_unknown_item_changes_nothing(small: Small) -> None:
    draft = draft_of(small)
    before = roles(draft)
    cells = [Assignment("A3", small.parks, Role.LEAD), Assignment("Z9", small.parks, Role.LEAD)]
    with pytest.raises(UnknownItem):
        assign(draft, cells, by=small.office, version=1)
    assert roles(draft) == before


@pytest.mark.parametrize("who", ["zhao", "qian"])
def test_only_the_office_writes_plans(small: Small, who: str) -> None:
    draft, by = draft_of(small), getattr(small, who)
    cell = [Assignment("A3", small.parks, Role.LEAD)]
    with pytest.raises(PermissionDenied):
        assign(draft, cell, by=by, version=1)
    with pytest.raises(PermissionDenied):
        issue_plan(draft, by=by, title="x", version=1)
    with pytest.raises(PermissionDenied):
        discard_draft(draft, by=by)
    with pytest.raises(PermissionDenied):
        begin_draft(small.edition, by=by)
    assert ResponsibilityPlan.objects.get().state == PlanState.DRAFT


def test_the_office_of_another_city_does_not(small: Small) -> None:
    other = small_city("别的市")
    with pytest.raises(PermissionDenied):
        begin_draft(small.edition, by=other.office)


def test_an_edition_has_one_draft(small: Small) -> None:
    draft_of(small)
    with pytest.raises(DraftExists):
        begin_draft(small.edition, by=small.office)


def test_an_issued_plan_has_a_number_and_is_frozen(small: Small) -> None:
    plan = issued_of(small)
    assert (plan.state, plan.number) == (PlanState.ISSUED, 1)
    assert plan_in_force(small.edition) == plan
    with pytest.raises(PlanNotDraft):
        assign(plan, [Assignment("A3", small.parks, Role.LEAD)], by=small.office, version=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Responsibility.objects.filter(plan=plan).update(role="supporting")
    with pytest.raises(IntegrityError), transaction.atomic():
        Responsibility.objects.filter(plan=plan).delete()


def test_issuing_tells_every_unit_what_hangs_on_it(small: Small) -> None:
    issued_of(small)
    (entry,) = InboxEntry.objects.visible_to(small.zhao).open()
    assert (entry.code, str(entry.worth), entry.facts) == ("duties_issued", "3.5", {"count": 2})
    assert InboxEntry.objects.visible_to(small.qian).open().count() == 1
    assert not InboxEntry.objects.visible_to(small_city("别的市").zhao).exists()


def test_the_next_plan_replaces_the_one_before_and_its_requests(small: Small) -> None:
    first = issued_of(small)
    draft = begin_draft(small.edition, by=small.office, based_on=first)
    assert roles(draft) == roles(first)
    second = issue_plan(draft, by=small.office, title="二", version=draft.version)
    first.refresh_from_db()
    assert (first.state, second.number) == (PlanState.REPLACED, 2)
    assert plan_in_force(small.edition) == second
    assert InboxEntry.objects.visible_to(small.zhao).open().count() == 1


def test_an_empty_plan_is_not_issued(small: Small) -> None:
    draft = begin_draft(small.edition, by=small.office)
    with pytest.raises(PlanEmpty):
        issue_plan(draft, by=small.office, title="空", version=0)


def test_deadline_and_target_are_set_for_many_items_at_once(small: Small) -> None:
    draft = draft_of(small)
    terms = {"due": date(2026, 12, 31), "target": "A"}
    draft = set_terms(draft, ["A1", "A2"], terms, by=small.office, version=1)
    assert set(draft.responsibilities.values_list("due", "target")) == {(date(2026, 12, 31), "A")}


def test_a_discarded_draft_leaves_what_was_issued(small: Small) -> None:
    issued = issued_of(small)
    draft = begin_draft(small.edition, by=small.office, based_on=issued)
    discard_draft(draft, by=small.office)
    assert list(ResponsibilityPlan.objects.all()) == [issued]
    assert AuditEntry.objects.filter(action="plan.discard").exists()


def test_the_engine_reads_an_issued_plan_in_the_order_of_a_file(small: Small) -> None:
    plan = issued_of(small)
    rows = responsibilities_of(plan)
    assert rows is not None
    assert [(row.item, row.role, row.unit) for row in rows] == [
        ("A1", Role.LEAD, "市公安局"),
        ("A1", Role.SUPPORTING, "市市场监管局"),
        ("A2", Role.LEAD, "市公安局"),
    ]


def test_renaming_a_unit_leaves_an_issued_plan_alone(small: Small) -> None:
    plan = issued_of(small)
    small.police.name = "市公安局（改名）"
    small.police.save()
    rows = responsibilities_of(plan)
    assert rows is not None
    assert rows[0].unit == "市公安局"
