"""The organisation as a workbook: brought in with all its mistakes, taken over whole, exported."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from ninja.files import UploadedFile
from pydantic import Field

from wenming.api.finding import one, seen
from wenming.api.handing import WORKBOOK, handed_over
from wenming.api.operations import Deed, Room
from wenming.api.refusals import said_of
from wenming.api.rooms.units import EDIT
from wenming.api.shapes import Mistake, Shown
from wenming.base.access import city_of, person
from wenming.base.models import Import
from wenming.base.queries.unit_imports import Change
from wenming.base.queries.unit_workbook import organisation_rows
from wenming.base.services import unit_imports as services
from wenming.base.services.attachments import bring_in
from wenming.base.views.organisation import seen_units
from wenming.files.units_workbook import write_organisation

MOST_SHOWN = 2000
BROUGHT = "/unit-imports/{uuid:pk}"
room = Room(tags=["Organisation 组织架构"])


class UnitChangeShown(Shown):
    """What a workbook would do to one unit, group or liaison person."""

    unit: str
    what: str = Field(description="Heading of the column, or name of the sheet")
    before: str = Field(description="Blank for what is new")
    after: str

    @classmethod
    def of(cls, change: Change) -> "UnitChangeShown":
        """From a difference."""
        return cls(unit=change.unit, what=change.what, before=change.before, after=change.after)


class UnitImportShown(Shown):
    """A workbook of the organisation, and what it would do as both stand now."""

    id: UUID
    file: str
    checked_at: datetime | None
    is_taken: bool = Field(description="It was taken over")
    mistakes: int
    problems: list[Mistake] = Field(description="Every mistake with its cell; empty when right")
    changes: list[UnitChangeShown]


@room.deed(
    Deed("POST", "/unit-imports", EDIT, "导入组织机构，返回全部错误。", UnitImportShown, 201)
)
def bring_units(request: HttpRequest, file: UploadedFile) -> UnitImportShown:
    """Bring in a workbook of units, groups and people; kept with every mistake it has."""
    city, by = city_of(request), person(request)
    kept = bring_in(file, city=city, by=by, opened_by=EDIT)
    return _shown(services.bring_units(kept, city=city, by=by))


@room.deed(Deed("GET", BROUGHT, EDIT, "导入文件的错误和变动。", UnitImportShown))
def show_units_import(request: HttpRequest, pk: UUID) -> UnitImportShown:
    """A workbook with its mistakes, or with what it would change."""
    return _shown(_found(request, pk))


@room.deed(Deed("POST", BROUGHT + "/accept", EDIT, "采用无错误的文件。", UnitImportShown))
def accept_units_import(request: HttpRequest, pk: UUID) -> UnitImportShown:
    """Make the organisation what a workbook says: all of it or nothing."""
    services.take_over_units(_found(request, pk), by=person(request), day=localdate())
    return _shown(_found(request, pk))


@room.deed(
    Deed("GET", "/unit-imports/template.xlsx", EDIT, "空白组织机构表。", "file", kinds=WORKBOOK)
)
def download_units_template(request: HttpRequest) -> HttpResponse:
    """A blank workbook with its headings and what to write under them."""
    del request
    return handed_over(write_organisation({}), "organisation-template.xlsx")


@room.deed(Deed("GET", "/units/workbook.xlsx", EDIT, "导出组织机构。", "file", kinds=WORKBOOK))
def download_units(request: HttpRequest) -> HttpResponse:
    """The organisation as a workbook in the form that is read again."""
    rows = organisation_rows(city_of(request), seen_units(request))
    return handed_over(write_organisation(rows), f"organisation-{localdate():%Y%m%d}.xlsx")


def _found(request: HttpRequest, pk: UUID) -> Import:
    rows = seen(request, Import).filter(kind=services.KIND)
    return one(rows.select_related("attachment__file", "city"), pk)


def _shown(kept: Import) -> UnitImportShown:
    checked = services.check_units(kept)
    return UnitImportShown(
        id=kept.pk,
        file=kept.attachment.name,
        checked_at=kept.checked_at,
        is_taken=bool(kept.subject),
        mistakes=len(checked.problems),
        problems=[Mistake(**said_of(each)) for each in checked.problems[:MOST_SHOWN]],
        changes=[UnitChangeShown.of(each) for each in checked.changes[:MOST_SHOWN]],
    )
