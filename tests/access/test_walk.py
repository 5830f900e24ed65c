"""Every address × every person: who is let in, who is refused, and who finds nothing there."""

from dataclasses import dataclass

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests.access.addresses import ADDRESSES, has_arguments
from tests.access.walking import GUARDED, VIEWS, address_of, asked, wanted
from tests.access.world import Side, World
from tests.cast import log_in
from wenming.core.permissions import NEED_SESSION

pytestmark = pytest.mark.django_db


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
