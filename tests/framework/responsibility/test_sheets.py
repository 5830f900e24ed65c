"""A unit's own sheet: on screen, in Word and in Excel; names as the plan was issued."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from tests.cast import log_in
from tests.framework.building import Small, issued_of, small_city
from wenming.base.models import Unit
from wenming.framework.queries import units_concerned_by
from wenming.framework.queries.plans import duties_of

pytestmark = pytest.mark.django_db
LONG = "市城市环境秩序综合整治与精细化管理提升联席会议办公室暨市容环境卫生监督指导服务中心"


@pytest.fixture
def small() -> Small:
    return small_city()


def sheet(small: Small, form: str) -> bytes:
    address = reverse("framework:unit_sheet", args=[small.police.pk, form])
    answer = log_in(Client(), small.zhao).get(address)
    assert answer.status_code == 200
    return answer.content


def test_the_sheet_in_word(small: Small) -> None:
    issued_of(small)
    document = Document(BytesIO(sheet(small, "docx")))
    (table,) = document.tables
    lines = [[cell.text for cell in row.cells] for row in table.rows]
    assert document.paragraphs[0].text == "市公安局责任清单"
    assert [line[0] for line in lines] == ["编号", "A1", "A2"]
    assert lines[1][2:] == ["● 牵头", "2", "–", "–", "市公安局", "市市场监管局"]


def test_the_sheet_in_excel(small: Small) -> None:
    issued_of(small)
    book = load_workbook(BytesIO(sheet(small, "xlsx")))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0][0] == "市公安局责任清单"
    assert [row[:4] for row in rows[4:6]] == [
        ("A1", "内容A1", "● 牵头", 2),
        ("A2", "内容A2", "● 牵头", 1.5),
    ]
    assert book.active.print_title_rows == "$4:$4"


def test_the_sheet_on_screen_says_who_leads_and_who_is_beside(small: Small) -> None:
    issued_of(small)
    page = log_in(Client(), small.zhao).get(reverse("framework:duties")).content.decode()
    assert "市公安局" in page
    assert "内容A1" in page
    assert "市市场监管局" in page


def test_a_renamed_unit_keeps_its_duties_and_the_old_plan_its_name(small: Small) -> None:
    plan = issued_of(small)
    Unit.objects.filter(pk=small.police.pk).update(name=LONG)
    assert units_concerned_by(plan)["A2"] == {small.police.pk}
    rows = list(plan.responsibilities.filter(unit=small.police))
    assert [duty.item.key for duty in duties_of(plan, rows)] == ["A1", "A2"]
    assert {row.unit_name for row in rows} == {"市公安局"}
    page = log_in(Client(), small.zhao).get(reverse("framework:duties")).content.decode()
    assert LONG in page
    assert "内容A2" in page
