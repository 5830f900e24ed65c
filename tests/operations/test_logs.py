"""The log names requests and never persons: a log-in, a search, a mistake, an error."""

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, log_in, make_cast
from wenming.config.logs import settings_for

pytestmark = pytest.mark.django_db
SECRETS = ("lin", "林晓", "Correct-Horse-77", "13800001111", "127.0.0.1", "花园", "城管局")


@pytest.fixture
def lines(settings: Any) -> Iterator[io.StringIO]:
    """What the program writes, as a machine would read it."""
    stream = io.StringIO()
    told = dict(settings_for(is_terminal=False))
    told["handlers"] = {"console": {**told["handlers"]["console"], "stream": stream}}
    logging.config.dictConfig(told)
    yield stream
    logging.config.dictConfig(settings.LOGGING)


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    cast.lin.set_password("Correct-Horse-77")
    cast.lin.save()
    return cast


def events(lines: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def without_persons(lines: io.StringIO) -> None:
    for secret in SECRETS:
        assert secret not in lines.getvalue()


def test_a_log_in_is_told_without_who_it_was(
    cast: Cast, client: Client, lines: io.StringIO
) -> None:
    form = {"login": "lin", "password": "Correct-Horse-77"}
    answer = client.post(reverse("account_login"), form)
    assert answer.status_code == 302
    (told,) = [each for each in events(lines) if each["event"] == "request"]
    assert (told["view"], told["method"], told["status"]) == ("account_login", "POST", 302)
    assert told["request"] == answer.headers["X-Request-ID"]
    assert told["duration_ms"] >= 0
    without_persons(lines)


def test_a_wrong_password_is_told_without_who_it_was(
    cast: Cast, client: Client, lines: io.StringIO
) -> None:
    client.post(reverse("account_login"), {"login": "lin", "password": "13800001111"})
    assert events(lines)
    without_persons(lines)


def test_a_search_is_told_without_what_was_searched(
    cast: Cast, client: Client, lines: io.StringIO
) -> None:
    log_in(client, cast.lin).get(reverse("base:search"), {"text": "花园", "q": "城管局"})
    assert [each["view"] for each in events(lines) if each["event"] == "request"] == ["base:search"]
    without_persons(lines)


def test_a_page_that_does_not_exist_is_told_without_its_address(
    client: Client, lines: io.StringIO
) -> None:
    assert client.get("/people/lin/13800001111/").status_code == 404
    assert {each.get("status") for each in events(lines)} == {404}
    without_persons(lines)


@pytest.mark.parametrize("address", ["/welcome/13800001111/", "/odk/13800001111/nowhere"])
def test_a_refused_request_is_told_without_its_address(lines: io.StringIO, address: str) -> None:
    Client(enforce_csrf_checks=True).delete(address)
    assert events(lines)
    without_persons(lines)


def test_a_line_break_makes_no_line_of_its_own(lines: io.StringIO) -> None:
    logging.getLogger("wenming").warning('told\n{"event": "forged"}', extra={"why": "a\nb"})
    (told,) = events(lines)
    assert told["why"] == "a\nb"


def test_what_nobody_allowed_is_left_out(lines: io.StringIO) -> None:
    facts = {"phone": "13800001111", "status": 200}
    logging.getLogger("wenming").info("told", extra=facts)
    (told,) = events(lines)
    assert told["status"] == 200
    assert "phone" not in told
