"""Changes what belongs to a unit: its other names, who speaks for it, what is in place."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from wenming.base.models import (
    LiaisonPerson,
    Provision,
    ProvisionKind,
    Unit,
    UnitName,
    User,
    pinyin_key,
)
from wenming.base.services.audit import record
from wenming.base.services.unit_rules import RowGone, UnitDissolved, opened, refuse_taken
from wenming.core.errors import DomainError


class EndsBeforeStart(DomainError):
    """The last day lies before the first one."""

    code = "ends_before_start"


class OwnName(DomainError):
    """A unit's own name was to become its alias."""

    code = "alias_is_own_name"


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day on which something holds (有效期); None for open."""

    first: date | None = None
    last: date | None = None

    def check(self) -> None:
        """Refuse a span that ends before it starts.

        Raises:
            EndsBeforeStart: with both days.
        """
        if self.first is not None and self.last is not None and self.last < self.first:
            raise EndsBeforeStart(first=self.first.isoformat(), last=self.last.isoformat())


ALWAYS = Span()


@dataclass(frozen=True, slots=True)
class LiaisonDetails:
    """What is said of a liaison person (联络员资料).

    Attributes:
        user: the person's account; None without one.
    """

    name: str
    post_title: str = ""
    phone: str = ""
    email: str = ""
    user: User | None = None
    span: Span = ALWAYS


@transaction.atomic
def add_alias(unit: Unit, name: str, *, span: Span, by: User) -> UnitName:
    """Have a unit be found by another name too (添加别名).

    Raises:
        NameTaken: another unit goes by it.
        OwnName: it is the unit's own name.
        EndsBeforeStart: the span ends before it starts.
        PermissionDenied: `by` may not edit this unit.
    """
    fresh = opened(unit, by)
    span.check()
    if not fresh.is_active:
        raise UnitDissolved(unit=fresh.name)
    if name == fresh.name:
        raise OwnName(name=name)
    refuse_taken(fresh.city, name, except_for=fresh)
    days = {"valid_from": span.first, "valid_until": span.last}
    alias, _made = UnitName.objects.update_or_create(
        unit=fresh,
        name=name,
        defaults={"city": fresh.city, "pinyin": pinyin_key(name), **days},
    )
    record("unit_name.add", by=by, city=fresh.city, subject=fresh, detail={"name": name, **days})
    return alias


@transaction.atomic
def remove_alias(alias: UnitName, *, by: User) -> None:
    """Take another name away from a unit (删除别名); papers that use it find nothing any more.

    Raises:
        RowGone: somebody was faster.
        PermissionDenied: `by` may not edit this unit.
    """
    fresh = opened(alias.unit, by)
    gone, _each = UnitName.objects.filter(pk=alias.pk, unit=fresh).delete()
    if not gone:
        raise RowGone(name=alias.name)
    record("unit_name.remove", by=by, city=fresh.city, subject=fresh, detail={"name": alias.name})


@transaction.atomic
def add_liaison(unit: Unit, details: LiaisonDetails, *, by: User) -> LiaisonPerson:
    """Name who speaks for a unit (登记联络员).

    Raises:
        EndsBeforeStart: the span ends before it starts.
        PermissionDenied: `by` may not edit this unit.
    """
    fresh = opened(unit, by)
    details.span.check()
    liaison = LiaisonPerson(city=fresh.city, unit=fresh)
    _fill(liaison, details)
    liaison.save(force_insert=True)
    record("liaison.add", by=by, city=fresh.city, subject=fresh, detail={"name": liaison.name})
    return liaison


@transaction.atomic
def change_liaison(liaison: LiaisonPerson, details: LiaisonDetails, *, by: User) -> LiaisonPerson:
    """Change what is said of a liaison person (变更联络员).

    Raises:
        RowGone: somebody took the person off the list meanwhile.
        EndsBeforeStart: the span ends before it starts.
        PermissionDenied: `by` may not edit this unit.
    """
    unit = opened(liaison.unit, by)
    details.span.check()
    fresh = LiaisonPerson.objects.select_for_update().filter(pk=liaison.pk, unit=unit).first()
    if fresh is None:
        raise RowGone(name=liaison.name)
    before = fresh.name
    _fill(fresh, details)
    fresh.save()
    # Telephone and address stay out of the record, which nobody can erase.
    facts = {"from": before, "to": fresh.name, "until": fresh.valid_until}
    record("liaison.change", by=by, city=unit.city, subject=unit, detail=facts)
    return fresh


@transaction.atomic
def remove_liaison(liaison: LiaisonPerson, *, by: User) -> None:
    """Take a liaison person off the list (移除联络员), with telephone and address.

    Raises:
        RowGone: somebody was faster.
        PermissionDenied: `by` may not edit this unit.
    """
    unit = opened(liaison.unit, by)
    gone, _each = LiaisonPerson.objects.filter(pk=liaison.pk, unit=unit).delete()
    if not gone:
        raise RowGone(name=liaison.name)
    record("liaison.remove", by=by, city=unit.city, subject=unit, detail={"name": liaison.name})


@transaction.atomic
def set_provision(
    unit: Unit, kind: ProvisionKind, *, in_place: bool | None, note: str, day: date, by: User
) -> Provision:
    """Say whether a unit's body, people or funds are in place (三落实).

    Args:
        in_place: None for not known.
        day: as of when it is said.

    Raises:
        PermissionDenied: `by` may not edit this unit.
    """
    fresh = opened(unit, by)
    said = {"in_place": in_place, "note": note, "as_of": day}
    provision, _made = Provision.objects.update_or_create(
        unit=fresh, kind=kind, defaults={"city": fresh.city, **said}
    )
    facts = {"kind": kind.value, **said}
    record("provision.set", by=by, city=fresh.city, subject=fresh, detail=facts)
    return provision


def _fill(liaison: LiaisonPerson, details: LiaisonDetails) -> None:
    liaison.name, liaison.post_title = details.name, details.post_title
    liaison.phone, liaison.email, liaison.user = details.phone, details.email, details.user
    liaison.valid_from, liaison.valid_until = details.span.first, details.span.last
