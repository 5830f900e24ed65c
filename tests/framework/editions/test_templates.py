"""Checklists and empty workbooks: what goes out can be read again."""

from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import log_in, make_cast
from tests.framework.editions.building import CHECKLISTS_FILE, EDITION_A, loaded
from wenming.core.errors import BadInput
from wenming.core.framework import Checklists
from wenming.files.checklist_out import write_checklists
from wenming.files.edition_check import check_edition
from wenming.files.edition_rows import EDITION_TABLES
from wenming.files.edition_template import TEMPLATES, write_template
from wenming.files.editions import CHECKLIST_TABLES, read_checklists
from wenming.files.xlsform import read_xlsform

TABLES = {"edition": EDITION_TABLES, "checklists": CHECKLIST_TABLES}


@pytest.fixture(scope="module")
def lists() -> Checklists:
    return read_checklists(CHECKLISTS_FILE)


@pytest.mark.parametrize("ending", ["yaml", "xlsx"])
def test_checklists_come_back_the_same(tmp_path: Path, lists: Checklists, ending: str) -> None:
    path = tmp_path / f"again.{ending}"
    write_checklists(lists, path)
    assert read_checklists(path) == lists


def test_a_strange_ending_is_refused(tmp_path: Path, lists: Checklists) -> None:
    with pytest.raises(BadInput):
        write_checklists(lists, tmp_path / "x.docx")


@pytest.mark.parametrize("what", TEMPLATES)
def test_an_empty_workbook_has_every_sheet_and_column(tmp_path: Path, what: str) -> None:
    path = tmp_path / "empty.xlsx"
    write_template(path, what)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["说明", *TABLES[what]]
    for table, columns in TABLES[what].items():
        heads = [cell.value for cell in book[table][1]]
        assert heads == [*columns.required, *columns.optional]
        assert book[table].max_row == 1


def test_the_empty_workbook_says_only_that_it_is_empty(tmp_path: Path) -> None:
    write_template(tmp_path / "empty.xlsx", "edition")
    problems = check_edition(tmp_path / "empty.xlsx", name="empty.xlsx").problems
    assert {problem.code for problem in problems} <= {"one_row_expected", "table_empty"}


@pytest.mark.django_db
def test_files_are_handed_out(client: Client, tmp_path: Path, lists: Checklists) -> None:
    cast = make_cast()
    edition = loaded(cast.city, EDITION_A, lists=CHECKLISTS_FILE)
    log_in(client, cast.zhao)
    for form in ("xlsx", "yaml"):
        got = client.get(reverse("framework:edition_checklists", args=[edition.pk, form]))
        (tmp_path / f"c.{form}").write_bytes(got.content)
        assert read_checklists(tmp_path / f"c.{form}") == lists
    form = reverse("framework:checklist_form", args=[edition.pk, "main_road"])
    assert form in client.get(reverse("framework:edition", args=[edition.pk])).content.decode()
    (tmp_path / "main_road.xlsx").write_bytes(client.get(form).content)
    read = read_xlsform(tmp_path / "main_road.xlsx")
    assert edition.checklists is not None
    assert (read.key, read.version) == ("main_road", edition.checklists.hash[:10])
    assert {f"{each.key}_outcome" for each in lists.by_type["main_road"].lines} <= {
        each.key for each in read.questions
    }
    assert client.get(form.replace("main_road", "no_type")).status_code == 404
    empty = reverse("framework:edition_template", args=["edition"])
    assert client.get(empty).status_code == 403
    log_in(client, cast.lin)
    assert client.get(empty).status_code == 200
    assert client.get(reverse("framework:edition_template", args=["x"])).status_code == 404
    bare = loaded(cast.city, EDITION_A.with_name("edition_2005_b.yaml"))
    for name, last in (("edition_checklists", "yaml"), ("checklist_form", "main_road")):
        missing = reverse(f"framework:{name}", args=[bare.pk, last])
        assert client.get(missing).status_code == 404
