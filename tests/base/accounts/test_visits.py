"""How long a visit lasts, and what ends it before its time."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.base.accounts.acting import NEW, PASSWORD, enter, is_in
from tests.cast import Cast, in_session
from wenming.base.services.accounts import set_password
from wenming.base.services.people import deactivate_account, reactivate_account

pytestmark = pytest.mark.django_db


def test_half_an_hour_without_a_request_ends_the_visit(
    cast: Cast, client: Client, later: Callable[..., None]
) -> None:
    enter(client, "sun")
    later(minutes=29)
    assert is_in(client)
    later(minutes=29)
    assert is_in(client), "the request before counted"
    later(minutes=31)
    assert not is_in(client)


def test_a_page_that_asks_by_itself_keeps_no_visit_alive(
    cast: Cast, client: Client, later: Callable[..., None]
) -> None:
    enter(client, "sun")
    for _ in range(3):
        later(minutes=9)
        client.get(reverse("base:inbox"), headers={"X-Polling": "yes"})
    later(minutes=4)
    assert not is_in(client)


def test_twelve_hours_end_every_visit(
    cast: Cast, client: Client, later: Callable[..., None]
) -> None:
    enter(client, "sun")
    for _ in range(35):
        later(minutes=20)
        assert is_in(client)
    later(minutes=21)
    assert not is_in(client)


def test_closing_the_account_ends_the_visit_for_good(cast: Cast, client: Client) -> None:
    enter(client, "sun")
    chief = in_session(cast.feng)
    deactivate_account(cast.sun, city=cast.city, by=chief, reason="调离")
    assert not is_in(client)
    reactivate_account(cast.sun, city=cast.city, by=chief)
    assert not is_in(client), "opening it again does not bring the visit back"


def test_a_new_password_ends_all_other_visits(cast: Cast, client: Client) -> None:
    other = Client()
    for browser in (client, other):
        enter(browser, "sun")
    fields = {"old": PASSWORD, "password": NEW, "again": NEW}
    answer = client.post(reverse("base:new_password"), fields)
    assert answer.status_code == 302
    assert (is_in(client), is_in(other)) == (True, False)
    assert enter(Client(), "sun", PASSWORD).status_code == 200
    assert enter(Client(), "sun", NEW).status_code == 302


def test_a_password_set_by_a_link_ends_every_visit(cast: Cast, client: Client) -> None:
    enter(client, "sun")
    set_password(cast.sun, NEW, by=cast.sun, city=cast.city)
    assert not is_in(client)


def test_going_out_leaves_no_administrator_session_open(cast: Cast, client: Client) -> None:
    from tests.cast import log_in, open_session

    session = open_session(log_in(client, cast.feng), cast.feng, cast.city)
    client.post(reverse("account_logout"))
    session.refresh_from_db()
    assert session.ended_at is not None
