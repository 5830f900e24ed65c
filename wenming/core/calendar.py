"""Working time (工作日历): which days and minutes are worked, and how they are counted."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wenming.core.errors import DomainError
from wenming.core.terms import NO_WORDS, Words

T = TypeVar("T")
Span = tuple[datetime, datetime]

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_EARLIEST, _LATEST = 1990, 2100  # no answer beyond, so that every search ends


class UnknownYear(DomainError):
    """The holidays of a year are not in the calendar: no answer is better than a wrong one."""

    code = "unknown_year"


class MomentWithoutZone(DomainError):
    """A date and time came without its time zone."""

    code = "moment_without_zone"


class NegativeMinutes(DomainError):
    """Working minutes were to be added backwards."""

    code = "negative_minutes"


class BadWorkingHours(DomainError):
    """Working hours that no day can have."""

    code = "bad_working_hours"


class DayKind(StrEnum):
    """How a day departs from the week's rhythm (日别)."""

    HOLIDAY = "holiday"  # 放假: not worked, whatever day of the week
    WORKDAY = "workday"  # 调休上班: worked, though on a weekend


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that departs from the week's rhythm (特殊日).

    Attributes:
        day: in the city's own time.
        kind: holiday or make-up workday.
        name: of the holiday that it belongs to.
    """

    day: date
    kind: DayKind
    name: Words = NO_WORDS


@dataclass(frozen=True)
class Rhythm:
    """When work is done in an ordinary week (作息时间).

    Attributes:
        spans: working hours of a day in order, local time, whole minutes.
        weekdays: days of the week that are worked; 0 is Monday.
        zone: IANA name of the time zone.
    """

    spans: tuple[tuple[time, time], ...] = (
        (time(8, 30), time(12)),
        (time(14), time(18)),
    )
    weekdays: frozenset[int] = frozenset(range(5))
    zone: str = "Asia/Shanghai"

    def __post_init__(self) -> None:
        if not self.spans or not self.weekdays:
            raise BadWorkingHours(reason="none")
        if strange := sorted(self.weekdays - frozenset(range(7))):
            raise BadWorkingHours(reason="weekday", weekday=strange[0])
        last = time.min
        for start, end in self.spans:
            if any(each.second or each.microsecond or each.tzinfo for each in (start, end)):
                raise BadWorkingHours()
            if start < last or end <= start:
                raise BadWorkingHours(reason="order", start=f"{start:%H:%M}", end=f"{end:%H:%M}")
            last = end
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError) as unknown:
            raise BadWorkingHours(reason="zone", zone=self.zone) from unknown


@dataclass(frozen=True, slots=True)
class Reckoned(Generic[T]):
    """An answer that may rest on weekends alone (推算结果).

    Attributes:
        value: the answer.
        is_provisional: a year without published holidays was reached; the answer may move.
    """

    value: T
    is_provisional: bool


@dataclass(frozen=True)
class Calendar:
    """The working time of a city: published years, special days, rhythm (工作日历).

    Attributes:
        years: those whose holidays are published and given here.
        days: special days by date.
        rhythm: the ordinary week.
        is_lenient: years without holidays count as plain weeks; only `reckon` sets it.
    """

    years: frozenset[int]
    days: Mapping[date, SpecialDay] = field(default_factory=dict)
    rhythm: Rhythm = field(default_factory=Rhythm)
    is_lenient: bool = False

    @classmethod
    def of(
        cls, years: Iterable[int], days: Iterable[SpecialDay], rhythm: Rhythm | None = None
    ) -> "Calendar":
        """A calendar from rows; of two rows for one day the later one holds (本地调休).

        Args:
            years: those whose holidays are published.
            days: first the country's, then the city's own.
            rhythm: the ordinary week; the usual one when None.
        """
        return cls(frozenset(years), {each.day: each for each in days}, rhythm or Rhythm())

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone of the city."""
        return ZoneInfo(self.rhythm.zone)

    def reckon(self, question: Callable[["Calendar"], T]) -> Reckoned[T]:
        """An answer even where holidays are not published yet: weekends only, and it says so.

        Args:
            question: asks a calendar, such as `lambda c: c.add_workdays(day, 15)`.

        Raises:
            UnknownYear: the answer would lie before 1990 or after 2100.
        """
        try:
            return Reckoned(question(self), is_provisional=False)
        except UnknownYear:
            return Reckoned(question(replace(self, is_lenient=True)), is_provisional=True)

    def is_workday(self, day: date) -> bool:
        """Whether a day is worked (是否工作日).

        Raises:
            UnknownYear: the holidays of its year are not known.
        """
        is_known = day.year in self.years or self.is_lenient
        if not is_known or not _EARLIEST <= day.year <= _LATEST:
            known = ", ".join(str(year) for year in sorted(self.years))
            raise UnknownYear(year=str(day.year), known=known)
        if special := self.days.get(day):
            return special.kind is DayKind.WORKDAY
        return day.weekday() in self.rhythm.weekdays

    def next_workday(self, day: date) -> date:
        """The first workday after a day (下一工作日).

        Raises:
            UnknownYear: the search reaches a year whose holidays are not known.
        """
        return self.add_workdays(day, 1)

    def add_workdays(self, day: date, n: int) -> date:
        """The n-th workday after a day; the day itself does not count (顺延工作日).

        Args:
            day: where counting begins, worked or not.
            n: workdays; negative counts backwards, 0 gives the day itself.

        Raises:
            UnknownYear: the search reaches a year whose holidays are not known.

        Source:
            Civil Code of the PRC, art. 201: the first day is not counted.
        """
        step = _DAY if n > 0 else -_DAY
        left = abs(n)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def workdays_between(self, first: date, last: date) -> int:
        """How many workdays lie after `first` up to and with `last` (相隔工作日数).

        Returns:
            A count, so that `workdays_between(d, add_workdays(d, n)) == n`; backwards, with
            `last` before `first`, the negative count of workdays from `last` to before `first`.

        Raises:
            UnknownYear: the holidays of a year in between are not known.
        """
        if last < first:
            return -sum(self.is_workday(each) for each in _days(last, first - _DAY))
        return sum(self.is_workday(each) for each in _days(first + _DAY, last))

    def working_minutes_between(self, start: datetime, end: datetime) -> int:
        """Whole working minutes from one moment to another (工作分钟数).

        Returns:
            Completed minutes; negative when `end` lies before `start`.

        Raises:
            MomentWithoutZone: a moment has no time zone.
            UnknownYear: the holidays of a year in between are not known.
        """
        start, end = self._utc(start), self._utc(end)
        if end < start:
            return -self.working_minutes_between(end, start)
        worked = timedelta()
        for day in _days(self._day(start), self._day(end)):
            for begins, ends in self._spans(day):
                worked += max(timedelta(), min(end, ends) - max(start, begins))
        return worked // _MINUTE

    def add_working_minutes(self, start: datetime, minutes: int) -> datetime:
        """The earliest moment by which so many working minutes have passed (工作时限到期时刻).

        Args:
            start: when the clock starts, in working time or not.
            minutes: zero or more; zero gives `start` itself.

        Returns:
            In the city's time zone. A clock that runs out with the morning ends at noon,
            not at the beginning of the afternoon.

        Raises:
            MomentWithoutZone: `start` has no time zone.
            NegativeMinutes: `minutes` is below zero.
            UnknownYear: the search reaches a year whose holidays are not known.
        """
        if minutes < 0:
            raise NegativeMinutes(minutes=minutes)
        now = self._utc(start)
        left = minutes * _MINUTE
        day = self._day(now)
        while left:
            for opens, ends in self._spans(day):
                begins = max(opens, now)
                if ends - begins >= left:
                    return (begins + left).astimezone(self.zone)
                left -= max(timedelta(), ends - begins)
            day += _DAY
        return now.astimezone(self.zone)

    def _day(self, moment: datetime) -> date:
        """The day of a moment in the city."""
        return moment.astimezone(self.zone).date()

    def _utc(self, moment: datetime) -> datetime:
        """The moment in UTC, where no clock change can bend a comparison."""
        if moment.tzinfo is None or moment.utcoffset() is None:
            raise MomentWithoutZone(value=moment.isoformat())
        return moment.astimezone(UTC)

    def _spans(self, day: date) -> Iterator[Span]:
        """The working hours of a day as moments in UTC."""
        if self.is_workday(day):
            for begins, ends in self.rhythm.spans:
                yield (
                    datetime.combine(day, begins, self.zone).astimezone(UTC),
                    datetime.combine(day, ends, self.zone).astimezone(UTC),
                )


def _days(first: date, last: date) -> Iterator[date]:
    """Every day from one to another, both with."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)
