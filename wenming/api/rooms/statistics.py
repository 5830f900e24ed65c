"""Figures of offices for a round: what is asked for, what was entered, its confirmation."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from wenming.api.finding import narrowed, one, seen
from wenming.api.operations import Deed, Room
from wenming.api.paging import PageAsked, page
from wenming.api.shapes import Given, Line, Name, Named, Page, Reason, Shown, Whole, WordsShown
from wenming.base.access import city_of, person
from wenming.core.lifecycle import EntryState
from wenming.core.permissions import Capability
from wenming.rounds.models import Collection
from wenming.statistic.forms import EntryFilter
from wenming.statistic.models import Entry, StatisticScope
from wenming.statistic.queries.seen import rounds_with_figures
from wenming.statistic.queries.wanted import WantedFigure, wanted_figures
from wenming.statistic.services import entries as services

VIEW, ENTER, CONFIRM = (
    Capability.VIEW_STATISTICS, Capability.ENTER_STATISTIC, Capability.CONFIRM_STATISTIC,
)  # fmt: skip
ROUND, ONE = "/collections/{uuid:pk}", "/entries/{uuid:pk}"
room = Room(tags=["Statistics 统计数据"])
Digits = Annotated[str, Field(pattern=r"^-?[0-9]{1,15}(\.[0-9]{1,7})?$")]


class WantedShown(Shown):
    """A figure that the edition judges by and that the caller may enter."""

    item: str
    condition: int = Field(description="0 for the item itself")
    title: WordsShown
    asks: WordsShown = Field(description="What exactly is asked for")
    measure: str
    unit: UUID | None = Field(description="The unit in the lead")
    years: list[str] = Field(description="Those whose mean is judged; empty where none are named")

    @classmethod
    def of(cls, found: WantedFigure) -> "WantedShown":
        """From what the edition says."""
        return cls(
            item=found.item,
            condition=found.condition,
            title=WordsShown.of(found.title),
            asks=WordsShown.of(found.asks),
            measure=found.measure,
            unit=found.unit,
            years=list(found.years),
        )


class WantedFiguresShown(Shown):
    """The figures that a round asks of the caller, in the order of the edition."""

    rows: list[WantedShown]


class StatisticShown(Shown):
    """A figure as a unit entered it."""

    id: UUID
    collection: UUID
    item: str
    item_title: WordsShown
    condition: int
    unit: Named | None
    period: str
    value: str = Field(description="With every digit that was entered")
    measure: str
    scope: StatisticScope
    source: str
    file: UUID | None = Field(description="The document that states it: `/attachments/{file}`")
    note: str
    state: EntryState
    reason: str = Field(description="Of the last return")
    entered_by: str
    entered_at: datetime
    confirmed_by: str
    confirmed_at: datetime | None

    @classmethod
    def of(cls, row: Entry) -> "StatisticShown":
        """From its row."""
        same = ("item", "condition", "period", "measure", "scope", "source", "note", "state",
                "reason", "entered_at", "confirmed_at")  # fmt: skip
        columns: dict[str, Any] = {name: getattr(row, name) for name in same}
        return cls(
            id=row.pk,
            collection=row.collection_id,
            item_title=WordsShown(zh=row.item_zh, en=row.item_en),
            unit=Named.of(row.unit),
            value=f"{row.value:f}",
            file=row.attachment_id,
            entered_by=row.entered_by.name,
            confirmed_by=row.confirmed_by.name if row.confirmed_by else "",
            **columns,
        )


class StatisticsAsked(PageAsked):
    """Which figures of a round."""

    text: str | None = Field(None, max_length=60)
    state: EntryState | None = None
    scope: StatisticScope | None = None


class ValueGiven(Given):
    """What is said of a figure."""

    value: Digits = Field(description="A number as text, so that every digit is kept: `85.30`")
    source: Name = Field(description="The document that states it, with its page or table")
    measure: Annotated[Line, Field(max_length=40)] = ""
    scope: StatisticScope = Field(StatisticScope.DISTRICTS, strict=False)
    note: Line = ""

    def figures(self, item: str, condition: int, period: str) -> services.Figures:
        """The figure, as the services take it."""
        return services.Figures(
            item=item,
            condition=condition,
            period=period,
            value=Decimal(self.value),
            source=self.source.strip(),
            measure=self.measure.strip(),
            scope=self.scope,
            note=self.note.strip(),
        )


class StatisticGiven(ValueGiven):
    """A figure for an item and a period."""

    item: Annotated[Name, Field(max_length=100)]
    condition: Whole = 0
    period: str = Field(pattern=r"^[0-9]{4}(-[0-9]{2})?$", description="2025 or 2025-09")


class ReturnGiven(Given):
    """Why a figure goes back."""

    reason: Reason


@room.deed(Deed("GET", ROUND + "/wanted-figures", ENTER, "应报数据。", WantedFiguresShown))
def list_wanted_figures(request: HttpRequest, pk: UUID) -> WantedFiguresShown:
    """The figures that a round asks of the caller: of their unit, or all for the office."""
    found = wanted_figures(_round(request, pk), by=person(request))
    return WantedFiguresShown(rows=[WantedShown.of(each) for each in found])


@room.deed(Deed("GET", ROUND + "/entries", VIEW, "已填报数据。", Page[StatisticShown]))
def list_entries(
    request: HttpRequest, pk: UUID, asked: Query[StatisticsAsked]
) -> Page[StatisticShown]:
    """The figures of a round that the caller sees, by item."""
    rows = _entries(request).filter(collection=_round(request, pk))
    return page(narrowed(request, EntryFilter, rows, asked), asked, StatisticShown.of, order="item")


@room.deed(Deed("GET", ONE, VIEW, "一个数据。", StatisticShown))
def show_entry(request: HttpRequest, pk: UUID) -> StatisticShown:
    """One figure with its source and its confirmation."""
    return StatisticShown.of(one(_entries(request), pk))


@room.deed(Deed("POST", ROUND + "/entries", ENTER, "填报数据。", StatisticShown, 201))
def enter_statistic(request: HttpRequest, pk: UUID, given: StatisticGiven) -> StatisticShown:
    """Enter a figure; it waits for confirmation by a second person."""
    figures = given.figures(given.item, given.condition, given.period)
    made = services.enter_figure(_round(request, pk), figures, by=person(request))
    return _again(request, made)


@room.deed(Deed("PUT", ONE, ENTER, "修改未复核的数据。", StatisticShown))
def change_statistic(request: HttpRequest, pk: UUID, given: ValueGiven) -> StatisticShown:
    """Change a figure that is not confirmed; what it is about and its period stay."""
    found = one(_entries(request), pk)
    figures = given.figures(found.item, found.condition, found.period)
    return _again(request, services.change_figure(found, figures, by=person(request)))


@room.deed(Deed("POST", ONE + "/confirm", CONFIRM, "复核确认。", StatisticShown))
def confirm_statistic(request: HttpRequest, pk: UUID) -> StatisticShown:
    """Confirm a figure as the second person; it counts from now on."""
    found = one(_entries(request), pk)
    return _again(request, services.confirm_figure(found, by=person(request)))


@room.deed(Deed("POST", ONE + "/return", CONFIRM, "退回数据，须写原因。", StatisticShown))
def return_statistic(request: HttpRequest, pk: UUID, given: ReturnGiven) -> StatisticShown:
    """Return a figure, or take its confirmation back."""
    found = one(_entries(request), pk)
    done = services.return_figure(found, reason=given.reason, by=person(request))
    return _again(request, done)


def _round(request: HttpRequest, pk: UUID) -> Collection:
    rows = rounds_with_figures(person(request), city_of(request))
    return one(rows.select_related("edition", "responsibility_plan", "city"), pk)


def _entries(request: HttpRequest) -> QuerySet[Entry]:
    return seen(request, Entry).select_related(
        "collection__city", "unit", "entered_by", "confirmed_by", "city"
    )


def _again(request: HttpRequest, row: Entry) -> StatisticShown:
    """As it is stored now."""
    return StatisticShown.of(one(_entries(request), row.pk))
