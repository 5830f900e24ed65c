"""Responsibilities by a program: terms, undoing, changes, the workbook, what a unit is asked."""

from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook
from pytest_django import DjangoAssertNumQueries

from tests.api.calling import Caller, token_of
from tests.framework.building import Small, draft_of, issued_of, small_city
from wenming.base.models import InboxEntry, User
from wenming.framework.models import ResponsibilityPlan
from wenming.framework.services.plans import begin_draft

pytestmark = pytest.mark.django_db
HEAD = ["测评内容编号", "责任单位", "角色", "限期", "目标等级"]


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings: LazySettings) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def small() -> Small:
    return small_city()


def program(small: Small, user: User | None = None) -> Caller:
    return Caller(token_of(user or small.office, small.city))


def neighbour() -> Caller:
    other = small_city("邻市")
    return Caller(token_of(other.office, other.city))


def brought(caller: Caller, plan: ResponsibilityPlan, *rows: Sequence[Any]) -> Any:
    book = Workbook()
    book.active.title = "清单"
    for row in (HEAD, *rows):
        book.active.append(list(row))
    saved = BytesIO()
    book.save(saved)
    heads = {"Authorization": f"Bearer {caller.secret}", "Accept-Language": "en"}
    file = SimpleUploadedFile("分解表.xlsx", saved.getvalue())
    return Client().post(f"/api/v1/plans/{plan.pk}/imports", {"file": file}, headers=heads)


def held(caller: Caller, plan: ResponsibilityPlan) -> dict[tuple[str, str], tuple[Any, str]]:
    rows = caller.ask("GET", f"/plans/{plan.pk}/responsibilities").json()["rows"]
    return {(each["item"], each["unit_name"]): (each["due"], each["target"]) for each in rows}


def test_terms_are_set_for_the_units_that_are_named_and_taken_back(small: Small) -> None:
    plan, office = draft_of(small), program(small)
    due = (timezone.localdate() + timedelta(days=30)).isoformat()
    asked = {"version": plan.version, "items": ["A1"], "units": [str(small.market.pk)], "due": due}
    done = office.ask("POST", f"/plans/{plan.pk}/terms", asked)
    assert done.status_code == 200, done.content
    assert held(office, plan)["A1", small.market.name] == (due, "")
    assert held(office, plan)["A1", small.police.name] == (None, "")
    stale = office.ask("POST", f"/plans/{plan.pk}/undo", {"version": plan.version})
    assert (stale.status_code, stale.json()["code"]) == (409, "plan_changed")
    back = office.ask("POST", f"/plans/{plan.pk}/undo", {"version": done.json()["version"]})
    assert held(office, plan)["A1", small.market.name] == (None, "")
    target = {"version": back.json()["version"], "items": ["A1"], "target": "A"}
    assert office.ask("POST", f"/plans/{plan.pk}/terms", target).status_code == 200
    assert held(office, plan)["A1", small.police.name] == (None, "A")
    stranger = neighbour()
    assert stranger.ask("POST", f"/plans/{plan.pk}/terms", target).status_code == 404
    assert stranger.ask("POST", f"/plans/{plan.pk}/undo", {"version": 1}).status_code == 404


def test_what_a_draft_changes_is_told_against_the_plan_before(small: Small) -> None:
    before, office = issued_of(small), program(small)
    draft = begin_draft(small.edition, by=small.office, based_on=before)
    cell = {"item": "A3", "unit": str(small.parks.pk), "role": "lead"}
    office.ask("POST", f"/plans/{draft.pk}/cells", {"version": draft.version, "cells": [cell]})
    found = office.ask("GET", f"/plans/{draft.pk}/changes").json()
    assert found["against"] == str(before.pk)
    (row,) = found["rows"]
    assert (row["item"], row["before"], row["after"]["role"]) == ("A3", None, "lead")
    wrong = office.ask("GET", f"/plans/{draft.pk}/changes?against={draft.pk}")
    assert wrong.status_code == 404, "a plan is not compared with itself"
    assert neighbour().ask("GET", f"/plans/{draft.pk}/changes").status_code == 404


def test_a_workbook_is_answered_with_its_mistakes_until_it_is_taken_over(small: Small) -> None:
    plan, office = draft_of(small), program(small)
    wrong = brought(office, plan, ["A9", "市公安局", "牵头"], ["A3", "公园局", "牵头"]).json()
    assert wrong["mistakes"] == 2
    assert {each["code"] for each in wrong["problems"]} == {"plan_item_unknown", "unit_unknown"}
    assert "公园局" in wrong["strangers"]
    early = office.ask("POST", f"/plan-imports/{wrong['id']}/accept", {"version": plan.version})
    assert (early.status_code, early.json()["code"]) == (409, "import_has_problems")
    named = {"name": "公园局", "unit": str(small.parks.pk)}
    again = office.ask("POST", f"/plan-imports/{wrong['id']}/names", named).json()
    assert {each["code"] for each in again["problems"]} == {"plan_item_unknown"}
    right = brought(office, plan, ["A3", "公园局", "牵头", None, "A"]).json()
    assert right["problems"] == []
    (new,) = [each for each in right["changes"] if each["before"] is None]
    assert (new["item"], new["unit"], new["after"]["role"]) == ("A3", small.parks.name, "lead")
    address = f"/plan-imports/{right['id']}"
    stranger = neighbour()
    assert stranger.ask("GET", address).status_code == 404
    assert stranger.ask("POST", address + "/accept", {"version": 1}).status_code == 404
    taken = office.ask("POST", address + "/accept", {"version": plan.version}).json()
    assert (taken["is_taken"], taken["changes"]) == (True, [])
    assert held(office, plan) == {("A3", small.parks.name): (None, "A")}
    export = office.ask("GET", f"/plans/{plan.pk}/file.xlsx")
    assert export.content.startswith(b"PK")


def test_a_unit_reads_its_duties_takes_the_sheet_and_says_so(
    small: Small, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    issued_of(small)
    zhao, sheet = program(small, small.zhao), f"/units/{small.police.pk}/duties"
    with django_assert_max_num_queries(20):
        (found,) = zhao.ask("GET", sheet).json()["sheets"]
    assert [each["item"] for each in found["duties"]] == ["A1", "A2"]
    assert found["duties"][0]["others"] == [small.market.name]
    assert zhao.ask("GET", f"/units/{small.market.pk}/duties").status_code == 404
    assert neighbour().ask("GET", sheet).status_code == 404
    assert zhao.ask("GET", sheet + ".docx").content.startswith(b"PK")
    told = InboxEntry.objects.get(code="duties_issued", unit=small.police)
    noted = zhao.ask("POST", f"/inbox/{told.pk}/note")
    assert noted.json()["settled_at"] is not None
    assert zhao.ask("POST", f"/inbox/{told.pk}/note").status_code == 200, "twice changes nothing"
    assert program(small, small.qian).ask("POST", f"/inbox/{told.pk}/note").status_code == 404
