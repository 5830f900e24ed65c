"""Forms: what is typed survives a crash, is not left unawares, and is sent once."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import stage

if TYPE_CHECKING:
    from tests.browser.desk.conftest import Desk

pytestmark = pytest.mark.django_db  # or no test database would be made


@pytest.fixture
def form(desk: "Desk") -> Page:
    page = desk.open("/probe/")
    page.goto(page.locator("tbody a[data-drawer]").first.evaluate("one => one.href"))
    stage.SENT.clear()
    return page


def test_a_draft_survives_a_crash_of_the_window(desk: "Desk", form: Page) -> None:
    form.get_by_label("名称").fill("写到一半")
    expect(form.locator(".draft-line")).to_contain_text("草稿已于")
    address = form.url
    form.close(run_before_unload=False)
    again = desk.open(address.removeprefix(desk.address))
    expect(again.locator(".draft-offer")).to_be_visible()
    again.get_by_role("link", name="继续填写").click()
    expect(again.get_by_label("名称")).to_have_value("写到一半")
    again.get_by_role("button", name="保存").click()
    expect(again.locator("#notices")).to_contain_text("已改名")
    assert stage.SENT == ["写到一半"]
    assert desk.said == []


def test_leaving_what_was_not_sent_is_asked_about(form: Page) -> None:
    asked = []
    form.on("dialog", lambda one: (asked.append(one.type), one.dismiss()))
    form.get_by_label("名称").press_sequentially("甲")
    form.locator(".side a").first.click()
    expect(form.get_by_label("名称")).to_have_value("甲")
    assert asked == ["beforeunload"]


def test_a_form_that_nobody_touched_is_left_in_silence(form: Page) -> None:
    asked = []
    form.on("dialog", lambda one: (asked.append(one.type), one.accept()))
    form.get_by_label("名称").click()
    form.get_by_label("名称").press("Tab")
    form.locator(".crumb a, .side a").first.click()
    form.wait_for_load_state()
    assert asked == []


def test_two_clicks_send_it_once(form: Page) -> None:
    form.get_by_label("名称").fill("一次")
    form.get_by_role("button", name="保存").dblclick()
    expect(form.locator("#notices")).to_contain_text("已改名")
    assert stage.SENT == ["一次"]


def test_the_summary_of_mistakes_leads_into_the_field(form: Page) -> None:
    form.get_by_role("button", name="保存").click()
    expect(form.locator("#mistakes")).to_be_focused()
    form.locator("#mistakes a").click()
    expect(form.get_by_label("名称")).to_be_focused()


@pytest.mark.parametrize("typed", ["公安", "sgaj", "shigong", "P1"])
def test_a_long_choice_is_found_by_name_pinyin_and_code(form: Page, typed: str) -> None:
    form.get_by_label("名称").fill("选")
    field = form.get_by_role("combobox", name="去处")
    field.press_sequentially(typed)
    expect(form.get_by_role("option")).to_have_text(["市公安局"])
    field.press("Enter")
    expect(field).to_have_value("市公安局")
    form.get_by_role("button", name="保存").click()
    expect(form.locator("#notices")).to_contain_text("已改名")
    assert stage.SENT == ["选 P1"]


def test_a_search_that_is_given_up_changes_nothing(form: Page) -> None:
    field = form.get_by_role("combobox", name="去处")
    field.press_sequentially("没有这个")
    expect(form.get_by_role("listbox")).to_contain_text("没有找到")
    field.press("Escape")
    expect(field).to_have_value("")
    assert form.locator("select[name=place]").evaluate("one => one.value") == ""
