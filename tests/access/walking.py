"""What a person must get at an address, and asking for it."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests.access.addresses import ADDRESSES, Address, has_arguments, plain, views
from tests.access.world import Side, World, in_its_city
from wenming.base.access import LOGGED_IN, PUBLIC
from wenming.base.models import AdministratorSession, ApiToken, AuditEntry, CityRow, User
from wenming.core.permissions import Capability

API = "api"
VIEWS = {name: each for name, each in views().items() if not name.startswith(API)}
GUARDED = sorted(
    name
    for name, each in VIEWS.items()
    if getattr(each.callback, "capability", None) not in (PUBLIC, LOGGED_IN)
)
"""Views for people with a capability; the addresses of programs have a walk of their own."""


def address_of(name: str) -> Address:
    return ADDRESSES.get(name) or plain()


def target_of(name: str, side: Side) -> str:
    """The address of a view on one side."""
    address = address_of(name)
    return reverse(name, args=address.args(side)) + address.query(side)


def asked(client: Client, name: str, side: Side, *, method: str = "get") -> HttpResponseBase:
    found: HttpResponseBase = getattr(client, method)(target_of(name, side))
    if getattr(found, "streaming", False):
        list(found)  # what is written row by row is asked for only now
    return found


def wanted(name: str, user: User, side: Side, *, at_home: Side) -> int:
    """The answer that a person must get: 200 for being let in, 403, or 404."""
    capability: Capability = VIEWS[name].callback.capability  # type: ignore[union-attr]
    again = _as_met(user, at_home)
    if not again.may(capability, city=at_home.city):
        return 403
    address = address_of(name)
    if address.also is not None and not again.may(address.also, city=at_home.city):
        return 404
    is_found = all(_sees(again, capability, row, at_home) for row in address.seen_rows(side))
    return 200 if is_found else 404


_MET: dict[tuple[Any, Any], User] = {}


def _as_met(user: User, side: Side) -> User:
    """A person with the posts that are held in the world, which no walk changes."""
    key = (user.pk, side.city.pk)
    if key not in _MET:
        _MET[key] = in_its_city(user, side.city)
    return _MET[key]


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


READERS = ("office", "unit1", "system", "security", "audit", "inspector")
"""Of those who may open a page the first one reads it."""
LEAVING = {"account_logout"}
NAMES = sorted(n for n in set(VIEWS) - LEAVING if n in ADDRESSES or not has_arguments(VIEWS[n]))
NOT_THERE = {
    "mfa_deactivate_totp": 404,  # there is no authenticator app yet
    "mfa_view_recovery_codes": 404,  # and no codes
    "openid_connect_login": 404,  # no issuer is set up
    "openid_connect_callback": 404,
    "base:welcome": 410,  # the link was used
    "base:readyz": 503,  # no worker runs
    "rounds:public_draw_file": 404,  # the draw is sealed
}
"""Views that have nothing to show as things stand in the world; tests of their own read them."""


def reader_of(world: World, name: str) -> str | None:
    """Who reads a page: "" for nobody in particular, None where nobody may open it."""
    capability = getattr(VIEWS[name].callback, "capability", PUBLIC)
    if capability == PUBLIC:
        return ""
    if capability == LOGGED_IN:
        return "office"
    fitting = (
        who
        for who in READERS
        if wanted(name, world.people[who], world.home, at_home=world.home) == 200
    )
    return next(fitting, None)


def client_of(world: World, name: str) -> Client:
    """The browser of the reader of a page."""
    who = reader_of(world, name)
    assert who is not None, f"{name}: nobody can read it; make the world such that somebody can"
    return world.browsers[who] if who else Client()


def read(world: World, name: str) -> HttpResponseBase:
    """What the reader of a page gets."""
    return asked(client_of(world, name), name, world.home)


def is_to_be_read(answer: HttpResponseBase, name: str) -> bool:
    """Whether a view shows a page to read; False for files, deeds, and ways to elsewhere."""
    if is_a_page(answer):
        return True
    wanted = NOT_THERE.get(name)
    is_else = answer.status_code in (200, 302, 405)
    assert answer.status_code == wanted if wanted else is_else, (name, answer.status_code)
    return False


def is_a_page(answer: HttpResponseBase) -> bool:
    """Whether an answer is a whole page, and not a file, a part or another address."""
    is_text = answer.headers.get("Content-Type", "").startswith("text/html")
    return answer.status_code == 200 and is_text and b"<html" in getattr(answer, "content", b"")
