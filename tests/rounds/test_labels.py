"""QR code sheets of the register: which sites, in which parts, and what their codes say."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from tests.cast import log_in
from tests.pdf_reading import codes_of, texts_of
from tests.rounds.building import Field, site_of, small_field
from wenming.files.fonts import chinese_font
from wenming.files.label_sheet import Label
from wenming.rounds.queries import labels as queries
from wenming.rounds.services.sites import retire_site
from wenming.rounds.views import labels as views

pytestmark = pytest.mark.django_db
WITH_FONT = pytest.mark.skipif(chinese_font() is None, reason="no Chinese font here")


@pytest.fixture
def field() -> Field:
    return small_field()


@pytest.fixture
def office(client: Client, field: Field) -> Client:
    return log_in(client, field.cast.lin)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Label]:
    """What is given to be drawn."""
    given: list[Label] = []

    def keep(labels: Sequence[Label], **_more: Any) -> bytes:
        given.extend(labels)
        return b"%PDF-"

    monkeypatch.setattr(views, "write_labels", keep)
    return given


@WITH_FONT
def test_the_sheet_is_a_pdf_that_names_the_sites(office: Client, field: Field) -> None:
    answer = office.get("/register/labels/sheet.pdf?layout=3x8")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "attachment" in answer.headers["Content-Disposition"]
    (text,) = texts_of(answer.content)
    for site in (field.road, field.hall):
        assert site.title in text
        assert site.key in text
    assert len(codes_of(answer.content, page=0)) == 2


def test_the_code_leads_to_the_page_of_the_site(
    office: Client, field: Field, drawn: list[Label]
) -> None:
    office.get(f"/register/labels/sheet.pdf?text={field.hall.key}")
    (label,) = drawn
    assert label.says == f"http://testserver/register/{field.hall.pk}/"
    assert office.get(label.says).status_code == 200
    assert field.hall.unit_name in label.lines


def test_ticked_sites_only_and_none_that_was_taken_out(
    office: Client, field: Field, drawn: list[Label]
) -> None:
    third = site_of(field.cast, "S3", "第三处")
    retire_site(field.hall, day=localdate(), by=field.cast.lin)
    ticked = {"rows": [str(third.pk), str(field.hall.pk), "x"]}
    page = office.post("/register/labels/ticked/", ticked, follow=True)
    (where, _status) = page.redirect_chain[-1]
    office.get(where.replace("/labels/?", "/labels/sheet.pdf?"))
    assert [each.title for each in drawn] == ["第三处"]


def test_a_unit_prints_its_own_sites_only(client: Client, field: Field, drawn: list[Label]) -> None:
    log_in(client, field.cast.zhao)
    client.get("/register/labels/sheet.pdf")
    assert [each.title for each in drawn] == [field.road.title]


def test_a_long_register_becomes_several_files(
    office: Client, field: Field, drawn: list[Label], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_LABELS", 1)
    page = office.get("/register/labels/").content.decode()
    assert page.count("part=") == 2
    for part in (1, 2, 3):
        office.get(f"/register/labels/sheet.pdf?part={part}")
    assert sorted(each.title for each in drawn) == sorted([field.road.title, field.hall.title])


def test_without_a_font_the_page_says_so(
    office: Client, field: Field, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "chinese_font", lambda: None)
    answer = office.get("/register/labels/sheet.pdf", follow=True)
    assert "fonts-noto-cjk" in answer.content.decode()
