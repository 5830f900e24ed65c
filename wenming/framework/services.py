"""Stores editions, checklists and responsibilities, each once by its content."""

from collections.abc import Mapping, Sequence

from wenming.base.models import City, Unit
from wenming.core import evidence as records
from wenming.core import framework
from wenming.core.framework.canonical import digest
from wenming.core.rows import Tables
from wenming.framework.models import (
    ChecklistSet,
    Edition,
    Item,
    Responsibility,
    ResponsibilityPlan,
)


def store_edition(city: City, edition: framework.Edition, rows: Tables) -> Edition:
    """Store an edition (测评体系版本) with its items, or find the same one stored before.

    Args:
        edition: built from `rows`.
        rows: the plain rows, from which the edition is built again for each run.
    """
    stored, is_new = Edition.objects.get_or_create(
        city=city,
        hash=framework.edition_hash(edition),
        defaults={
            "key": edition.key,
            "title_zh": edition.title.zh,
            "title_en": edition.title.en,
            "content": _content(rows),
            "is_partial": edition.is_partial,
        },
    )
    if is_new:
        _store_items(stored, edition)
    return stored


def _store_items(stored: Edition, edition: framework.Edition) -> None:
    Item.objects.bulk_create(
        Item(
            city_id=stored.city_id,
            edition=stored,
            key=item.key,
            part=dimension.part,
            dimension=dimension.key,
            indicator=indicator.key,
            title_zh=item.title.zh,
            title_en=item.title.en,
            points=item.points,
            group=item.group,
            methods=[method.value for method in item.methods],
            position=position,
        )
        for position, (dimension, indicator, item) in enumerate(edition.items())
    )


def store_checklists(city: City, rows: Tables | None) -> ChecklistSet | None:
    """Store checklists (检查表), or find the same ones; None when the round uses none."""
    if rows is None:
        return None
    content = _content(rows)
    stored, _ = ChecklistSet.objects.get_or_create(
        city=city, hash=digest(content), defaults={"content": content}
    )
    return stored


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
                group_key=_group_key(units[each.unit], each.group),
                role=each.role,
                group=each.group,
                due=each.due,
                target=each.target,
                position=position,
            )
            for position, each in enumerate(responsibilities)
        )
    return plan


def _content(rows: Tables) -> dict[str, list[dict[str, str]]]:
    return {table: [dict(row.values) for row in listed] for table, listed in rows.items()}


def _group_key(unit: Unit, named: str) -> str:
    """The key of the working group that a plan names; the unit's own where it names none."""
    group = unit.group
    if group is None:
        return ""
    known = {group.key, group.title_zh, *group.aliases}
    return group.key if not named or named in known else ""
