"""Two people write one draft: who was faster, what is merged, what is refused, what is undone."""

from datetime import date

import pytest

from tests.framework.building import Small, draft_of, issued_of, small_city
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry
from wenming.core.terms import Role
from wenming.framework.models import EditKind, ResponsibilityPlan
from wenming.framework.queries.steps import changed_since, standing_of
from wenming.framework.services.assigning import (
    Assignment,
    NothingToUndo,
    assign,
    last_step,
    set_terms,
    undo_last,
)
from wenming.framework.services.cells import PlanChanged, PlanNotDraft

pytestmark = pytest.mark.django_db
YEAR_END = date(2026, 12, 31)


@pytest.fixture
def small() -> Small:
    return small_city()


def rows(plan: ResponsibilityPlan) -> set[tuple[str, str, str, date | None, str]]:
    return set(plan.responsibilities.values_list("item", "unit__name", "role", "due", "target"))


def test_two_people_write_different_items_at_once(small: Small) -> None:
    seen = draft_of(small)
    assign(seen, [Assignment("A3", small.parks, Role.LEAD)], by=small.office, version=1)
    late = [Assignment("A1", small.parks, Role.SUPPORTING)]
    merged = assign(seen, late, by=small.office, version=1)
    assert merged.version == 3
    assert {("A3", "市园林局"), ("A1", "市园林局")} <= set(
        merged.responsibilities.values_list("item", "unit__name")
    )
    assert changed_since(merged, 1) == {
        ("A3", small.parks.pk): "lead",
        ("A1", small.parks.pk): "supporting",
    }


def test_who_comes_too_late_is_told_who_was_faster_and_where(small: Small) -> None:
    seen = draft_of(small)
    assign(seen, [Assignment("A2", small.market, Role.LEAD)], by=small.office, version=1)
    cells = [Assignment("A2", small.police, None), Assignment("A3", small.parks, Role.LEAD)]
    with pytest.raises(PlanChanged) as refused:
        assign(seen, cells, by=small.office, version=1)
    assert refused.value.facts == {"who": "lin", "items": ["A2"], "count": 1}
    assert not seen.responsibilities.filter(item="A3").exists()  # nothing of it was stored


def test_what_changes_nothing_is_no_step(small: Small) -> None:
    draft = draft_of(small)
    same = assign(draft, [Assignment("A1", small.police, Role.LEAD)], by=small.office, version=1)
    assert same.version == 1
    assert draft.edits.count() == 1


def test_undoing_goes_back_step_by_step_to_the_beginning(small: Small) -> None:
    draft = draft_of(small)
    before = rows(draft)
    terms = {"due": YEAR_END, "target": "A"}
    draft = set_terms(draft, ["A1"], terms, by=small.office, version=1)
    cells = [Assignment("A1", small.police, None), Assignment("A3", small.parks, Role.LEAD)]
    draft = assign(draft, cells, by=small.office, version=2)
    draft = undo_last(draft, by=small.office, version=3)
    assert ("A1", "市公安局", "lead", YEAR_END, "A") in rows(draft)
    draft = undo_last(draft, by=small.office, version=4)
    assert rows(draft) == before
    draft = undo_last(draft, by=small.office, version=5)
    assert rows(draft) == set()
    assert last_step(draft) is None
    with pytest.raises(NothingToUndo):
        undo_last(draft, by=small.office, version=draft.version)
    assert AuditEntry.objects.filter(action="plan.undo").count() == 3


def test_a_step_that_somebody_followed_up_is_not_undone_unseen(small: Small) -> None:
    draft = draft_of(small)
    assign(draft, [Assignment("A3", small.parks, Role.LEAD)], by=small.office, version=1)
    with pytest.raises(PlanChanged):
        undo_last(draft, by=small.office, version=1)
    assert draft.responsibilities.filter(item="A3").exists()


def test_deadline_and_target_are_set_for_some_units_and_taken_away_again(small: Small) -> None:
    draft = draft_of(small)
    terms = {"due": YEAR_END, "target": "A"}
    draft = set_terms(draft, ["A1"], terms, by=small.office, version=1, units={small.market.pk})
    assert rows(draft) == {
        ("A1", "市公安局", "lead", None, ""),
        ("A2", "市公安局", "lead", None, ""),
        ("A1", "市市场监管局", "supporting", YEAR_END, "A"),
    }
    draft = set_terms(draft, ["A1"], {"due": None}, by=small.office, version=2)
    assert ("A1", "市市场监管局", "supporting", None, "A") in rows(draft)


def test_each_step_keeps_whose_it_was_and_how_it_was_made(small: Small) -> None:
    draft = draft_of(small)
    (step,) = draft.edits.all()
    assert (step.kind, step.by, step.version, len(step.cells)) == (
        EditKind.ASSIGN, small.office, 1, 3,
    )  # fmt: skip
    assert step.cells[0]["before"] is None
    assert step.cells[0]["after"]["role"] == "lead"


def test_only_the_office_undoes_and_only_in_a_draft(small: Small) -> None:
    draft = draft_of(small)
    for who in (small.zhao, small.qian, small_city("别的市").office):
        with pytest.raises(PermissionDenied):
            undo_last(draft, by=who, version=1)
    other = small_city("第三市")
    issued = issued_of(other)
    with pytest.raises(PlanNotDraft):
        undo_last(issued, by=other.office, version=issued.version)


def test_leads_are_counted_over_the_whole_item(small: Small) -> None:
    draft = draft_of(small)
    assert standing_of(draft, ["A1", "A3"]) == {"A1": [1, 2], "A3": [0, 0]}
