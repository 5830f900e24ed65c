"""What differs between two plans of responsibilities of one edition."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wenming.core.lifecycle import PlanState
from wenming.framework.models import Item, ResponsibilityPlan


@dataclass(frozen=True, slots=True)
class Held:
    """What a unit has to do with an item in one plan; the unit as the plan names it."""

    unit: str
    role: str
    due: date | None
    target: str
    note: str


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """One difference between two plans (分解表变化).

    Attributes:
        item: None where the edition has no item of this key.
        condition: 0 for the whole item.
        before, after: None where the unit has no part.
    """

    key: str
    item: Item | None
    condition: int
    unit: str
    before: Held | None
    after: Held | None


def plan_before(plan: ResponsibilityPlan) -> ResponsibilityPlan | None:
    """The plan with which one is compared first: what held before it; None for the first."""
    others = ResponsibilityPlan.objects.filter(edition=plan.edition_id).exclude(pk=plan.pk)
    issued = others.exclude(state=PlanState.DRAFT)
    if plan.number is not None:
        issued = issued.exclude(number__gt=plan.number)
    numbered = issued.filter(number__gt=0).order_by("-number").first()
    return numbered or plan.based_on or issued.order_by("-created_at").first()


def differences(earlier: ResponsibilityPlan, later: ResponsibilityPlan) -> list[PlanDifference]:
    """What a later plan says otherwise than an earlier one, in the order of the edition.

    Units are the same by identity: a renamed unit is no difference.
    """
    before, after = _held(earlier), _held(later)
    items = {item.key: item for item in Item.objects.filter(edition=later.edition_id)}
    found = []
    for cell in before.keys() | after.keys():
        was, now = before.get(cell), after.get(cell)
        if _said(was) != _said(now):
            key, condition, _unit = cell
            unit = (now or was or _NOBODY).unit
            found.append(PlanDifference(key, items.get(key), condition, unit, was, now))
    last = len(items)
    return sorted(
        found,
        key=lambda one: (one.item.position if one.item else last, one.key, one.condition, one.unit),
    )


_NOBODY = Held("", "", None, "", "")
_Cell = tuple[str, int, str]


def _held(plan: ResponsibilityPlan) -> Mapping[_Cell, Held]:
    return {
        (row.item, row.condition, str(row.unit_id)): Held(
            row.unit.name, row.role, row.due, row.target, row.note
        )
        for row in plan.responsibilities.select_related("unit")
    }


def _said(held: Held | None) -> tuple[object, ...]:
    return (held.role, held.due, held.target, held.note) if held else ()
