"""Lists: filtered, sorted and paged in place, with the address kept; rows chosen by keyboard."""

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from tests.browser.desk.conftest import Desk

pytestmark = pytest.mark.django_db  # or no test database would be made


@pytest.fixture
def rows(desk: "Desk") -> Page:
    page = desk.open("/probe/")
    page.evaluate("window.isSame = true")
    return page


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def names(page: Page) -> list[str]:
    return page.locator("tbody th").all_inner_texts()


def test_a_filter_changes_the_list_and_the_address_only(desk: "Desk", rows: Page) -> None:
    rows.get_by_role("combobox", name="类型").select_option("street")
    expect(rows.locator("tbody th")).to_have_text(["城东街道"])
    assert asked(rows)["kind"] == ["street"]
    assert rows.evaluate("window.isSame")
    expect(rows.get_by_role("status").filter(has_text="符合").first).to_contain_text("1")
    rows.go_back()
    expect(rows.locator("tbody tr")).to_have_count(10)
    assert asked(rows) == {}
    assert desk.said == []


def test_typing_searches_after_a_pause(rows: Page) -> None:
    rows.get_by_label("找").press_sequentially("公安")
    expect(rows.locator("tbody th")).to_have_text(["市公安局"])
    assert asked(rows)["text"] == ["公安"]


def test_sorting_keeps_the_keyboard_on_the_heading(rows: Page) -> None:
    head = rows.get_by_role("columnheader", name="名称").get_by_role("link")
    head.focus()
    rows.keyboard.press("Enter")
    expect(rows.locator("th[aria-sort=descending]")).to_contain_text("名称")
    assert asked(rows)["sort"] == ["-name"]
    expect(rows.get_by_role("columnheader", name="名称").get_by_role("link")).to_be_focused()


def test_paging_stays_on_the_page(rows: Page) -> None:
    before = names(rows)
    rows.get_by_role("link", name="下一页").click()
    expect(rows.locator("tbody th").first).not_to_have_text(before[0])
    assert set(before).isdisjoint(names(rows))
    assert "after" in asked(rows)
    assert rows.evaluate("window.isSame")


def ticked(page: Page) -> int:
    return page.locator("input[name=rows]:checked").count()


def test_rows_are_chosen_by_keyboard(rows: Page) -> None:
    expect(rows.get_by_role("button", name="撤销")).to_be_disabled()
    rows.locator("input[name=rows]").first.focus()
    rows.keyboard.press("Space")
    for _ in range(3):
        rows.keyboard.press("Shift+ArrowDown")
    assert ticked(rows) == 4
    expect(rows.locator("[data-batch-count]")).to_contain_text("4")
    rows.keyboard.press("Control+a")
    assert ticked(rows) == 10


def test_a_stretch_is_chosen_with_shift_and_all_by_the_head(rows: Page) -> None:
    boxes = rows.locator("input[name=rows]")
    boxes.nth(1).click()
    boxes.nth(4).click(modifiers=["Shift"])
    assert ticked(rows) == 4
    assert rows.locator("[data-batch-all]").evaluate("one => one.indeterminate")
    rows.locator("[data-batch-all]").click()
    assert ticked(rows) == 10


def test_a_deed_is_asked_about_before_it_is_done(rows: Page) -> None:
    rows.locator("input[name=rows]").first.click()
    rows.get_by_role("button", name="撤销").click()
    expect(rows.get_by_role("dialog")).to_contain_text("真的？")
    rows.get_by_role("button", name="取消").click()
    assert rows.url.endswith("/probe/")
    rows.get_by_role("button", name="撤销").click()
    rows.get_by_role("dialog").get_by_role("button", name="撤销").click()
    expect(rows.locator("body")).to_have_text("1")
