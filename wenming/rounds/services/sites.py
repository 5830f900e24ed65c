"""Changes of the city's register of sites, one at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from wenming.base.access import check, check_city
from wenming.base.models import City, Unit, UnitKind, User, pinyin_key
from wenming.base.services.audit import record
from wenming.core.errors import DomainError
from wenming.core.permissions import Capability
from wenming.files.datum import Located
from wenming.rounds.models import RegisteredSite

EDIT = Capability.EDIT_REGISTER


class RegisteredKeyTaken(DomainError):
    """Another site of the city has the same number."""

    code = "registered_key_taken"


@dataclass(frozen=True, slots=True)
class SiteDetails:
    """What the register says of a site (点位信息).

    Attributes:
        area: the smallest area of the tree in which it lies; None finds it by county and street.
    """

    key: str
    title: str
    site_type: str
    more_types: Sequence[str] = ()
    address: str = ""
    county: str = ""
    street: str = ""
    unit: Unit | None = None
    keeper: str = ""
    keeper_phone: str = ""
    size: Decimal | None = None
    note: str = ""
    place: Located | None = None


@transaction.atomic
def make_site(city: City, details: SiteDetails, *, by: User) -> RegisteredSite:
    """Take a site into the register (点位入库).

    Raises:
        RegisteredKeyTaken: the number is in use.
        PermissionDenied: `by` may not edit the register of the city.
    """
    check_city(by, EDIT, city)
    City.objects.select_for_update().get(pk=city.pk)
    _refuse_taken(city, details.key)
    made = RegisteredSite(city=city, changed_by=by)
    write_details(made, details)
    made.save(force_insert=True)
    detail = {"title": made.title, "key": made.key}
    record("registered_site.make", by=by, city=city, subject=made, detail=detail)
    return made


@transaction.atomic
def change_site(site: RegisteredSite, details: SiteDetails, *, by: User) -> RegisteredSite:
    """Change what the register says of a site (修改点位); rounds that looked at it stay.

    Raises:
        RegisteredKeyTaken: the new number is in use.
        PermissionDenied: `by` may not edit the register of the city.
    """
    check(by, EDIT, site)
    fresh = RegisteredSite.objects.select_for_update().get(pk=site.pk)
    if details.key != fresh.key:
        _refuse_taken(fresh.city, details.key)
    fresh.changed_by = by
    write_details(fresh, details)
    fresh.save()
    detail = {"title": fresh.title, "key": fresh.key}
    record("registered_site.change", by=by, city=fresh.city, subject=fresh, detail=detail)
    return fresh


@transaction.atomic
def retire_site(site: RegisteredSite, *, day: date, by: User) -> RegisteredSite:
    """Take a site out of the register from a day on (停用点位); what was seen there stays.

    Raises:
        PermissionDenied: `by` may not edit the register of the city.
    """
    check(by, EDIT, site)
    fresh = RegisteredSite.objects.select_for_update().get(pk=site.pk)
    fresh.retired_on, fresh.changed_by = day, by
    fresh.save(update_fields=["retired_on", "changed_by", "changed_at"])
    detail = {"title": fresh.title, "day": day.isoformat()}
    record("registered_site.retire", by=by, city=fresh.city, subject=fresh, detail=detail)
    return fresh


@transaction.atomic
def restore_site(site: RegisteredSite, *, by: User) -> RegisteredSite:
    """Take a site back into the register (恢复点位).

    Raises:
        PermissionDenied: `by` may not edit the register of the city.
    """
    check(by, EDIT, site)
    fresh = RegisteredSite.objects.select_for_update().get(pk=site.pk)
    fresh.retired_on, fresh.changed_by = None, by
    fresh.save(update_fields=["retired_on", "changed_by", "changed_at"])
    detail = {"title": fresh.title}
    record("registered_site.restore", by=by, city=fresh.city, subject=fresh, detail=detail)
    return fresh


def write_details(row: RegisteredSite, details: SiteDetails) -> None:
    """Put what is said of a site into its row (写入点位信息), without storing it."""
    row.key, row.title = details.key, details.title
    row.pinyin = pinyin_key(details.title)
    row.site_type, row.more_types = details.site_type, list(details.more_types)
    row.address, row.county, row.street = details.address, details.county, details.street
    row.unit, row.unit_name = details.unit, details.unit.name if details.unit else ""
    row.area = area_named(row.city, details.county, details.street)
    row.keeper, row.keeper_phone = details.keeper, details.keeper_phone
    row.size, row.note = details.size, details.note
    place = details.place
    row.datum = place.datum.value if place else ""
    row.given_longitude = place.given_longitude if place else None
    row.given_latitude = place.given_latitude if place else None
    row.longitude = place.longitude if place else None
    row.latitude = place.latitude if place else None


def area_named(city: City, county: str, street: str) -> Unit | None:
    """The smallest area of the tree that bears these names (所在区域); None where none does."""
    areas = Unit.objects.for_city(city).filter(is_active=True)
    above = areas.filter(kind=UnitKind.COUNTY, name=county).first() if county else None
    if street:
        below = areas.filter(kind=UnitKind.STREET, name=street)
        if above is not None:
            below = below.filter(path__startswith=above.path)
        if (found := below.first()) is not None:
            return found
    return above


def _refuse_taken(city: City, key: str) -> None:
    if RegisteredSite.objects.for_city(city).filter(key=key).exists():
        raise RegisteredKeyTaken(key=key)
