"""The working calendar of a city: the country's days, then its own, then its hours."""

from collections.abc import Sequence
from datetime import time
from functools import cache
from pathlib import Path

from wenming.base.models import CalendarDay, City
from wenming.core.calendar import Calendar, DayKind, Rhythm, SpecialDay
from wenming.core.terms import Words
from wenming.files.calendar_yaml import YearOfHolidays, read_calendar_years

COUNTRY = Path(__file__).resolve().parent.parent / "calendar"


@cache
def country_years() -> Sequence[YearOfHolidays]:
    """The published holidays (节假日安排) of the country, year by year, read once."""
    return read_calendar_years(COUNTRY)


def calendar_for(city: City) -> Calendar:
    """The calendar by which deadlines of a city are counted (工作日历).

    Returns:
        With the years whose holidays are published; `Calendar.reckon` answers beyond them.
    """
    years = country_years()
    own = [
        SpecialDay(row.day, DayKind(row.kind), Words(row.name))
        for row in CalendarDay.objects.for_city(city).order_by("day")
    ]
    days = [day for year in years for day in year.days]
    return Calendar.of((year.year for year in years), [*days, *own], rhythm_of(city))


def rhythm_of(city: City) -> Rhythm:
    """The ordinary week of a city (作息时间); the usual one unless it set its own hours."""
    if not city.working_hours:
        return Rhythm()
    spans = [(time.fromisoformat(a), time.fromisoformat(b)) for a, b in city.working_hours]
    return Rhythm(spans=tuple(spans))
