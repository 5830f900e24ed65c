"""Files of editions: brought in with all their mistakes, then taken over as drafts."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from ninja import File, Query
from ninja.files import UploadedFile
from pydantic import Field

from wenming.api.finding import one_or_none, seen
from wenming.api.handing import handed_over
from wenming.api.operations import Deed, Room
from wenming.api.paging import PageAsked, page
from wenming.api.refusals import InputWrong, said_of
from wenming.api.rooms.editions import EDIT, FILES, DifferenceShown, EditionShown
from wenming.api.shapes import Given, Identity, Mistake, Page, Shown
from wenming.base.access import city_of, person
from wenming.base.models import Attachment, Import
from wenming.base.services.attachments import bring_in
from wenming.framework.queries.comparison import side_by_side
from wenming.framework.queries.edition_imports import annotated, edition_in, problems_of
from wenming.framework.queries.editions import edition_of
from wenming.framework.services import edition_imports as services
from wenming.framework.templatetags.rules import problem_sentence
from wenming.framework.views.seen_editions import found_edition, found_import, seen_editions

IMPORT = "/edition-imports/{uuid:pk}"
NO_FILE: Any = File(None)  # type: ignore[type-arg]  # a function in effect
room = Room(tags=["Framework 测评体系"])


class BroughtShown(Shown):
    """A file that was brought in, without its mistakes."""

    id: UUID
    file: str
    checked_at: datetime | None
    mistakes: int

    @classmethod
    def of(cls, kept: Import) -> "BroughtShown":
        """From its row."""
        return cls(
            id=kept.pk,
            file=kept.attachment.name,
            checked_at=kept.checked_at,
            mistakes=len(kept.problems),
        )


class ImportShown(Shown):
    """A file that was brought in."""

    id: UUID
    file: str
    checked_at: datetime | None
    is_taken: bool = Field(description="It became an edition")
    checklists: str = Field(description="Name of the checklists' file; blank where there is none")
    mended: int = Field(description="Mistakes that the last correction took away")
    problems: list[Mistake] = Field(description="Every mistake with its place; empty when right")

    @classmethod
    def of(cls, kept: Import) -> "ImportShown":
        """From its row."""
        return cls(
            id=kept.pk,
            file=kept.attachment.name,
            checked_at=kept.checked_at,
            is_taken=bool(kept.subject),
            checklists=lists.name if (lists := services.checklist_file(kept)) else "",
            mended=kept.options.get("mended_count", 0),
            problems=[Mistake(**said_of(each)) for each in problems_of(kept)],
        )


class ImportComparisonShown(Shown):
    """What a file would change against an edition."""

    before: UUID
    same: int = Field(description="Items that are the same in both")
    counts: dict[str, int]
    differences: list[DifferenceShown]


class AcceptGiven(Given):
    """The draft whose content is replaced."""

    into: Identity | None = Field(None, description="Null for a new draft")


@room.deed(Deed("GET", "/edition-imports", EDIT, "待处理的导入文件。", Page[BroughtShown]))
def list_edition_imports(request: HttpRequest, asked: Query[PageAsked]) -> Page[BroughtShown]:
    """The files that are not editions yet, whoever of the office brought them, the latest first."""
    rows = seen(request, Import, EDIT).filter(kind=services.KIND, subject="")
    rows = rows.select_related("attachment").order_by()
    return page(rows, asked, BroughtShown.of, order="brought_at", descending=True)


@room.deed(
    Deed("POST", "/edition-imports", EDIT, "上传版本文件并检查，返回全部错误。", ImportShown, 201)
)
def bring_edition(
    request: HttpRequest, edition: UploadedFile, checklists: UploadedFile | None = NO_FILE
) -> ImportShown:
    """Bring in the file of an edition, YAML or Excel; it is kept with every mistake it has.

    `checklists` is the file of its checklists, where they come with it.
    """
    by, city = person(request), city_of(request)
    file, lists = bring_in(edition, city=city, by=by, opened_by=EDIT), _kept(request, checklists)
    kept = services.bring_edition(file, city=city, by=by, checklists=lists)
    return ImportShown.of(kept)


@room.deed(
    Deed("POST", IMPORT + "/correction", EDIT, "上传更正后的文件，再次检查。", ImportShown, 201)
)
def correct_edition_import(
    request: HttpRequest,
    pk: UUID,
    edition: UploadedFile | None = NO_FILE,
    checklists: UploadedFile | None = NO_FILE,
) -> ImportShown:
    """Bring the corrected file, that of the edition, that of the checklists, or both."""
    kept = found_import(request, pk)
    file, lists = _kept(request, edition), _kept(request, checklists)
    if file is None and lists is None:
        raise InputWrong(count=1)
    done = services.bring_again(kept, file, by=person(request), checklists=lists)
    return ImportShown.of(done)


@room.deed(Deed("GET", IMPORT, EDIT, "导入文件的错误清单。", ImportShown))
def show_edition_import(request: HttpRequest, pk: UUID) -> ImportShown:
    """A file that was brought in, with its mistakes."""
    return ImportShown.of(found_import(request, pk))


@room.deed(
    Deed(
        "POST",
        IMPORT + "/accept",
        EDIT,
        "将无错误的文件导入为草稿。",
        EditionShown,
        201,
    )
)
def accept_edition_import(request: HttpRequest, pk: UUID, given: AcceptGiven) -> EditionShown:
    """Take a file without mistakes over as a draft."""
    kept = found_import(request, pk)
    into = one_or_none(seen_editions(request), given.into)
    return EditionShown.of(services.accept_edition(kept, by=person(request), into=into))


@room.deed(Deed("DELETE", IMPORT, EDIT, "放弃导入。", None, 204))
def discard_edition_import(request: HttpRequest, pk: UUID) -> None:
    """Throw an import away that did not become an edition."""
    services.discard_import(found_import(request, pk), by=person(request))


@room.deed(
    Deed("GET", IMPORT + "/annotated/{what}", EDIT, "标有错误的文件副本。", "file", kinds=FILES)
)
def download_annotated_edition(
    request: HttpRequest, pk: UUID, what: Literal["edition", "checklists"]
) -> HttpResponse:
    """The file again with every mistake beside its cell or line."""
    kept = found_import(request, pk)
    file = kept.attachment if what == "edition" else services.checklist_file(kept)
    if file is None:
        raise Http404
    name, content = annotated(kept, file, problem_sentence)
    return handed_over(content, name)


@room.deed(
    Deed(
        "GET",
        IMPORT + "/comparison/{uuid:against}",
        EDIT,
        "导入文件与某一版本比较。",
        ImportComparisonShown,
    )
)
def compare_edition_import(request: HttpRequest, pk: UUID, against: UUID) -> ImportComparisonShown:
    """What a file without mistakes would change against an edition; 409 while it has some."""
    kept, before = found_import(request, pk), found_edition(request, against)
    built = edition_in(kept)
    if built is None:
        raise services.ImportHasProblems(count=len(kept.problems))
    found = side_by_side(edition_of(before), built)
    return ImportComparisonShown(
        before=before.pk,
        same=found.same,
        counts=found.counts,
        differences=[DifferenceShown.of(each) for each in found.differences],
    )


def _kept(request: HttpRequest, file: UploadedFile | None) -> Attachment | None:
    if file is None:
        return None
    return bring_in(file, city=city_of(request), by=person(request), opened_by=EDIT)
