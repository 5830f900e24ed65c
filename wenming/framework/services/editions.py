"""Stores editions and checklists, each once by its content."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from wenming.base.models import Attachment, City, User, pinyin_key
from wenming.core import framework
from wenming.core.framework.canonical import digest
from wenming.core.lifecycle import EditionState
from wenming.core.rows import Tables
from wenming.core.terms import Mark
from wenming.framework.models import ChecklistSet, Edition, Item

WEAKEST_FIRST = (Mark.INVENTED, Mark.TYPICAL, Mark.PUBLIC)
Content = dict[str, list[dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an edition came from, when it was imported on screen (来源)."""

    file: Attachment
    by: User


def store_edition(city: City, edition: framework.Edition, rows: Tables) -> Edition:
    """Store an edition (测评体系版本) that comes with a round, in use at once, or find it.

    Args:
        edition: built from `rows`.
        rows: the plain rows, from which the edition is built again for each run.
    """
    stored, is_new = Edition.objects.get_or_create(
        city=city,
        hash=framework.edition_hash(edition),
        defaults={
            **_columns(edition, rows),
            "state": EditionState.IN_USE,
            "put_in_use_at": timezone.now(),
        },
    )
    if is_new:
        _store_items(stored, edition)
    return stored


def store_draft(
    city: City,
    edition: framework.Edition,
    rows: Tables,
    *,
    origin: Origin,
    checklists: ChecklistSet | None,
) -> Edition:
    """Store an edition (测评体系版本) as a draft; the caller has seen that there is none yet."""
    stored = Edition.objects.create(
        city=city,
        hash=framework.edition_hash(edition),
        state=EditionState.DRAFT,
        file=origin.file,
        created_by=origin.by,
        checklists=checklists,
        **_columns(edition, rows),
    )
    _store_items(stored, edition)
    return stored


def replace_draft(
    stored: Edition,
    edition: framework.Edition,
    rows: Tables,
    *,
    file: Attachment,
    checklists: ChecklistSet | None,
) -> Edition:
    """Put other content into a draft (草稿); the caller has locked it and seen that it is one."""
    stored.items.all().delete()
    for name, value in _columns(edition, rows).items():
        setattr(stored, name, value)
    stored.hash = framework.edition_hash(edition)
    stored.file = file
    stored.checklists = checklists or stored.checklists
    stored.save()
    _store_items(stored, edition)
    return stored


def store_checklists(
    city: City, rows: Tables | None, *, edition: Edition | None = None
) -> ChecklistSet | None:
    """Store checklists (检查表), or find the same ones; None when the round uses none.

    Args:
        edition: the one that they belong to; its pages show them from now on.
    """
    if rows is None:
        return None
    content = _content(rows)
    stored, _ = ChecklistSet.objects.get_or_create(
        city=city, hash=digest(content), defaults={"content": content}
    )
    if edition is not None and edition.checklists_id != stored.pk:
        edition.checklists = stored
        edition.save(update_fields=["checklists"])
    return stored


def _columns(edition: framework.Edition, rows: Tables) -> dict[str, object]:
    content = _content(rows)
    marks = _marks(content)
    return {
        "key": edition.key,
        "title_zh": edition.title.zh,
        "title_en": edition.title.en,
        "content": content,
        "is_partial": edition.is_partial,
        "item_count": sum(1 for _item in edition.items()),
        "marks": dict(sum(marks.values(), Counter())),
    }


def _store_items(stored: Edition, edition: framework.Edition) -> None:
    marks = _marks(stored.content)
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
            mark=next((mark for mark in WEAKEST_FIRST if marks.get(item.key, Counter())[mark]), ""),
            pinyin=pinyin_key(item.title.zh),
        )
        for position, (dimension, indicator, item) in enumerate(edition.items())
    )


def _marks(content: Mapping[str, Sequence[Mapping[str, str]]]) -> dict[str, Counter[str]]:
    """How many limits of each mark every item has, by its key."""
    found: dict[str, Counter[str]] = {}
    for table in ("limits", "conditions"):
        for row in content.get(table, ()):
            if table == "limits" or row.get("value"):
                found.setdefault(row["item"], Counter())[row.get("mark") or Mark.INVENTED] += 1
    return found


def _content(rows: Tables) -> Content:
    return {table: [dict(row.values) for row in listed] for table, listed in rows.items()}
