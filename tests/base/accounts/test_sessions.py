"""The administrator session: a reason, the password again, half an hour, every request recorded."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.base.accounts.acting import PASSWORD, WRONG
from tests.cast import Cast, log_in
from wenming.base.models import AdministratorRequest, AdministratorSession, AuditEntry

pytestmark = pytest.mark.django_db
BEGIN = "/me/session/"
PAGE = "/people/new/"


@pytest.fixture
def feng(cast: Cast, client: Client) -> Client:
    """The browser of the system administrator."""
    return log_in(client, cast.feng)


def begin(client: Client, reason: str = "新增账号", password: str = PASSWORD) -> object:
    return client.post(f"{BEGIN}?next={PAGE}", {"reason": reason, "password": password})


def test_a_page_that_needs_a_session_asks_for_one_and_leads_back(feng: Client) -> None:
    sent = feng.get(PAGE)
    assert sent.headers["Location"] == f"{BEGIN}?next=%2Fpeople%2Fnew%2F"
    assert begin(feng).headers["Location"] == PAGE
    assert feng.get(PAGE).status_code == 200


@pytest.mark.parametrize(
    ("reason", "password"), [("", PASSWORD), ("新增账号", WRONG), ("新增账号", "")]
)
def test_without_reason_or_password_none_begins(feng: Client, reason: str, password: str) -> None:
    answer = begin(feng, reason, password)
    assert answer.status_code == 422
    assert not AdministratorSession.objects.exists()


def test_the_password_cannot_be_guessed_there(feng: Client) -> None:
    answers = [begin(feng, password=f"{WRONG}{n}").status_code for n in range(11)]
    assert answers == [422] * 10 + [429]


def test_it_ends_by_itself_after_half_an_hour(feng: Client, later: Callable[..., None]) -> None:
    begin(feng)
    later(minutes=15)
    assert feng.get(PAGE).status_code == 200
    later(minutes=16)
    assert feng.get(PAGE).headers["Location"].startswith(BEGIN), "use does not make it longer"
    assert feng.get(reverse("base:people")).status_code == 200, "the visit goes on"


def test_every_request_is_recorded_also_what_was_refused(feng: Client, cast: Cast) -> None:
    begin(feng)
    feng.get(PAGE)
    feng.post(PAGE, {"username": "!", "name": ""})
    feng.get(reverse("base:post_new", args=[cast.zhao.pk]))
    feng.get("/nowhere/")
    feng.post(reverse("base:end_session"))
    feng.get(reverse("base:people"))
    kept = AdministratorRequest.objects.order_by("pk")
    seen = [(each.method, each.address, each.status) for each in kept]
    assert seen == [
        ("GET", PAGE, 200),
        ("POST", PAGE, 422),
        ("GET", reverse("base:post_new", args=[cast.zhao.pk]), 403),
        ("GET", "/nowhere/", 404),
        ("POST", reverse("base:end_session"), 302),
    ]
    assert all(each.request for each in kept)


def test_a_broken_page_is_recorded_too(feng: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(feng)

    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("wenming.base.views.accounts.NewPersonForm", broken)
    feng.raise_request_exception = False
    assert feng.get(PAGE).status_code == 500
    assert AdministratorRequest.objects.get().status == 500


def test_it_counts_in_the_browser_that_began_it_alone(feng: Client, cast: Cast) -> None:
    begin(feng)
    other = log_in(Client(), cast.feng)
    assert other.get(PAGE).headers["Location"].startswith(BEGIN)
    begin(other)
    assert other.get(PAGE).status_code == 200
    assert feng.get(PAGE).headers["Location"].startswith(BEGIN), "one at a time"


def test_begin_and_end_are_in_the_audit_with_the_reason(feng: Client, cast: Cast) -> None:
    begin(feng, "接教育局 11 月 3 日申请")
    feng.post(reverse("base:end_session"))
    begun = AuditEntry.objects.get(action="session.begin")
    assert (begun.actor, begun.detail["reason"]) == (cast.feng, "接教育局 11 月 3 日申请")
    assert AuditEntry.objects.filter(action="session.end", actor=cast.feng).count() == 1


def test_whoever_administers_nothing_has_none(cast: Cast, client: Client) -> None:
    cast.lin.set_password(PASSWORD)
    cast.lin.save()
    assert begin(log_in(client, cast.lin)).status_code in {403, 422}
    assert not AdministratorSession.objects.exists()
