"""The engine of ODK Web Forms lists, fills in and sends our forms, against a running server."""

import json

import pytest

from tests.api.odk_filling import Afield, survey_answers, visit_answers
from tests.odk.parts import door_of, needs, run_node
from wenming.inspection.models import VisitSheet
from wenming.survey.models import Sheet

pytestmark = [pytest.mark.django_db(transaction=True), needs("@getodk/xforms-engine", "jsdom")]


def test_a_questionnaire_is_filled_in_and_taken(out: Afield, site: str) -> None:
    found = run_node(
        "fill.mjs", door_of(out, site, out.he), "survey-", json.dumps(survey_answers())
    )
    assert found["status"] == "ready", found
    assert found["answer"] == 201, found
    sheet = Sheet.objects.get()
    assert sheet.answers == {"age": "40", "sat": "no", "why": "排队太久"}
    assert sheet.interviewer == out.he


def test_a_checklist_is_filled_in_and_taken(out: Afield, site: str) -> None:
    told = json.dumps(visit_answers(out.errand.visit))
    found = run_node("fill.mjs", door_of(out, site, out.errand.sun), "visit-", told)
    assert found["status"] == "ready", found
    assert found["answer"] == 201, found
    sheet = VisitSheet.objects.get()
    assert sheet.taken_by == out.errand.sun
    assert {each.line: each.outcome for each in sheet.records.all()} == dict.fromkeys(
        ("r1", "r2", "r3", "r4", "r5"), "conform"
    )
