"""Objections: only to one's own responsibility, ruled on by the office; the plan issued stays."""

import pytest

from tests.framework.building import Small, issued_of, small_city
from wenming.base.access import PermissionDenied
from wenming.base.models import InboxEntry
from wenming.core.lifecycle import FactsMissing, ObjectionState, TransitionNotAllowed
from wenming.framework.models import Objection, Responsibility
from wenming.framework.queries.plans import plan_in_force
from wenming.framework.services.objections import (
    ObjectionExists,
    PlanNotInForce,
    ReasonMissing,
    dismiss,
    raise_objection,
    uphold,
    withdraw,
)
from wenming.framework.services.plans import begin_draft, issue_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> Small:
    return small_city()


@pytest.fixture
def own(small: Small) -> Responsibility:
    plan = issued_of(small)
    return plan.responsibilities.get(item="A2", unit=small.police)


@pytest.fixture
def raised(small: Small, own: Responsibility) -> Objection:
    return raise_objection(own, by=small.zhao, reason="职能在市场监管局", wished_unit=small.market)


def codes(small: Small, who: str) -> set[str]:
    seen = InboxEntry.objects.visible_to(getattr(small, who)).open()
    return set(seen.values_list("code", flat=True))


def test_the_office_is_asked_to_rule(small: Small, raised: Objection) -> None:
    assert raised.state == ObjectionState.RAISED
    assert "objection_to_rule" in codes(small, "office")
    assert "objection_to_rule" not in codes(small, "qian")


def test_nobody_objects_for_another_unit(small: Small, own: Responsibility) -> None:
    for who in (small.qian, small.office):
        with pytest.raises(PermissionDenied):
            raise_objection(own, by=who, reason="…")
    assert not Objection.objects.exists()


def test_an_objection_needs_a_reason_and_is_raised_once(
    small: Small, own: Responsibility, raised: Objection
) -> None:
    with pytest.raises(ObjectionExists):
        raise_objection(own, by=small.zhao, reason="再次")
    with pytest.raises(ReasonMissing):
        raise_objection(own, by=small.zhao, reason="  ")
    assert Objection.objects.get() == raised


def test_upholding_changes_the_next_draft_and_not_the_plan_in_force(
    small: Small, own: Responsibility, raised: Objection
) -> None:
    draft = uphold(raised, by=small.office, ruling="按三定方案调整", given_to=small.market)
    assert plan_in_force(small.edition) == own.plan
    assert own.plan.responsibilities.filter(item="A2", unit=small.police).exists()
    assert set(draft.responsibilities.filter(item="A2").values_list("unit__name", "role")) == {
        ("市市场监管局", "lead")
    }
    assert codes(small, "zhao") >= {"objection_upheld"}
    assert "objection_to_rule" not in codes(small, "office")


def test_dismissing_needs_a_reason_and_tells_the_unit(small: Small, raised: Objection) -> None:
    with pytest.raises(FactsMissing):
        dismiss(raised, by=small.office, ruling="")
    ruled = dismiss(raised, by=small.office, ruling="职责明确")
    assert (ruled.state, ruled.ruling, ruled.ruled_by) == (
        ObjectionState.DISMISSED,
        "职责明确",
        small.office,
    )
    assert "objection_dismissed" in codes(small, "zhao")


def test_of_two_rulings_the_second_comes_too_late(small: Small, raised: Objection) -> None:
    stale = Objection.objects.get(pk=raised.pk)
    dismiss(raised, by=small.office, ruling="职责明确")
    with pytest.raises(TransitionNotAllowed):
        uphold(stale, by=small.office, ruling="同意")
    assert not small.edition.plans.filter(state="draft").exists()


def test_only_the_office_rules(small: Small, raised: Objection) -> None:
    for who in (small.zhao, small.qian):
        with pytest.raises(PermissionDenied):
            dismiss(raised, by=who, ruling="…")


def test_only_the_unit_withdraws(small: Small, raised: Objection) -> None:
    for who in (small.office, small.qian):
        with pytest.raises(PermissionDenied):
            withdraw(raised, by=who)
    assert withdraw(raised, by=small.zhao).state == ObjectionState.WITHDRAWN
    assert "objection_to_rule" not in codes(small, "office")


def test_a_replaced_plan_is_no_longer_objected_to(small: Small, own: Responsibility) -> None:
    draft = begin_draft(small.edition, by=small.office, based_on=own.plan)
    issue_plan(draft, by=small.office, title="二", version=draft.version)
    old = Responsibility.objects.get(pk=own.pk)
    with pytest.raises(PlanNotInForce):
        raise_objection(old, by=small.zhao, reason="…")
