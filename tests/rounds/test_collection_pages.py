"""The pages of rounds: who opens them, what is refused beside its field, what is kept."""

import pytest
from django.test import Client

from tests.cast import log_in
from tests.rounds.building import Field, small_field
from wenming.core.lifecycle import CollectionState
from wenming.core.terms import AssignmentRole
from wenming.framework.models import ChecklistSet, Edition
from wenming.rounds.models import Collection, CollectionPart
from wenming.rounds.services.collections import assign_person, open_collection

pytestmark = pytest.mark.django_db
PLAN = {
    "title_zh": "第四轮自测",
    "kind": "mock",
    "key": "2026-4",
    "period_from": "2026-11-01",
    "period_to": "2026-11-30",
    "methods": ["survey", "inspection"],
}


@pytest.fixture
def field() -> Field:
    return small_field(is_open=False)


@pytest.fixture
def office(client: Client, field: Field) -> Client:
    return log_in(client, field.cast.lin)


def page_of(field: Field, then: str = "") -> str:
    return f"/collections/{field.collection.pk}/{then}"


def test_a_round_is_planned_opened_and_closed(office: Client, field: Field) -> None:
    wanted = PLAN | {"edition": str(field.standard.edition.pk)}
    made = office.post("/collections/new/", wanted, follow=True)
    assert "第四轮自测" in made.content.decode()
    found = Collection.objects.get(key="2026-4")
    assert (found.kind, found.methods) == ("mock", ["survey", "inspection"])
    assert found.checklist_set == field.standard.checklists
    office.post(f"/collections/{found.pk}/open/")
    office.post(f"/collections/{found.pk}/close/")
    found.refresh_from_db()
    assert found.state == CollectionState.CLOSED
    refused = office.post(f"/collections/{found.pk}/reopen/", {"because": ""})
    assert refused.status_code == 422
    office.post(f"/collections/{found.pk}/reopen/", {"because": "补测"})
    found.refresh_from_db()
    assert found.state == CollectionState.OPEN


def test_what_was_typed_stays_when_the_plan_is_refused(office: Client, field: Field) -> None:
    wanted = PLAN | {"edition": str(field.standard.edition.pk), "period_to": "2026-10-01"}
    shown = office.post("/collections/new/", wanted)
    assert shown.status_code == 422
    assert "结束日期早于开始日期。" in shown.content.decode()
    assert "第四轮自测" in shown.content.decode()
    taken = office.post("/collections/new/", wanted | {"period_to": "2026-12-01", "key": "2026-3"})
    assert "已有编号为“2026-3”的轮次" in taken.content.decode()


def test_what_the_form_does_not_show_stays(office: Client, field: Field) -> None:
    round_, by = field.collection, field.cast.lin
    Collection.objects.update(note_zh="说明", note_en="A note", tier="west", is_synthetic=True)
    said = {
        "title_zh": "第三轮自测", "kind": "mock", "key": round_.key, "note_zh": "说明",
        "edition": str(round_.edition_id), "period_from": "2026-10-01", "period_to": "2026-11-30",
    }  # fmt: skip
    assert office.post(page_of(field, "plan/"), said).status_code == 302
    kept = Collection.objects.get()
    assert (kept.kind, kept.note_en, kept.tier, kept.is_synthetic) == (
        "mock", "A note", "west", True,
    )  # fmt: skip
    office.post(page_of(field, "plan/"), said | {"note_zh": "新的说明"})
    assert Collection.objects.get().note_en == ""
    opened = open_collection(kept, by=by)
    others = ChecklistSet.objects.create(city=field.cast.city, hash="9" * 64, content={})
    Edition.objects.update(state="superseded", checklists=others)
    later = said | {"period_to": "2026-12-15"}
    assert office.post(page_of(field, "plan/"), later).status_code == 302
    opened.refresh_from_db()
    assert (str(opened.period_to), opened.checklist_set) == (
        "2026-12-15", field.standard.checklists,
    )  # fmt: skip


def test_days_of_a_method_lie_within_the_round(office: Client, field: Field) -> None:
    days = {"survey_from": "2026-10-05", "survey_to": "2026-12-24", "inspection_from": "2026-10-05"}
    shown = office.post(page_of(field, "calendar/"), days)
    assert shown.status_code == 422
    assert "日期超出轮次起止范围。" in shown.content.decode()
    assert "请同时填写开始和结束日期" in shown.content.decode()
    right = {"survey_from": "2026-10-05", "survey_to": "2026-10-24"}
    assert office.post(page_of(field, "calendar/"), right).status_code == 302
    assert CollectionPart.objects.get().method == "survey"


def test_numbers_stand_beside_what_the_register_has(office: Client, field: Field) -> None:
    assert "点位库现有 2 个" in office.get(page_of(field, "numbers/")).content.decode()
    assert office.post(page_of(field, "numbers/"), {"n_main_road": "2"}).status_code == 302
    assert Collection.objects.get().site_numbers == {"main_road": 2}
    assert office.post(page_of(field, "numbers/"), {"n_main_road": "-1"}).status_code == 422


def test_roles_are_ticked_and_a_wrong_one_is_explained(office: Client, field: Field) -> None:
    sun = page_of(field, f"team/{field.cast.sun.pk}/")
    refused = office.post(sun, {"roles": ["reviewer"]})
    assert "没有承担此项任务所需的岗位" in refused.content.decode()
    assert office.post(sun, {"roles": ["inspector", "assessor"]}).status_code == 302
    assert field.collection.assignments.get().roles == ["assessor", "inspector"]


def test_an_inspector_sees_the_round_without_its_buttons(client: Client, field: Field) -> None:
    cast = field.cast
    assert log_in(client, cast.sun).get(page_of(field)).status_code == 404
    assign_person(field.collection, cast.sun, [AssignmentRole.INSPECTOR], by=cast.lin)
    shown = client.get(page_of(field)).content.decode()
    assert "第三轮自测" in shown
    assert page_of(field, "open/") not in shown
    assert client.post(page_of(field, "open/")).status_code == 403


def test_a_unit_sees_no_round(client: Client, field: Field) -> None:
    assert log_in(client, field.cast.zhao).get(page_of(field)).status_code == 403
