"""What changed in a draft since somebody looked at it."""

from collections.abc import Collection
from uuid import UUID

from wenming.core.terms import Role
from wenming.framework.models import ResponsibilityPlan


def changed_since(plan: ResponsibilityPlan, version: int) -> dict[tuple[str, UUID], str]:
    """The roles that stand now in each cell that changed after a version of a draft (变动).

    Returns:
        By item and unit, of whole items; "" where the unit has no part any more.
    """
    found: dict[tuple[str, UUID], str] = {}
    for kept in plan.edits.filter(version__gt=version).order_by("version"):
        for cell in kept.cells:
            after = cell["after"]
            if not cell["condition"]:
                found[cell["item"], UUID(cell["unit"])] = after["role"] if after else ""
    return found


def standing_of(plan: ResponsibilityPlan, items: Collection[str]) -> dict[str, list[int]]:
    """How many units lead each of these items, and how many have any part in it."""
    counts = {item: [0, 0] for item in items}
    rows = plan.responsibilities.filter(item__in=items, condition=0).order_by()
    for item, role in rows.values_list("item", "role"):
        counts[item][0] += role == Role.LEAD
        counts[item][1] += 1
    return counts
