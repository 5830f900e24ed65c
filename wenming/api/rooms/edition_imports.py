"""Files of editions: brought in with all their mistakes, then taken over as drafts."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja.files import UploadedFile
from pydantic import Field

from wenming.api.finding import one_or_none
from wenming.api.operations import Deed, Room
from wenming.api.refusals import said_of
from wenming.api.rooms.editions import EDIT, EditionShown
from wenming.api.shapes import Given, Identity, Mistake, Shown
from wenming.base.access import city_of, person
from wenming.base.models import Import
from wenming.base.services.attachments import bring_in
from wenming.framework.queries.edition_imports import problems_of
from wenming.framework.services import edition_imports as services
from wenming.framework.views.seen_editions import found_import, seen_editions

room = Room(tags=["Framework 测评体系"])


class ImportShown(Shown):
    """A file that was brought in."""

    id: UUID
    file: str
    checked_at: datetime | None
    is_taken: bool = Field(description="It became an edition")
    problems: list[Mistake] = Field(description="Every mistake with its place; empty when right")

    @classmethod
    def of(cls, kept: Import) -> "ImportShown":
        """From its row."""
        return cls(
            id=kept.pk,
            file=kept.attachment.name,
            checked_at=kept.checked_at,
            is_taken=bool(kept.subject),
            problems=[Mistake(**said_of(each)) for each in problems_of(kept)],
        )


class AcceptGiven(Given):
    """The draft whose content is replaced."""

    into: Identity | None = Field(None, description="Null for a new draft")


@room.deed(
    Deed("POST", "/edition-imports", EDIT, "上传版本文件并检查，返回全部错误。", ImportShown, 201)
)
def bring_edition(request: HttpRequest, edition: UploadedFile) -> ImportShown:
    """Bring in the file of an edition, YAML or Excel; it is kept with every mistake it has."""
    user, city = person(request), city_of(request)
    file = bring_in(edition, city=city, by=user, opened_by=EDIT)
    kept = services.bring_edition(file, city=city, by=user)
    return ImportShown.of(kept)


@room.deed(Deed("GET", "/edition-imports/{uuid:pk}", EDIT, "导入文件的错误清单。", ImportShown))
def show_edition_import(request: HttpRequest, pk: UUID) -> ImportShown:
    """A file that was brought in, with its mistakes."""
    return ImportShown.of(found_import(request, pk))


@room.deed(
    Deed(
        "POST",
        "/edition-imports/{uuid:pk}/accept",
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


@room.deed(Deed("DELETE", "/edition-imports/{uuid:pk}", EDIT, "放弃导入。", None, 204))
def discard_edition_import(request: HttpRequest, pk: UUID) -> None:
    """Throw an import away that did not become an edition."""
    services.discard_import(found_import(request, pk), by=person(request))
