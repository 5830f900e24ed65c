"""Questionnaires on the desk: list, import with mistakes by cell, one page, its steps."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.core.questionnaire.building import instrument, question
from tests.rounds.building import Field, small_field
from wenming.base.models import Import
from wenming.core.lifecycle import InstrumentState
from wenming.files.xlsform_out import write_xlsform
from wenming.survey.models import Instrument
from wenming.survey.services.instrument_imports import (
    QuestionnaireImportHasMistakes,
    QuestionnaireImportTaken,
    take_over_xlsform,
)
from wenming.survey.services.instruments import bring_instrument

pytestmark = pytest.mark.django_db

FORM = instrument(
    question("age", "integer", required="true"),
    question("sat", "select_one", choices="yn", relevant="${age} >= 18"),
)
LIST, IMPORT = reverse("survey:instruments"), reverse("survey:instrument_import")


@pytest.fixture
def field() -> Field:
    return small_field()


@pytest.fixture
def office(field: Field, client: Client) -> Client:
    client.force_login(field.cast.lin)
    return client


def test_a_workbook_becomes_a_draft_and_a_version_in_use(office: Client, field: Field) -> None:
    file = SimpleUploadedFile("居民问卷.xlsx", write_xlsform(FORM))
    shown = office.post(IMPORT, {"file": file}, follow=True)
    assert "题目age" in shown.content.decode()
    brought = Import.objects.get(kind="questionnaire")
    address = reverse("survey:instrument_check", args=[brought.pk])
    page = office.post(address, follow=True).content.decode()
    assert "第1题 ≥ 18" in page
    made = Instrument.objects.get()
    assert (made.state, made.n_questions) == (InstrumentState.DRAFT, 2)
    with pytest.raises(QuestionnaireImportTaken):
        take_over_xlsform(brought, by=field.cast.lin)
    office.post(reverse("survey:instrument_use", args=[made.pk]))
    office.post(reverse("survey:instrument_use", args=[made.pk]))
    made.refresh_from_db()
    assert made.state == InstrumentState.IN_USE
    office.post(reverse("survey:instrument_retire", args=[made.pk]))
    made.refresh_from_db()
    assert made.state == InstrumentState.RETIRED


def test_every_mistake_of_a_workbook_is_told_by_its_cell(office: Client, field: Field) -> None:
    book = load_workbook(io.BytesIO(write_xlsform(FORM)))
    survey = book["survey"]
    heads = [cell.value for cell in survey[1]]
    survey.cell(2, heads.index("type") + 1, "rank x")
    survey.cell(3, heads.index("name") + 1, "1 wrong")
    written = io.BytesIO()
    book.save(written)
    file = SimpleUploadedFile("错.xlsx", written.getvalue())
    page = office.post(IMPORT, {"file": file}, follow=True).content.decode()
    assert "rank x" in page
    assert "A2</code>" in page
    with pytest.raises(QuestionnaireImportHasMistakes):
        take_over_xlsform(Import.objects.get(), by=field.cast.lin)
    assert not Instrument.objects.exists()


def test_versions_are_compared_and_written_as_xlsform(office: Client, field: Field) -> None:
    first = bring_instrument(FORM, city=field.cast.city, by=field.cast.lin)
    later = instrument(question("age", "integer"), version="2")
    second = bring_instrument(later, city=field.cast.city, by=field.cast.lin)
    address = reverse("survey:instrument", args=[second.pk])
    page = office.get(address, {"compare": str(first.pk)}).content.decode()
    assert "是否必答" in page
    assert "删除" in page
    written = office.get(reverse("survey:instrument_file", args=[second.pk]))
    names = load_workbook(io.BytesIO(written.content)).sheetnames
    assert names == ["survey", "choices", "settings"]
    listed = office.get(LIST, {"form": "csv"})
    assert "居民问卷" in b"".join(listed.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]


@pytest.mark.parametrize("who", ["zhao", "zheng"])
def test_units_and_leaders_see_no_questionnaires(field: Field, client: Client, who: str) -> None:
    client.force_login(getattr(field.cast, who))
    assert client.get(LIST).status_code == 403
