"""The package of documents: folders by item or unit, an index in two forms, only what one sees."""

import io
import zipfile
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document as Word

from tests.cast import log_in
from tests.submission.building import Desk, brought, handed_in, pdf, picture, small_desk
from wenming.base.models import AuditEntry
from wenming.files.packing import file_name, plain_name
from wenming.files.workbook import sheet_cells
from wenming.submission.services.papers import Paper, accept, hand_in, pass_on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def desk() -> Desk:
    return small_desk()


def package(desk: Desk, user, **chosen: str) -> zipfile.ZipFile:
    address = reverse("submission:package", args=[desk.collection.pk])
    answer = log_in(Client(), user).get(address, {"which": "all", "folders": "item", **chosen})
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def names(archive: zipfile.ZipFile) -> set[str]:
    assert archive.testzip() is None
    return {name for name in archive.namelist() if not name.startswith("目录")}


def test_folders_index_and_what_is_accepted(desk: Desk, tmp_path: Path) -> None:
    accept(pass_on(handed_in(desk), by=desk.li), by=desk.lin)
    photo = brought(picture(), desk.qian, desk)
    hand_in(desk.photo, Paper(photo, "路面/一"), by=desk.qian)
    every = package(desk, desk.lin, folders="unit")
    assert names(every) == {
        "市城管局/B1.1.1/D0001_学习制度.pdf",
        "市档案馆/B2.1.1/D0002_路面 一.jpg",
    }
    assert every.read("市城管局/B1.1.1/D0001_学习制度.pdf") == pdf().read()
    accepted = package(desk, desk.lin, which="accepted")
    assert len(names(accepted)) == 1
    book = tmp_path / "index.xlsx"
    book.write_bytes(every.read("目录.xlsx"))
    cells = sheet_cells(book, name="目录.xlsx")["申报材料目录"]
    assert [row[0] for row in cells] == ["编号", "D0001", "D0002"]
    assert cells[1][-1] == "市城管局/B1.1.1/D0001_学习制度.pdf"
    assert len(Word(io.BytesIO(every.read("目录.docx"))).tables[0].rows) == 3
    assert AuditEntry.objects.filter(action="submission.package").count() == 2


def test_a_unit_takes_its_own_documents_only(desk: Desk) -> None:
    handed_in(desk)
    assert len(names(package(desk, desk.zhao, folders="flat"))) == 1
    assert names(package(desk, desk.qian, folders="flat")) == set()


def test_a_wrong_choice_is_told_beside_its_field(desk: Desk) -> None:
    address = reverse("submission:package", args=[desk.collection.pk])
    answer = log_in(Client(), desk.lin).get(address, {"which": "all", "folders": "moon"})
    assert answer.status_code == 422
    assert "folders" in answer.context["form"].errors


def test_names_are_such_as_every_system_takes() -> None:
    assert plain_name('a/b\\c:"d"*?') == "a b c d"
    assert plain_name("..") == "_"
    assert file_name("D0001", "长" * 300, "原件.PDF") == f"D0001_{'长' * 80}.PDF"
