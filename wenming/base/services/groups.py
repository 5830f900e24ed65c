"""Makes, changes, orders and removes working groups (工作组)."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from wenming.base.access import check
from wenming.base.models import City, Group, Post, Unit, User
from wenming.base.services.audit import record
from wenming.base.services.unit_rules import EDIT, RowGone, lock, same_city
from wenming.core.errors import DomainError
from wenming.core.terms import Words


class GroupKeyTaken(DomainError):
    """Another working group of the city has this key."""

    code = "group_key_taken"


class GroupInUse(DomainError):
    """Units or posts still belong to the working group."""

    code = "group_in_use"


@transaction.atomic
def make_group(
    city: City, key: str, *, title: Words, aliases: Sequence[str] = (), by: User
) -> Group:
    """Set up a working group (设立工作组) behind the others.

    Args:
        key: by which editions and papers name it; never changed.

    Raises:
        GroupKeyTaken: another group has the key.
        PermissionDenied: `by` may not edit the organisation.
    """
    lock(city, by)
    groups = Group.objects.for_city(city)
    if groups.filter(key=key).exists():
        raise GroupKeyTaken(key=key)
    last = groups.aggregate(last=Max("position"))["last"]
    group = Group.objects.create(
        city=city, key=key, title_zh=title.zh, title_en=title.en, aliases=list(aliases),
        position=0 if last is None else last + 1,
    )  # fmt: skip
    record("group.make", by=by, city=city, subject=group, detail={"key": key, "title": title.zh})
    return group


@transaction.atomic
def change_group(group: Group, *, title: Words, aliases: Sequence[str], by: User) -> Group:
    """Change the names of a working group (变更工作组).

    Raises:
        RowGone: somebody removed it meanwhile.
        PermissionDenied: `by` may not edit it.
    """
    lock(group.city, by)
    fresh = _still_there(group)
    check(by, EDIT, fresh)
    before = fresh.title_zh
    fresh.title_zh, fresh.title_en, fresh.aliases = title.zh, title.en, list(aliases)
    fresh.save(update_fields=["title_zh", "title_en", "aliases"])
    facts = {"from": before, "to": title.zh}
    record("group.change", by=by, city=fresh.city, subject=fresh, detail=facts)
    return fresh


@transaction.atomic
def order_groups(city: City, order: Sequence[UUID], *, by: User) -> None:
    """Put the working groups of a city in order (工作组排序).

    Args:
        order: identities; groups that are not named follow in their old order.

    Raises:
        PermissionDenied: `by` may not edit the organisation.
    """
    lock(city, by)
    place = {pk: position for position, pk in enumerate(order)}
    groups = list(Group.objects.for_city(city).order_by("position", "key"))
    groups.sort(key=lambda group: place.get(group.pk, len(place)))
    for position, group in enumerate(groups):
        group.position = position
    Group.objects.bulk_update(groups, ["position"])
    record("group.order", by=by, city=city, detail={"order": [group.key for group in groups]})


@transaction.atomic
def remove_group(group: Group, *, by: User) -> None:
    """Remove a working group (撤销工作组) to which nothing belongs any more.

    Raises:
        GroupInUse: units or posts belong to it.
        RowGone: somebody was faster.
        PermissionDenied: `by` may not edit it.
    """
    lock(group.city, by)
    check(by, EDIT, _still_there(group))
    units, posts = group.units.count(), Post.objects.filter(group=group).count()
    if units or posts:
        raise GroupInUse(group=group.title_zh, units=units, posts=posts)
    facts = {"key": group.key, "title": group.title_zh}
    record("group.remove", by=by, city=group.city, subject=group, detail=facts)
    group.delete()


def _still_there(group: Group) -> Group:
    found = Group.objects.filter(pk=group.pk).first()
    if found is None:
        raise RowGone(name=group.title_zh)
    return found


@transaction.atomic
def put_into_group(units: Sequence[Unit], group: Group | None, *, city: City, by: User) -> int:
    """Have units belong to a working group (划入工作组), several at once.

    Args:
        group: None to take them out of theirs.

    Returns:
        How many belonged to another group, or to none, before.

    Raises:
        RowGone: somebody removed the group meanwhile.
        ElsewhereRow, PermissionDenied: a row is of another city, or may not be edited.
    """
    lock(city, by)
    same_city(city, by, *units, group)
    wanted = _still_there(group) if group is not None else None
    kept = Unit.objects.for_city(city).filter(pk__in=[unit.pk for unit in units])
    target = wanted.pk if wanted is not None else None
    moved = [unit for unit in kept.order_by("pinyin", "pk") if unit.group_id != target]
    for unit in moved:
        unit.group = wanted
    Unit.objects.bulk_update(moved, ["group"])
    if moved:
        facts = {"group": str(wanted or ""), "units": [unit.name for unit in moved]}
        record("group.take_in", by=by, city=city, subject=wanted or "", detail=facts)
    return len(moved)
