"""The second factor: an app with codes, recovery codes, who must have one, and what is recorded."""

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.base.accounts.acting import PASSWORD, confirm, enter, is_in
from tests.cast import Cast, in_session
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry, User
from wenming.base.services.accounts import NoFactors, OwnFactors, remove_factors

pytestmark = pytest.mark.django_db
PROVE = "/account/factors/prove/"


def code_of(secret: str) -> str:
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.fixture
def secret(
    cast: Cast, client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> str:
    """Sun has set an app up by the pages; the key that the app keeps."""
    enter(client, "sun")
    confirm(client)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    shown = re.search(r'<code class="secret">([A-Z2-7]+)</code>', page)
    assert shown is not None
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(shown[1])})
    assert answer.status_code == 302
    return shown[1]


def codes_shown(client: Client) -> list[str]:
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    return re.findall(r"<li><code>([^<]+)</code></li>", page)


def prove(code: str) -> Client:
    """A new browser: password, then this code."""
    browser = Client()
    assert enter(browser, "sun").headers["Location"] == PROVE
    assert not is_in(browser)
    browser.post(PROVE, {"code": code})
    return browser


def test_the_page_draws_the_key_for_the_app_without_another_server(
    cast: Cast, client: Client
) -> None:
    enter(client, "sun")
    confirm(client)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    assert 'inputmode="numeric"' in page


def test_a_wrong_first_code_keeps_the_key(cast: Cast, client: Client) -> None:
    enter(client, "sun")
    confirm(client)
    address = reverse("mfa_activate_totp")
    keys = re.compile(r'<code class="secret">([A-Z2-7]+)</code>')
    before = keys.search(client.get(address).content.decode())
    answer = client.post(address, {"code": "000000"})
    page = answer.content.decode()
    after = keys.search(page)
    assert before is not None
    assert after is not None
    assert before[1] == after[1], "the app that has read it already needs no second reading"
    assert "验证码错误" in page
    assert not Authenticator.objects.filter(user=cast.sun).exists()


def test_afterwards_the_password_alone_lets_nobody_in(
    secret: str, later: Callable[..., None]
) -> None:
    browser = Client()
    enter(browser, "sun")
    assert not is_in(browser)
    assert browser.get("/inbox/").status_code == 302
    later(seconds=60)
    assert is_in(prove(code_of(secret)))


def test_a_code_works_once(secret: str, later: Callable[..., None]) -> None:
    later(seconds=60)
    code = code_of(secret)
    assert is_in(prove(code))
    assert not is_in(prove(code)), "whoever looked over the shoulder is too late"


def test_a_code_with_a_space_in_the_middle_is_understood(
    secret: str, later: Callable[..., None]
) -> None:
    later(seconds=60)
    code = code_of(secret)
    assert is_in(prove(f"{code[:3]} {code[3:]}"))


def test_an_old_code_does_not_work(secret: str, later: Callable[..., None]) -> None:
    later(seconds=60)
    code = code_of(secret)
    later(minutes=3)
    assert not is_in(prove(code))


def test_wrong_codes_are_put_off_and_recorded(
    secret: str, cast: Cast, later: Callable[..., None]
) -> None:
    browser = Client()
    enter(browser, "sun")
    cache.clear()
    for _ in range(5):
        answer = browser.post(PROVE, {"code": "000000"})
        assert "验证码错误" in answer.content.decode()
    later(seconds=60)
    answer = browser.post(PROVE, {"code": code_of(secret)})
    assert "尝试次数过多" in answer.content.decode()
    assert not is_in(browser)
    assert AuditEntry.objects.filter(action="factor.wrong_code").count() == 5


def test_recovery_codes_are_shown_once_and_work_once(secret: str, client: Client) -> None:
    codes = codes_shown(client)
    assert len(codes) == len(set(codes)) == 10
    assert codes_shown(client) == []
    assert is_in(prove(codes[0]))
    assert not is_in(prove(codes[0]))
    assert is_in(prove(codes[1]))
    assert "剩余 8 个" in client.get(reverse("mfa_index")).content.decode()


