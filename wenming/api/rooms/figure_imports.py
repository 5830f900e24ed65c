"""Files of the figures of a paper: brought in with all their mistakes, then taken over whole."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja.files import UploadedFile
from pydantic import Field

from wenming.api.finding import one, seen
from wenming.api.operations import Deed, Room
from wenming.api.refusals import said_of
from wenming.api.rooms.figures import EDIT, found_paper
from wenming.api.shapes import Mistake, Shown
from wenming.base.access import city_of, person
from wenming.base.models import Import
from wenming.base.services.attachments import bring_in
from wenming.scoring.services import figure_imports as services

room = Room(tags=["Reconciliation 数字核对"])


class CellShown(Shown):
    """What becomes of one value of a figure."""

    column: str
    before: str
    after: str


class FigureStepShown(Shown):
    """What a file does to one figure."""

    title: str
    is_new: bool
    cells: list[CellShown]


class FiguresImportShown(Shown):
    """A file of figures, and what it would do as it and its paper stand now."""

    id: UUID
    paper: UUID
    file: str
    checked_at: datetime | None
    is_taken: bool = Field(description="It was taken over")
    problems: list[Mistake] = Field(description="Every mistake with its place; empty when right")
    changes: list[FigureStepShown]
    same: int = Field(description="Figures of the file that stand there already")
    untouched: list[str] = Field(description="Figures of the paper that the file does not name")


@room.deed(
    Deed(
        "POST",
        "/papers/{uuid:pk}/figure-imports",
        EDIT,
        "上传材料的数字文件并检查，返回全部错误。",
        FiguresImportShown,
        201,
    )
)
def bring_figures(request: HttpRequest, pk: UUID, figures: UploadedFile) -> FiguresImportShown:
    """Bring in a file of the figures of a paper, Excel or CSV; kept with every mistake it has."""
    user, paper = person(request), found_paper(request, pk)
    file = bring_in(figures, city=city_of(request), by=user, opened_by=EDIT)
    return _shown(request, services.bring_figures(file, paper, by=user))


@room.deed(
    Deed("GET", "/figure-imports/{uuid:pk}", EDIT, "数字文件的错误和变动。", FiguresImportShown)
)
def show_figures_import(request: HttpRequest, pk: UUID) -> FiguresImportShown:
    """A file of figures with its mistakes, or with what it would change."""
    return _shown(request, found_figures_import(request, pk))


@room.deed(
    Deed(
        "POST",
        "/figure-imports/{uuid:pk}/accept",
        EDIT,
        "采用无错误的数字文件。",
        FiguresImportShown,
    )
)
def accept_figures_import(request: HttpRequest, pk: UUID) -> FiguresImportShown:
    """Take a file without mistakes over: all of it, and the round is checked once."""
    services.take_over_figures(found_figures_import(request, pk), by=person(request))
    return _shown(request, found_figures_import(request, pk))


def found_figures_import(request: HttpRequest, pk: UUID) -> Import:
    """A file of figures that the caller sees, or 404."""
    rows = seen(request, Import).filter(kind=services.KIND)
    return one(rows.select_related("attachment__file", "city"), pk)


def _shown(request: HttpRequest, kept: Import) -> FiguresImportShown:
    paper = found_paper(request, UUID(kept.options["paper"]))
    language = "en" if get_language() == "en" else "zh"
    checked = services.check_figures(kept, paper, language=language)
    return FiguresImportShown(
        id=kept.pk,
        paper=paper.pk,
        file=kept.attachment.name,
        checked_at=kept.checked_at,
        is_taken=bool(kept.subject),
        problems=[Mistake(**said_of(each)) for each in checked.problems[: services.MOST_KEPT]],
        changes=[
            FigureStepShown(
                title=each.title,
                is_new=each.is_new,
                cells=[
                    CellShown(column=cell.column, before=cell.before, after=cell.after)
                    for cell in each.cells
                ],
            )
            for each in checked.changes
        ],
        same=checked.same,
        untouched=list(checked.untouched),
    )
