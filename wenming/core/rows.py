"""Plain rows that remember their place, and a reader that collects every mistake first."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from wenming.core.errors import BadInput, Place, Problem

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

_MOST_DIGITS = 30
LISTED = "\x1f"
"""Parts the entries of a list that may hold commas themselves."""

_YES = frozenset({"true", "yes", "1", "是"})
_NO = frozenset({"false", "no", "0", "否"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an input as text.

    Attributes:
        values: text by column; a column that is absent or blank reads as "".
        place: the row's own place.
        places: the place of single cells where it is known better than by the row.
    """

    values: Mapping[str, str]
    place: Place
    places: Mapping[str, Place] = field(default_factory=dict)

    def text(self, column: str) -> str:
        """The cell without surrounding blanks; "" when it is absent."""
        return self.values.get(column, "").strip()

    def at(self, column: str) -> Place:
        """Where the cell of `column` stands."""
        return self.places.get(column) or replace(self.place, column=column)


Tables = Mapping[str, Sequence[Row]]
"""Rows by the name of their table, as `wenming.files` reads them."""


class Reader:
    """Reads typed cells and remembers each mistake, so that all are told at once.

    Every method returns a usable value even after a mistake; call `finish` before
    anything is built from the values.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def refuse(self, code: str, place: Place, **facts: object) -> None:
        """Note a mistake at `place`."""
        self.problems.append(Problem(code, place, facts))

    def finish(self) -> None:
        """Raise what was noted.

        Raises:
            BadInput: at least one mistake was noted.
        """
        if self.problems:
            raise BadInput(self.problems)

    def text(self, row: Row, column: str) -> str:
        """A cell that must not be blank."""
        value = row.text(column)
        if not value:
            self.refuse("cell_blank", row.at(column), column=column)
        return value

    def decimal(
        self,
        row: Row,
        column: str,
        *,
        least: Decimal | None = None,
        most: Decimal | None = None,
        percent: bool = False,
    ) -> Decimal | None:
        """A number, or None when the cell is blank or wrong.

        Args:
            least: the smallest value allowed.
            most: the largest value allowed.
            percent: a trailing % sign is allowed and ignored.
        """
        raw = row.text(column)
        if not raw:
            return None
        value = _decimal(raw.rstrip("%％") if percent else raw)
        if value is None:
            self.refuse("not_a_number", row.at(column), column=column, value=raw)
            return None
        if (least is not None and value < least) or (most is not None and value > most):
            self.refuse(
                "number_out_of_range",
                row.at(column),
                column=column,
                value=raw,
                least=str(least) if least is not None else "",
                most=str(most) if most is not None else "",
            )
            return None
        return value

    def count(self, row: Row, column: str, *, least: int = 0) -> int | None:
        """A whole number from `least`, or None when the cell is blank or wrong."""
        value = self.decimal(row, column, least=Decimal(least))
        if value is None:
            return None
        if value != value.to_integral_value():
            self.refuse("not_a_whole_number", row.at(column), column=column, value=str(value))
            return None
        return int(value)

    def choice(self, row: Row, column: str, of: type[E], default: E | None = None) -> E | None:
        """A member of an enumeration by its value."""
        raw = row.text(column)
        if not raw and default is not None:
            return default
        try:
            return of(raw)
        except ValueError:
            allowed = ", ".join(member.value for member in of)
            self.refuse("not_one_of", row.at(column), column=column, value=raw, allowed=allowed)
            return default

    def flag(self, row: Row, column: str, *, default: bool = False) -> bool:
        """Yes or no; blank reads as `default`."""
        raw = row.text(column).lower()
        if not raw:
            return default
        if raw in _YES or raw in _NO:
            return raw in _YES
        self.refuse("not_yes_or_no", row.at(column), column=column, value=raw)
        return default

    def day(self, row: Row, column: str) -> date | None:
        """A date as YYYY-MM-DD, or None when the cell is blank or wrong."""
        return self._parsed(row, column, date.fromisoformat, "not_a_date")

    def moment(self, row: Row, column: str) -> datetime | None:
        """A date and time in ISO 8601, or None when the cell is blank or wrong."""
        return self._parsed(row, column, datetime.fromisoformat, "not_a_time")

    def words(self, row: Row, column: str) -> tuple[str, ...]:
        """A list of words separated by `;`, `,` or `、`."""
        raw = row.text(column).replace("、", ";").replace(",", ";").replace("，", ";")
        return tuple(word.strip() for word in raw.split(";") if word.strip())

    def unique(self, rows: Iterable[Row], column: str) -> None:
        """Refuse a key that stands in two rows."""
        seen: dict[str, Place] = {}
        for row in rows:
            key = row.text(column)
            if key and key in seen:
                first = seen[key]
                self.refuse("key_twice", row.at(column), value=key, first_line=first.line)
            seen.setdefault(key, row.at(column))

    def _parsed(self, row: Row, column: str, parse: Callable[[str], T], code: str) -> T | None:
        raw = row.text(column)
        if not raw:
            return None
        try:
            return parse(raw)
        except ValueError:
            self.refuse(code, row.at(column), column=column, value=raw)
            return None


def _decimal(raw: str) -> Decimal | None:
    try:
        value = Decimal(raw)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) <= _MOST_DIGITS else None
