"""Imports of editions: every mistake by its cell, nothing lost, corrected until it is a draft."""

import io
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.cast import Cast, log_in, make_cast
from tests.framework.editions.building import (
    CHECKLISTS_FILE,
    EDITION_B,
    attached,
    brought,
    changed,
    draft_of,
    small_draft,
    small_in_use,
    upload,
)
from tests.scoring.small_round import CHECKLISTS, EDITION
from wenming.base.access import PermissionDenied
from wenming.base.models import Attachment, AuditEntry, Import
from wenming.core.framework import edition_hash
from wenming.files.editions import read_edition, write_edition
from wenming.framework.models import Edition
from wenming.framework.queries.edition_imports import annotated, told_problems
from wenming.framework.services.drafts import EditionNotDraft
from wenming.framework.services.edition_imports import (
    EditionExists,
    ImportHasProblems,
    ImportTaken,
    accept_edition,
    bring_again,
    bring_edition,
    discard_import,
)

pytestmark = pytest.mark.django_db

NAME = "本市测评体系（修订稿）.xlsx"
WRONG = {  # sheet, cell, what stands there instead
    ("items", "E5"): "许多",
    ("items", "B7"): "B9.9",
    ("items", "A9"): None,
    ("limits", "E8"): "九十",
    ("criteria", "B3"): "nummer",
    ("conditions", "B3"): None,
    ("indicators", "A4"): "B1.1",
    ("dimensions", "B2"): "base",
    ("grades", "B2"): 3,
}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def book(tmp_path: Path) -> openpyxl.Workbook:
    """The research draft with 121 items as a workbook."""
    write_edition(read_edition(EDITION_B), tmp_path / "b.xlsx")
    return openpyxl.load_workbook(tmp_path / "b.xlsx")


def packed(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def broken(book: openpyxl.Workbook) -> bytes:
    """The workbook with a mistake in each of the cells above, a strange sheet and a bad heading."""
    for (sheet, cell), value in WRONG.items():
        book[sheet][cell] = value
    book.create_sheet("乱七八糟")
    book["groups"]["C1"] = "titel_en"
    return packed(book)


def told(page: str) -> dict[str, set[str]]:
    """The cells that a page names, by sheet."""
    found: dict[str, set[str]] = {}
    for section in page.split("<section")[1:]:
        heading = re.search(r"工作表 (\S+?)</h2>", section)
        if heading:
            found[heading[1]] = set(
                re.findall(r'<th scope="row"[^>]*><code>([^<]+)</code>', section)
            )
    return found


def test_a_broken_workbook_shows_every_mistake_by_its_cell_and_is_kept(
    client: Client, cast: Cast, book: openpyxl.Workbook
) -> None:
    content = broken(book)
    log_in(client, cast.lin)
    sent = client.post(
        reverse("framework:edition_bring"), {"edition": upload(content, NAME)}, follow=True
    )
    page = unescape(sent.content.decode())
    cells = told(page)
    for sheet, cell in WRONG:
        assert cell in cells[sheet], (sheet, cell, cells)
    assert "C1" in cells["groups"]
    assert "乱七八糟" in cells
    kept = Import.objects.get()
    assert len(kept.problems) == page.count('<tr><th scope="row" class="nowrap"><code>')
    assert f"{len(kept.problems)} 处错误" in page
    back = client.get(reverse("base:file", args=[kept.attachment_id]))
    assert b"".join(back) == content  # type: ignore[arg-type]
    assert not Edition.objects.exists()


def test_the_copy_has_a_note_in_every_wrong_cell_and_opens_elsewhere(
    client: Client, cast: Cast, book: openpyxl.Workbook, tmp_path: Path
) -> None:
    kept = brought(broken(book), city=cast.city, by=cast.lin, name=NAME)
    log_in(client, cast.lin)
    got = client.get(reverse("framework:edition_copy", args=[kept.pk, "edition"]))
    assert "annotated.xlsx" in got["Content-Disposition"]
    copy = openpyxl.load_workbook(io.BytesIO(got.content))
    for sheet, cell in WRONG:
        note = copy[sheet][cell].comment
        assert note is not None, (sheet, cell)
        assert re.search(r"[\u4e00-\u9fff]", note.text)
    read = CalamineWorkbook.from_filelike(io.BytesIO(got.content))
    assert read.get_sheet_by_name("items").to_python()[4][4] == "许多"
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "copy.xlsx").write_bytes(got.content)
    home = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, home, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path)]
    done = subprocess.run(
        [*command, str(tmp_path / "copy.xlsx")], capture_output=True, timeout=180, check=False
    )
    assert done.returncode == 0, done.stderr
    opened = CalamineWorkbook.from_path(str(tmp_path / "copy.ods"))
    assert opened.get_sheet_by_name("items").to_python()[4][4] == "许多"


