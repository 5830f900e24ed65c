"""The paper itself: the file in which its figures stand, and files of figures to be filled in."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from ninja.files import UploadedFile
from pydantic import Field

from wenming.api.finding import one, seen
from wenming.api.handing import KINDS, WORKBOOK, handed_over, language_of_words, say
from wenming.api.operations import Deed, Room
from wenming.api.rooms.figure_imports import found_figures_import
from wenming.api.rooms.figures import EDIT, VIEW, found_paper
from wenming.api.shapes import Named, Shown
from wenming.base.access import city_of, person
from wenming.base.models import Attachment
from wenming.base.services.attachments import bring_in, clean_name, path_of
from wenming.base.services.audit import subject_of
from wenming.files.annotated import annotated_workbook
from wenming.files.figures_template import write_figures, write_figures_csv
from wenming.scoring.models import ReportedDocument
from wenming.scoring.queries.figure_imports import figure_rows, own_words
from wenming.scoring.queries.paper_files import files_of_papers
from wenming.scoring.services import papers
from wenming.scoring.services.figure_imports import check_figures

FORMS = (KINDS["xlsx"], "text/csv")
room = Room(tags=["Reconciliation 数字核对"])


class PaperFileShown(Shown):
    """A file of a paper; its bytes stand under `/attachments/{id}`."""

    id: UUID
    name: str
    kind: str = Field(description="What it is by its content, such as `pdf`")
    size: int = Field(description="In bytes")
    digest: str = Field(description="SHA-256 of its bytes")
    brought_by: Named | None
    brought_at: datetime

    @classmethod
    def of(cls, kept: Attachment) -> "PaperFileShown":
        """From its row."""
        return cls(
            id=kept.pk,
            name=kept.name,
            kind=kept.file.kind,
            size=kept.file.size,
            digest=kept.file.digest,
            brought_by=Named.of(kept.brought_by),
            brought_at=kept.brought_at,
        )


class PaperFilesShown(Shown):
    """The files of a paper that the caller may open, the latest first; the first one counts."""

    rows: list[PaperFileShown]


@room.deed(Deed("GET", "/papers/{uuid:pk}/files", VIEW, "材料原件。", PaperFilesShown))
def list_paper_files(request: HttpRequest, pk: UUID) -> PaperFilesShown:
    """The paper itself as it was brought; files that stood in its place before follow."""
    return _files(request, found_paper(request, pk))


@room.deed(
    Deed("POST", "/papers/{uuid:pk}/files", EDIT, "上传或更换材料原件。", PaperFilesShown, 201)
)
def attach_paper_file(request: HttpRequest, pk: UUID, file: UploadedFile) -> PaperFilesShown:
    """Keep the paper itself with what it reports; the earlier files stay listed."""
    paper, by = found_paper(request, pk), person(request)
    kept = bring_in(file, city=city_of(request), by=by, opened_by=VIEW)
    papers.attach_file(paper, kept, by=by)
    return _files(request, paper)


@room.deed(Deed("DELETE", "/papers/{uuid:pk}/files/{uuid:file}", EDIT, "移除材料原件。", None, 204))
def detach_paper_file(request: HttpRequest, pk: UUID, file: UUID) -> None:
    """Take a file away from a paper that it does not belong to."""
    paper = found_paper(request, pk)
    named = one(seen(request, Attachment).filter(subject=subject_of(paper)), file)
    papers.detach_file(paper, named, by=person(request))


@room.deed(
    Deed(
        "GET", "/figure-imports/template.{form}", EDIT, "空白数字导入表。", "file", kinds=FORMS
    )
)  # fmt: skip
def download_figures_template(request: HttpRequest, form: Literal["xlsx", "csv"]) -> HttpResponse:
    """A blank file with its headings and, as a workbook, what to write under them."""
    del request
    language = language_of_words()
    name = ("数字导入表", "figures")[language == "en"]
    if form == "csv":
        return handed_over(write_figures_csv(language=language), f"{name}.csv")
    written = write_figures([], language=language, own=own_words(language))
    return handed_over(written, f"{name}.xlsx")


@room.deed(
    Deed("GET", "/papers/{uuid:pk}/figures.xlsx", VIEW, "材料数字导出。", "file", kinds=WORKBOOK)
)
def download_figures(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The figures of a paper as a workbook in the form that is read again."""
    paper, language = found_paper(request, pk), language_of_words()
    written = write_figures(
        figure_rows(paper, language), language=language, own=own_words(language)
    )
    return handed_over(written, clean_name(f"{paper.title_zh}.xlsx"))


@room.deed(
    Deed(
        "GET",
        "/figure-imports/{uuid:pk}/annotated",
        EDIT,
        "标有错误的数字文件副本。",
        "file",
        kinds=WORKBOOK,
    )
)
def download_annotated_figures(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A workbook of figures again with every mistake as a note on its cell; 404 for CSV."""
    kept = found_figures_import(request, pk)
    name = kept.attachment.name
    if not name.lower().endswith(".xlsx"):
        raise Http404
    paper = found_paper(request, UUID(kept.options["paper"]))
    problems = check_figures(kept, paper).problems
    path = path_of(kept.attachment.file)
    written = annotated_workbook(path, problems, name=name, say=say)
    return handed_over(written, name[: -len(".xlsx")] + "-annotated.xlsx")


def _files(request: HttpRequest, paper: ReportedDocument) -> PaperFilesShown:
    found = files_of_papers([paper], user=person(request)).get(paper.pk, ())
    return PaperFilesShown(rows=[PaperFileShown.of(each) for each in found])
