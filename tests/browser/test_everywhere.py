"""Every page that somebody can open, in both languages: axe finds nothing, nothing sticks out.

`tests/access/addresses.py` knows every view, so a new page is looked at without being listed here.
"""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.access.addresses import ADDRESSES, has_arguments
from tests.access.test_walk import VIEWS, address_of, wanted
from tests.access.world import World, built
from wenming.base.access import LOGGED_IN, PUBLIC

pytestmark = pytest.mark.django_db  # or no test database would be made

READERS = ("office", "unit1", "system", "security", "audit")
"""Of those who may open a page the first one looks at it."""
LOOKS = (("zh-hans", "light", 1440, 900), ("en", "dark", 390, 844))
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LEAVING = {"account_logout"}
NAMES = sorted(n for n in set(VIEWS) - LEAVING if n in ADDRESSES or not has_arguments(VIEWS[n]))


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
def windows(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """One window for each person, opened when it is first needed."""
    opened: dict[str, BrowserContext] = {}
    yield opened
    for each in opened.values():
        each.close()


def reader_of(world: World, name: str) -> str | None:
    """Who looks at a page: "" for nobody in particular, None where nobody may open it."""
    capability = getattr(VIEWS[name].callback, "capability", PUBLIC)
    if capability == PUBLIC:
        return ""
    if capability == LOGGED_IN:
        return "office"
    fitting = (
        who
        for who in READERS
        if wanted(name, world.people[who], world.home, at_home=world.home) == 200
    )
    return next(fitting, None)


def is_a_page(world: World, who: str, path: str) -> bool:
    """Whether an address answers with a whole page, and not with a file, a part or another one."""
    answer = world.browsers[who or "office"].get(path)
    is_text = answer.headers.get("Content-Type", "").startswith("text/html")
    return answer.status_code == 200 and is_text and b"<html" in answer.content


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
    name: str,
) -> None:
    who = reader_of(world, name)
    if who is None:
        return  # nobody of this city may open it as things stand
    address = address_of(name)
    path = reverse(name, args=address.args(world.home)) + address.query(world.home)
    if not is_a_page(world, who, path):
        return
    context = shown(windows, browser, who)
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
    assert wrong == [], path


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
    found = Axe().run(page).response["violations"]
    told = [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"][:2]]
    wider = page.evaluate(WIDE)
    return told + ([f"wider by {wider} px"] if wider > 0 else [])
