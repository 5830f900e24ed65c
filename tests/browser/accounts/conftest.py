"""A server with the cast, and windows whose browser has an authenticator built in."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

if TYPE_CHECKING:
    from tests.cast import Cast

PASSWORD = "Yu-Lan-Hua-2026"


@pytest.fixture
def cast(transactional_db: None) -> "Cast":
    """The cast, committed; Lin (office) and Sun (inspector) have a password and nothing else."""
    # Imported late: Django is set up after this file is read.
    from allauth.mfa.models import Authenticator
    from django.core.cache import cache

    from tests.cast import make_cast

    cache.clear()
    made = make_cast()
    for who in (made.lin, made.sun):
        who.set_password(PASSWORD)
        who.save()
    Authenticator.objects.filter(user=made.lin).delete()
    return made


@pytest.fixture
def site(cast: "Cast") -> Iterator[str]:
    """The address of the server; passkeys need a name, so it is no number."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.fixture
def window(browser: Browser, site: str) -> Iterator["Window"]:
    """A window of somebody with a fingerprint reader."""
    opened = Window(browser, site)
    yield opened
    opened.context.close()


class Window:
    """A browser of its own, as one person has it, with a virtual authenticator (CDP WebAuthn)."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.address, self.said = address, []
        self.context = browser.new_context(viewport={"width": 1280, "height": 800})
        self.context.add_cookies([{"name": "language", "value": "zh-hans", "url": address}])
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda one: self._heard(one.type, one.text))
        self.page.on("pageerror", lambda one: self.said.append(str(one)))
        self.tools = self.context.new_cdp_session(self.page)
        self.tools.send("WebAuthn.enable", {"enableUI": False})
        self.key = self._authenticator()

    def _heard(self, kind: str, text: str) -> None:
        if kind == "error" and "status of 4" not in text:  # pages answer 422 to a mistake
            self.said.append(text)

    def _authenticator(self) -> str:
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        made = self.tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        return str(made["authenticatorId"])

    def credentials(self) -> list[object]:
        """The passkeys that the authenticator holds."""
        held = self.tools.send("WebAuthn.getCredentials", {"authenticatorId": self.key})
        return list(held["credentials"])

    def refuse(self) -> None:
        """From now on the finger is not recognised."""
        told = {"authenticatorId": self.key, "isUserVerified": False}
        self.tools.send("WebAuthn.setUserVerified", told)

    def go(self, path: str) -> Page:
        """Open an address."""
        self.page.goto(self.address + path)
        return self.page

    def press(self, name: str) -> None:
        """Press a button or follow a link of the page."""
        main = self.page.locator("main")
        either = main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name))
        either.first.click()

    def enter(self, name: str, password: str = PASSWORD) -> None:
        """Log in with the password."""
        self.go("/account/login/")
        self.page.get_by_label("用户名").fill(name)
        self.page.get_by_label("密码", exact=True).fill(password)
        self.press("登录")

    def confirm(self, password: str = PASSWORD) -> None:
        """Prove oneself once more where it is asked for."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text("请确认是您本人")
        self.page.get_by_label("您的密码").fill(password)
        self.press("确认")

    def leave(self) -> None:
        """Log out."""
        self.go("/me/")
        self.press("退出登录")
        expect(self.page).to_have_url(self.address + "/account/login/")
