"""Every page that somebody can open, in both languages: axe finds nothing, nothing sticks out.

`tests/access/addresses.py` knows every view, so a new page is looked at without being listed here.
"""

from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.access.walking import NAMES, is_to_be_read, read, reader_of, target_of
from tests.access.world import World, built
from tests.browser.axe import violations
from tests.house.tree import ROOT

pytestmark = pytest.mark.django_db  # or no test database would be made

GUIDES = sorted({path.name.split(".")[0] for path in (ROOT / "docs" / "guide").glob("*.md")})
LOOKS = (("zh-hans", "light", 1440, 900), ("en", "dark", 390, 844))
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def world(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """Both cities with a row of everything."""
    with built(django_db_blocker, tmp_path_factory.mktemp("neighbour")) as found:
        yield found


@pytest.fixture(scope="module")
def site(world: World, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of a server that shows both cities."""
    with django_db_blocker.unblock():
        server = LiveServer("localhost")
        yield server.url
        server.stop()


@pytest.fixture(scope="module")
def read_by(world: World, django_db_blocker: DjangoDbBlocker) -> dict[str, str]:
    """Who reads each page; found before any test, or its rows would stay locked for the server."""
    with django_db_blocker.unblock():
        shown = [name for name in NAMES if is_to_be_read(read(world, name), name)]
        return {name: reader_of(world, name) or "" for name in shown}


@pytest.fixture(scope="module")
def windows(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """One window for each person, opened when it is first needed."""
    opened: dict[str, BrowserContext] = {}
    yield opened
    for each in opened.values():
        each.close()


def shown(windows: dict[str, BrowserContext], browser: Browser, key: str) -> BrowserContext:
    if key not in windows:
        windows[key] = browser.new_context()
    return windows[key]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_can_be_read_by_everybody(
    world: World,
    site: str,
    browser: Browser,
    windows: dict[str, BrowserContext],
    read_by: dict[str, str],
    name: str,
) -> None:
    if name not in read_by:
        return  # a file, a deed, a way to elsewhere; tests/access asks for them all the same
    who, path = read_by[name], target_of(name, world.home)
    assert wrong_with(shown(windows, browser, who), world, site, who=who, path=path) == [], path


@pytest.mark.parametrize("key", GUIDES)
def test_every_page_of_the_guide_can_be_read(
    world: World, site: str, browser: Browser, windows: dict[str, BrowserContext], key: str
) -> None:
    context = shown(windows, browser, "office")
    assert wrong_with(context, world, site, who="office", path=f"/help/{key}/") == []


def wrong_with(
    context: BrowserContext, world: World, site: str, *, who: str, path: str
) -> list[str]:
    """What is wrong with a page as one person sees it, in every look."""
    wrong: list[str] = []
    for language, theme, width, height in LOOKS:
        context.clear_cookies()
        _put_cookies(context, world, site, who, language=language, theme=theme)
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        said: list[ConsoleMessage] = []
        page.on("console", lambda message, kept=said: kept.append(message))
        page.goto(site + path)
        wrong += [f"{language} {width}: {each}" for each in faults(page) + failed(said)]
        page.close()
    return wrong


def _put_cookies(
    context: BrowserContext, world: World, site: str, who: str, *, language: str, theme: str
) -> None:
    cookies = {"language": language, "theme": theme}
    if who:
        name = settings.SESSION_COOKIE_NAME
        cookies[name] = world.browsers[who].cookies[name].value
    context.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies.items()])


def failed(said: list[ConsoleMessage]) -> list[str]:
    """Scripts that failed, and what the security policy refused."""
    return [f"console: {each.text[:300]}" for each in said if each.type == "error"]


def faults(page: Page) -> list[str]:
    """What axe finds on a page, and by how much it is wider than its window."""
    found = violations(page)
    told = [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"][:2]]
    wider = page.evaluate(WIDE)
    return told + ([f"wider by {wider} px"] if wider > 0 else [])
