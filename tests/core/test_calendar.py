"""Working days and minutes agree with a simulation that looks at every single minute."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count, islice
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import wenming.base
from wenming.base.wording import refusal
from wenming.core.calendar import (
    BadWorkingHours,
    Calendar,
    DayKind,
    MomentWithoutZone,
    NegativeMinutes,
    Rhythm,
    SpecialDay,
    UnknownYear,
)
from wenming.core.errors import BadInput
from wenming.files.calendar_yaml import read_calendar_year, read_calendar_years

FOLDER = Path(wenming.base.__file__).parent / "calendar"
PUBLISHED = read_calendar_years(FOLDER)
CALENDAR = Calendar.of(
    [each.year for each in PUBLISHED], [day for each in PUBLISHED for day in each.days]
)
SHANGHAI = ZoneInfo("Asia/Shanghai")
MINUTE = timedelta(minutes=1)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    marks = draw(st.lists(st.integers(0, 1439), min_size=2, max_size=6, unique=True))
    marks = sorted(marks[: len(marks) // 2 * 2])
    times = [time(mark // 60, mark % 60) for mark in marks]
    weekdays = draw(st.frozensets(st.integers(0, 6), min_size=1))
    return Rhythm(tuple(zip(times[::2], times[1::2], strict=True)), weekdays)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    days = draw(st.dictionaries(st.dates(FIRST, LAST), st.sampled_from(DayKind), max_size=60))
    specials = [SpecialDay(day, kind) for day, kind in days.items()]
    return Calendar.of([2026], specials, draw(rhythms()))


def is_worked(calendar: Calendar, moment: datetime) -> bool:
    """The rule in its plainest form, for one minute: no sums, no shortcuts."""
    local = moment.astimezone(SHANGHAI)
    special = calendar.days.get(local.date())
    if special is None:
        worked = local.weekday() in calendar.rhythm.weekdays
    else:
        worked = special.kind == DayKind.WORKDAY
    return worked and any(begin <= local.time() < end for begin, end in calendar.rhythm.spans)


moments = st.integers(0, 19 * 1440).map(
    lambda minutes: datetime(2026, 2, 1, tzinfo=SHANGHAI) + minutes * MINUTE
)


@settings(max_examples=60, deadline=None)
@given(calendars(), moments, st.integers(0, 6000))
def test_minutes_between_are_those_that_a_clock_would_count(
    calendar: Calendar, start: datetime, length: int
) -> None:
    counted = sum(is_worked(calendar, start + n * MINUTE) for n in range(length))
    end = start + length * MINUTE
    assert calendar.working_minutes_between(start, end) == counted
    assert calendar.working_minutes_between(end, start) == -counted


@settings(max_examples=60, deadline=None)
@given(calendars(), moments, st.integers(1, 1500))
def test_a_deadline_is_the_first_moment_by_which_the_minutes_have_passed(
    calendar: Calendar, start: datetime, minutes: int
) -> None:
    worked = (n for n in range(200_000) if is_worked(calendar, start + n * MINUTE))
    last = next(islice(worked, minutes - 1, None), None)
    assume(last is not None and (start + last * MINUTE).year == 2026)  # type: ignore[operator]
    assert calendar.add_working_minutes(start, minutes) == start + (last + 1) * MINUTE  # type: ignore[operator]


@given(calendars(), st.dates(date(2026, 3, 1), date(2026, 9, 1)), st.integers(-15, 15))
def test_workdays_added_are_workdays_between(calendar: Calendar, day: date, n: int) -> None:
    try:
        reached = calendar.add_workdays(day, n)
    except UnknownYear:
        return  # hardly a day is worked in this calendar
    assert calendar.workdays_between(day, reached) == n
    assert n == 0 or calendar.is_workday(reached)


@given(calendars(), st.lists(st.dates(FIRST, LAST), min_size=3, max_size=3))
def test_workdays_add_up_over_any_day_between(calendar: Calendar, days: list[date]) -> None:
    first, middle, last = days
    whole = calendar.workdays_between(first, last)
    parts = calendar.workdays_between(first, middle) + calendar.workdays_between(middle, last)
    assert whole == parts or not first <= middle <= last


@given(st.dates(date(2024, 1, 1), date(2026, 10, 31)))
def test_the_next_workday_is_the_nearest(day: date) -> None:
    plain = next(later for n in count(1) if CALENDAR.is_workday(later := day + timedelta(days=n)))
    assert CALENDAR.next_workday(day) == plain


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        ("2026-01-01", False), ("2026-01-04", True), ("2026-02-14", True), ("2026-02-23", False),
        ("2026-02-24", True), ("2026-09-20", True), ("2026-10-08", True), ("2026-10-10", True),
        ("2026-10-11", False), ("2025-10-08", False), ("2024-02-09", True), ("2024-02-18", True),
    ],
)  # fmt: skip
def test_published_days(day: str, is_worked: bool) -> None:
    assert CALENDAR.is_workday(date.fromisoformat(day)) is is_worked


def test_the_published_years_have_as_many_days_off_as_the_notices_say() -> None:
    kinds = {each.year: [day.kind for day in each.days] for each in PUBLISHED}
    counted = {
        year: (days.count(DayKind.HOLIDAY), days.count(DayKind.WORKDAY))
        for year, days in kinds.items()
    }
    assert counted == {2024: (28, 8), 2025: (28, 5), 2026: (33, 6)}
    assert all(each.notice.mark == "public" and each.notice.number for each in PUBLISHED)


def test_a_make_up_day_is_a_weekend_and_a_holiday_takes_at_least_one_weekday() -> None:
    for year in PUBLISHED:
        for each in year.days:
            if each.kind is DayKind.WORKDAY:
                assert each.day.weekday() >= 5, each


def test_the_worked_example_of_the_method_page() -> None:
    start = at("2026-09-30T16:30")  # before National Day; 10 October is made up
    assert CALENDAR.add_working_minutes(start, 240) == at("2026-10-08T11:00")
    assert CALENDAR.add_workdays(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert CALENDAR.workdays_between(date(2026, 9, 30), date(2026, 10, 12)) == 4


def test_a_clock_that_runs_out_with_the_morning_ends_at_noon() -> None:
    assert CALENDAR.add_working_minutes(at("2026-03-02T08:30"), 210) == at("2026-03-02T12:00")
    assert CALENDAR.add_working_minutes(at("2026-03-02T08:30"), 211) == at("2026-03-02T14:01")
    assert CALENDAR.add_working_minutes(at("2026-03-02T12:30"), 0) == at("2026-03-02T12:30")


def test_a_moment_in_another_zone_is_the_same_moment() -> None:
    start = datetime(2026, 3, 1, 23, 0, tzinfo=UTC)  # Monday 7:00 in Shanghai
    due = CALENDAR.add_working_minutes(start, 60)
    assert due == at("2026-03-02T09:30")
    assert due.tzinfo == SHANGHAI


@pytest.mark.parametrize("day", ["2023-12-29", "2027-01-04"])
def test_a_year_without_published_holidays_is_refused_by_name(day: str) -> None:
    with pytest.raises(UnknownYear) as refused:
        CALENDAR.is_workday(date.fromisoformat(day))
    assert refused.value.facts == {"year": day[:4], "known": "2024, 2025, 2026"}
    assert f" {day[:4]} " in refusal(refused.value, "en")  # a year, not a count: no comma


def test_a_deadline_over_the_turn_of_the_year_is_refused_or_called_provisional() -> None:
    with pytest.raises(UnknownYear):
        CALENDAR.add_workdays(date(2026, 12, 30), 3)
    reckoned = CALENDAR.reckon(lambda calendar: calendar.add_workdays(date(2026, 12, 30), 3))
    assert (reckoned.value, reckoned.is_provisional) == (date(2027, 1, 4), True)
    certain = CALENDAR.reckon(lambda calendar: calendar.add_workdays(date(2026, 12, 28), 3))
    assert (certain.value, certain.is_provisional) == (date(2026, 12, 31), False)


def test_even_a_lenient_search_ends() -> None:
    never = Calendar.of([2026], [], Rhythm(weekdays=frozenset({0})))
    with pytest.raises(UnknownYear):
        never.reckon(lambda calendar: calendar.add_workdays(date(2026, 1, 1), 10_000_000))


def test_the_city_s_own_day_holds_against_the_country_s() -> None:
    own = SpecialDay(date(2026, 10, 10), DayKind.HOLIDAY)
    city = Calendar.of([2026], [*PUBLISHED[2].days, own])
    assert CALENDAR.is_workday(own.day)
    assert not city.is_workday(own.day)


def test_what_cannot_be_counted_is_refused() -> None:
    with pytest.raises(MomentWithoutZone):
        CALENDAR.add_working_minutes(datetime(2026, 3, 2), 1)  # noqa: DTZ001
    with pytest.raises(NegativeMinutes):
        CALENDAR.add_working_minutes(at("2026-03-02T09:00"), -1)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"spans": ()}, "none"), ({"weekdays": frozenset()}, "none"),
        ({"spans": ((time(9), time(9)),)}, "order"),
        ({"spans": ((time(9), time(12)), (time(11), time(18)))}, "order"),
        ({"weekdays": frozenset({7})}, "weekday"), ({"zone": "Asia/Nowhere"}, "zone"),
        ({"zone": "../etc"}, "zone"), ({"spans": ((time(9, 0, 30), time(12)),)}, None),
    ],
)  # fmt: skip
def test_working_hours_that_no_day_can_have_are_refused(
    changes: dict[str, object], reason: str | None
) -> None:
    with pytest.raises(BadWorkingHours) as refused:
        Rhythm(**changes)  # type: ignore[arg-type]
    assert refused.value.facts.get("reason") == reason


YEAR = """schema: wenming-calendar/1
year: 2026
mark: public
notice: {number: N1, title: T, issued: 2025-11-04}
holidays:
  - name: {zh: 元旦}
    first: 2026-01-01
"""


@pytest.mark.parametrize(
    ("written", "code", "line"),
    [
        (YEAR.replace("first: 2026-01-01", "first: 2026-01-40"), "not_a_date", 7),
        (YEAR.replace("year: 2026", "year: soon"), "not_a_number", 2),
        (YEAR + "    last: 2025-12-31\n", "calendar_span", 8),
        (YEAR + "    make_up: [2026-01-01]\n", "calendar_day_twice", 8),
        (YEAR + "    make_up: [tomorrow]\n", "not_a_date", 8),
        (YEAR + "    make_up: [2029-01-01]\n", "calendar_year_outside", 8),
        (YEAR.replace("number: N1, ", ""), "cell_blank", 1),
        (YEAR + "    until: 2026-01-02\n", "key_not_allowed", 8),
        (YEAR.replace("mark: public", "mark: rumour"), "not_one_of", 3),
    ],
)
def test_a_mistake_in_a_year_is_told_with_its_line(
    tmp_path: Path, written: str, code: str, line: int
) -> None:
    (path := tmp_path / "2026.yaml").write_text(written, encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        read_calendar_year(path)
    found = [(problem.code, problem.place.line) for problem in refused.value.problems]
    assert (code, line) in found, found
