"""The paper itself and files of figures by a program: brought, opened, replaced, taken away."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.api.calling import Caller
from tests.cast import Cast
from tests.scoring.small_round import write_small_round
from wenming.base.models import User
from wenming.files.figures_template import write_figures
from wenming.scoring.models import ReportedDocument, Run
from wenming.scoring.services import load_folder
from wenming.scoring.services.papers import PaperEntry, add_paper

pytestmark = pytest.mark.django_db
As = Callable[[User], Caller]
TEXT = "不达标 42 项".encode()


@pytest.fixture
def run(cast: Cast, tmp_path: Path, settings: LazySettings) -> Run:
    settings.FILES_ROOT = tmp_path / "files"
    return load_folder(write_small_round(tmp_path))


@pytest.fixture
def paper(run: Run, cast: Cast) -> ReportedDocument:
    return add_paper(run.round, PaperEntry("讲话"), by=cast.lin)


def sent(caller: Caller, address: str, name: str, content: bytes, field: str = "file") -> Any:
    heads = {"Authorization": f"Bearer {caller.secret}", "Accept-Language": "en"}
    file = SimpleUploadedFile(name, content)
    return Client().post(f"/api/v1{address}", {field: file}, headers=heads)


def test_the_paper_itself_is_brought_opened_and_taken_away(
    paper: ReportedDocument, cast: Cast, as_: As
) -> None:
    office, files = as_(cast.lin), f"/papers/{paper.pk}/files"
    first = sent(office, files, "讲话.txt", TEXT)
    assert first.status_code == 201, first.content
    later = sent(office, files, "定稿.txt", TEXT + b"1").json()["rows"]
    assert [each["name"] for each in later] == ["定稿.txt", "讲话.txt"]
    assert later[1]["size"] == len(TEXT)
    address = f"/attachments/{later[1]['id']}"
    assert b"".join(as_(cast.zheng).ask("GET", address).streaming_content) == TEXT
    assert as_(cast.zhao).ask("GET", address).status_code == 404, "a unit does not see figures"
    assert as_(cast.zheng).ask("DELETE", f"{files}/{later[1]['id']}").status_code == 403
    assert office.ask("DELETE", f"{files}/{later[1]['id']}").status_code == 204
    assert office.ask("DELETE", f"{files}/{later[1]['id']}").status_code == 404
    assert len(office.ask("GET", files).json()["rows"]) == 1


def test_what_is_no_paper_is_refused_and_nobody_elses_paper_is_found(
    paper: ReportedDocument, run: Run, cast: Cast, as_: As
) -> None:
    office, files = as_(cast.lin), f"/papers/{paper.pk}/files"
    refused = sent(office, files, "全部.yaml", b"a: 1\n")
    assert (refused.status_code, refused.json()["code"]) == (409, "not_a_paper")
    assert refused.json()["message"].endswith(".")
    other = add_paper(run.round, PaperEntry("通报"), by=cast.lin)
    kept = sent(office, f"/papers/{other.pk}/files", "a.txt", TEXT).json()["rows"][0]["id"]
    assert office.ask("DELETE", f"{files}/{kept}").status_code == 404, "it is another paper's"
    neighbour = as_(cast.wu)
    assert neighbour.ask("GET", files).status_code == 404
    assert sent(neighbour, files, "a.txt", TEXT).status_code == 404
    assert neighbour.ask("GET", f"/papers/{paper.pk}/figures.xlsx").status_code == 404


def test_the_files_of_a_paper_cost_the_same_however_many_they_are(
    paper: ReportedDocument,
    cast: Cast,
    as_: As,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    office, files = as_(cast.lin), f"/papers/{paper.pk}/files"
    for n in range(6):
        sent(office, files, f"{n}.txt", TEXT + str(n).encode())
    with django_assert_max_num_queries(12):
        assert len(office.ask("GET", files).json()["rows"]) == 6


def test_a_blank_file_and_the_export_are_read_again(
    paper: ReportedDocument, cast: Cast, as_: As
) -> None:
    office, imports = as_(cast.lin), f"/papers/{paper.pk}/figure-imports"
    office.ask("POST", f"/papers/{paper.pk}/figures", {"title": "点位", "value": "42.0"})
    export = office.ask("GET", f"/papers/{paper.pk}/figures.xlsx")
    assert export.headers["Content-Disposition"].startswith("attachment")
    again = sent(office, imports, "数字.xlsx", export.content, "figures").json()
    assert (again["problems"], again["same"]) == ([], 1)
    assert office.ask("GET", "/figure-imports/template.xlsx").content.startswith(b"PK")
    assert "Value" in office.ask("GET", "/figure-imports/template.csv").content.decode("utf-8-sig")
    assert office.ask("GET", "/figure-imports/template.pdf").status_code == 422


def test_the_copy_of_a_workbook_says_on_the_cell_what_is_wrong(
    paper: ReportedDocument, cast: Cast, as_: As
) -> None:
    office, imports = as_(cast.lin), f"/papers/{paper.pk}/figure-imports"
    wrong = write_figures([{"title": "点位", "value": "三百"}], language="zh", own=[])
    kept = sent(office, imports, "数字.xlsx", wrong, "figures").json()
    copy = office.ask("GET", f"/figure-imports/{kept['id']}/annotated")
    assert copy.status_code == 200
    sheets = openpyxl.load_workbook(BytesIO(copy.content)).worksheets
    notes = [cell.comment.text for s in sheets for row in s for cell in row if cell.comment]
    assert any(kept["problems"][0]["message"] in each for each in notes)
    text = sent(office, imports, "数字.csv", "名称,数值\n点位,三百\n".encode(), "figures").json()
    assert office.ask("GET", f"/figure-imports/{text['id']}/annotated").status_code == 404
    assert as_(cast.wu).ask("GET", f"/figure-imports/{kept['id']}/annotated").status_code == 404
