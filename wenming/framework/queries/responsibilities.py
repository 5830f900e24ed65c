"""Responsibilities as the engine knows them."""

from collections import defaultdict
from uuid import UUID

from wenming.core import evidence as records
from wenming.core.errors import Place
from wenming.core.terms import Role
from wenming.framework import models


def responsibilities_of(
    plan: models.ResponsibilityPlan | None,
) -> tuple[records.Responsibility, ...] | None:
    """Who answers for what (责任分解), in canonical order; None when nothing is known."""
    if plan is None:
        return None
    place = Place("responsibility.csv")
    whole = plan.responsibilities.filter(condition=0)
    rows = whole.order_by("position").values_list(
        "item", "unit_name", "role", "group", "due", "target"
    )
    return tuple(
        records.Responsibility(item, unit, Role(role), group, due, target, place)
        for item, unit, role, group, due, target in rows
    )


def units_concerned_by(plan: models.ResponsibilityPlan | None) -> dict[str, set[UUID]]:
    """The units that have any part in an item (责任单位), by the key of the item."""
    found: dict[str, set[UUID]] = defaultdict(set)
    if plan is not None:
        for item, unit in plan.responsibilities.order_by().values_list("item", "unit"):
            found[item].add(unit)
    return found
