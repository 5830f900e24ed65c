"""The register on the desk: sites by hand and from Excel, mistakes by cell, taken over whole."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.cast import log_in
from tests.rounds.building import Field, small_field
from wenming.base.models import AuditEntry, Import
from wenming.files.register_workbook import headings, write_register
from wenming.rounds.models import RegisteredSite

pytestmark = pytest.mark.django_db
COLUMNS = headings()


@pytest.fixture
def field() -> Field:
    return small_field()


@pytest.fixture
def office(client: Client, field: Field) -> Client:
    return log_in(client, field.cast.lin)


def row(**said: Any) -> list[Any]:
    return [said.get(name, "") for name in COLUMNS]


MARKET = {"编号": "S7", "点位名称": "东门农贸市场", "点位类型": "农贸市场"}


def bring(office: Client, *rows: list[Any]) -> Import:
    upload = SimpleUploadedFile("点位.xlsx", write_register(list(rows)))
    answer = office.post("/register/import/", {"file": upload})
    assert answer.status_code == 302, answer.content.decode()
    return Import.objects.get()


def test_a_file_adds_and_changes_sites_and_leaves_the_rest(office: Client, field: Field) -> None:
    brought = bring(
        office,
        row(**MARKET, 责任单位="市城市管理局", 规模=320, 坐标系="GCJ-02", 经度=122.3, 纬度=35.4),
        row(编号="S1", 点位名称="和平大街", 点位类型="main_road", 责任单位="市城管局"),
    )
    page = office.get(f"/register/import/{brought.pk}/").content.decode()
    assert "东门农贸市场" in page
    assert "和平大街" in page
    assert (
        '"东门农贸市场"'
        in office.get(f"/register/import/{brought.pk}/sites.geojson").content.decode()
    )
    assert RegisteredSite.objects.count() == 2
    assert office.post(f"/register/import/{brought.pk}/").status_code == 302
    market = RegisteredSite.objects.get(key="S7")
    assert (market.unit, market.datum) == (field.cast.units.streets, "gcj02")
    assert RegisteredSite.objects.get(key="S1").title == "和平大街"
    assert RegisteredSite.objects.get(key="S2").title == "档案大厅"
    entry = AuditEntry.objects.get(action="register_import.take_over")
    assert (entry.detail["new"], entry.detail["changed"]) == (1, 1)


def test_every_mistake_is_told_by_its_cell_and_nothing_changes(office: Client) -> None:
    brought = bring(
        office,
        row(编号="S7", 点位名称="东门农贸市场", 点位类型="菜市", 责任单位="市不存在局"),
        row(编号="S8", 点位名称="", 点位类型="农贸市场", 规模="0"),
        row(编号="S8", 点位名称="西门", 点位类型="农贸市场", 经度="35.4", 纬度="122.3",
            坐标系="GCJ-02"),
        row(编号="S9", 点位名称="北门", 点位类型="农贸市场", 经度="122.3", 纬度="35.4"),
    )  # fmt: skip
    page = office.get(f"/register/import/{brought.pk}/").content.decode()
    for cell in ("B3", "K3", "A4", "M4", "L5"):
        assert f"<code>点位!{cell}</code>" in page, cell
    office.post(f"/register/import/{brought.pk}/")
    assert RegisteredSite.objects.count() == 2
    assert Import.objects.get().subject == ""


def test_names_that_are_not_known_are_told_once_the_rest_is_right(office: Client) -> None:
    brought = bring(office, row(**MARKET | {"点位类型": "菜市"}, 责任单位="市不存在局"))
    page = office.get(f"/register/import/{brought.pk}/").content.decode()
    assert "C2" in page
    assert "菜市" in page
    assert "市不存在局" in page


def test_a_file_is_taken_over_once(office: Client) -> None:
    brought = bring(office, row(**MARKET))
    office.post(f"/register/import/{brought.pk}/")
    again = office.post(f"/register/import/{brought.pk}/", follow=True)
    assert "已经载入" in again.content.decode()
    assert RegisteredSite.objects.filter(key="S7").count() == 1


def test_what_is_exported_is_read_again_and_changes_nothing(office: Client) -> None:
    first = bring(office, row(**MARKET, 坐标系="BD-09", 经度=122.31, 纬度=35.41, 规模="12.5"))
    office.post(f"/register/import/{first.pk}/")
    written = office.get("/register/workbook/").content
    sheet = CalamineWorkbook.from_filelike(BytesIO(written)).get_sheet_by_name("点位").to_python()
    assert [line[0] for line in sheet[1:]] == ["S1", "S2", "S7"]
    office.post("/register/import/", {"file": SimpleUploadedFile("再来.xlsx", written)})
    second = Import.objects.exclude(pk=first.pk).get()
    assert "点位库与文件一致。" in office.get(f"/register/import/{second.pk}/").content.decode()


def test_a_site_is_added_by_hand_and_a_swapped_place_is_explained(office: Client) -> None:
    said = {
        "title": "南门广场", "key": "S11", "site_type": "main_road", "datum": "gcj02",
        "longitude": "35.4", "latitude": "122.3",
    }  # fmt: skip
    shown = office.post("/register/new/", said)
    assert shown.status_code == 422
    assert "南门广场" in shown.content.decode()
    right = said | {"longitude": "122.3", "latitude": "35.4"}
    assert office.post("/register/new/", right).status_code == 302
    made = RegisteredSite.objects.get(key="S11")
    taken = office.post("/register/new/", right)
    assert "点位库中已有编号" in taken.content.decode()
    assert office.post(f"/register/{made.pk}/retire/", {"day": "2026-11-01"}).status_code == 302
    assert "停用" in office.get(f"/register/{made.pk}/").content.decode()
    assert office.post(f"/register/{made.pk}/restore/").status_code == 302


def test_a_unit_sees_its_site_and_nobody_elses(client: Client, field: Field) -> None:
    log_in(client, field.cast.zhao)
    listed = client.get("/register/").content.decode()
    assert "和平路" in listed
    assert "档案大厅" not in listed
    assert client.get(f"/register/{field.hall.pk}/").status_code == 404
    assert "档案大厅" not in client.get("/register/sites.geojson").content.decode()
    assert client.get("/register/new/").status_code == 403
