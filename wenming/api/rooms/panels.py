"""Panels of assessors: sessions, the own marks, and, once a session is closed, those of all."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query
from pydantic import Field

from wenming.api.finding import narrowed, one, seen
from wenming.api.operations import Deed, Room
from wenming.api.paging import PageAsked, page
from wenming.api.rooms.collections import BecauseGiven, found_collection
from wenming.api.shapes import Given, Line, Name, Page, Shown, WordsShown
from wenming.base.access import person
from wenming.core.lifecycle import PanelState, SeatState
from wenming.core.permissions import Capability
from wenming.core.rounding import publish
from wenming.core.terms import Method
from wenming.inspection.models import PanelItem, PanelRating, PanelSeat, PanelSession
from wenming.inspection.queries.panels import ItemSpread, given_by, items_for, spread_of
from wenming.inspection.services import panels as services
from wenming.inspection.tables import PanelFilter

VIEW, MANAGE, RATE = Capability.VIEW_COLLECTION, Capability.MANAGE_ROUNDS, Capability.RATE
ONE = "/panels/{uuid:pk}"
room = Room(tags=["Panels 评议"])
Mark = Annotated[str, Field(pattern=r"^[0-9]{1,6}(\.[0-9]{1,4})?$")]


class PanelShown(Shown):
    """A session of a panel."""

    id: UUID
    collection: UUID
    method: Method
    title: str
    held_on: date
    state: PanelState
    people: int
    rated: int = Field(description="Assessors who have handed in their marks")
    reopened_because: str
    closed_at: datetime | None

    @classmethod
    def columns(cls, row: Any) -> dict[str, Any]:
        """What its row says, with its counts."""
        same = ("method", "title", "held_on", "state", "people", "rated", "reopened_because",
                "closed_at")  # fmt: skip
        columns: dict[str, Any] = {name: getattr(row, name) for name in same}
        return columns | {"id": row.pk, "collection": row.collection_id}

    @classmethod
    def of(cls, row: Any) -> "PanelShown":
        """From its row with its counts."""
        return cls(**cls.columns(row))


class PanelsAsked(PageAsked):
    """Which sessions of a round."""

    text: str | None = Field(None, max_length=60)
    method: Method | None = None
    state: PanelState | None = None


class RatedItemShown(Shown):
    """An item that a session rates."""

    item: str
    title: WordsShown
    top: str = Field(description="The highest mark possible")
    trimmed: bool = Field(description="One highest and one lowest mark are dropped")

    @classmethod
    def of(cls, row: PanelItem) -> "RatedItemShown":
        """From its row."""
        title = WordsShown.of(row.title)
        return cls(item=row.item, title=title, top=f"{row.top:f}", trimmed=row.trimmed)


class SeatShown(Shown):
    """An assessor of a session, without the marks."""

    person: UUID
    name: str
    state: SeatState
    submitted_at: datetime | None


class ShownMarkShown(Shown):
    """A mark that counts; `earlier` are those that it replaced, the oldest first."""

    assessor: str
    mark: str
    earlier: list[str]
    remark: str
    because: str
    knew: bool = Field(description="Given after the marks of all had been shown")


class SpreadShown(Shown):
    """What a panel said of an item."""

    item: str
    marks: list[ShownMarkShown] = Field(description="The highest first")
    mean: str | None = Field(description="As it enters the score, published to 6 decimals")
    spread: str = Field(description="The highest mark less the lowest")
    deviation: str | None = Field(description="Sample standard deviation; null below two marks")
    is_wide: bool = Field(description="More than a quarter of the scale apart")

    @classmethod
    def of(cls, found: ItemSpread) -> "SpreadShown":
        """From the marks of a closed session."""
        deviation = found.deviation
        return cls(
            item=found.item.item,
            marks=[
                ShownMarkShown(
                    assessor=each.rating.seat.person.name,
                    mark=f"{each.rating.mark:f}",
                    earlier=[f"{mark:f}" for mark in each.earlier],
                    remark=each.rating.remark,
                    because=each.rating.because,
                    knew=each.rating.knew,
                )
                for each in found.marks
            ],
            mean=None if found.mean is None else f"{publish(found.mean, 6).normalize():f}",
            spread=f"{found.spread:f}",
            deviation=None if deviation is None else f"{deviation:.4f}",
            is_wide=found.is_wide,
        )


class WholePanelShown(PanelShown):
    """A session with its items and assessors; marks only once it is closed."""

    items: list[RatedItemShown]
    seats: list[SeatShown]
    spread: list[SpreadShown] = Field(description="Empty while the session is open")


class OwnMarkShown(Shown):
    """A mark of one's own that counts."""

    item: str
    mark: str
    remark: str

    @classmethod
    def of(cls, row: PanelRating) -> "OwnMarkShown":
        """From its row."""
        return cls(item=row.item.item, mark=f"{row.mark:f}", remark=row.remark)


