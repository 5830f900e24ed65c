"""The organisation from Excel: every mistake by its cell, whole or not at all, and back again."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, fresh, log_in, make_cast
from wenming.base.models import AuditEntry, Import, LiaisonPerson, Provision, Unit, UnitName
from wenming.base.services.organisation import UnitDetails, make_unit, rename_unit
from wenming.base.services.unit_imports import ImportHasMistakes, ImportTakenOver, take_over_units
from wenming.files.tables_out import Cell
from wenming.files.units_workbook import read_organisation, write_organisation

pytestmark = pytest.mark.django_db
Rows = Mapping[str, Sequence[Sequence[Cell]]]

GOOD: Rows = {
    "单位": [
        ["市交警支队", "责任单位", "市公安局", "秩序", ""],
        ["交警一大队", "责任单位", "市交警支队", "", ""],
        ["市档案馆", "责任单位", "", "宣传教育组", "Archive"],
    ],
    "别名": [["市交警支队", "交警支队", None, None]],
    "联络员": [["市交警支队", "韩梅", "综合科科长", "0546-1234567", "", None, None]],
    "三落实": [["市交警支队", "经费", "是", "列入预算", date(2026, 3, 1)]],
}
BAD: Rows = {
    "单位": [
        ["", "责任单位", "", "", ""],
        ["新单位甲", "局", "没有的单位", "没有的组", ""],
        ["新单位乙", "", "新单位丙", "", ""],
        ["新单位丙", "", "新单位乙", "", ""],
        ["市城市管理局", "", "", "", ""],
        ["新单位甲", "", "", "", ""],
    ],
    "别名": [["市档案馆", "市公安局", None, None], ["没有的单位", "甲", None, None]],
    "联络员": [["市档案馆", "", "", "", "不是邮箱", "2026-02-30", None]],
    "三落实": [["市档案馆", "车辆", "也许", "", None]],
}


@pytest.fixture
def cast(tmp_path: Path, settings: LazySettings) -> Cast:
    settings.FILES_ROOT = tmp_path / "files"
    return make_cast()


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    return log_in(client, cast.lin)


def bring(office: Client, rows: Rows) -> Import:
    upload = SimpleUploadedFile("组织机构.xlsx", write_organisation(rows))
    answer = office.post(reverse("base:import_units"), {"file": upload})
    assert answer.status_code == 302, answer.content.decode()
    return Import.objects.get()


def page_of(office: Client, brought: Import) -> str:
    return office.get(reverse("base:check_units", args=[brought.pk])).content.decode()


def take(office: Client, brought: Import) -> str:
    address = reverse("base:check_units", args=[brought.pk])
    return office.post(address, follow=True).content.decode()


def test_a_good_file_shows_its_changes_and_changes_nothing_yet(office: Client) -> None:
    page = page_of(office, bring(office, GOOD))
    assert all(word in page for word in ("市交警支队", "交警一大队", "Archive", "韩梅"))
    assert not Unit.objects.filter(name="市交警支队").exists()


def test_it_is_taken_over_whole(office: Client, cast: Cast) -> None:
    brought = bring(office, GOOD)
    assert "已导入" in take(office, brought)
    made = Unit.objects.get(name="市交警支队")
    assert made.parent == cast.units.police
    assert made.group == cast.groups["秩序"]
    assert Unit.objects.get(name="交警一大队").path.startswith(made.path)
    assert Unit.objects.get(name="市档案馆").name_en == "Archive"
    assert UnitName.objects.get(name="交警支队").unit == made
    assert LiaisonPerson.objects.get(name="韩梅").unit == made
    assert Provision.objects.get(unit=made).in_place is True
    entry = AuditEntry.objects.get(action="units_import.take_over")
    assert entry.detail == {"file": "组织机构.xlsx", "changes": 6}


def test_a_bad_file_shows_every_mistake_by_its_cell(office: Client) -> None:
    page = page_of(office, bring(office, {"单位": BAD["单位"][:1], **_facts()}))
    for cell in ("单位!A2", "联络员!B2", "联络员!E2", "联络员!F2", "三落实!B2", "三落实!C2"):
        assert f"<code>{cell}</code>" in page, cell


def _facts() -> Rows:
    return {name: rows for name, rows in BAD.items() if name in ("联络员", "三落实")}


def test_what_does_not_fit_the_city_is_told_by_its_cell_too(office: Client) -> None:
    rows = [row for row in BAD["单位"][1:-1] if row[1] != "局"]
    rows.append(["新单位甲", "责任单位", "没有的单位", "没有的组", ""])
    page = page_of(office, bring(office, {"单位": rows, "别名": BAD["别名"]}))
    cells = ["单位!C2", "单位!C3", "单位!A4", "单位!C5", "单位!D5", "别名!B2", "别名!A3"]
    for cell in cells:
        assert f"<code>{cell}</code>" in page, cell
    assert "“市城市管理局”是市城管局的曾用名或别名" in page


def test_a_file_with_mistakes_is_kept_but_not_taken_over(office: Client) -> None:
    brought = bring(office, BAD)
    assert brought.problems
    take(office, brought)
    assert not Unit.objects.filter(name__startswith="新单位").exists()
    assert not AuditEntry.objects.filter(action="units_import.take_over").exists()


def test_what_changed_meanwhile_is_found_when_it_is_taken_over(office: Client, cast: Cast) -> None:
    brought = bring(office, GOOD)
    rename_unit(cast.units.police, "市公安总局", by=fresh(cast.lin), day=date(2026, 3, 1))
    unit = make_unit(cast.city, UnitDetails("别的单位"), by=fresh(cast.lin))
    UnitName.objects.create(city=cast.city, unit=unit, name="市交警支队", pinyin="x")
    with pytest.raises(ImportHasMistakes):
        take_over_units(brought, by=fresh(cast.lin), day=date(2026, 3, 2))
    assert not Unit.objects.filter(name="交警一大队").exists(), "all of it or nothing"


def test_the_second_person_comes_too_late(office: Client, cast: Cast) -> None:
    brought = bring(office, GOOD)
    take_over_units(brought, by=fresh(cast.lin), day=date(2026, 3, 2))
    with pytest.raises(ImportTakenOver):
        take_over_units(brought, by=fresh(cast.lin), day=date(2026, 3, 2))
    assert "文件已导入" in page_of(office, brought)


def test_an_export_is_read_again_and_changes_nothing(office: Client, tmp_path: Path) -> None:
    take(office, bring(office, GOOD))
    Import.objects.all().delete()
    written = office.get(reverse("base:units_workbook")).content
    file = tmp_path / "again.xlsx"
    file.write_bytes(written)
    again = read_organisation(file, name="again.xlsx")
    assert {each.name for each in again.units} >= {"市交警支队", "中心区", "花园社区"}
    answer = office.post(
        reverse("base:import_units"), {"file": SimpleUploadedFile("again.xlsx", written)}
    )
    page = office.get(answer.headers["Location"]).content.decode()
    assert "组织机构与文件内容一致" in page


def test_the_template_is_blank_and_says_what_to_write(office: Client) -> None:
    written = office.get(reverse("base:units_template")).content
    book = openpyxl.load_workbook(io.BytesIO(written))
    assert book.sheetnames == ["单位", "别名", "联络员", "三落实", "说明"]
    assert book["单位"].max_row == 1
    assert "责任单位" in str(book["说明"]["B2"].value)


def test_a_column_that_is_left_out_is_left_alone(office: Client, cast: Cast) -> None:
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as book:
        sheet = book.add_worksheet("单位")
        sheet.write_row(0, 0, ["单位名称", "英文名称"])
        sheet.write_row(1, 0, ["市公安局", "Police"])
    upload = SimpleUploadedFile("b.xlsx", packed.getvalue())
    office.post(reverse("base:import_units"), {"file": upload})
    take(office, Import.objects.get())
    police = Unit.objects.get(pk=cast.units.police.pk)
    assert (police.name_en, police.group) == ("Police", cast.groups["秩序"])


def test_only_the_office_imports_and_only_its_own_file(client: Client, cast: Cast) -> None:
    brought = bring(log_in(client, cast.lin), GOOD)
    check = reverse("base:check_units", args=[brought.pk])
    for who in cast.people:
        expected = {"lin": 200, "wu": 404}.get(who.username, 403)
        assert log_in(client, who).get(check).status_code == expected
