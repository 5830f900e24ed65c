"""Responsibilities from Excel: mistakes by cell, aliases, whole or not at all, both ways."""

from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from tests.cast import log_in
from tests.framework.building import Small, draft_of, small_city
from wenming.base.access import PermissionDenied
from wenming.base.models import Import, UnitName
from wenming.base.services.attachments import bring_in
from wenming.core.permissions import Capability
from wenming.core.terms import Role
from wenming.framework.models import ResponsibilityPlan
from wenming.framework.services.assigning import Assignment, assign, set_terms, undo_last
from wenming.framework.services.cells import PlanChanged
from wenming.framework.services.plan_imports import (
    ImportHasProblems,
    accept_name,
    bring_file,
    check_file,
    take_over,
)

pytestmark = pytest.mark.django_db
HEAD = ["测评内容编号", "测评内容", "责任单位", "角色", "限期", "目标等级", "备注"]
TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _files(settings: object, tmp_path: object) -> None:
    settings.FILES_ROOT = tmp_path  # type: ignore[attr-defined]


@pytest.fixture
def small() -> Small:
    return small_city()


def listed(*rows: Sequence[object]) -> bytes:
    return written("清单", HEAD, *rows)


def written(sheet: str, *rows: Sequence[object]) -> bytes:
    book = Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(list(row))
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def brought(small: Small, plan: ResponsibilityPlan, content: bytes) -> Import:
    upload = SimpleUploadedFile("分解表.xlsx", content)
    kept = bring_in(
        upload,
        city=small.city,
        by=small.office,
        opened_by=Capability.ASSIGN_RESPONSIBILITIES,
    )
    return bring_file(plan, kept, by=small.office)


def problems(plan: ResponsibilityPlan, file: Import) -> set[tuple[str, str]]:
    found = check_file(plan, file, today=TODAY).problems
    return {(each.place.address, each.code) for each in found}


def test_every_mistake_is_told_by_its_cell(small: Small) -> None:
    draft = draft_of(small)
    file = brought(
        small,
        draft,
        listed(
            ["A1", "", "市公安局", "牵头", "2026-12-31", "A", ""],
            ["A1", "", "市园林局", "牵头", "2020-01-01", "A", ""],
            ["Z9", "", "市公安局", "配合", "", "", ""],
            ["A2", "", "市公案局", "责任", "", "", ""],
        ),
    )
    assert problems(draft, file) == {
        ("清单!D3", "second_lead"),
        ("清单!E3", "due_is_past"),
        ("清单!A4", "plan_item_unknown"),
        ("清单!C5", "unit_unknown"),
    }
    with pytest.raises(ImportHasProblems):
        take_over(draft, file, by=small.office, version=1)
    assert not draft.responsibilities.filter(item="A3").exists()


def test_cells_that_cannot_be_read_are_told_at_once(small: Small) -> None:
    draft = draft_of(small)
    file = brought(
        small,
        draft,
        listed(
            ["A1", "", "", "牵头", "", "", ""],
            ["A2", "", "市公安局", "主办", "", "", ""],
            ["A3", "", "市公安局", "配合", "明年", "", ""],
        ),
    )
    assert problems(draft, file) == {
        ("清单!C2", "cell_blank"),
        ("清单!D3", "not_one_of"),
        ("清单!E4", "not_a_date"),
    }


def test_a_name_is_kept_as_another_name_and_the_import_goes_on(small: Small) -> None:
    draft = draft_of(small)
    file = brought(small, draft, listed(["A3", "", "市公安机关局", "牵头", "", "", ""]))
    checked = check_file(draft, file, today=TODAY)
    (proposed,) = checked.strangers.values()
    assert proposed[0] == small.police
    with pytest.raises(PermissionDenied):
        accept_name(draft, name="市公安机关局", unit=small.police, by=small.zhao)
    accept_name(draft, name="市公安机关局", unit=small.police, by=small.office)
    assert UnitName.objects.get(name="市公安机关局").unit == small.police
    assert problems(draft, file) == set()
    changed = take_over(draft, file, by=small.office, version=1)
    assert set(changed.responsibilities.values_list("item", "unit", "role")) == {
        ("A3", small.police.pk, "lead")
    }


