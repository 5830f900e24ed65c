"""Questions about plans of responsibility: which is in force, what is wrong, who has what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wenming.base.models import Group, Unit, UnitKind
from wenming.core.lifecycle import PlanState
from wenming.core.responsibility import Duty, PlanFinding, plan_findings
from wenming.core.terms import Role
from wenming.framework.models import Edition, Item, Responsibility, ResponsibilityPlan


def plan_in_force(edition: Edition) -> ResponsibilityPlan | None:
    """The plan of an edition that holds now (现行责任分解表); None before the first.

    One that was issued on screen goes before one that came with a round.
    """
    issued = edition.plans.filter(state=PlanState.ISSUED)
    return (
        issued.order_by("-number").filter(number__gt=0).first()
        or issued.order_by("-created_at").first()
    )


def findings_of(plan: ResponsibilityPlan, *, today: date) -> list[PlanFinding]:
    """What is wrong with a plan (责任分解核查), in the words of `core.responsibility`."""
    keys = Item.objects.filter(edition=plan.edition_id).order_by("position")
    duties = [
        Duty(
            item,
            unit,
            Role(role),
            condition=condition,
            due=due,
            group=group or "",
            is_gone=not active,
        )
        for item, unit, role, condition, due, group, active in plan.responsibilities.values_list(
            "item", "unit__name", "role", "condition", "due", "unit__group__title_zh",
            "unit__is_active",
        )
    ]  # fmt: skip
    units = Unit.objects.for_city(plan.city).filter(is_active=True, kind=UnitKind.UNIT)
    groups = Group.objects.for_city(plan.city).order_by("position", "key")
    return plan_findings(
        list(keys.values_list("key", flat=True)),
        duties,
        units=units.values_list("name", flat=True),
        groups=groups.values_list("title_zh", flat=True),
        today=today,
    )


@dataclass(frozen=True, slots=True)
class UnitDuty:
    """What one unit has to do with one item, with the others that share it (任务单的一行)."""

    responsibility: Responsibility
    item: Item
    lead: str
    others: Sequence[str]


def duties_of(plan: ResponsibilityPlan, rows: Sequence[Responsibility]) -> list[UnitDuty]:
    """Responsibilities with their items and the other units on them, in the edition's order.

    Args:
        rows: of one plan; only those that the person may see.
    """
    keys = {row.item for row in rows}
    items = {i.key: i for i in Item.objects.filter(edition=plan.edition_id, key__in=keys)}
    beside: dict[str, list[tuple[str, str]]] = {}
    on_them = plan.responsibilities.filter(item__in=keys, condition=0)
    for key, unit, role in on_them.order_by("position").values_list("item", "unit_name", "role"):
        beside.setdefault(key, []).append((unit, role))
    found = [
        UnitDuty(
            row,
            items[row.item],
            "、".join(unit for unit, role in beside.get(row.item, ()) if role == Role.LEAD),
            [unit for unit, role in beside.get(row.item, ()) if unit != row.unit_name],
        )
        for row in rows
        if row.item in items
    ]
    return sorted(found, key=lambda duty: (duty.item.position, duty.responsibility.condition))