def test_new_recovery_codes_make_the_old_ones_worthless(secret: str, client: Client) -> None:
    old = codes_shown(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    new = codes_shown(client)
    assert not set(old) & set(new)
    assert not is_in(prove(old[0]))
    assert is_in(prove(new[0]))


def test_what_is_stored_is_of_no_use_without_the_key_of_the_program(
    secret: str, client: Client, cast: Cast
) -> None:
    codes = codes_shown(client)
    stored = str(list(Authenticator.objects.filter(user=cast.sun).values_list("data")))
    assert secret not in stored
    assert not any(code in stored for code in codes)


def test_changing_what_protects_the_account_asks_for_proof_again(
    secret: str, client: Client, later: Callable[..., None]
) -> None:
    later(minutes=6)
    for name in ("mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_add_webauthn"):
        answer = client.get(reverse(name))
        assert answer.status_code == 302, name
        assert "/confirm/" in answer.headers["Location"], name
    again = client.get(reverse("mfa_deactivate_totp"), follow=True)
    assert "请确认是您本人" in again.content.decode()


def test_removing_the_app_takes_the_codes_along(secret: str, client: Client, cast: Cast) -> None:
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=cast.sun).exists()
    browser = Client()
    enter(browser, "sun")
    assert is_in(browser)
    actions = AuditEntry.objects.filter(actor=cast.sun, action__startswith="factor.")
    assert set(actions.values_list("action", flat=True)) >= {
        "factor.totp_activated", "factor.totp_deactivated"
    }  # fmt: skip


@pytest.mark.parametrize("who", ["lin", "feng", "chu", "wei"])
def test_whose_post_needs_a_second_factor_gets_nowhere_without_one(
    cast: Cast, client: Client, settings: object, who: str
) -> None:
    settings.SECOND_FACTOR_NEEDED = True
    user = getattr(cast, who)
    user.set_password(PASSWORD)
    user.save()
    Authenticator.objects.filter(user=user).delete()
    enter(client, who)
    sent = client.get("/inbox/?order=due")
    assert sent.headers["Location"].startswith("/account/factors/")
    assert "您的岗位要求二次验证" in client.get("/account/factors/").content.decode()
    confirm(client)
    key = re.search(
        r'<code class="secret">([A-Z2-7]+)</code>',
        client.get(reverse("mfa_activate_totp")).content.decode(),
    )
    assert key is not None
    client.post(reverse("mfa_activate_totp"), {"code": code_of(key[1])})
    assert client.get("/inbox/").status_code == 200


def test_whose_post_needs_none_is_let_in_without(
    cast: Cast, client: Client, settings: object
) -> None:
    settings.SECOND_FACTOR_NEEDED = True
    enter(client, "sun")
    assert client.get("/inbox/").status_code == 200


def test_lost_factors_are_removed_by_the_security_administrator_alone(
    secret: str, cast: Cast, client: Client
) -> None:
    for who in (cast.feng, cast.lin, cast.wei):
        with pytest.raises(PermissionDenied):
            remove_factors(cast.sun, city=cast.city, by=in_session(who), reason="手机丢失")
    with pytest.raises(PermissionDenied):
        remove_factors(cast.wu, city=cast.city, by=in_session(cast.chu), reason="手机丢失")
    with pytest.raises(OwnFactors):
        remove_factors(cast.chu, city=cast.city, by=in_session(cast.chu), reason="手机丢失")
    remove_factors(cast.sun, city=cast.city, by=in_session(cast.chu), reason="手机丢失")
    assert not is_in(client), "who found the phone is out"
    with pytest.raises(NoFactors):
        remove_factors(cast.sun, city=cast.city, by=in_session(cast.chu), reason="手机丢失")
    enter(client, "sun")
    assert is_in(client)
    assert User.objects.get(pk=cast.sun.pk).check_password(PASSWORD)