def test_a_corrected_file_says_what_was_mended_and_what_is_new(
    client: Client, cast: Cast, book: openpyxl.Workbook
) -> None:
    kept = brought(broken(book), city=cast.city, by=cast.lin, name=NAME)
    before = len(kept.problems)
    book["items"]["E5"] = 1
    book["grades"]["B2"] = 1
    book["items"]["E6"] = "无"
    log_in(client, cast.lin)
    sent = client.post(
        reverse("framework:edition_correct", args=[kept.pk]),
        {"edition": upload(packed(book), NAME)},
        follow=True,
    )
    kept.refresh_from_db()
    found = told_problems(kept)
    mended = {each.place.address for each in found.mended}
    assert {"items!E5", "grades!B2"} <= mended
    assert found.mended_count == len(found.mended)
    assert found.count == before - found.mended_count + found.new_count
    new = {
        each.problem.place.address
        for sheet in found.sheets
        for each in sheet.problems
        if each.is_new
    }
    assert new == {"items!E6"}
    page = sent.content.decode()
    assert f"已改正 {found.mended_count} 处" in page
    assert "新增 1 处错误" in page


def test_a_right_file_shows_its_changes_and_becomes_a_draft(client: Client, cast: Cast) -> None:
    small_in_use(cast.city, cast.lin)
    text = changed(("title: {zh: 道路整洁", "title: {zh: 街道整洁"), ("key: small", "key: new"))
    log_in(client, cast.lin)
    sent = client.post(
        reverse("framework:edition_bring"),
        {"edition": upload(text), "checklists": upload(CHECKLISTS, "lists.yaml")},
        follow=True,
    )
    page = sent.content.decode()
    assert "无错误" in page
    assert "道路整洁" in page
    assert "街道整洁" in page
    kept = Import.objects.get(subject="")
    done = client.post(reverse("framework:edition_accept", args=[kept.pk]), {"into": ""})
    draft = Edition.objects.get(key="new")
    assert done["Location"] == reverse("framework:edition", args=[draft.pk])
    assert draft.is_draft
    assert draft.checklists is not None
    assert draft.item_count == draft.items.count() == 5
    again = client.get(reverse("framework:edition_import", args=[kept.pk])).content.decode()
    assert reverse("framework:edition", args=[draft.pk]) in again


def test_a_file_survives_a_mistake_beside_it(client: Client, cast: Cast) -> None:
    log_in(client, cast.lin)
    address = reverse("framework:edition_bring")
    refused = client.post(
        address, {"edition": upload(EDITION), "checklists": upload("x", "lists.docx")}
    )
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "edition.yaml" in page
    kept = re.search(r'name="edition_kept" value="([^"]+)"', page)
    assert kept is not None
    assert client.post(address, {"edition_kept": kept[1]}).status_code == 302
    assert Import.objects.get().attachment_id == Attachment.objects.get(name="edition.yaml").pk


@pytest.mark.parametrize(
    ("name", "content"),
    [("x.exe", b"MZ"), ("x.xls", b"\xd0\xcf\x11\xe0"), ("x.xlsx", b"no workbook")],
    ids=["program", "old", "torn"],
)
def test_what_is_no_edition_is_refused_in_a_sentence(
    client: Client, cast: Cast, name: str, content: bytes
) -> None:
    log_in(client, cast.lin)
    sent = client.post(reverse("framework:edition_bring"), {"edition": upload(content, name)})
    assert sent.status_code == 422
    assert 'class="mistakes"' in sent.content.decode()
    assert not Import.objects.exists()


def test_mistakes_in_yaml_stand_at_their_line_and_in_the_copy(cast: Cast) -> None:
    text = changed(("points: 4\n            group: 宣教", "points: viele\n            group: 宣教"))
    line = text.splitlines().index("            points: viele") + 1
    kept = brought(text, city=cast.city, by=cast.lin)
    places = [each.problem.place for sheet in told_problems(kept).sheets for each in sheet.problems]
    assert line in [place.line for place in places]
    name, copy = annotated(kept, kept.attachment, lambda problem: problem.code)
    assert name == "edition-annotated.yaml"
    lines = copy.decode().splitlines()
    assert lines[line - 1].startswith("# !!")
    assert lines[line] == "            points: viele"


def test_mistakes_of_two_files_of_one_name_are_kept_apart(cast: Cast) -> None:
    edition = attached(
        changed(("points: 6", "points: x")), city=cast.city, by=cast.lin, name="a.yaml"
    )
    wrong = CHECKLISTS.replace("severity: minor", "severity: klein")
    lists = attached(wrong, city=cast.city, by=cast.lin, name="a.yaml")
    kept = bring_edition(edition, city=cast.city, by=cast.lin, checklists=lists)
    assert len({sheet.file for sheet in told_problems(kept).sheets}) == 2
    for file in (edition, lists):
        assert b"# !!" in annotated(kept, file, lambda problem: problem.code)[1]


