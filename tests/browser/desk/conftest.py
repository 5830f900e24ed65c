"""The desk with the cast, served to a browser in which the office has logged in."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

if TYPE_CHECKING:
    from tests.cast import Cast

expect.set_options(timeout=20_000)  # a machine that runs eight things at once is no fault


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator["Cast"]:
    """The cast and thirty units more, committed, so that the server sees them."""
    # Imported late: Django is set up after this file is read.
    from django.core.management import call_command

    from tests.cast import make_cast, make_unit

    with django_db_blocker.unblock():
        made = make_cast()
        for number in range(30):
            make_unit(made.city, f"第{number + 1}科")
    yield made
    with django_db_blocker.unblock():
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def site(cast: "Cast", django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of a server with the probe's pages."""
    from django.test import override_settings

    with django_db_blocker.unblock(), override_settings(ROOT_URLCONF="tests.browser.desk.stage"):
        server = LiveServer("localhost")
        yield server.url
        server.stop()


@pytest.fixture(scope="module")
def session(cast: "Cast", django_db_blocker: DjangoDbBlocker) -> str:
    """The cookie of somebody of the office; committed, or the server would not know it."""
    from django.conf import settings
    from django.test import Client

    from tests.cast import log_in

    with django_db_blocker.unblock():
        return log_in(Client(), cast.lin).cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def desk(browser: Browser, site: str, session: str) -> Iterator["Desk"]:
    """Windows of the office; every message that the browser writes is a fault."""
    opened = Desk(browser, site, session)
    yield opened
    opened.close()


class Desk:
    """Opens windows of one person and closes them all at the end."""

    def __init__(self, browser: Browser, address: str, session: str) -> None:
        self.address, self.said = address, []
        self.context = browser.new_context(viewport={"width": 1280, "height": 800})
        names = {"sessionid": session, "language": "zh-hans"}
        self.context.add_cookies(
            [{"name": name, "value": value, "url": address} for name, value in names.items()]
        )

    def open(self, path: str) -> Page:
        """A new window that shows `path`."""
        page = self.context.new_page()
        page.on("console", lambda one: self.said.append(one.text) if one.type == "error" else None)
        page.on("pageerror", lambda one: self.said.append(str(one)))
        page.goto(self.address + path)
        return page

    def close(self) -> None:
        """Close every window."""
        self.context.close()
