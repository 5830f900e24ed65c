"""Every address × every person: who is let in, who is refused, and who finds nothing there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db.models import Model
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests.access.addresses import ADDRESSES, Address, has_arguments, plain, views
from tests.access.world import Side, World, in_its_city
from tests.cast import log_in
from wenming.base.access import LOGGED_IN, PUBLIC
from wenming.base.models import AdministratorSession, ApiToken, AuditEntry, CityRow, User
from wenming.core.permissions import NEED_SESSION, Capability

pytestmark = pytest.mark.django_db

API = "api"
VIEWS = {name: each for name, each in views().items() if not name.startswith(API)}
GUARDED = sorted(
    name
    for name, each in VIEWS.items()
    if getattr(each.callback, "capability", None) not in (PUBLIC, LOGGED_IN)
)
"""Views for people with a capability; the addresses of programs have a walk of their own."""


@dataclass(frozen=True)
class Visit:
    """One person who asks for one address."""

    name: str
    who: str
    side: Side
    answer: HttpResponseBase

    def __str__(self) -> str:
        where = self.answer.headers.get("Location", "")
        return f"{self.name}: {self.who} at {self.side.city}: {self.answer.status_code} {where}"


def address_of(name: str) -> Address:
    return ADDRESSES.get(name) or plain()


def asked(client: Client, name: str, side: Side, *, method: str) -> HttpResponseBase:
    address = address_of(name)
    target = reverse(name, args=address.args(side)) + address.query(side)
    found: HttpResponseBase = getattr(client, method)(target)
    if getattr(found, "streaming", False):
        list(found)  # what is written row by row is asked for only now
    return found


def wanted(name: str, user: User, side: Side, *, at_home: Side) -> int:
    """The answer that a person must get: 200 for being let in, 403, or 404."""
    capability: Capability = VIEWS[name].callback.capability  # type: ignore[union-attr]
    again = in_its_city(user, at_home.city)
    if not again.may(capability, city=at_home.city):
        return 403
    address = address_of(name)
    if address.also is not None and not again.may(address.also, city=at_home.city):
        return 404
    is_found = all(_sees(again, capability, row, at_home) for row in address.seen_rows(side))
    return 200 if is_found else 404


def _sees(user: User, capability: Capability, row: Model, at_home: Side) -> bool:
    """Whether a row is shown to a person, or reached by the capability of the page."""
    if isinstance(row, CityRow):
        rows = type(row)._default_manager.for_city(at_home.city).filter(pk=row.pk)
        return any(rows.visible_to(user, each).exists() for each in (None, capability))
    return _IS_FOUND[type(row)](row, user, at_home)


_IS_FOUND: dict[type[Model], Callable[[Any, User, Side], bool]] = {
    ApiToken: lambda row, user, _side: row.user_id == user.pk,
    User: lambda row, _user, side: row.home_id == side.city.pk or row.posts.filter(city=side.city),
    AuditEntry: lambda row, _user, side: row.head.city_id == side.city.pk,
    AdministratorSession: lambda row, _user, side: row.city_id == side.city.pk,
}
"""Rows that have no way to a unit: who finds them, once the capability of the page is held."""


def is_as_wanted(answer: HttpResponseBase, status: int) -> bool:
    """A method that a view does not know tells nothing, whoever asks."""
    if status != 200:
        return answer.status_code in (status, 405)
    location = answer.headers.get("Location", "")
    is_sent_away = location.startswith((reverse("account_login"), reverse("base:begin_session")))
    refused = {403, 404, *range(500, 600)}
    return answer.status_code not in refused and not is_sent_away


def test_every_view_with_arguments_has_an_address() -> None:
    missing = [name for name in GUARDED if has_arguments(VIEWS[name]) and name not in ADDRESSES]
    assert missing == [], "list them in tests/access/addresses.py"
    assert sorted(set(ADDRESSES) - set(VIEWS)) == []


@pytest.mark.parametrize("name", GUARDED)
def test_whoever_is_not_logged_in_is_sent_to_log_in(world: World, name: str) -> None:
    for method in ("get", "post"):
        answer = asked(Client(), name, world.home, method=method)
        assert answer.status_code == 302, (method, answer.status_code)
        assert answer.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", GUARDED)
def test_everybody_gets_what_is_theirs_and_nothing_else(
    world: World, name: str, method: str
) -> None:
    wrong = []
    for who, user in world.people.items():
        for side in (world.home, world.abroad):
            if side is world.abroad and not address_of(name).rows:
                continue
            status = wanted(name, user, side, at_home=world.home)
            answer = asked(world.browsers[who], name, side, method=method)
            if not is_as_wanted(answer, status):
                wrong.append(f"{Visit(name, who, side, answer)}, wanted {status}")
    assert wrong == []


@pytest.mark.parametrize(
    "name", sorted(n for n in GUARDED if ADDRESSES.get(n) and ADDRESSES[n].rows)
)
def test_the_neighbour_finds_nothing_of_this_city(world: World, name: str) -> None:
    for method in ("get", "post"):
        answer = asked(world.browsers["neighbour"], name, world.home, method=method)
        assert answer.status_code in (403, 404, 405), (method, answer.status_code)


def test_what_needs_a_session_is_refused_without_one(world: World) -> None:
    guarded = [n for n in GUARDED if getattr(VIEWS[n].callback, "capability", "") in NEED_SESSION]
    assert guarded, "no page asks for an administrator session: this test looks at nothing"
    for name in guarded:
        for who in ("system", "security"):
            answer = asked(log_in(Client(), world.people[who]), name, world.home, method="get")
            where = answer.headers.get("Location", "")
            assert answer.status_code == 403 or where.startswith(reverse("base:begin_session")), (
                name
            )
