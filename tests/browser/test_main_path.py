"""The way of a reader: from the total to the single observation, to the gaps, to the findings."""

from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.pages.shown import Shown

pytestmark = pytest.mark.django_db  # or no test database would be made

WORDS = {
    "zh-hans": {
        "title": "总览",
        "dimension": "健康向上的人文环境",
        "awareness": "二十字基本道德规范知晓率",
        "market": "农贸市场环境秩序",
        "paper": "廉政教育与监督制度",
        "why": "这个数是怎么来的",
        "by_unit": "按单位",
        "csv": "导出所见（CSV）",
        "state": "判定",
        "filter": "筛选",
        "lost": "失分",
        "checks": "对不上的地方",
    },
    "en": {
        "title": "Overview",
        "dimension": "Healthy humanistic environment",
        "awareness": "Awareness of the 20-character moral code",
        "market": "Farmers' markets: environment and order",
        "paper": "Integrity education and oversight regime",
        "why": "How this number came about",
        "by_unit": "By unit",
        "csv": "CSV of what is shown",
        "state": "State",
        "filter": "Filter",
        "lost": "Lost",
        "checks": "What does not fit",
    },
}
WIDTHS = (390, 1440)
both = pytest.mark.parametrize("language", WORDS)
all_widths = pytest.mark.parametrize("width", WIDTHS)


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def unfold(page: Page) -> None:
    while page.locator("details[data-fold]:not([open])").count():
        page.locator("details[data-fold]:not([open]) > summary").first.click()


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


@all_widths
@both
def test_from_the_total_to_the_answers(open_page: Opener, language: str, width: int) -> None:
    words = WORDS[language]
    page = open_page("/", language=language, width=width)
    expect(page.get_by_role("heading", level=1)).to_have_text(words["title"])
    follow(page, words["dimension"])
    unfold(page)
    follow(page, words["awareness"])
    expect(page.get_by_role("heading", name=words["why"])).to_be_visible()
    page.locator("a[href*='/answers/']").first.click()
    expect(page.get_by_role("table").first).to_contain_text("1,9")
    page.go_back()
    page.go_back()
    assert asked(page)["dimension"] == ["B4"]


@all_widths
@both
def test_from_an_item_to_the_single_observation(
    open_page: Opener, pages: Shown, language: str, width: int
) -> None:
    words = WORDS[language]
    page = open_page(pages.addresses["items"], language=language, width=width)
    unfold(page)
    follow(page, words["market"])
    page.get_by_role("main").locator("a[href*='/sites/']").first.click()
    page.get_by_role("main").locator("a[href*='/observations/']").first.click()
    expect(page.locator("main time")).to_be_visible()
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(words["market"])


@both
def test_from_an_item_to_the_document(open_page: Opener, pages: Shown, language: str) -> None:
    page = open_page(pages.addresses["items"], language=language)
    follow(page, WORDS[language]["paper"])
    page.get_by_role("main").locator("a[href*='/documents/']").first.click()
    expect(page.get_by_role("main").locator("dl")).to_be_visible()


@both
def test_gaps_are_filtered_sorted_and_exported(
    open_page: Opener, pages: Shown, language: str
) -> None:
    words = WORDS[language]
    page = open_page(pages.addresses["gaps by item"], language=language)
    page.get_by_label(words["state"], exact=True).select_option("untested")
    page.get_by_role("button", name=words["filter"]).click()
    assert asked(page)["state"] == ["untested"]
    follow(page, words["by_unit"])
    page.get_by_role("columnheader").get_by_role("link", name=words["lost"]).click()
    assert asked(page)["sort"] == ["lost"]
    with page.expect_download() as started:
        follow(page, words["csv"])
    file = started.value.path()
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert file.read_text(encoding="utf-8-sig").count("\n") > 90


@both
def test_findings_lead_to_their_figures(open_page: Opener, pages: Shown, language: str) -> None:
    page = open_page(pages.addresses["findings"], language=language)
    expect(page.get_by_role("heading", name=WORDS[language]["checks"])).to_be_visible()
    page.locator("main a[href^='#figure-']").first.click()
    assert page.locator(":target").count() == 1


def test_the_colours_are_changed_by_a_button(open_page: Opener, pages: Shown) -> None:
    page = open_page(pages.addresses["overview"], theme="light")
    light = page.evaluate("getComputedStyle(document.body).color")
    page.locator(".top button[name=theme]").click()
    page.locator(".top button[name=theme]").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).color") != light


def test_the_keyboard_reaches_the_content_first(open_page: Opener, pages: Shown) -> None:
    page = open_page(pages.addresses["overview"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
