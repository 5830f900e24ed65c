"""A year's holidays in YAML, as the State Council published them (节假日安排)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from wenming.core.calendar import DayKind, SpecialDay
from wenming.core.errors import Place
from wenming.core.rows import Reader, Row
from wenming.core.terms import Mark, Words
from wenming.files.layout import BELOW, TITLE, Layout, Listed, YamlFile

SCHEMA = "wenming-calendar/1"

_ROOT: Layout = {
    "schema": BELOW,
    "year": "year",
    "mark": "mark",
    "notice": {"number": "number", "title": "title", "issued": "issued"},
    "holidays": BELOW,
}
_HOLIDAY: Layout = {
    "name": TITLE,
    "first": "first",
    "last": "last",
    "make_up": Listed("make_up"),
}
_LONGEST = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class HolidayNotice:
    """The text that a year's holidays were taken from (放假通知).

    Attributes:
        number: of the document (发文字号), as it is printed.
        title: as published.
        issued: its date.
        mark: public, or invented where the year is only an example.
    """

    number: str
    title: str
    issued: date
    mark: Mark


@dataclass(frozen=True, slots=True)
class YearOfHolidays:
    """One year's special days and where they come from (年度节假日)."""

    year: int
    notice: HolidayNotice
    days: tuple[SpecialDay, ...]


def read_calendar_year(path: Path, *, name: str | None = None) -> YearOfHolidays:
    """The special days of a year, in order of date.

    Args:
        name: the name to blame; the path as given when None.

    Raises:
        BadInput: one problem for each mistake in the file, with its place.

    Source:
        docs/methods/calendar.md.
    """
    file = YamlFile(path, name, SCHEMA)
    root = file.row(file.root, _ROOT)
    blocks = [file.row(block, _HOLIDAY) for block in file.blocks(file.root, "holidays")]
    file.finish()
    reader = _YearReader(root)
    for block in blocks:
        reader.take(block)
    return reader.result()


def read_calendar_years(folder: Path) -> list[YearOfHolidays]:
    """Every year that lies in a folder as YAML, in order.

    Raises:
        BadInput: a file has mistakes; those of the first such file are told.
    """
    return [read_calendar_year(path, name=path.name) for path in sorted(folder.glob("*.yaml"))]


class _YearReader(Reader):
    """Collects the days of a year and every mistake in them."""

    def __init__(self, root: Row) -> None:
        super().__init__()
        self.root = root
        self.year = self.count(root, "year", least=1990) or 0
        self.days: dict[date, SpecialDay] = {}

    def take(self, row: Row) -> None:
        """One holiday with its make-up workdays."""
        name = Words(self.text(row, "title_zh"), row.text("title_en"))
        for day in self._span(row):
            self._add(SpecialDay(day, DayKind.HOLIDAY, name), row.at("first"))
        for written in self.words(row, "make_up"):
            try:
                day = date.fromisoformat(written)
            except ValueError:
                self.refuse("not_a_date", row.at("make_up"), column="make_up", value=written)
            else:
                self._add(SpecialDay(day, DayKind.WORKDAY, name), row.at("make_up"))

    def result(self) -> YearOfHolidays:
        """The year, if nothing was wrong."""
        issued = self.day(self.root, "issued")
        mark = self.choice(self.root, "mark", Mark)
        number, title = self.text(self.root, "number"), self.text(self.root, "title")
        for column in ("year", "issued"):
            self.text(self.root, column)
        self.finish()
        notice = HolidayNotice(number, title, issued or date.min, mark or Mark.INVENTED)
        return YearOfHolidays(self.year, notice, tuple(self.days[day] for day in sorted(self.days)))

    def _span(self, row: Row) -> Iterator[date]:
        first = self.day(row, "first")
        last = self.day(row, "last") if row.text("last") else first
        self.text(row, "first")
        if first is None or last is None:
            return
        if not timedelta() <= last - first <= _LONGEST:
            self.refuse("calendar_span", row.at("last"), first=str(first), last=str(last))
            return
        for days in range((last - first).days + 1):
            yield first + timedelta(days=days)

    def _add(self, special: SpecialDay, place: Place) -> None:
        day = special.day
        if abs(day.year - self.year) > 1:  # a notice may reach over the turn of the year
            self.refuse("calendar_year_outside", place, day=str(day), year=str(self.year))
        elif day in self.days:
            self.refuse("calendar_day_twice", place, day=str(day))
        else:
            self.days[day] = special
