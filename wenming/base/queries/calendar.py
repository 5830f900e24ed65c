"""The working calendar of a city: the country's days, then its own, then its hours."""

from calendar import Calendar as Weeks
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
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


@dataclass(frozen=True, slots=True)
class ShownDay:
    """One day of the year as the calendar shows it (日历日).

    Attributes:
        special: what departs from the week's rhythm; None for an ordinary day.
        is_own: the city itself said so.
    """

    day: date
    is_worked: bool
    special: SpecialDay | None = None
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class ShownYear:
    """A year of a city's working calendar (年历).

    Attributes:
        published: the country's list; None where it is not known yet.
        months: weeks of seven, Monday first; None stands for a day of another month.
        own: days that the city itself set, in order.
        worked: how many days are worked.
    """

    year: int
    published: YearOfHolidays | None
    months: Sequence[Sequence[Sequence[ShownDay | None]]]
    own: Sequence[CalendarDay]
    worked: int


def year_of(city: City, year: int) -> ShownYear:
    """One year of the working calendar (工作日历) of a city, day by day."""
    published = next((each for each in country_years() if each.year == year), None)
    own = list(CalendarDay.objects.for_city(city).filter(day__year=year).order_by("day"))
    set_here = {row.day for row in own}
    calendar = replace(calendar_for(city), is_lenient=True)

    def shown(day: date) -> ShownDay:
        is_worked = calendar.is_workday(day)
        return ShownDay(day, is_worked, calendar.days.get(day), day in set_here)

    months = [
        [
            [shown(day) if day.month == month else None for day in week]
            for week in Weeks().monthdatescalendar(year, month)
        ]
        for month in range(1, 13)
    ]
    days = [day for month in months for week in month for day in week if day is not None]
    return ShownYear(year, published, months, own, sum(day.is_worked for day in days))
