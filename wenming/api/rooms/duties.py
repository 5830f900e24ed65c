"""What is asked of a unit: its duties by plan, as data and as a sheet; and that it was read."""

from datetime import date
from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from pydantic import Field

from wenming.api.finding import one, seen
from wenming.api.handing import KINDS
from wenming.api.operations import Deed, Room
from wenming.api.rooms.desk import AskedShown
from wenming.api.rooms.plans import VIEW, PlanShown
from wenming.api.shapes import Number, Shown, WordsShown
from wenming.base.access import person
from wenming.base.models import InboxEntry
from wenming.core.terms import Role
from wenming.framework.queries.plans import UnitDuty
from wenming.framework.services.noting import TOLD, take_note
from wenming.framework.views import duties as pages

SHEETS = (KINDS["docx"], KINDS["xlsx"])
room = Room(tags=["Responsibilities 责任分解"])


class DutyShown(Shown):
    """What a unit has to do with one item."""

    id: UUID
    item: str
    title: WordsShown
    points: Number | None
    condition: int
    role: Role
    lead: str = Field(description="Name of the unit that leads; blank for none")
    others: list[str] = Field(description="Names of the other units of the item")
    due: date | None
    target: str
    note: str

    @classmethod
    def of(cls, duty: UnitDuty) -> "DutyShown":
        """From a responsibility with its item."""
        row = duty.responsibility
        return cls(
            id=row.pk,
            item=row.item,
            title=WordsShown.of(duty.item.title),
            points=duty.item.points,
            condition=row.condition,
            role=Role(row.role),
            lead=duty.lead,
            others=list(duty.others),
            due=row.due,
            target=row.target,
            note=row.note,
        )


class DutySheetShown(Shown):
    """The duties of a unit by one plan in force."""

    plan: PlanShown
    duties: list[DutyShown]


class DutiesShown(Shown):
    """The duties of a unit, plan by plan."""

    unit: UUID
    name: str
    sheets: list[DutySheetShown]


@room.deed(Deed("GET", "/units/{uuid:pk}/duties", VIEW, "单位的责任清单。", DutiesShown))
def list_duties(request: HttpRequest, pk: UUID) -> DutiesShown:
    """What is asked of a unit now; 404 where the caller sees none of it."""
    unit = pages.found_duty_unit(request, pk)
    sheets = [
        DutySheetShown(plan=PlanShown.of(plan), duties=[DutyShown.of(each) for each in duties])
        for plan, duties in pages.duties_by_plan(request, unit)
    ]
    return DutiesShown(unit=unit.pk, name=unit.name, sheets=sheets)


@room.deed(
    Deed(
        "GET", "/units/{uuid:pk}/duties.{form}", VIEW, "单位责任书文件。", "file", kinds=SHEETS
    )
)  # fmt: skip
def download_duties(request: HttpRequest, pk: UUID, form: Literal["docx", "xlsx"]) -> HttpResponse:
    """The duties of a unit as a sheet to be handed out, for Word or Excel."""
    return pages.sheet(request, pk, form)


@room.deed(Deed("POST", "/inbox/{uuid:pk}/note", VIEW, "已阅。", AskedShown))
def note_inbox_entry(request: HttpRequest, pk: UUID) -> AskedShown:
    """Say that one has read what one's unit was told; entries that ask for a deed are not found."""
    told = one(seen(request, InboxEntry).filter(code__in=TOLD).select_related("asked_by"), pk)
    take_note(told, by=person(request))
    told.refresh_from_db()
    return AskedShown.of(told)
