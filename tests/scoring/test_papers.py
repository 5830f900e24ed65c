"""The paper itself is kept with its figures: brought, replaced, taken away, carried over."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, log_in, make_cast
from wenming.base.access import PermissionDenied
from wenming.base.models import Attachment, AuditEntry, User
from wenming.base.services.attachments import bring_in
from wenming.core.permissions import Capability
from wenming.scoring.models import ReportedDocument, Run
from wenming.scoring.queries.paper_files import files_of_papers
from wenming.scoring.services import begin_correction, freeze_run, load_folder, run_scoring
from wenming.scoring.services.figures import FiguresFrozen
from wenming.scoring.services.papers import (
    NotAPaper,
    PaperEntry,
    add_paper,
    attach_file,
    detach_file,
)

pytestmark = pytest.mark.django_db
TEXT = "不达标 42 项".encode()


@pytest.fixture
def cast(tmp_path: Path, settings: LazySettings) -> Cast:
    settings.FILES_ROOT = tmp_path / "files"
    return make_cast()


@pytest.fixture
def run(cast: Cast, folder: Path) -> Run:
    return load_folder(folder)


def brought(cast: Cast, name: str = "讲话.txt", content: bytes = TEXT) -> Attachment:
    upload = SimpleUploadedFile(name, content)
    return bring_in(upload, city=cast.city, by=cast.lin, opened_by=Capability.VIEW_FIGURES)


def names(paper: ReportedDocument, user: User) -> list[str]:
    return [each.name for each in files_of_papers([paper], user=user).get(paper.pk, [])]


def test_the_paper_itself_is_kept_and_opened_by_whoever_sees_the_figures(
    paper: ReportedDocument, cast: Cast
) -> None:
    attach_file(paper, brought(cast), by=cast.lin)
    assert names(paper, cast.lin) == names(paper, cast.zheng) == ["讲话.txt"]
    assert names(paper, cast.zhao) == names(paper, cast.wu) == []
    told = AuditEntry.objects.get(action="paper.attach").detail
    assert (told["title"], told["name"]) == ("第一次调度会讲话", "讲话.txt")


def test_a_paper_is_added_with_its_file(run: Run, cast: Cast) -> None:
    paper = add_paper(run.round, PaperEntry("通报"), by=cast.lin, file=brought(cast))
    assert names(paper, cast.lin) == ["讲话.txt"]


def test_the_latest_file_counts_and_the_earlier_one_is_kept(
    paper: ReportedDocument, cast: Cast
) -> None:
    attach_file(paper, brought(cast), by=cast.lin)
    attach_file(paper, brought(cast, "讲话（定稿）.txt", TEXT + b"1"), by=cast.lin)
    assert names(paper, cast.lin) == ["讲话（定稿）.txt", "讲话.txt"]
    assert AuditEntry.objects.get(action="paper.replace").detail["from"] == "讲话.txt"


def test_a_file_is_taken_away(paper: ReportedDocument, cast: Cast) -> None:
    file = attach_file(paper, brought(cast), by=cast.lin)
    detach_file(paper, file, by=cast.lin)
    detach_file(paper, file, by=cast.lin)  # the second person comes too late, and nothing happens
    assert names(paper, cast.lin) == []
    assert AuditEntry.objects.filter(action="paper.detach").count() == 1


def test_an_archive_is_no_paper(run: Run, cast: Cast) -> None:
    packed = brought(cast, "全部.yaml", b"a: 1\n")
    with pytest.raises(NotAPaper):
        add_paper(run.round, PaperEntry("通报"), by=cast.lin, file=packed)
    assert not ReportedDocument.objects.filter(title_zh="通报").exclude(key="D1").exists()


def test_only_the_office_brings_and_takes_away(paper: ReportedDocument, cast: Cast) -> None:
    file = attach_file(paper, brought(cast), by=cast.lin)
    for who in (cast.zheng, cast.wang, cast.zhao, cast.wu):
        with pytest.raises(PermissionDenied):
            attach_file(paper, file, by=who)
        with pytest.raises(PermissionDenied):
            detach_file(paper, file, by=who)


def test_behind_a_result_a_file_is_added_but_not_replaced(
    run: Run, paper: ReportedDocument, cast: Cast
) -> None:
    freeze_run(load_again(run), by=cast.lin)
    file = attach_file(paper, brought(cast), by=cast.lin)
    with pytest.raises(FiguresFrozen):
        attach_file(paper, brought(cast, "另一份.txt"), by=cast.lin)
    with pytest.raises(FiguresFrozen):
        detach_file(paper, file, by=cast.lin)
    assert names(paper, cast.lin) == ["讲话.txt"]


def test_a_correction_takes_the_latest_file_over(
    run: Run, paper: ReportedDocument, cast: Cast
) -> None:
    attach_file(paper, brought(cast), by=cast.lin)
    attach_file(paper, brought(cast, "定稿.txt"), by=cast.lin)
    revision = begin_correction(freeze_run(load_again(run), by=cast.lin), by=cast.lin, reason="补")
    copy = ReportedDocument.objects.get(round=revision, key=paper.key)
    assert copy.pk != paper.pk
    assert names(copy, cast.lin) == ["定稿.txt"]
    assert names(paper, cast.lin) == ["定稿.txt", "讲话.txt"]


def test_the_pages_bring_replace_and_take_away(
    client: Client, paper: ReportedDocument, cast: Cast
) -> None:
    office = log_in(client, cast.lin)
    desk = reverse("scoring:reconciliation", args=[paper.round_id])
    assert "尚未上传材料原件" in office.get(desk).content.decode()
    address = reverse("scoring:paper_file", args=[paper.pk])
    for wrong in ({}, {"file": SimpleUploadedFile("a.yaml", b"a: 1\n")}):
        assert office.post(address, wrong).status_code == 422
    assert office.post(address, {"file": SimpleUploadedFile("讲话.txt", TEXT)}).status_code == 302
    page = office.get(desk).content.decode()
    file = Attachment.objects.get(name="讲话.txt")
    assert reverse("base:file", args=[file.pk]) in page
    assert "讲话.txt" in office.get(address).content.decode()
    remove = reverse("scoring:paper_file_remove", args=[paper.pk, file.pk])
    assert office.post(remove).status_code == 302
    assert office.post(remove).status_code == 404
    office.get(desk)  # the page with the notice, which names it once more
    assert "讲话.txt" not in office.get(desk).content.decode()


def load_again(run: Run) -> Run:
    """A run over the round with the paper that was added to it."""
    return run_scoring(run.round)