class OwnMarksShown(Shown):
    """The own form of an assessor: what is rated, and the marks that were handed in."""

    panel: UUID
    state: SeatState
    version: int = Field(description="How often marks were handed in")
    items: list[RatedItemShown]
    stands_back: list[RatedItemShown] = Field(description="The own unit answers for these")
    marks: list[OwnMarkShown]


class MarkGiven(Given):
    """A mark for an item."""

    item: Annotated[Name, Field(max_length=100)]
    mark: Mark = Field(description="A number as text, from 0 to the top of the item")
    remark: Line = ""


class MarksGiven(Given):
    """The marks of one assessor, of every item from which they do not stand back."""

    marks: list[MarkGiven] = Field(max_length=500)
    because: Line = Field("", description="Needed where marks are corrected")


@room.deed(Deed("GET", "/collections/{uuid:pk}/panels", VIEW, "评议场次。", Page[PanelShown]))
def list_panels(request: HttpRequest, pk: UUID, asked: Query[PanelsAsked]) -> Page[PanelShown]:
    """The sessions of a round that the caller sees, the latest first."""
    rows = _counted(seen(request, PanelSession).filter(collection=found_collection(request, pk)))
    found = narrowed(request, PanelFilter, rows, asked)
    return page(found, asked, PanelShown.of, order="held_on", descending=True)


@room.deed(Deed("GET", ONE, VIEW, "一场评议；结束后含每位评委的分数。", WholePanelShown))
def show_panel(request: HttpRequest, pk: UUID) -> WholePanelShown:
    """One session; while it is open, nobody's marks are shown."""
    return whole_panel(request, pk)


@room.deed(Deed("GET", ONE + "/own-marks", RATE, "本人评分。", OwnMarksShown))
def show_own_marks(request: HttpRequest, pk: UUID) -> OwnMarksShown:
    """What the caller rates in a session, and the own marks; nobody else's."""
    return _own(_seat(request, pk))


@room.deed(Deed("POST", ONE + "/own-marks", RATE, "提交评分。", OwnMarksShown))
def hand_in_marks(request: HttpRequest, pk: UUID, given: MarksGiven) -> OwnMarksShown:
    """Hand in the own marks, or correct them with a reason while the session is open."""
    marks = {m.item: services.GivenMark(Decimal(m.mark), m.remark) for m in given.marks}
    seat = _seat(request, pk)
    services.hand_in_marks(seat, marks, because=given.because, by=person(request))
    return _own(_seat(request, pk))


@room.deed(Deed("POST", ONE + "/close", MANAGE, "汇总评分。", WholePanelShown))
def close_panel(request: HttpRequest, pk: UUID) -> WholePanelShown:
    """End the rating; panel and office see the marks, and they count from now on."""
    services.close_panel(found_panel(request, pk), by=person(request))
    return whole_panel(request, pk)


@room.deed(Deed("POST", ONE + "/reopen", MANAGE, "恢复评分，须写原因。", WholePanelShown))
def reopen_panel(request: HttpRequest, pk: UUID, given: BecauseGiven) -> WholePanelShown:
    """Take in marks again; none of them counts before it is closed again."""
    services.reopen_panel(found_panel(request, pk), because=given.because, by=person(request))
    return whole_panel(request, pk)


def _counted(rows: QuerySet[PanelSession]) -> QuerySet[Any]:
    rated = Count("seats", filter=Q(seats__state=SeatState.SUBMITTED))
    return rows.annotate(people=Count("seats"), rated=rated)


def found_panel(request: HttpRequest, pk: UUID) -> PanelSession:
    """A session that the caller sees, or 404."""
    return one(seen(request, PanelSession).select_related("collection__edition", "city"), pk)


def _seat(request: HttpRequest, pk: UUID) -> PanelSeat:
    rows = seen(request, PanelSeat, RATE).filter(person=person(request))
    return get_object_or_404(
        rows.select_related("session__collection__edition", "person"), session=pk
    )


def _own(seat: PanelSeat) -> OwnMarksShown:
    mine, aside = items_for(seat)
    given = given_by(seat)
    return OwnMarksShown(
        panel=seat.session_id,
        state=SeatState(seat.state),
        version=seat.version,
        items=[RatedItemShown.of(each) for each in mine],
        stands_back=[RatedItemShown.of(each) for each in aside],
        marks=[OwnMarkShown.of(given[each.pk]) for each in mine if each.pk in given],
    )


def whole_panel(request: HttpRequest, pk: UUID) -> WholePanelShown:
    """A session with its items and assessors, as the caller may see it."""
    found = one(_counted(seen(request, PanelSession)).select_related("collection"), pk)
    seats = found.seats.select_related("person").order_by("person__pinyin", "pk")
    return WholePanelShown(
        items=[RatedItemShown.of(each) for each in found.items.order_by("position")],
        seats=[
            SeatShown(
                person=each.person_id,
                name=each.person.name,
                state=each.state,
                submitted_at=each.submitted_at,
            )
            for each in seats
        ],
        spread=[SpreadShown.of(each) for each in spread_of(found)],
        **PanelShown.columns(found),
    )
