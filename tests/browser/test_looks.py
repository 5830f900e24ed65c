"""Every page in both languages, on a desk and on a phone: nothing sticks out, axe finds nothing."""

import pytest
from playwright.sync_api import Page

from tests.browser import axe
from tests.browser.conftest import Opener
from tests.pages.shown import Shown

pytestmark = pytest.mark.django_db  # or no test database would be made

PLACES = (
    "overview",
    "items",
    "no items",
    "sites item",
    "survey item",
    "papers item",
    "observations",
    "site",
    "observation",
    "answers",
    "document",
    "findings",
    "method",
    "gaps by item",
    "gaps by dimension",
    "gaps by unit",
    "gaps by street",
    "gaps by site_type",
    "gap matrix",
    "topic report",
    "nowhere",
)
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# A target that a thumb must hit: links in running text are let through, as WCAG 2.5.8 does.
SMALL = """
() => [...document.querySelectorAll(".menu a, .btn, button, select, input, .tabs a, .tools a")]
  .filter(each => each.type !== "hidden" && each.offsetParent)
  .map(each => [each.innerText || each.name, each.getBoundingClientRect().height])
  .filter(([, height]) => height < (innerWidth < 500 ? 43.5 : 24))
"""
# Drawings that are not shown where they stand; those of a cell left out on a phone are let through.
UNSEEN = """
() => [...document.querySelectorAll("main svg")]
  .filter(each => !each.closest("details:not([open])"))
  .filter(each => each.closest("td, p, section").offsetParent)
  .filter(each => {
    const box = each.getBoundingClientRect();
    const within = each.closest("td, p, section").getBoundingClientRect();
    return !box.height || box.top < within.top - 1 || box.bottom > within.bottom + 1;
  })
  .map(each => each.outerHTML.slice(0, 120))
"""


def address_of(pages: Shown, place: str) -> str:
    return pages.addresses.get(place, "/nowhere/")


def violations(page: Page) -> list[tuple[str, str]]:
    found = axe.violations(page)
    return [(each["id"], node["html"][:120]) for each in found for node in each["nodes"]]


@pytest.mark.parametrize(("language", "theme"), [("zh-hans", "dark"), ("en", "light")])
@pytest.mark.parametrize("place", PLACES)
def test_nothing_sticks_out_and_axe_finds_nothing(
    open_page: Opener, pages: Shown, place: str, language: str, theme: str
) -> None:
    page = open_page(address_of(pages, place), language=language, theme=theme)
    assert violations(page) == []
    # From wide to narrow: what is unfolded on a desk stays so, and must fit a phone.
    for width, height in ((1440, 900), (1024, 768), (930, 700), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(WIDE) <= 0, f"{place} is wider than {width} px"
        assert page.evaluate(SMALL) == [], f"a target is too small at {width} px"
        assert page.evaluate(UNSEEN) == [], f"a drawing is not shown at {width} px"


@pytest.mark.parametrize("place", PLACES)
def test_axe_finds_nothing_on_a_phone(open_page: Opener, pages: Shown, place: str) -> None:
    assert violations(open_page(address_of(pages, place), width=390)) == []


ON_PAPER = """
() => [...document.querySelectorAll("main .list tbody tr, .listing-tools, .filters")]
  .map(each => [each.tagName, getComputedStyle(each).display])
"""


@pytest.mark.parametrize("place", ["gaps by unit", "gaps by item", "findings"])
def test_a_table_stays_a_table_on_paper(open_page: Opener, pages: Shown, place: str) -> None:
    page = open_page(address_of(pages, place))
    page.set_viewport_size({"width": 700, "height": 990})  # A4 between its margins
    page.emulate_media(media="print")
    shown = page.evaluate(ON_PAPER)
    rows = {display for tag, display in shown if tag == "TR"}
    assert rows == {"table-row"}
    assert {display for tag, display in shown if tag != "TR"} <= {"none"}
    assert page.evaluate(WIDE) <= 0
