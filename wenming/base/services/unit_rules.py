"""What the organisation tree refuses: taken names, circles, ends of what others stand on."""

from django.db.models import Q
from django.utils.timezone import localdate

from wenming.base.access import check, check_city
from wenming.base.models import City, Group, Post, Unit, User
from wenming.core.errors import DomainError
from wenming.core.permissions import Capability

EDIT = Capability.EDIT_ORGANISATION


class NameTaken(DomainError):
    """Another unit of the city goes by this name."""

    code = "name_taken"


class UnitBelowItself(DomainError):
    """A unit was to be put below itself, or merged with what stands in its own subtree."""

    code = "unit_below_itself"


class UnitDissolved(DomainError):
    """The unit was dissolved and takes nothing new."""

    code = "unit_dissolved"


class UnitHasChildren(DomainError):
    """Units still stand below it."""

    code = "unit_has_children"


class UnitHasPosts(DomainError):
    """People still hold posts in it."""

    code = "unit_has_posts"


class RowGone(DomainError):
    """What was to be changed was removed meanwhile."""

    code = "row_gone"


class ElsewhereRow(DomainError):
    """A row of another city was named."""

    code = "row_elsewhere"


def refuse_taken(city: City, name: str, *, except_for: Unit | None = None) -> None:
    """Refuse a name by which another unit goes; of a dissolved unit its own name stays taken.

    Raises:
        NameTaken: with the unit that has the name.
    """
    others = Unit.objects.for_city(city)
    if except_for is not None:
        others = others.exclude(pk=except_for.pk)
    is_alias = Q(names__name=name, is_active=True)
    taken = others.filter(Q(name=name) | is_alias).order_by("-is_active").first()
    if taken is not None:
        raise NameTaken(name=name, unit=taken.name)


def refuse_in_use(unit: Unit) -> None:
    """Refuse to end a unit on which others stand.

    Raises:
        UnitHasChildren, UnitHasPosts: with how many.
    """
    if below := unit.children.filter(is_active=True).count():
        raise UnitHasChildren(unit=unit.name, count=below)
    is_held = Q(valid_until=None) | Q(valid_until__gte=localdate())
    if posts := Post.objects.filter(is_held, unit=unit).count():
        raise UnitHasPosts(unit=unit.name, count=posts)


def lock(city: City, by: User) -> None:
    """Open a city's tree to a person (组织架构); changes take turns, so no path moves meanwhile.

    Raises:
        PermissionDenied: the person may not edit the organisation of the city.
    """
    check_city(by, EDIT, city)
    City.objects.select_for_update().get(pk=city.pk)


def opened(unit: Unit, by: User) -> Unit:
    """The unit (单位) as it stands now, with the tree locked.

    Raises:
        PermissionDenied: the person may not edit this unit.
    """
    check(by, EDIT, unit)
    lock(unit.city, by)
    return Unit.objects.select_related("city", "group", "parent").get(pk=unit.pk)


def same_city(city: City, by: User, *rows: Unit | Group | None) -> None:
    """Refuse rows that the person may not edit, or that belong to another city (同一城市).

    Raises:
        ElsewhereRow, PermissionDenied: see above.
    """
    for row in rows:
        if row is not None:
            check(by, EDIT, row)
            refuse_elsewhere(city, row)


def refuse_elsewhere(city: City, row: Unit | Group | Post) -> None:
    """Refuse a row that belongs to another city.

    Raises:
        ElsewhereRow: a person of two cities mixed them up.
    """
    if row.city_id != city.pk:
        raise ElsewhereRow(city=city.name_zh)
