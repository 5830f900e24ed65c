"""The log-in: who comes in, where to, and what is told to whoever does not."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.base.accounts.acting import PASSWORD, WRONG, enter, is_in, text_of
from tests.cast import Cast, in_session
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry, User
from wenming.base.services.accounts import is_locked, unlock_account
from wenming.base.services.audit import subject_of

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"


def lock(client: Client, name: str, times: int = 5) -> None:
    for _ in range(times):
        enter(client, name, WRONG)


def test_the_right_password_leads_to_the_start(cast: Cast, client: Client) -> None:
    answer = enter(client, "sun")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert is_in(client)
    assert AuditEntry.objects.filter(actor=cast.sun, action="account.login").count() == 1


def test_a_visitor_is_sent_to_the_login_and_back(cast: Cast, client: Client) -> None:
    sent = client.get("/inbox/?order=due")
    assert sent.headers["Location"] == f"{LOGIN}?next=%2Finbox%2F%3Forder%3Ddue"
    page = client.get(sent.headers["Location"]).content.decode()
    assert 'value="/inbox/?order=due"' in page
    assert enter(client, "sun", next="/inbox/?order=due").headers["Location"] == "/inbox/?order=due"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)",
     "http:evil.example"],
)  # fmt: skip
def test_the_login_leads_to_no_other_site(cast: Cast, client: Client, elsewhere: str) -> None:
    assert enter(client, "sun", next=elsewhere).headers["Location"] == "/"


def test_the_number_of_the_session_changes_at_the_login(cast: Cast, client: Client) -> None:
    client.get(LOGIN)
    planted = client.session
    planted["x"] = 1
    planted.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key
    enter(client, "sun")
    assert client.session.session_key != planted.session_key
    stranger = Client()
    stranger.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key
    assert not is_in(stranger)


def test_a_form_without_its_token_is_refused(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert enter(strict, "sun").status_code == 403
    assert not is_in(strict)


def test_cookies_cannot_be_read_by_script_nor_sent_from_elsewhere(
    cast: Cast, client: Client
) -> None:
    client.get(LOGIN)
    enter(client, "sun")
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        cookie = client.cookies[name]
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax"), name
    assert client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == "", "until the browser closes"


def test_a_name_is_found_however_it_is_written(cast: Cast, client: Client) -> None:
    enter(client, "  SUN ")
    assert is_in(client)


def test_a_wrong_password_tells_nothing_about_the_account(cast: Cast, client: Client) -> None:
    known, unknown = enter(client, "sun", WRONG), enter(client, "nobody", WRONG)
    assert known.status_code == unknown.status_code == 200
    assert "用户名或密码错误" in text_of(known)
    assert text_of(known).replace("sun", "") == text_of(unknown).replace("nobody", "")
    entries = AuditEntry.objects.filter(action="account.login_failed").order_by("at")
    assert [entry.subject for entry in entries] == [subject_of(cast.sun), ""]
    assert not any("nobody" in str(entry.detail) for entry in entries), "it may be a password"


def test_a_closed_account_answers_like_a_wrong_password(cast: Cast, client: Client) -> None:
    wrong = enter(client, "sun", WRONG)
    User.objects.filter(pk=cast.sun.pk).update(is_active=False)
    closed = enter(client, "sun", PASSWORD)
    assert text_of(wrong) == text_of(closed)
    assert not is_in(client)


def test_no_password_is_checked_less_for_a_name_that_nobody_has(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Time would tell whether an account exists; what takes the time is the hashing."""
    from django.contrib.auth.hashers import Argon2PasswordHasher as Hasher

    hashed: list[str] = []
    real = Hasher.encode, Hasher.verify
    monkeypatch.setattr(
        Hasher, "encode", lambda *a, **k: hashed.append("encode") or real[0](*a, **k)
    )
    monkeypatch.setattr(
        Hasher, "verify", lambda *a, **k: hashed.append("verify") or real[1](*a, **k)
    )
    enter(client, "sun", WRONG)
    for_known = len(hashed)
    enter(client, "nobody", WRONG)
    assert for_known == len(hashed) - for_known == 1


def test_five_wrong_passwords_lock_the_name(
    cast: Cast, client: Client, later: Callable[..., None]
) -> None:
    lock(client, "sun", 4)
    assert not is_locked(cast.sun)
    fifth = enter(client, "sun", WRONG)
    assert fifth.status_code == 429
    assert "锁定 15 分钟" in text_of(fifth)
    assert is_locked(cast.sun)
    assert enter(client, "sun", PASSWORD).status_code == 429, "the right one does not help now"
    later(minutes=16)
    assert not is_locked(cast.sun)
    enter(client, "sun", PASSWORD)
    assert is_in(client)


