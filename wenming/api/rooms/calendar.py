"""The working calendar of the city: is a day worked, and when does a term run out."""

from datetime import date, datetime, time
from typing import Annotated

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query
from pydantic import Field, Strict

from wenming.api.finding import seen
from wenming.api.operations import Deed, Room
from wenming.api.rooms.units import EDIT, VIEW
from wenming.api.shapes import Asked, Day, Given, Line, Moment, Shown, WordsShown
from wenming.base.access import city_of, person
from wenming.base.models import CalendarDay, City
from wenming.base.queries.calendar import calendar_for, rhythm_of
from wenming.base.services import calendar
from wenming.core.calendar import DayKind

room = Room(tags=["Calendar 工作日历"])
MOST_MINUTES = 60_000
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class DayShown(Shown):
    """A day of the working calendar."""

    day: date
    is_workday: bool
    is_provisional: bool = Field(description="The holidays of its year are not published yet")
    kind: DayKind | None = Field(description="How it departs from the week; null when it does not")
    name: WordsShown | None


class TermAsked(Asked):
    """From when a term runs, and how long."""

    start: Moment = Field(description="With its time zone, as 2026-05-01T09:00:00+08:00")
    minutes: int = Field(ge=0, le=MOST_MINUTES, description="Working minutes")


class TermShown(Shown):
    """When a term runs out."""

    ends_at: datetime
    is_provisional: bool


class DayGiven(Given):
    """How a day departs from the country's calendar."""

    kind: Annotated[DayKind, Strict(False)]
    name: Line = ""


class SpanShown(Shown):
    """A span of working hours, in local time."""

    first: str
    last: str


class HoursShown(Shown):
    """The working hours of a day."""

    spans: list[SpanShown]
    is_usual: bool = Field(description="The city never set hours of its own")

    @classmethod
    def of(cls, city: City) -> "HoursShown":
        """From the city."""
        spans = rhythm_of(city).spans
        return cls(
            spans=[SpanShown(first=f"{a:%H:%M}", last=f"{b:%H:%M}") for a, b in spans],
            is_usual=not city.working_hours,
        )


class SpanGiven(Given):
    """A span of working hours, as `08:30` and `12:00`."""

    first: Clock
    last: Clock


class HoursGiven(Given):
    """The working hours of a day, in order."""

    spans: list[SpanGiven] = Field(max_length=2, description="Empty for the usual hours")


@room.deed(Deed("GET", "/calendar/hours", VIEW, "作息时间。", HoursShown))
def show_hours(request: HttpRequest) -> HoursShown:
    """The hours in which the city works."""
    return HoursShown.of(city_of(request))


@room.deed(Deed("PUT", "/calendar/hours", EDIT, "设定作息时间。", HoursShown))
def set_hours(request: HttpRequest, given: HoursGiven) -> HoursShown:
    """Set the hours of a working day; terms that are counted from now on heed them."""
    spans = [
        (time.fromisoformat(each.first), time.fromisoformat(each.last)) for each in given.spans
    ]
    return HoursShown.of(calendar.set_working_hours(city_of(request), spans, by=person(request)))


@room.deed(Deed("GET", "/calendar/days/{day}", VIEW, "某日是否工作日。", DayShown))
def show_day(request: HttpRequest, day: Day) -> DayShown:
    """Whether a day is worked in the city: the country's holidays, then the city's own."""
    return _shown(request, day)


@room.deed(Deed("GET", "/calendar/term", VIEW, "按工作时间推算期限届满时刻。", TermShown))
def reckon_term(request: HttpRequest, asked: Query[TermAsked]) -> TermShown:
    """When so many working minutes have passed."""
    reckoned = calendar_for(city_of(request)).reckon(
        lambda known: known.add_working_minutes(asked.start, asked.minutes)
    )
    return TermShown(ends_at=reckoned.value, is_provisional=reckoned.is_provisional)


@room.deed(Deed("PUT", "/calendar/days/{day}", EDIT, "设定本地放假或调休上班。", DayShown))
def set_day(request: HttpRequest, day: Day, given: DayGiven) -> DayShown:
    """Say that the city works or rests on a day, whatever the country does."""
    calendar.set_special_day(city_of(request), day, given.kind, name=given.name, by=person(request))
    return _shown(request, day)


@room.deed(Deed("DELETE", "/calendar/days/{day}", EDIT, "取消本地设定。", None, 204))
def remove_day(request: HttpRequest, day: Day) -> None:
    """Let a day be again what the country's calendar says."""
    special = get_object_or_404(seen(request, CalendarDay), day=day)
    calendar.remove_special_day(special, by=person(request))


def _shown(request: HttpRequest, day: date) -> DayShown:
    known = calendar_for(city_of(request))
    reckoned = known.reckon(lambda calendar: calendar.is_workday(day))
    special = known.days.get(day)
    return DayShown(
        day=day,
        is_workday=reckoned.value,
        is_provisional=reckoned.is_provisional,
        kind=special.kind if special else None,
        name=WordsShown.of(special.name) if special else None,
    )
