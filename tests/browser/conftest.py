"""A browser and a server for the tests that look at pages as people do."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

if TYPE_CHECKING:
    from tests.pages.shown import Shown


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator["Shown"]:
    """The demo round, loaded once for the tests of a module."""
    # Imported late: Django is set up after this file is read.
    from tests.pages.shown import shown

    with shown(django_db_blocker) as found:
        yield found


@pytest.fixture(scope="module")
def address(pages: "Shown", django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of a server that shows the demo round."""
    with django_db_blocker.unblock():
        server = LiveServer("localhost")
        yield server.url
        server.stop()


@pytest.fixture(scope="module")
def session(pages: "Shown", django_db_blocker: DjangoDbBlocker) -> str:
    """The cookie of somebody of the office, logged in."""
    from django.conf import settings
    from django.test import Client

    from tests.cast import log_in

    with django_db_blocker.unblock():
        return log_in(Client(), pages.reader).cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def open_page(browser: Browser, address: str, session: str) -> Iterator["Opener"]:
    """Open pages in a window of a wished size, language and colours."""
    opener = Opener(browser, address, session)
    yield opener
    opener.close()


class Opener:
    """Opens windows and closes them all at the end."""

    def __init__(self, browser: Browser, address: str, session: str) -> None:
        self.browser = browser
        self.address = address
        self.session = session
        self.contexts: list[BrowserContext] = []

    def __call__(
        self, path: str, *, width: int = 1440, language: str = "zh-hans", theme: str = "light"
    ) -> Page:
        """A new window that shows `path`."""
        height = 844 if width < 500 else 900
        context = self.browser.new_context(viewport={"width": width, "height": height})
        self.contexts.append(context)
        context.add_cookies(
            [
                {"name": "language", "value": language, "url": self.address},
                {"name": "theme", "value": theme, "url": self.address},
                {"name": "sessionid", "value": self.session, "url": self.address},
            ]
        )
        page = context.new_page()
        page.goto(self.address + path)
        return page

    def close(self) -> None:
        """Close every window that was opened."""
        for context in self.contexts:
            context.close()
