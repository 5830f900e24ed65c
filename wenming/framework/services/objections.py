"""Objections to a responsibility (异议), and how the office rules on them (仲裁)."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from wenming.base.access import check
from wenming.base.models import Unit, User
from wenming.base.services.audit import record
from wenming.base.services.inbox import Asked, Asking, ask, settle
from wenming.base.transitions import transition
from wenming.core.errors import DomainError
from wenming.core.lifecycle import ObjectionAction, ObjectionState, PlanState
from wenming.core.permissions import Capability
from wenming.core.terms import Role
from wenming.framework.models import EditKind, Objection, Responsibility, ResponsibilityPlan
from wenming.framework.services.assigning import Assignment, assign
from wenming.framework.services.plans import begin_draft

ANSWER_WITHIN = timedelta(days=7)
MINUTES = 10


class ObjectionExists(DomainError):
    """There is an open objection to this responsibility already."""

    code = "objection_exists"


class PlanNotInForce(DomainError):
    """An objection is raised to the plan in force, not to a draft or an earlier one."""

    code = "plan_not_in_force"


class ReasonMissing(DomainError):
    """An objection without a reason cannot be ruled on."""

    code = "objection_reason_missing"


@transaction.atomic
def raise_objection(
    responsibility: Responsibility, *, by: User, reason: str, wished_unit: Unit | None = None
) -> Objection:
    """Object to a responsibility of one's own unit (提出异议); the office is asked to rule.

    Args:
        wished_unit: the unit that should answer instead; None proposes none.

    Raises:
        PermissionDenied: the responsibility is not one of `by`'s unit.
        PlanNotInForce: the plan is a draft or was replaced.
        ObjectionExists: one is open already.
        ReasonMissing: `reason` is blank.
    """
    check(by, Capability.OBJECT, responsibility)
    Responsibility.objects.select_for_update().get(pk=responsibility.pk)
    if responsibility.plan.state != PlanState.ISSUED:
        raise PlanNotInForce(title=str(responsibility.plan))
    if not reason.strip():
        raise ReasonMissing
    if responsibility.objections.filter(state=ObjectionState.RAISED).exists():
        raise ObjectionExists(item=responsibility.item)
    objection = Objection.objects.create(
        city_id=responsibility.city_id,
        responsibility=responsibility,
        unit=responsibility.unit,
        item=responsibility.item,
        role=responsibility.role,
        reason=reason.strip(),
        wished_unit=wished_unit,
        raised_by=by,
    )
    _ask_for_ruling(objection, by=by)
    detail = {"item": objection.item, "unit": responsibility.unit_name, "reason": reason}
    record("objection.raise", by=by, city=objection.city, subject=objection, detail=detail)
    return objection


def _ask_for_ruling(objection: Objection, *, by: User) -> None:
    wanted = Asking(
        "objection_to_rule",
        to=Asked(capability=Capability.ARBITRATE),
        subject=objection,
        address=reverse("framework:objection", args=[objection.pk]),
        due=timezone.now() + ANSWER_WITHIN,
        minutes=MINUTES,
        facts={"unit": objection.unit.name, "item": objection.item},
    )
    ask(wanted, city=objection.city, by=by)


@transaction.atomic
def uphold(
    objection: Objection, *, by: User, ruling: str, given_to: Unit | None = None
) -> ResponsibilityPlan:
    """Uphold an objection (采纳): the draft that follows the plan is changed accordingly.

    The plan in force stays as it was issued; the change takes effect when the draft is issued.
    Both units are told.

    Args:
        given_to: the unit that gets the responsibility instead; None takes it off the item.

    Returns:
        The draft with the change; begun when there was none.

    Raises:
        TransitionNotAllowed, FactsMissing, PermissionDenied: see `transition`.
    """
    fresh = transition(
        objection, ObjectionAction.UPHOLD, by=by, ruling=ruling, given_to=given_to, ruled_by=by,
        ruled_at=timezone.now(),
    )  # fmt: skip
    in_force = fresh.responsibility.plan
    draft = in_force.edition.plans.filter(state=PlanState.DRAFT).first()
    if draft is None:
        draft = begin_draft(in_force.edition, by=by, based_on=in_force)
    cells = _cells_of_ruling(fresh, given_to)
    draft = assign(draft, cells, by=by, version=draft.version, kind=EditKind.RULING)
    _tell(fresh, "objection_upheld", by=by)
    if given_to is not None:
        _tell_next(fresh, given_to, by=by)
    return draft


def _cells_of_ruling(objection: Objection, given_to: Unit | None) -> list[Assignment]:
    """The unit goes from the item; whoever gets the part instead gets it as it stood."""
    duty = objection.responsibility
    condition = duty.condition
    cells = [Assignment(objection.item, objection.unit, None, condition=condition)]
    if given_to is not None:
        role = Role(objection.role)
        cells.append(
            Assignment(
                objection.item, given_to, role, condition=condition, due=duty.due,
                target=duty.target,
            )
        )  # fmt: skip
    return cells


@transaction.atomic
def dismiss(objection: Objection, *, by: User, ruling: str) -> Objection:
    """Dismiss an objection (驳回) with the reason; the responsibility stays.

    Raises:
        TransitionNotAllowed, FactsMissing, PermissionDenied: see `transition`.
    """
    fresh = transition(
        objection, ObjectionAction.DISMISS, by=by, ruling=ruling, ruled_by=by,
        ruled_at=timezone.now(),
    )  # fmt: skip
    _tell(fresh, "objection_dismissed", by=by)
    return fresh


@transaction.atomic
def withdraw(objection: Objection, *, by: User) -> Objection:
    """Take an objection back (撤回), as the unit that raised it.

    Raises:
        TransitionNotAllowed, PermissionDenied: see `transition`.
    """
    fresh = transition(objection, ObjectionAction.WITHDRAW, by=by)
    settle(fresh, code="objection_to_rule", by=by)
    return fresh


def _tell(objection: Objection, code: str, *, by: User) -> None:
    settle(objection, code="objection_to_rule", by=by)
    wanted = Asking(
        code,
        to=Asked(unit=objection.unit),
        subject=objection,
        address=reverse("framework:objection", args=[objection.pk]),
        facts={"item": objection.item},
    )
    ask(wanted, city=objection.city, by=by)


def _tell_next(objection: Objection, unit: Unit, *, by: User) -> None:
    """Tell the unit that gets the responsibility; what the other one said stays between the two."""
    wanted = Asking(
        "duty_handed_on",
        to=Asked(unit=unit),
        subject=objection,
        address=reverse("framework:duties"),
        facts={
            "item": objection.item,
            "unit": objection.unit.name,
            "ruling": objection.ruling,
        },
    )
    ask(wanted, city=objection.city, by=by)
