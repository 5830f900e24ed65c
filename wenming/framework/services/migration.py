"""Carries the responsibilities of one edition over to another, as a person has confirmed them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from wenming.base.access import check, check_city
from wenming.base.models import User
from wenming.base.services.audit import record
from wenming.core.errors import DomainError
from wenming.core.framework import Edition as CoreEdition
from wenming.core.framework.canonical import plain
from wenming.core.lifecycle import EditionState
from wenming.core.permissions import Capability
from wenming.framework.models import Edition, Responsibility, ResponsibilityPlan
from wenming.framework.queries.editions import edition_of
from wenming.framework.services.assigning import UnknownItem
from wenming.framework.services.plans import ASSIGN, COPIED, begin_draft


class EditionsApart(DomainError):
    """Responsibilities move only from an issued plan to another living edition of the city."""

    code = "migration_refused"


@dataclass(frozen=True, slots=True)
class Migration:
    """What became of the responsibilities of a plan (责任迁移).

    Attributes:
        plan: the draft for the new edition.
        carried: how many responsibilities it took over.
        dissolved: how many were left behind because their unit is dissolved.
        reworded: how many stood on a single condition that the new edition words otherwise.
    """

    plan: ResponsibilityPlan
    carried: int
    dissolved: int
    reworded: int


@transaction.atomic
def migrate_plan(
    old: ResponsibilityPlan, edition: Edition, continued: Mapping[str, str], *, by: User
) -> Migration:
    """Make a draft for another edition (责任迁移) from what a person confirmed, or nothing at all.

    Args:
        old: an issued plan of another edition of the same city; it stays as it is.
        edition: a draft or in use.
        continued: key of the old item by key of the new one; an item that is left out, or
            continues "", begins without anybody.

    Raises:
        PermissionDenied: `by` may not assign responsibilities in the city.
        EditionsApart: the plan belongs to this edition or to another city, was never issued, or
            the edition is superseded.
        UnknownItem: one of the two editions has no item of a key.
        DraftExists: the edition has a draft of a plan already.
    """
    _refuse_apart(old, edition, by=by)
    before, after = edition_of(old.edition), edition_of(edition)
    _refuse_unknown(before, after, continued)
    draft = begin_draft(edition, by=by)
    rows = defaultdict(list)
    for row in old.responsibilities.select_related("unit").order_by("position"):
        rows[row.item].append(row)
    moved = [(new, row) for new, was in _in_order(after, continued) for row in rows[was]]
    alive = [(new, row) for new, row in moved if row.unit.is_active]
    kept = [
        (new, row)
        for new, row in alive
        if not row.condition or _asks_the_same(before, after, row.item, new)
    ]
    Responsibility.objects.bulk_create(_rows(draft, kept))
    found = Migration(draft, len(kept), len(moved) - len(alive), len(alive) - len(kept))
    detail = {"from": str(old.pk), "carried": found.carried, "items": dict(continued)}
    record("plan.migrate", by=by, city=draft.city, subject=draft, detail=detail)
    return found


def _refuse_apart(old: ResponsibilityPlan, edition: Edition, *, by: User) -> None:
    check_city(by, ASSIGN, edition.city)
    is_same = old.edition_id == edition.pk
    is_over = edition.state == EditionState.SUPERSEDED
    if is_same or is_over or old.city_id != edition.city_id or old.is_draft:
        raise EditionsApart(title=edition.title_zh)
    check(by, Capability.VIEW_FRAMEWORK, old)


def _refuse_unknown(before: CoreEdition, after: CoreEdition, continued: Mapping[str, str]) -> None:
    old = {item.key for *_above, item in before.items()}
    new = {item.key for *_above, item in after.items()}
    wrong = [key for key in continued if key not in new]
    wrong += [was for was in continued.values() if was and was not in old]
    if wrong:
        raise UnknownItem(item=wrong[0])


def _in_order(after: CoreEdition, continued: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for *_above, item in after.items():
        if continued.get(item.key):
            yield item.key, continued[item.key]


def _asks_the_same(before: CoreEdition, after: CoreEdition, old: str, new: str) -> bool:
    """Whether the conditions of both items are the same, so that their numbers mean the same."""
    one, other = before.item(old), after.item(new)
    if one is None or other is None:
        return False
    return [plain(each) for each in one.criteria] == [plain(each) for each in other.criteria]


def _rows(
    draft: ResponsibilityPlan, kept: Sequence[tuple[str, Responsibility]]
) -> Iterator[Responsibility]:
    for position, (new, row) in enumerate(kept):
        same = {name: getattr(row, name) for name in COPIED}
        yield Responsibility(
            **{**same, "item": new}, city_id=draft.city_id, plan=draft, position=position
        )
