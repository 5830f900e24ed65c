"""Interviews without network: kept, drawn by the rule, sent once each, and mended when refused."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.axe import violations
from tests.browser.phone import Phone, installed, wait_until
from tests.cast import log_in, make_person
from tests.survey.answering import small_survey
from wenming.api.rooms import field_surveys
from wenming.core.errors import BadInput, Place, Problem
from wenming.core.permissions import PostKind
from wenming.core.terms import AssignmentRole
from wenming.rounds.services.collections import assign_person
from wenming.stats.sampling.household import Adult, drawn_adult, household_order
from wenming.survey.models import Sheet
from wenming.survey.services.quotas import QuotaWish, set_quotas

pytestmark = pytest.mark.django_db(transaction=True)
DESIGN = {"street": "城东", "community": "一社区", "weight": "2"}
AT_HOME = (("老王", 47, "male"), ("李姐", 45, "female"), ("小王", 19, "female"))


@pytest.fixture
def phone(
    transactional_db: None, browser: Browser, tmp_path: Path, settings: Any
) -> Iterator[Phone]:
    survey = small_survey()
    cast = survey.field.cast
    he = make_person("he", name="何静", city=cast.city, kind=PostKind.INTERVIEWER)
    assign_person(survey.field.collection, he, [AssignmentRole.INTERVIEWER], by=cast.lin)
    wishes = [QuotaWish({"sat": "yes"}, 1), QuotaWish({"sat": "no"}, 3)]
    set_quotas(survey.work, wishes, by=cast.lin)
    settings.API_REQUESTS_A_MINUTE = 100_000
    cookie = log_in(Client(), he).cookies[settings.SESSION_COOKIE_NAME].value
    server = LiveServer("localhost")
    yield Phone(server.url, cookie, tmp_path / "phone", browser)
    server.stop()


@pytest.fixture
def refusals(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Questions of which the server refuses the answer, once each."""
    found: list[str] = []
    real = field_surveys.take_sheet

    def take(*args: Any, **more: Any) -> Any:
        if found:
            raise BadInput([Problem("answer_missing", Place("", column=found.pop()))])
        return real(*args, **more)

    monkeypatch.setattr(field_surveys, "take_sheet", take)
    return found


def begin(page: Page, way: str) -> None:
    page.locator(".surveys .site").click()
    page.locator(".starts button", has_text=way).click()
    page.wait_for_selector(".question")


def fill(page: Page, design: Mapping[str, str], answers: Mapping[str, str]) -> None:
    for column, text in design.items():
        typed(page, f"#design-{column} input", text)
    for key, answer in answers.items():
        card = page.locator(f"#question-{key}")
        if card.locator(".choice").count():
            card.locator(".choice", has_text=answer).click()
        else:
            typed(page, f"#question-{key} .typed", answer)


def typed(page: Page, place: str, text: str) -> None:
    page.locator(place).fill(text)
    page.locator(place).blur()


def type_on(page: Page) -> None:
    """What is typed into the next field stays there while the one before is being kept."""
    page.locator("#design-street input").fill("城")
    page.locator("#design-community input").fill("一")  # the field before is left, this one is not
    page.wait_for_timeout(500)  # until the one before is kept and drawn
    expect(page.locator("#design-community input")).to_have_value("一")


def finish(page: Page) -> None:
    page.locator(".foot .main", has_text="Finish").click()
    page.wait_for_selector(".starts")
    page.goto(page.url.partition("#")[0] + "#")


def draw(page: Page) -> None:
    for call, age, sex in AT_HOME:
        page.locator("#question-members input").nth(0).fill(call)
        page.locator("#question-members input").nth(1).fill(str(age))
        page.get_by_role("button", name=sex, exact=True).click()
        page.locator("#question-members .add").click()
        expect(page.locator(".members li", has_text=call)).to_have_count(1)
    page.locator("#question-members .draw").click()
    expect(page.locator("#question-members .ask")).to_contain_text("of 3")


def ask_three(page: Page) -> None:
    """One at home and two in the street, of which the second meets a full quota."""
    begin(page, "At home")
    expect(page.locator("#question-age")).to_have_count(0)  # nobody is asked before the draw
    draw(page)
    type_on(page)
    expect(page.locator("#question-why")).to_have_count(0)
    fill(page, {**DESIGN, "household": "17"}, {"age": "12", "sat": "No", "why": "排队太久"})
    expect(page.locator("#wrong-age")).to_have_text("At least 15 years.")
    fill(page, {}, {"age": "44"})
    assert violations(page) == []
    finish(page)
    for household in ("18", "19"):
        begin(page, "In the street")
        expect(page.locator("#design-street input")).to_have_value("城东")
        is_full = page.locator(".foot .strip", has_text="This quota is full")
        expect(is_full).to_have_count(0)
        fill(page, {"household": household}, {"age": "30", "sat": "Yes"})
        expect(is_full).to_have_count(int(household == "19"))
        finish(page)


def mend(page: Page) -> None:
    """Finish the draft that was begun without network; the server finds a mistake at first."""
    page.locator(".surveys .site").click()
    page.locator(".queue a", has_text="Go on").click()
    expect(page.locator("#question-age .typed")).to_have_value("61")
    fill(page, {}, {"sat": "Yes"})
    page.locator(".foot .main", has_text="Finish").click()
    page.locator(".queue button", has_text="Mend").click()
    expect(page.locator("#wrong-age")).to_be_visible()
    fill(page, {}, {"age": "62"})
    expect(page.locator("#wrong-age")).to_have_count(0)
    finish(page)


def test_three_interviews_without_network_are_sent_once_each(
    phone: Phone, refusals: list[str]
) -> None:
    context = phone.opened()
    page = context.pages[0]
    installed(page, phone.address)
    context.set_offline(True)
    page.goto(f"{phone.address}/field/")
    ask_three(page)
    begin(page, "In the street")
    fill(page, {"household": "20"}, {"age": "61"})
    expect(page.locator("#question-age")).to_have_class("line question answered")
    assert phone.counted(Sheet.objects) == 0
    context.close()

    again = phone.opened()
    again.set_offline(True)
    page = again.pages[0]
    page.goto(f"{phone.address}/field/")
    expect(page.locator(".surveys .site")).to_contain_text("On this phone: 3")
    again.set_offline(False)
    wait_until(lambda: phone.counted(Sheet.objects) >= 3)
    page.wait_for_selector(".state:has-text('Everything is sent')")
    page.locator(".foot .main").click()  # asked to send again, nothing is sent twice
    expect(page.locator(".surveys .site")).to_contain_text("Handed in: 3. On this phone: 0")
    _judge_first(Sheet.objects.get(drawn__household="17"))
    assert phone.counted(Sheet.objects) == 3

    refusals.append("age")
    mend(page)
    wait_until(lambda: phone.counted(Sheet.objects) == 4)
    assert Sheet.objects.get(drawn__household="20").answers["age"] == "62"
    again.close()


def _judge_first(sheet: Sheet) -> None:
    """It has whom the rule draws, and nobody's name."""
    adults = [Adult(age, sex) for _call, age, sex in AT_HOME]
    hit = drawn_adult(sheet.instance, adults)
    assert sheet.drawn == {
        **DESIGN, "household": "17", "members": "3", "member_draws": "1",
        "member": str(household_order(adults).index(hit) + 1),
        "member_age": str(adults[hit].age), "member_sex": adults[hit].sex,
    }  # fmt: skip
    assert sheet.answers == {"age": "44", "sat": "no", "why": "排队太久"}
    assert not any(call in json.dumps(sheet.drawn, ensure_ascii=False) for call, *_ in AT_HOME)
