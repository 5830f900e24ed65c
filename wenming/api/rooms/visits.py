"""Visits of sites in a round: planned, looked at, taken as evidence or returned."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from ninja import Query
from pydantic import Field

from wenming.api.finding import narrowed, one, seen
from wenming.api.operations import Deed, Room
from wenming.api.paging import PageAsked, page
from wenming.api.rooms.collections import BecauseGiven, found_collection, member_of
from wenming.api.shapes import Day, Given, Identity, Line, Name, Named, Number, Page, Shown
from wenming.base.access import city_of, person
from wenming.core.lifecycle import VisitState
from wenming.core.permissions import Capability
from wenming.core.terms import Outcome
from wenming.inspection.models import SiteVisit, VisitRecord, VisitSheet
from wenming.inspection.services import deciding
from wenming.inspection.services.planning import DayPlan, drop_visit, plan_visits
from wenming.inspection.tables import visits_table
from wenming.inspection.views import desk as pages
from wenming.rounds.models import RegisteredSite

VIEW, MANAGE = Capability.VIEW_VISITS, Capability.MANAGE_ROUNDS
ROUND, ONE = "/collections/{uuid:pk}/visits", "/visits/{uuid:pk}"
MOST_AT_ONCE = 500
room = Room(tags=["Inspection 实地考察"])


class SiteVisitShown(Shown):
    """A site that is looked at in a round, by a pair on a day."""

    id: UUID
    collection: UUID
    site: Named | None
    site_key: str
    site_type: str
    planned_on: date
    route: str
    position: int
    state: VisitState
    version: int = Field(description="Number of the sheet that is handed in next")
    pair: list[str] = Field(description="Names of the inspectors")
    not_possible: str = Field(description="Why the site could not be visited; blank elsewhere")
    submitted_at: datetime | None

    @classmethod
    def columns(cls, row: SiteVisit) -> dict[str, Any]:
        """What its row says, with the pair."""
        same = ("site_type", "planned_on", "route", "position", "state", "version",
                "not_possible", "submitted_at")  # fmt: skip
        columns: dict[str, Any] = {name: getattr(row, name) for name in same}
        return columns | {
            "id": row.pk,
            "collection": row.collection_id,
            "site": Named(id=row.site.pk, name=row.site.name),
            "site_key": row.site.key,
            "pair": sorted(each.person.name for each in row.inspectors.all()),
        }

    @classmethod
    def of(cls, row: SiteVisit) -> "SiteVisitShown":
        """From its row."""
        return cls(**cls.columns(row))


class LineSeenShown(Shown):
    """What was seen for one line of the checklist."""

    line: str
    outcome: Outcome
    number: int | None = Field(description="What was counted; of a share, those in order")
    base: int | None = Field(description="Of a share: all that were looked at")
    value: Number | None = Field(description="By which the line is judged")
    seconds: int | None
    remark: str
    seen_at: datetime
    photos: list[UUID] = Field(description="Under `/attachments/{id}`")

    @classmethod
    def of(cls, row: VisitRecord, photos: list[UUID]) -> "LineSeenShown":
        """From its row."""
        same = ("line", "outcome", "number", "base", "value", "seconds", "remark", "seen_at")
        return cls(photos=photos, **{name: getattr(row, name) for name in same})


class SheetOfVisitShown(Shown):
    """What came back from a visit in one piece."""

    version: int
    begun_at: datetime
    finished_at: datetime
    taken_by: str
    note: str
    records: list[LineSeenShown]

    @classmethod
    def of(cls, sheet: VisitSheet) -> "SheetOfVisitShown":
        """From its row with records and photographs."""
        photos: dict[str, list[UUID]] = {}
        for each in sheet.photos.order_by("taken_at", "pk"):
            photos.setdefault(each.line, []).append(each.attachment_id)
        records = sheet.records.order_by("position")
        return cls(
            version=sheet.version,
            begun_at=sheet.begun_at,
            finished_at=sheet.finished_at,
            taken_by=sheet.taken_by.name,
            note=sheet.note,
            records=[LineSeenShown.of(each, photos.get(each.line, [])) for each in records],
        )


class WholeVisitShown(SiteVisitShown):
    """A visit with the sheet that counts, and what is to be corrected."""

    returned_because: str
    remarks: dict[str, str] = Field(description="What is wrong, by line of the checklist")
    sheet: SheetOfVisitShown | None = Field(description="The latest one")


class VisitsAsked(PageAsked):
    """Which visits of a round."""

    text: str | None = Field(None, max_length=60)
    state: VisitState | None = None
    site_type: str | None = Field(None, max_length=100)
    person: UUID | None = None
    planned_on: Day | None = None


class VisitsGiven(Given):
    """Who goes where, on which day."""

    sites: list[Identity] = Field(min_length=1, max_length=MOST_AT_ONCE)
    pair: list[Identity] = Field(min_length=2, max_length=2)
    day: Day
    route: Annotated[Line, Field(max_length=60)] = ""


class SeveralGiven(Given):
    """Which visits."""

    visits: list[Identity] = Field(min_length=1, max_length=MOST_AT_ONCE)


class RemarkGiven(Given):
    """What is wrong with a line of the checklist."""

    line: Name
    text: Annotated[Line, Field(min_length=1, max_length=300)]


class ReturnVisitGiven(BecauseGiven):
    """Why a visit is returned, and what is wrong line by line."""

    remarks: list[RemarkGiven] = Field(default_factory=list, max_length=500)


class PlannedShown(Shown):
    """The visits that were made or decided."""

    rows: list[SiteVisitShown]


@room.deed(Deed("GET", ROUND, VIEW, "考察任务。", Page[SiteVisitShown]))
def list_visits(request: HttpRequest, pk: UUID, asked: Query[VisitsAsked]) -> Page[SiteVisitShown]:
    """The visits of a round that the caller sees, by day."""
    rows = _visits(request).filter(collection=found_collection(request, pk))
    filters = visits_table(rows, {}).filters
    assert filters is not None  # noqa: S101  # nosec B101 that table has filters
    return page(
        narrowed(request, filters, rows, asked), asked, SiteVisitShown.of, order="planned_on"
    )


@room.deed(Deed("GET", ONE, VIEW, "一次考察及检查记录。", WholeVisitShown))
def show_visit(request: HttpRequest, pk: UUID) -> WholeVisitShown:
    """One visit with what was seen."""
    return _whole(one(_visits(request), pk))


@room.deed(
    Deed("GET", ROUND + "/records.csv", VIEW, "检查记录导出。", "file", kinds=("text/csv",))
)  # fmt: skip
def download_visit_records(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """What was seen on the visits of a round, line by line."""
    return pages.records(request, pk)


@room.deed(Deed("POST", ROUND, MANAGE, "安排考察。", PlannedShown, 201))
def make_visits(request: HttpRequest, pk: UUID, given: VisitsGiven) -> PlannedShown:
    """Plan the visits of a pair on a day, in the order in which they are walked."""
    round_, by = found_collection(request, pk), person(request)
    register = RegisteredSite.objects.visible_to(by).for_city(city_of(request)).in_use()
    sites = list(register.select_related("unit").filter(pk__in=set(given.sites)))
    if len(sites) < len(set(given.sites)):
        raise Http404
    pair = [member_of(round_, each).person for each in given.pair]
    made = plan_visits(round_, sites, DayPlan(given.day, pair, given.route.strip()), by=by)
    return shown_visits(request, made)


@room.deed(Deed("POST", ONE + "/accept", MANAGE, "采用考察记录。", WholeVisitShown))
def accept_visit(request: HttpRequest, pk: UUID) -> WholeVisitShown:
    """Take one visit as evidence."""
    deciding.accept_visit(pages.found_visit(request, pk), by=person(request))
    return show_visit(request, pk)


@room.deed(Deed("POST", "/visits/accept", MANAGE, "批量采用考察记录。", PlannedShown))
def accept_visits(request: HttpRequest, given: SeveralGiven) -> PlannedShown:
    """Take several visits as evidence, all of them or none."""
    wanted = set(given.visits)
    rows = seen(request, SiteVisit).select_related("collection", "site").filter(pk__in=wanted)
    chosen = list(rows)
    if len(chosen) < len(wanted):
        raise Http404
    deciding.accept_visits(chosen, by=person(request))
    return shown_visits(request, chosen)


@room.deed(Deed("POST", ONE + "/return", MANAGE, "退回更正，须写原因。", WholeVisitShown))
def return_visit(request: HttpRequest, pk: UUID, given: ReturnVisitGiven) -> WholeVisitShown:
    """Send a visit back to the pair, with remarks on its lines; both are told."""
    found, by = pages.found_visit(request, pk), person(request)
    remarks = {each.line: each.text for each in given.remarks}
    deciding.return_visit(found, because=given.because, remarks=remarks, by=by)
    return show_visit(request, pk)


@room.deed(Deed("DELETE", ONE, MANAGE, "取消考察。", None, 204))
def drop_planned_visit(request: HttpRequest, pk: UUID) -> None:
    """Take a visit out of the plan for which nothing was handed in."""
    drop_visit(pages.found_visit(request, pk), by=person(request))


def shown_visits(request: HttpRequest, rows: list[SiteVisit]) -> PlannedShown:
    """Visits as they stand now, by day and place in the route."""
    found = _visits(request).filter(pk__in=[each.pk for each in rows])
    ordered = found.order_by("planned_on", "route", "position")
    return PlannedShown(rows=[SiteVisitShown.of(each) for each in ordered])


def _visits(request: HttpRequest) -> QuerySet[SiteVisit]:
    rows = seen(request, SiteVisit).select_related("site")
    return rows.prefetch_related("inspectors__person")


def _whole(row: SiteVisit) -> WholeVisitShown:
    sheet = row.sheets.select_related("taken_by").order_by("-version").first()
    return WholeVisitShown(
        returned_because=row.returned_because,
        remarks={each["line"]: each["text"] for each in row.remarks},
        sheet=None if sheet is None else SheetOfVisitShown.of(sheet),
        **SiteVisitShown.columns(row),
    )