def test_trying_on_does_not_make_the_lock_longer(
    cast: Cast, client: Client, later: Callable[..., None]
) -> None:
    lock(client, "sun")
    later(minutes=10)
    lock(client, "sun", 3)
    later(minutes=6)
    enter(client, "sun", PASSWORD)
    assert is_in(client)


def test_a_name_that_nobody_has_is_locked_with_the_same_words(cast: Cast, client: Client) -> None:
    lock(client, "sun", 4)
    lock(client, "nobody", 4)
    known, unknown = enter(client, "sun", WRONG), enter(client, "nobody", WRONG)
    assert known.status_code == unknown.status_code == 429
    assert text_of(known) == text_of(unknown)


def test_the_lock_counts_over_all_addresses_and_browsers(cast: Cast) -> None:
    for number in range(5):
        away = Client(REMOTE_ADDR=f"10.0.0.{number}", HTTP_USER_AGENT=f"Browser {number}")
        enter(away, "SUN" if number % 2 else "sun", WRONG)
    assert is_locked(cast.sun)


def test_one_address_cannot_lock_out_everybody(cast: Cast, client: Client) -> None:
    for name in ("a", "b", "c", "sun", "d"):
        lock(client, name)
    enter(client, "feng", PASSWORD)
    assert client.session.get("account_login"), "Feng is asked for the second factor"


def test_a_success_forgives_what_was_wrong_before(cast: Cast, client: Client) -> None:
    for _ in range(2):
        lock(client, "sun", 4)
        enter(client, "sun")
        assert is_in(client)
        client.post(reverse("account_logout"))


def test_the_security_administrator_unlocks_at_once(cast: Cast, client: Client) -> None:
    lock(client, "sun")
    with pytest.raises(PermissionDenied):
        unlock_account(cast.sun, city=cast.city, by=in_session(cast.feng))
    with pytest.raises(PermissionDenied):
        unlock_account(cast.wu, city=cast.city, by=in_session(cast.chu))
    unlock_account(cast.sun, city=cast.city, by=in_session(cast.chu))
    assert not is_locked(cast.sun)
    enter(client, "sun")
    assert is_in(client)
    assert AuditEntry.objects.filter(action="account.unlock", actor=cast.chu).count() == 1


def test_too_many_tries_from_one_address_are_put_off(cast: Cast, client: Client) -> None:
    answers = [enter(client, f"name{number}", "") for number in range(61)]
    assert [answers[59].status_code, answers[60].status_code] == [200, 429]
    assert "尝试次数过多" in text_of(answers[60])
    enter(Client(REMOTE_ADDR="10.0.0.9"), "sun")


@pytest.mark.parametrize(
    ("trusted", "said", "counted"),
    [(False, "10.1.1.1", "127.0.0.1"), (True, "6.6.6.6, 10.1.1.1", "10.1.1.1"),
     (True, "not an address", "127.0.0.1")],
)  # fmt: skip
def test_an_address_is_believed_only_from_a_proxy_of_ours(
    cast: Cast, client: Client, settings: object, trusted: bool, said: str, counted: str
) -> None:
    from axes.models import AccessAttempt

    settings.TRUST_PROXY = trusted
    client.post(LOGIN, {"login": "sun", "password": WRONG}, headers={"X-Forwarded-For": said})
    assert AccessAttempt.objects.get().ip_address == counted


def test_nobody_signs_up(client: Client) -> None:
    for address in ("signup/", "password/reset/", "email/", "password/change/", "inactive/"):
        assert client.get(f"/account/{address}").status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_login_page_says_what_it_wants(client: Client, language: str) -> None:
    client.cookies["language"] = language
    page = text_of(client.get(LOGIN))
    assert ("用户名" in page, "User name" in page) == (language != "en", language == "en")
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


def test_who_is_in_already_is_not_asked_again(cast: Cast, client: Client) -> None:
    enter(client, "sun")
    assert client.get(LOGIN).headers["Location"] == "/"


def test_leaving_needs_a_post_and_ends_the_visit(cast: Cast, client: Client) -> None:
    enter(client, "sun")
    asked = client.get(reverse("account_logout"))
    assert asked.status_code == 200
    assert is_in(client)
    left = client.post(reverse("account_logout"))
    assert left.headers["Location"] == LOGIN
    assert not is_in(client)
    assert AuditEntry.objects.filter(action="account.logout", actor=cast.sun).count() == 1