def test_checklists_without_a_site_type_are_not_taken_for_none(cast: Cast) -> None:
    edition = attached(EDITION, city=cast.city, by=cast.lin)
    empty = "schema: wenming-checklists/1\nsite_types: []\n"
    lists = attached(empty, city=cast.city, by=cast.lin, name="lists.yaml")
    kept = bring_edition(edition, city=cast.city, by=cast.lin, checklists=lists)
    told = [each.problem for sheet in told_problems(kept).sheets for each in sheet.problems]
    assert [(problem.code, problem.place.file) for problem in told] == [
        ("checklists_empty", "lists.yaml")
    ]


def test_what_is_wrong_is_not_taken_over(cast: Cast) -> None:
    kept = brought(changed(("points: 6", "points: x")), city=cast.city, by=cast.lin)
    with pytest.raises(ImportHasProblems):
        accept_edition(kept, by=cast.lin)
    assert not Edition.objects.exists()


def test_of_two_people_the_second_finds_the_file_taken(cast: Cast) -> None:
    kept = brought(EDITION, city=cast.city, by=cast.lin)
    accept_edition(kept, by=cast.lin)
    file = attached(EDITION, city=cast.city, by=cast.lin)
    for late in (
        lambda: accept_edition(kept, by=cast.lin),
        lambda: bring_again(kept, file, by=cast.lin),
        lambda: discard_import(kept, by=cast.lin),
    ):
        with pytest.raises(ImportTaken):
            late()
    assert Edition.objects.count() == 1


def test_the_same_content_is_not_taken_over_twice_in_a_city(cast: Cast) -> None:
    small_draft(cast.city, cast.lin)
    with pytest.raises(EditionExists):
        draft_of(EDITION, city=cast.city, by=cast.lin)
    assert draft_of(EDITION, city=cast.other_city, by=cast.wu).city == cast.other_city


def test_a_draft_is_replaced_and_one_in_use_is_not(cast: Cast) -> None:
    draft = small_draft(cast.city, cast.lin)
    kept = brought(changed(("key: small", "key: other")), city=cast.city, by=cast.lin)
    replaced = accept_edition(kept, by=cast.lin, into=draft)
    assert (replaced.pk, replaced.key) == (draft.pk, "other")
    assert replaced.checklists_id == draft.checklists_id
    assert replaced.items.count() == 5
    actions = list(AuditEntry.objects.values_list("action", flat=True))
    assert "edition.reimport" in actions
    used = small_in_use(cast.city, cast.lin)
    third = brought(changed(("key: small", "key: third")), city=cast.city, by=cast.lin)
    with pytest.raises(EditionNotDraft):
        accept_edition(third, by=cast.lin, into=used)


def test_an_import_is_discarded_and_its_file_stays(client: Client, cast: Cast) -> None:
    kept = brought(EDITION, city=cast.city, by=cast.lin)
    log_in(client, cast.lin)
    client.post(reverse("framework:edition_discard", args=[kept.pk]))
    assert not Import.objects.exists()
    assert Attachment.objects.filter(name="edition.yaml").exists()


@pytest.mark.parametrize("who", ["zhao", "zheng", "feng", "wu"])
def test_only_the_office_of_the_city_imports(cast: Cast, who: str) -> None:
    user = getattr(cast, who)
    file = attached(EDITION, city=cast.city, by=cast.lin)
    kept = brought(EDITION, city=cast.city, by=cast.lin)
    for refused in (
        lambda: bring_edition(file, city=cast.city, by=user),
        lambda: bring_again(kept, file, by=user),
        lambda: accept_edition(kept, by=user),
        lambda: discard_import(kept, by=user),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_a_file_of_another_city_is_not_brought(cast: Cast) -> None:
    abroad = attached(EDITION, city=cast.other_city, by=cast.wu)
    with pytest.raises(PermissionDenied):
        bring_edition(abroad, city=cast.city, by=cast.lin)


@pytest.mark.parametrize("form", ["xlsx", "yaml"])
def test_an_export_comes_back_with_the_same_fingerprint(
    client: Client, cast: Cast, tmp_path: Path, form: str
) -> None:
    draft = draft_of(
        EDITION_B.read_text(encoding="utf-8"),
        city=cast.city,
        by=cast.lin,
        lists=CHECKLISTS_FILE.read_text(encoding="utf-8"),
    )
    log_in(client, cast.lin)
    got = client.get(reverse("framework:edition_file", args=[draft.pk, form]))
    path = tmp_path / f"again.{form}"
    path.write_bytes(got.content)
    assert edition_hash(read_edition(path)) == draft.hash
    assert got["Content-Disposition"].endswith(f'draft-2005-b.{form}"')
    missing = client.get(reverse("framework:edition_file", args=[draft.pk, "pdf"]))
    assert missing.status_code == 404