def test_two_names_of_one_unit_beside_one_item_are_a_mistake(small: Small) -> None:
    draft = draft_of(small)
    accept_name(draft, name="公安局", unit=small.police, by=small.office)
    rows = [["A1", "", "市公安局", "牵头"], ["A1", "", "公安局", "配合"]]
    file = brought(small, draft, listed(*[[*row, "", "", ""] for row in rows]))
    assert problems(draft, file) == {("清单!C3", "unit_twice")}


def test_what_the_file_no_longer_says_is_taken_off_and_undone_as_one_step(small: Small) -> None:
    draft = draft_of(small)
    file = brought(
        small, draft, listed(["A3", "", "市园林局", "牵头", "2026-12-31", "B", "另文明确"])
    )
    checked = check_file(draft, file, today=TODAY)
    assert {(each.item, each.unit, each.after is None) for each in checked.changes} == {
        ("A1", "市公安局", True),
        ("A1", "市市场监管局", True),
        ("A2", "市公安局", True),
        ("A3", "市园林局", False),
    }
    changed = take_over(draft, file, by=small.office, version=1)
    (row,) = changed.responsibilities.all()
    assert (row.due, row.target, row.note) == (date(2026, 12, 31), "B", "另文明确")
    undone = undo_last(changed, by=small.office, version=changed.version)
    assert undone.responsibilities.count() == 3


def test_who_takes_over_too_late_must_look_again(small: Small) -> None:
    draft = draft_of(small)
    file = brought(small, draft, listed(["A3", "", "市园林局", "牵头", "", "", ""]))
    assign(draft, [Assignment("A3", small.market, Role.LEAD)], by=small.office, version=1)
    with pytest.raises(PlanChanged):
        take_over(draft, file, by=small.office, version=1)
    assert draft.responsibilities.filter(unit=small.market, item="A3").exists()


def test_a_matrix_says_roles_and_leaves_deadlines_alone(small: Small) -> None:
    draft = draft_of(small)
    terms = {"due": TODAY + timedelta(days=9), "target": "A"}
    draft = set_terms(draft, ["A1"], terms, by=small.office, version=1)
    head = ["测评内容编号", "测评内容", "市公安局", "市市场监管局"]
    file = brought(small, draft, written("矩阵", head, ["A1", "", "●", "○"], ["A2", "", "", "X"]))
    assert problems(draft, file) == {("矩阵!D3", "not_one_of")}
    file = brought(small, draft, written("矩阵", head, ["A1", "", "●", "○"], ["A2", "", "●", ""]))
    changed = take_over(draft, file, by=small.office, version=2)
    row = changed.responsibilities.get(item="A1", unit=small.market)
    assert (row.role, row.due, row.target) == ("responsible", terms["due"], "A")


def test_what_a_plan_exports_is_read_again_without_a_change(small: Small) -> None:
    """Even a draft with faults: a deadline that is past, and two leads of one item."""
    draft = draft_of(small)
    cells = [Assignment("A1", small.parks, Role.LEAD)]
    draft = assign(draft, cells, by=small.office, version=1)
    past = {"due": date(2020, 1, 1), "target": "A"}
    draft = set_terms(draft, ["A1"], past, by=small.office, version=2)
    office = log_in(Client(), small.office)
    exported = office.get(reverse("framework:plan_workbook", args=[draft.pk])).content
    assert load_workbook(BytesIO(exported)).sheetnames == ["清单", "矩阵"]
    file = brought(small, draft, exported)
    checked = check_file(draft, file, today=TODAY)
    assert list(checked.problems) == []
    assert list(checked.changes) == []


def test_the_page_shows_mistakes_proposals_and_takes_over(small: Small) -> None:
    draft = draft_of(small)
    office = log_in(Client(), small.office)
    upload = SimpleUploadedFile(
        "分解表.xlsx", listed(["A3", "", "市公安机关局", "牵头", "", "", ""])
    )
    answer = office.post(reverse("framework:import_plan", args=[draft.pk]), {"file": upload})
    page = office.get(answer.headers["Location"])
    assert "清单!C2" in page.content.decode()
    assert f'value="{small.police.pk}"' in page.content.decode()
    office.post(answer.headers["Location"], {"name": "市公安机关局", "unit": str(small.police.pk)})
    page = office.get(answer.headers["Location"]).content.decode()
    assert "A3" in page
    office.post(answer.headers["Location"], {"version": "1"})
    assert draft.responsibilities.get().unit == small.police
