"""The organisation by a program: liaison persons, groups, workbook, hours, and the audit of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.api.calling import Caller
from tests.base.organisation.test_unit_imports import BAD, GOOD
from tests.cast import Cast
from wenming.base.models import AdministratorSession, AuditEntry, LiaisonPerson, Unit, User
from wenming.files.units_workbook import write_organisation

pytestmark = pytest.mark.django_db
As = Callable[[User], Caller]
LIAISON = {
    "name": "韩梅",
    "post_title": "科长",
    "phone": "0546-123 4567",
    "email": "han@example.cn",
}


def brought(caller: Caller, content: bytes) -> Any:
    heads = {"Authorization": f"Bearer {caller.secret}", "Accept-Language": "en"}
    file = SimpleUploadedFile("组织机构.xlsx", content)
    return Client().post("/api/v1/unit-imports", {"file": file}, headers=heads)


def test_who_speaks_for_a_unit_is_named_changed_and_taken_off(cast: Cast, as_: As) -> None:
    office, address = as_(cast.lin), f"/units/{cast.units.police.pk}/liaison-persons"
    made = office.ask("POST", address, LIAISON)
    assert made.status_code == 201, made.content
    (one,) = made.json()["liaison_persons"]
    assert (one["name"], one["phone"]) == ("韩梅", "0546-123 4567")
    backwards = LIAISON | {"valid_from": "2026-05-02", "valid_until": "2026-05-01"}
    refused = office.ask("POST", address, backwards)
    assert (refused.status_code, refused.json()["code"]) == (409, "ends_before_start")
    for wrong in ({"phone": "call me"}, {"email": "nowhere"}, {"name": ""}):
        assert office.ask("POST", address, LIAISON | wrong).status_code == 422
    changed = office.ask("PUT", f"{address}/{one['id']}", {"name": "韩小梅"}).json()
    assert [each["phone"] for each in changed["liaison_persons"]] == [""]
    elsewhere = f"/units/{cast.units.archive.pk}/liaison-persons/{one['id']}"
    assert office.ask("PUT", elsewhere, LIAISON).status_code == 404
    assert as_(cast.wu).ask("DELETE", f"{address}/{one['id']}").status_code == 404
    assert office.ask("DELETE", f"{address}/{one['id']}").status_code == 204
    assert not LiaisonPerson.objects.exists()


def test_units_move_into_a_group_together_and_groups_are_put_in_order(cast: Cast, as_: As) -> None:
    office, group = as_(cast.lin), cast.groups["秩序"]
    units = [str(cast.units.police.pk), str(cast.units.archive.pk)]
    told = office.ask("POST", "/units/group", {"units": units, "group": str(group.pk)}).json()
    assert Unit.objects.filter(pk__in=units, group=group).count() == 2
    assert told["moved"] in (1, 2)
    strange = {"units": [*units, str(cast.units.abroad.pk)], "group": None}
    assert office.ask("POST", "/units/group", strange).status_code == 404
    assert Unit.objects.filter(pk__in=units, group=group).count() == 2, "all of them or none"
    wanted = [str(group.pk), str(cast.groups["宣教"].pk)]
    rows = office.ask("POST", "/groups/order", {"order": wanted}).json()["rows"]
    assert [each["id"] for each in rows][:2] == wanted
    assert as_(cast.wu).ask("POST", "/groups/order", {"order": wanted}).status_code == 404


def test_a_workbook_of_the_organisation_is_taken_over_whole(
    cast: Cast, as_: As, tmp_path: Path, settings: LazySettings
) -> None:
    settings.FILES_ROOT = tmp_path / "files"
    office = as_(cast.lin)
    wrong = brought(office, write_organisation(BAD)).json()
    assert wrong["mistakes"] > 5
    early = office.ask("POST", f"/unit-imports/{wrong['id']}/accept")
    assert (early.status_code, early.json()["code"]) == (409, "units_import_mistakes")
    right = brought(office, write_organisation(GOOD)).json()
    assert (right["mistakes"], bool(right["changes"])) == (0, True), right["problems"]
    assert as_(cast.wu).ask("POST", f"/unit-imports/{right['id']}/accept").status_code == 404
    taken = office.ask("POST", f"/unit-imports/{right['id']}/accept").json()
    assert (taken["is_taken"], taken["changes"]) == (True, [])
    again = office.ask("POST", f"/unit-imports/{right['id']}/accept")
    assert again.status_code == 409
    export = office.ask("GET", "/units/workbook.xlsx").content
    assert brought(office, export).json()["changes"] == []


def test_working_hours_are_set_and_overlapping_ones_refused(cast: Cast, as_: As) -> None:
    office = as_(cast.lin)
    assert office.ask("GET", "/calendar/hours").json()["is_usual"] is True
    spans = [{"first": "09:00", "last": "12:00"}, {"first": "13:00", "last": "17:00"}]
    told = office.ask("PUT", "/calendar/hours", {"spans": spans}).json()
    assert told == {"spans": spans, "is_usual": False}
    wrong = [spans[0], {"first": "11:00", "last": "17:00"}]
    refused = office.ask("PUT", "/calendar/hours", {"spans": wrong})
    assert (refused.status_code, refused.json()["code"]) == (409, "bad_working_hours")
    bare = office.ask("PUT", "/calendar/hours", {"spans": [{"first": "9", "last": "24:00"}]})
    assert bare.status_code == 422
    assert as_(cast.wu).ask("GET", "/calendar/hours").json()["is_usual"] is True


def test_the_audit_is_searched_by_who_and_when_and_sessions_are_followed(
    cast: Cast, as_: As
) -> None:
    as_(cast.lin).ask("POST", f"/units/{cast.units.police.pk}/liaison-persons", LIAISON)
    auditor, today = as_(cast.wei), timezone.localdate().isoformat()
    rows = auditor.ask("GET", f"/audit/entries?actor={cast.lin.name}&first={today}").json()["rows"]
    assert rows
    assert {each["actor"]["name"] for each in rows} == {cast.lin.name}
    number = AuditEntry.objects.get(action="liaison.add", head__city=cast.city).request
    found = auditor.ask("GET", f"/audit/entries?request={number}").json()
    assert {each["request"] for each in found["rows"]} == {number}
    assert auditor.ask("GET", "/audit/entries?last=2020-01-01").json()["total"] == 0
    now = timezone.now()
    sitting = AdministratorSession.objects.create(
        user=cast.feng, city=cast.city, reason="例行", begun_at=now, ends_at=now
    )
    sitting.requests.create(at=now, method="POST", address="/people/new/", status=302)
    (listed,) = auditor.ask("GET", "/audit/sessions").json()["rows"]
    assert (listed["reason"], listed["requests"]) == ("例行", 1)
    address = f"/audit/sessions/{sitting.pk}/requests"
    assert auditor.ask("GET", address).json()["rows"][0]["address"] == "/people/new/"
    assert as_(cast.lin).ask("GET", address).status_code == 403
