"""Stores editions and checklists, each once by its content."""

from wenming.base.models import City
from wenming.core import framework
from wenming.core.framework.canonical import digest
from wenming.core.rows import Tables
from wenming.framework.models import ChecklistSet, Edition, Item


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


def _content(rows: Tables) -> dict[str, list[dict[str, str]]]:
    return {table: [dict(row.values) for row in listed] for table, listed in rows.items()}
