"""The cast that other tests stand on is what it says."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import fresh, log_in, make_cast, open_session
from wenming.core.permissions import PostKind

pytestmark = pytest.mark.django_db


def test_the_cast_has_one_person_for_each_post() -> None:
    cast = make_cast()
    kinds = [post.kind for who in cast.at_home for post in fresh(who).posts_held]
    assert set(kinds) == set(PostKind)
    assert len(kinds) == len(PostKind) + 1  # two units
    assert [city.name_zh for city in cast.wu.cities] == ["邻市"]


def test_everybody_can_log_in_and_open_the_inbox(client: Client) -> None:
    for who in make_cast().people:
        answer = log_in(client, who).get(reverse("base:inbox"))
        assert answer.status_code == 200, who.username


def test_an_administrator_session_is_open_for_the_browser_that_began_it(client: Client) -> None:
    cast = make_cast()
    begun = open_session(log_in(client, cast.feng), cast.feng, cast.city)
    client.get(reverse("base:start"))
    assert [kept.address for kept in begun.requests.all()] == ["/"]
