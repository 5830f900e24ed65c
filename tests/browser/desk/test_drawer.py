"""The drawer: opened, walked, sent and left by mouse and by keyboard."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations

if TYPE_CHECKING:
    from tests.browser.desk.conftest import Desk

pytestmark = pytest.mark.django_db  # or no test database would be made

FOCUS = "document.activeElement.closest('dialog') !== null"


def first(page: Page) -> Locator:
    return page.locator("tbody a[data-drawer]").first


def open_first(desk: "Desk") -> Page:
    page = desk.open("/probe/")
    first(page).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name=first(page).inner_text())).to_be_visible()
    return page


def test_it_shows_the_page_beside_the_list_and_keeps_the_address(desk: "Desk") -> None:
    page = open_first(desk)
    assert page.url == f"{desk.address}/probe/"
    expect(page.get_by_role("dialog").get_by_label("名称")).to_be_visible()
    assert violations(page) == []
    assert desk.said == []


def test_the_keyboard_stays_inside(desk: "Desk") -> None:
    page = open_first(desk)
    for _ in range(12):
        page.keyboard.press("Tab")
        # Between the last and the first element the browser itself takes its turn.
        assert page.evaluate(f"document.activeElement === document.body || {FOCUS}")


@pytest.mark.parametrize("way", ["Escape", "button", "back", "beside"])
def test_every_way_out_leads_back_to_the_link(desk: "Desk", way: str) -> None:
    page = open_first(desk)
    if way == "Escape":
        page.keyboard.press("Escape")
    elif way == "button":
        page.get_by_role("button", name="关闭", exact=True).click()
    elif way == "back":
        page.go_back()
    else:
        page.mouse.click(100, 400)
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert page.url == f"{desk.address}/probe/"
    expect(first(page)).to_be_focused()


def test_the_whole_page_is_one_click_away(desk: "Desk") -> None:
    page = open_first(desk)
    name = first(page).inner_text()
    page.get_by_role("link", name="在整页中打开").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.locator("nav.side")).to_be_visible()


def test_mistakes_come_back_into_it(desk: "Desk") -> None:
    page = open_first(desk)
    page.get_by_role("textbox", name="名称").fill("")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("dialog #mistakes")).to_be_focused()
    assert page.url == f"{desk.address}/probe/"


def test_what_is_accepted_closes_it_and_is_said_on_the_list(desk: "Desk") -> None:
    page = open_first(desk)
    page.get_by_role("textbox", name="名称").fill("第一处")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#notices")).to_contain_text("已改名")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert page.url == f"{desk.address}/probe/"


def test_something_typed_is_not_left_without_a_question(desk: "Desk") -> None:
    page = open_first(desk)
    page.get_by_role("textbox", name="名称").fill("半")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="继续填写").click()
    expect(page.get_by_role("textbox", name="名称")).to_have_value("半")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="离开", exact=True).click()
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_a_page_that_is_gone_says_so_in_the_drawer(desk: "Desk") -> None:
    page = desk.open("/probe/")
    link = first(page)
    link.evaluate("link => link.href = '/probe/00000000-0000-0000-0000-000000000000/'")
    link.click()
    expect(page.locator("dialog .notice.error")).to_contain_text("没有")
