"""Enketo fills in and sends our forms in a browser, against a running server."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route

from tests.api.odk_filling import Afield, survey_answers, visit_answers
from tests.odk.parts import door_of, needs, run_node
from wenming.inspection.models import VisitSheet
from wenming.survey.models import Sheet

pytestmark = [
    pytest.mark.django_db(transaction=True),
    needs("enketo-core", "enketo-transformer"),
]
EMPTY = "<!doctype html><html lang='en'><title>Enketo</title><body></body></html>"


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enketo as one script."""
    folder = tmp_path_factory.mktemp("enketo")
    run_node("bundle.mjs", str(folder))
    return folder / "enketo.js"


def filled_in(
    browser: Browser, script: Path, door: str, prefix: str, answers: Mapping[str, str]
) -> dict[str, Any]:
    """What became of a form in a window with nothing but Enketo; it stands where the server is."""
    context = browser.new_context()
    page = context.new_page()
    address = door.partition("/odk/")[0] + "/enketo/"

    def empty(route: Route) -> None:
        route.fulfill(body=EMPTY, content_type="text/html")

    page.route(address, empty)
    page.goto(address)
    page.add_script_tag(content=script.read_text(encoding="utf-8"))
    told: dict[str, Any] = page.evaluate(
        "([door, prefix, answers]) => fillIn(door, prefix, answers)", [door, prefix, dict(answers)]
    )
    context.close()
    return told


def test_a_questionnaire_is_filled_in_and_taken(
    out: Afield, site: str, browser: Browser, script: Path
) -> None:
    door = door_of(out, site, out.he)
    told = filled_in(browser, script, door, "survey-", survey_answers())
    assert (told["faults"], told["isValid"], told["answer"]) == ([], True, 201), told
    sheet = Sheet.objects.get()
    assert sheet.answers == {"age": "40", "sat": "no", "why": "排队太久"}
    assert sheet.drawn["community"] == "一社区"


def test_a_checklist_is_filled_in_and_taken(
    out: Afield, site: str, browser: Browser, script: Path
) -> None:
    door, answers = door_of(out, site, out.errand.sun), visit_answers(out.errand.visit)
    told = filled_in(browser, script, door, "visit-", answers)
    assert (told["faults"], told["isValid"], told["answer"]) == ([], True, 201), told
    sheet = VisitSheet.objects.get()
    assert {each.outcome for each in sheet.records.all()} == {"conform"}
    assert sheet.records.count() == 5
