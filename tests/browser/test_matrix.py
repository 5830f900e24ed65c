"""The matrix of 121 items × 94 units: it fits the screen, its heads stay, it is painted."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.browser.axe import violations
from tests.browser.conftest import Opener

if TYPE_CHECKING:
    from wenming.framework.models import ResponsibilityPlan

pytestmark = pytest.mark.django_db  # or no test database would be made

UNITS, ITEMS = 94, 121
LONG = "市城市环境秩序综合整治与精细化管理提升联席会议办公室暨市容环境卫生监督服务中心"
GROUPS = ("宣传教育组", "城市建设管理组", "社会事业组")
SCROLLING = """
() => [
  document.scrollingElement, ...document.querySelectorAll("main, main :not(select)")
].filter((one) =>
  one.scrollHeight > one.clientHeight + 1 &&
  (one === document.scrollingElement || /auto|scroll/.test(getComputedStyle(one).overflowY))
).map((one) => one.className || one.tagName)
"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT = """
() => [...document.querySelectorAll(".matrix .upright")]
  .filter((one) => one.scrollWidth > one.clientWidth + 6 || one.scrollHeight > one.clientHeight + 1)
  .map((one) => one.textContent)
"""
# A line more is 13 px; a glyph may stand 2 px out of its line.
OVERLAPPING = """
() => {
  const units = [...document.querySelectorAll(".matrix .unit")];
  const heads = units.map((head) => head.getBoundingClientRect());
  return heads.slice(1).filter((head, at) => head.left < heads[at].right - 1).length;
}
"""


@dataclass(frozen=True)
class Office:
    """A draft of the full size, the address of a server, and two people of the office."""

    draft: "ResponsibilityPlan"
    address: str
    sessions: tuple[str, str]

    @property
    def path(self) -> str:
        """Where the matrix stands."""
        return f"/responsibilities/{self.draft.pk}/"


@pytest.fixture(scope="module")
def office(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Office]:
    """A city with 94 units, some of whose names have 40 characters, and an edition of 121 items."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from tests.cast import log_in
    from tests.framework.building import large_draft, person
    from wenming.core.permissions import PostKind

    with django_db_blocker.unblock():
        small, draft = large_draft(units=UNITS, items=ITEMS, long=LONG, groups=GROUPS)
        other = person(small.city, "wang", PostKind.OFFICE)
        sessions = [
            log_in(Client(), who).cookies[settings.SESSION_COOKIE_NAME].value
            for who in (small.office, other)
        ]
        server = LiveServer("localhost")
    yield Office(draft, server.url, (sessions[0], sessions[1]))
    with django_db_blocker.unblock():
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def open_page(browser: Browser, office: Office) -> Iterator[Opener]:
    opener = Opener(browser, office.address, office.sessions[0])
    yield opener
    opener.close()


@pytest.fixture
def open_other(browser: Browser, office: Office) -> Iterator[Opener]:
    opener = Opener(browser, office.address, office.sessions[1])
    yield opener
    opener.close()


def box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found is not None
    return dict(found)


def cell(page: Page, item: str, at: int) -> str:
    """A selector of the cell of an item in the column of this number, from 0."""
    return f"tr[data-item='{item}'] td:nth-child({at + 2})"


def reach(page: Page, item: str, at: int) -> None:
    """Go to a cell by keyboard, from the one that Tab leads to."""
    entry = page.locator(".matrix td[tabindex='0']")
    entry.focus()
    row, column = entry.evaluate("one => [one.parentElement.dataset.item, one.cellIndex - 1]")
    down, right = int(item[1:]) - int(row[1:]), at - column
    for _ in range(abs(down)):
        page.keyboard.press("ArrowDown" if down > 0 else "ArrowUp")
    for _ in range(abs(right)):
        page.keyboard.press("ArrowRight" if right > 0 else "ArrowLeft")
    assert page.evaluate("document.activeElement.parentElement.dataset.item") == item


