"""Stores who answers for what, each plan once by its content."""

from collections.abc import Mapping, Sequence

from wenming.base.models import Unit
from wenming.core import evidence as records
from wenming.core.framework.canonical import digest
from wenming.framework.models import Edition, Responsibility, ResponsibilityPlan


def store_responsibilities(
    edition: Edition,
    responsibilities: Sequence[records.Responsibility] | None,
    *,
    units: Mapping[str, Unit],
) -> ResponsibilityPlan | None:
    """Store who answers for what (责任分解), or find the same plan.

    Args:
        responsibilities: in canonical order; None when nothing is known of them.
        units: by name.
    """
    if responsibilities is None:
        return None
    named = [
        [each.item, each.unit, each.role, each.group, str(each.due), each.target]
        for each in responsibilities
    ]
    plan, is_new = ResponsibilityPlan.objects.get_or_create(
        city_id=edition.city_id, edition=edition, hash=digest(named)
    )
    if is_new:
        Responsibility.objects.bulk_create(
            Responsibility(
                city_id=edition.city_id,
                plan=plan,
                item=each.item,
                unit=units[each.unit],
                unit_name=each.unit,
                group_key=group_key(units[each.unit], each.group),
                role=each.role,
                group=each.group,
                due=each.due,
                target=each.target,
                position=position,
            )
            for position, each in enumerate(responsibilities)
        )
    return plan


def group_key(unit: Unit, named: str) -> str:
    """The key of the working group that a plan names; the unit's own where it names none."""
    group = unit.group
    if group is None:
        return ""
    known = {group.key, group.title_zh, *group.aliases}
    return group.key if not named or named in known else ""
