"""Fills an invented city with people, so that everybody can try every post (演示)."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction

from wenming.base.models import (
    City,
    Group,
    LiaisonPerson,
    Post,
    Provision,
    Unit,
    UnitKind,
    User,
    new_unit,
    pinyin_key,
)
from wenming.base.services.audit import record
from wenming.base.services.people import UsernameTaken
from wenming.base.services.takeup import take_up_areas, take_up_units
from wenming.core.errors import DomainError
from wenming.demo.people import (
    COMMITTEE,
    LOGINS,
    OFFICE,
    PASSWORD,
    Login,
    liaisons,
    provisions,
)


class DemoBesideReal(DomainError):
    """A database with a real city was to become a demonstration."""

    code = "demo_beside_real"


class DemoOfRealCity(DomainError):
    """Published passwords were to be given to a city that is not invented."""

    code = "demo_of_real_city"


def refuse_beside_real() -> None:
    """Refuse to weaken the protection of a real city in which people work (演示隔离).

    Raises:
        DemoBesideReal: with the city.
    """
    real = Post.objects.filter(city__is_synthetic=False).select_related("city").first()
    if real is not None:
        raise DemoBesideReal(city=real.city.name_zh)


@transaction.atomic
def stage_demo(city: City, areas: Iterable[tuple[str, str]], *, day: date) -> list[User]:
    """Give an invented city its tree, its people and their published password (演示人员).

    Done again, it mends what visitors changed: names, posts and passwords of the logins.

    Args:
        areas: pairs of county and street.
        day: as of when things are in place.

    Returns:
        The people in the order of `LOGINS`.

    Raises:
        DemoOfRealCity: the city is not invented.
        DemoBesideReal: another city of this database is real.
        UsernameTaken: a real account has one of the names.
    """
    if not city.is_synthetic:
        raise DemoOfRealCity(city=city.name_zh)
    refuse_beside_real()
    take_up_areas(city, areas)
    _take_up_top(city)
    _take_up_facts(city, day)
    names = [login.unit for login in LOGINS if login.unit]
    units = take_up_units(city, names, groups={})
    groups = {group.key: group for group in Group.objects.for_city(city)}
    password = make_password(PASSWORD)
    people = [
        _person(city, login, password, place=(units.get(login.unit), groups.get(login.group)))
        for login in LOGINS
    ]
    record("demo.stage", by=None, city=city, subject=city, detail={"logins": len(people)})
    return people


def _take_up_top(city: City) -> None:
    """The committee, and its office below it."""
    committee = _one(city, COMMITTEE, UnitKind.COMMITTEE, None)
    _one(city, OFFICE, UnitKind.OFFICE, committee)


def _one(city: City, name: str, kind: UnitKind, parent: Unit | None) -> Unit:
    found = Unit.objects.for_city(city).filter(name=name).first()
    if found is None:
        found = new_unit(name, kind=kind, parent=parent)
        found.city = city
        found.save(force_insert=True)
    return found


def _take_up_facts(city: City, day: date) -> None:
    """A liaison person and what is in place for every unit that has none yet."""
    answering = Unit.objects.for_city(city).filter(kind=UnitKind.UNIT)
    bare = {unit.name: unit for unit in answering.filter(liaison_persons=None).order_by("name")}
    LiaisonPerson.objects.bulk_create(
        LiaisonPerson(city=city, unit=bare[each.unit], name=each.name, post_title=each.post_title)
        for each in liaisons(bare)
    )
    silent = {unit.name: unit for unit in answering.filter(provisions=None).order_by("name")}
    Provision.objects.bulk_create(
        Provision(
            city=city, unit=silent[each.unit], kind=each.kind,
            in_place=each.in_place, note=each.note, as_of=day,
        )
        for each in provisions(silent)
    )  # fmt: skip


def _person(
    city: City, login: Login, password: str, *, place: tuple[Unit | None, Group | None]
) -> User:
    user = User.objects.filter(username=login.username).first()
    if user is not None and user.home_id != city.pk:
        raise UsernameTaken(name=login.username)
    user = user or User(username=login.username, home=city)
    user.name, user.pinyin = login.name, pinyin_key(login.name)
    user.password, user.is_active, user.must_change_password = password, True, False
    user.save()
    unit, group = place
    posts = Post.objects.filter(user=user, city=city, kind=login.kind, unit=unit, group=group)
    if not posts.filter(valid_from=None, valid_until=None).exists():
        Post.objects.create(city=city, user=user, kind=login.kind, unit=unit, group=group)
    return user