def kept(page: Page, name: str) -> None:
    """A picture to look at, where somebody asks for it."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("zoom", ["read", "whole"])
def test_the_matrix_fits_a_desk_with_one_scroll_bar(
    open_page: Opener, office: Office, zoom: str, language: str
) -> None:
    page = open_page(f"{office.path}?zoom={zoom}", language=language)
    expect(page.locator("tr[data-item]")).to_have_count(ITEMS)
    expect(page.locator("th.unit")).to_have_count(UNITS)
    kept(page, f"matrix-{zoom}-{language}")
    assert page.evaluate(WIDER) <= 0
    scrolling = page.evaluate(SCROLLING)
    assert [each.split()[0] for each in scrolling] == ["matrix-box"]
    assert page.evaluate(OVERLAPPING) == 0
    matrix = box(page, ".matrix-box")
    assert matrix["y"] + matrix["height"] <= 900
    if zoom == "whole":
        last = page.locator("th.unit").last.bounding_box()
        assert last is not None
        assert last["x"] + last["width"] <= matrix["x"] + matrix["width"]
    else:
        assert page.evaluate(CUT) == []  # a name of 40 characters is read to its end


def test_heads_and_items_stay_in_sight(open_page: Opener, office: Office) -> None:
    page = open_page(office.path)
    matrix = box(page, ".matrix-box")
    page.locator(".matrix-box").evaluate("one => one.scrollTo(1500, 1800)")
    corner, unit, item = (box(page, one) for one in (".corner", "th.unit", "th[scope=row]"))
    assert abs(corner["x"] - matrix["x"]) <= 2
    assert abs(corner["y"] - matrix["y"]) <= 2
    assert matrix["y"] <= unit["y"] <= matrix["y"] + 40
    assert abs(item["x"] - matrix["x"]) <= 2
    seen = page.locator("tr[data-item] th").evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().top > 500).length"
    )
    assert seen > 0


@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing(open_page: Opener, office: Office, width: int) -> None:
    page = open_page(office.path, width=width)
    found = violations(page)
    assert [(each["id"], node["html"][:120]) for each in found for node in each["nodes"]] == []


def test_on_a_phone_it_is_a_list_by_item(open_page: Opener, office: Office) -> None:
    page = open_page(office.path, width=390)
    kept(page, "matrix-phone")
    assert page.evaluate(WIDER) <= 0
    expect(page.locator("thead .unit").first).to_be_hidden()
    first = page.locator("tr[data-item] td.lead").first
    expect(first).to_be_visible()
    assert first.evaluate("one => getComputedStyle(one, '::after').content") != "none"
    expect(page.locator("tr[data-item] td:empty").first).to_be_hidden()


def test_a_drag_paints_a_click_takes_off_and_undo_brings_back(
    open_page: Opener, office: Office
) -> None:
    page = open_page(office.path)
    page.locator("input[name=role][value=supporting]").check()
    start, end = (box(page, cell(page, "K2", at)) for at in (3, 6))
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + 8, end["y"] + 8, steps=12)
    page.mouse.up()
    for at in range(3, 7):
        expect(page.locator(cell(page, "K2", at))).to_have_class("supporting")
    assert stored(office, "K2") >= {("supporting", at) for at in range(3, 7)}
    page.locator(cell(page, "K2", 4)).click()
    expect(page.locator(cell(page, "K2", 4))).to_be_empty()
    page.get_by_role("button", name="撤销", exact=True).click()
    expect(page.locator(cell(page, "K2", 4))).to_have_class("supporting")
    page.reload()
    expect(page.locator(cell(page, "K2", 4))).to_have_class("supporting")


def test_the_keyboard_does_all_of_it(open_page: Opener, office: Office) -> None:
    page = open_page(office.path)
    reach(page, "K5", 10)
    page.keyboard.press("l")
    expect(page.locator(cell(page, "K5", 10))).to_have_class("lead")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.parentElement.dataset.item") == "K6"
    page.keyboard.press("r")
    expect(page.locator(cell(page, "K6", 10))).to_have_class("responsible")
    page.keyboard.press("Delete")
    expect(page.locator(cell(page, "K6", 10))).to_be_empty()
    page.keyboard.press("u")
    expect(page.locator(cell(page, "K6", 10))).to_have_class("responsible")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(cell(page, "K6", 11))).to_have_class("lead")
    expect(page.locator("[data-matrix-at]")).to_contain_text("K6")


def test_two_leads_are_marked_at_once(open_page: Opener, office: Office) -> None:
    page = open_page(office.path)
    mark = page.locator("tr[data-item='K8'] [data-mark]")
    expect(mark).to_be_hidden()
    reach(page, "K8", 30)
    page.keyboard.press("l")
    expect(mark).to_contain_text("!!")
    page.keyboard.press("Delete")
    expect(mark).to_be_hidden()


def test_rows_and_columns_are_ticked_and_assigned_together(
    open_page: Opener, office: Office
) -> None:
    page = open_page(office.path)
    page.locator("th.group").nth(1).click()
    ticked = page.locator("input[name=units]:checked").count()
    assert ticked == int(page.locator("th.group").nth(1).get_attribute("colspan") or 0)
    for key in ("K10", "K11"):
        page.locator(f"input[name=items][value={key}]").check()
    expect(page.locator("[data-matrix-count]")).to_contain_text(f"2 × {ticked}")
    page.locator("input[name=role][value=supporting]").check()
    page.locator("[data-apply]").click()
    expect(page.locator(".notice.success")).to_contain_text(str(2 * ticked))


def test_two_people_see_each_other_and_the_later_loses_nothing(
    open_page: Opener, open_other: Opener, office: Office
) -> None:
    mine, theirs = open_page(office.path), open_other(office.path)
    reach(theirs, "K20", 40)
    theirs.keyboard.press("s")
    expect(theirs.locator(cell(theirs, "K20", 40))).to_have_class("supporting")
    expect(theirs.locator("[data-matrix-status]")).not_to_be_empty()
    reach(mine, "K21", 41)
    mine.keyboard.press("s")  # another item: both are kept, and I am shown theirs
    expect(mine.locator(cell(mine, "K20", 40))).to_have_class("supporting")
    expect(mine.locator(cell(mine, "K21", 41))).to_have_class("supporting")
    reach(theirs, "K21", 42)
    theirs.keyboard.press("s")  # the same item: refused, explained, and offered again
    said = theirs.locator("[data-matrix-said]")
    expect(said).to_contain_text("K21")
    expect(theirs.locator(cell(theirs, "K21", 41))).to_have_class("supporting")
    theirs.locator("[data-again]").click()
    expect(theirs.locator(cell(theirs, "K21", 42))).to_have_class("supporting")
    expect(said).to_be_hidden()


def stored(office: Office, item: str) -> set[tuple[str, int]]:
    """The roles of an item in the database, by the column of their unit."""
    from wenming.framework.models import ResponsibilityPlan
    from wenming.framework.queries.matrix import MatrixFilter, matrix_of

    plan = ResponsibilityPlan.objects.get(pk=office.draft.pk)
    seen = plan.responsibilities.all()
    found = matrix_of(plan, MatrixFilter(), seen=seen, whole=True, today=date(2026, 1, 1))
    columns = {str(column.unit.pk): at for at, column in enumerate(found.columns)}
    (row,) = [row for row in found.rows if row.item.key == item]
    return {(role, columns[unit]) for unit, role in row.roles.items()}
