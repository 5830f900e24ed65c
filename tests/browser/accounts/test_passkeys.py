"""Passkeys in a real browser: adding one, logging in with it alone or as a second factor."""

import pytest
from playwright.sync_api import expect

from tests.browser.accounts.conftest import Window
from tests.cast import Cast
from wenming.base.models import AuditEntry

ADDED = "办公室电脑"


def add(window: Window, name: str = ADDED) -> None:
    window.go("/account/factors/")
    window.press("添加通行密钥")
    window.confirm()
    window.page.get_by_label("密钥名称").fill(name)
    window.press("添加通行密钥")
    expect(window.page.get_by_role("heading", level=1)).not_to_have_text("添加通行密钥")


@pytest.fixture
def added(window: Window) -> Window:
    """Sun's window, with a passkey that was added by the pages."""
    window.enter("sun")
    add(window)
    return window


def test_a_passkey_is_added_and_recovery_codes_are_shown(added: Window, cast: Cast) -> None:
    assert len(added.credentials()) == 1
    expect(added.page.locator("ul.codes li")).to_have_count(10)
    page = added.go("/account/factors/")
    expect(page.get_by_role("rowheader", name=ADDED)).to_be_visible()
    assert AuditEntry.objects.filter(action="factor.webauthn_added", actor=cast.sun).count() == 1
    assert added.said == []


def test_a_passkey_alone_lets_its_person_in(added: Window, cast: Cast) -> None:
    added.leave()
    added.go("/account/login/?next=/inbox/")
    added.press("使用通行密钥登录")
    expect(added.page).to_have_url(added.address + "/inbox/")
    assert AuditEntry.objects.filter(action="account.login", actor=cast.sun).count() == 2
    assert added.said == []


def test_after_the_password_the_passkey_is_the_second_factor(added: Window) -> None:
    added.leave()
    added.enter("sun")
    expect(added.page).to_have_url(added.address + "/account/factors/prove/")
    added.press("改用通行密钥")
    expect(added.page.locator("#passkey")).to_have_count(0)
    added.go("/me/")
    expect(added.page.get_by_role("heading", level=1)).to_have_text("我的账号")


def test_a_finger_that_is_not_known_is_said_on_the_page(added: Window) -> None:
    added.leave()
    added.refuse()
    added.press("使用通行密钥登录")
    expect(added.page.locator("#passkey-error")).to_be_visible()
    expect(added.page).to_have_url(added.address + "/account/login/")


def test_the_office_sets_one_up_before_anything_else(window: Window, settings: object) -> None:
    settings.SECOND_FACTOR_NEEDED = True
    window.enter("lin")
    window.go("/inbox/")
    expect(window.page.get_by_text("您的岗位要求二次验证")).to_be_visible()
    add(window)
    window.go("/inbox/")
    expect(window.page).to_have_url(window.address + "/inbox/")


def test_a_passkey_is_renamed_and_removed(added: Window, cast: Cast) -> None:
    added.go("/account/factors/")
    added.press("更名")
    added.page.get_by_label("密钥名称").fill("家里的手机")
    added.press("保存")
    expect(added.page.get_by_role("rowheader", name="家里的手机")).to_be_visible()
    added.press("移除")
    added.press("移除通行密钥")
    expect(added.page.get_by_role("rowheader", name="家里的手机")).to_have_count(0)
    assert AuditEntry.objects.filter(action="factor.webauthn_removed").count() == 1
    added.leave()
    added.press("使用通行密钥登录")
    expect(added.page).to_have_url(added.address + "/account/login/")


def test_a_passkey_of_a_closed_account_lets_nobody_in(added: Window, cast: Cast) -> None:
    from wenming.base.models import User

    added.leave()
    User.objects.filter(pk=cast.sun.pk).update(is_active=False)
    added.press("使用通行密钥登录")
    expect(added.page.get_by_text("账号已停用")).to_be_visible()
