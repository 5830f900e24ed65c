"""What the office does with an edition beside using it: its name, its end, its blank files."""

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from pydantic import Field

from wenming.api.finding import one, one_or_none
from wenming.api.operations import Deed, Room
from wenming.api.rooms.editions import EDIT, FILES, VIEW, EditionShown
from wenming.api.shapes import Given, Identity, Line
from wenming.base.access import person
from wenming.framework.services import drafts
from wenming.framework.views import editions as pages
from wenming.framework.views.seen_editions import seen_editions

room = Room(tags=["Framework 测评体系"])


class EditionNameGiven(Given):
    """What the city calls a draft."""

    name: Annotated[Line, Field(max_length=200)] = Field(description="Blank for the title")


class SupersedeGiven(Given):
    """Which edition takes the place."""

    successor: Identity | None = Field(None, description="An edition in use; null for none")


@room.deed(Deed("PUT", "/editions/{uuid:pk}/name", EDIT, "草稿改名。", EditionShown))
def rename_edition(request: HttpRequest, pk: UUID, given: EditionNameGiven) -> EditionShown:
    """Give a draft a name of the city's own; content and title stay."""
    draft = one(seen_editions(request), pk)
    return EditionShown.of(drafts.rename_edition(draft, given.name.strip(), by=person(request)))


@room.deed(Deed("POST", "/editions/{uuid:pk}/supersede", EDIT, "停用版本。", EditionShown))
def supersede_edition(request: HttpRequest, pk: UUID, given: SupersedeGiven) -> EditionShown:
    """Take an edition out of use; what was scored with it stays as it is."""
    edition = one(seen_editions(request), pk)
    successor = one_or_none(seen_editions(request), given.successor)
    done = drafts.supersede(edition, by=person(request), successor=successor)
    return EditionShown.of(done)


@room.deed(
    Deed(
        "GET",
        "/editions/{uuid:pk}/checklists.{form}",
        VIEW,
        "导出检查表文件。",
        "file",
        kinds=FILES,
    )
)
def download_checklists(
    request: HttpRequest, pk: UUID, form: Literal["yaml", "xlsx"]
) -> HttpResponse:
    """The checklists of an edition as a file that can be brought in again; 404 without any."""
    return pages.checklists_file(request, pk, form)


@room.deed(
    Deed("GET", "/edition-templates/{what}.xlsx", EDIT, "空白导入表。", "file", kinds=FILES[:1])
)
def download_edition_template(
    request: HttpRequest, what: Literal["edition", "checklists"]
) -> HttpResponse:
    """The empty workbook of an edition or of checklists, to be filled in."""
    return pages.template_file(request, what)
