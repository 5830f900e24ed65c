"""Changes the organisation tree: units are made, renamed, moved, dissolved and merged."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr

from wenming.base.models import (
    City,
    Group,
    Unit,
    UnitKind,
    UnitName,
    User,
    new_unit,
    path_below,
    pinyin_key,
)
from wenming.base.services.audit import record
from wenming.base.services.unit_rules import (
    UnitBelowItself,
    UnitDissolved,
    lock,
    opened,
    refuse_in_use,
    refuse_taken,
    same_city,
)


@dataclass(frozen=True, slots=True)
class UnitDetails:
    """What is said of a unit when it is made or changed (单位资料)."""

    name: str
    kind: UnitKind = UnitKind.UNIT
    group: Group | None = None
    name_en: str = ""


@transaction.atomic
def make_unit(city: City, details: UnitDetails, *, parent: Unit | None = None, by: User) -> Unit:
    """Set up a unit (设立单位) in its place in the tree.

    Args:
        parent: the unit above; None for the top.

    Raises:
        NameTaken: another unit goes by the name.
        UnitDissolved: the unit above was dissolved.
        PermissionDenied: `by` may not edit the organisation, or a row is of another city.
    """
    lock(city, by)
    same_city(city, by, parent, details.group)
    above = Unit.objects.get(pk=parent.pk) if parent else None
    if above is not None and not above.is_active:
        raise UnitDissolved(unit=above.name)
    refuse_taken(city, details.name)
    unit = new_unit(details.name, kind=details.kind, parent=above)
    unit.city, unit.group, unit.name_en = city, details.group, details.name_en
    unit.save(force_insert=True)
    facts = {"name": unit.name, "kind": unit.kind, "parent": parent.name if parent else ""}
    record("unit.make", by=by, city=city, subject=unit, detail=facts)
    return unit


@transaction.atomic
def change_unit(unit: Unit, details: UnitDetails, *, by: User, day: date) -> Unit:
    """Change what is said of a unit (变更单位资料); a new name keeps the old one as an alias.

    Args:
        day: the first day of the new name.

    Raises:
        NameTaken: another unit goes by the new name.
        PermissionDenied: `by` may not edit this unit.
    """
    fresh = opened(unit, by)
    same_city(fresh.city, by, details.group)
    if details.name != fresh.name:
        fresh = rename_unit(fresh, details.name, by=by, day=day)
    before = {"kind": fresh.kind, "group": str(fresh.group or ""), "name_en": fresh.name_en}
    fresh.kind, fresh.group, fresh.name_en = details.kind, details.group, details.name_en
    after = {"kind": fresh.kind, "group": str(fresh.group or ""), "name_en": fresh.name_en}
    if before != after:
        fresh.save(update_fields=["kind", "group", "name_en"])
        detail = {"from": before, "to": after}
        record("unit.change", by=by, city=fresh.city, subject=fresh, detail=detail)
    return fresh


@transaction.atomic
def rename_unit(unit: Unit, name: str, *, by: User, day: date) -> Unit:
    """Give a unit another name (更名); the old one stays an alias, so that papers still find it.

    What was recorded keeps the name that it was written with.

    Args:
        day: the first day of the new name; the old one ends on the day before.

    Raises:
        NameTaken: another unit goes by the name.
        PermissionDenied: `by` may not edit this unit.
    """
    fresh = opened(unit, by)
    old = fresh.name
    if name == old:
        return fresh
    refuse_taken(fresh.city, name, except_for=fresh)
    fresh.names.filter(name=name).delete()
    _keep_name(fresh, old, until=day - timedelta(days=1))
    fresh.name, fresh.pinyin = name, pinyin_key(name)
    fresh.save(update_fields=["name", "pinyin"])
    facts = {"from": old, "to": name, "day": day}
    record("unit.rename", by=by, city=fresh.city, subject=fresh, detail=facts)
    return fresh


@transaction.atomic
def move_unit(unit: Unit, parent: Unit | None, *, by: User) -> Unit:
    """Put a unit with all below it under another one (调整隶属).

    Args:
        parent: None for the top.

    Raises:
        UnitBelowItself: the new place lies in its own subtree.
        UnitDissolved: the unit above was dissolved.
        PermissionDenied: `by` may not edit this unit, or the parent is of another city.
    """
    fresh = opened(unit, by)
    same_city(fresh.city, by, parent)
    above = Unit.objects.get(pk=parent.pk) if parent else None
    if above is not None and above.path.startswith(fresh.path):
        raise UnitBelowItself(unit=fresh.name, parent=above.name)
    if above is not None and not above.is_active:
        raise UnitDissolved(unit=above.name)
    before, old_path = str(fresh.parent or ""), fresh.path
    new_path = path_below(above, fresh.pk)
    subtree = Unit.objects.for_city(fresh.city).filter(path__startswith=old_path)
    subtree.update(path=Concat(Value(new_path), Substr("path", len(old_path) + 1)))
    Unit.objects.filter(pk=fresh.pk).update(parent=above)
    fresh.refresh_from_db()
    facts = {"from": before, "to": str(above or "")}
    record("unit.move", by=by, city=fresh.city, subject=fresh, detail=facts)
    return fresh


@transaction.atomic
def dissolve_unit(unit: Unit, *, by: User, reason: str) -> Unit:
    """Dissolve a unit (撤销单位); what it did stays, nothing new can be given to it.

    Raises:
        UnitDissolved: somebody was faster.
        UnitHasChildren: active units stand below it.
        UnitHasPosts: people hold posts in it.
        PermissionDenied: `by` may not edit this unit.
    """
    fresh = opened(unit, by)
    if not fresh.is_active:
        raise UnitDissolved(unit=fresh.name)
    refuse_in_use(fresh)
    fresh.is_active = False
    fresh.save(update_fields=["is_active"])
    record("unit.dissolve", by=by, city=fresh.city, subject=fresh, detail={"reason": reason})
    return fresh


@transaction.atomic
def reactivate_unit(unit: Unit, *, by: User) -> Unit:
    """Bring a dissolved unit back (恢复单位); one that is in being is left as it is.

    Raises:
        NameTaken: another unit goes by its name meanwhile.
        UnitDissolved: the unit above it was dissolved.
        PermissionDenied: `by` may not edit this unit.
    """
    fresh = opened(unit, by)
    if fresh.is_active:
        return fresh
    if fresh.parent is not None and not fresh.parent.is_active:
        raise UnitDissolved(unit=fresh.parent.name)
    refuse_taken(fresh.city, fresh.name, except_for=fresh)
    fresh.is_active = True
    fresh.save(update_fields=["is_active"])
    record("unit.reactivate", by=by, city=fresh.city, subject=fresh)
    return fresh


@transaction.atomic
def merge_units(unit: Unit, into: Unit, *, by: User, day: date) -> Unit:
    """Merge a unit into another one (合并单位): its names then find the other.

    What was recorded of the merged unit stays with it; it is dissolved.

    Args:
        day: from which the merged unit is no more.

    Returns:
        The unit that remains.

    Raises:
        UnitBelowItself: both are the same.
        UnitDissolved: one of them was dissolved already.
        UnitHasChildren, UnitHasPosts: these have to be moved first.
        PermissionDenied: `by` may not edit both units.
    """
    gone = opened(unit, by)
    same_city(gone.city, by, into)
    stays = Unit.objects.get(pk=into.pk)
    if stays.pk == gone.pk:
        raise UnitBelowItself(unit=gone.name, parent=stays.name)
    for each in (gone, stays):
        if not each.is_active:
            raise UnitDissolved(unit=each.name)
    refuse_in_use(gone)
    for other in gone.names.exclude(name__in=stays.names.values("name")).exclude(name=stays.name):
        other.unit = stays
        other.save(update_fields=["unit"])
    gone.names.all().delete()
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    _keep_name(stays, gone.name, until=day - timedelta(days=1))
    facts = {"unit": gone.name, "into": stays.name, "day": day}
    record("unit.merge", by=by, city=stays.city, subject=gone, detail=facts)
    return stays


def _keep_name(unit: Unit, name: str, *, until: date) -> None:
    UnitName.objects.update_or_create(
        unit=unit,
        name=name,
        defaults={
            "city": unit.city,
            "pinyin": pinyin_key(name),
            "valid_from": None,
            "valid_until": until,
        },
    )
