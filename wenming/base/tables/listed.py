"""Lists of what is no row of a table: put together in memory, filtered, sorted and paged there."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

from wenming.base.tables.paging import END, Asked, Order, Page

T = TypeVar("T")


class Listed(Generic[T]):
    """Things in memory that a list shows as it shows rows (内存中的列表).

    Args:
        things: each with a `pk` that is its own among them; they are sorted by their attributes.
    """

    def __init__(self, things: Iterable[T]) -> None:
        self._things = list(things)

    def kept(self, fits: Callable[[T], bool]) -> "Listed[T]":
        """Those that fit."""
        return Listed(each for each in self._things if fits(each))

    def count(self) -> int:
        """How many there are."""
        return len(self._things)

    def iterator(self, chunk_size: int = 0) -> Iterator[T]:
        """All of them; a size is taken as by a QuerySet, and changes nothing."""
        del chunk_size
        return iter(self._things)

    def sorted_by(self, order: Order) -> "Listed[T]":
        """All of them in an order; what is not known stands last in both directions."""

        def value(thing: T) -> Any:
            return getattr(thing, order.path)

        known = [each for each in self._things if value(each) is not None]
        unknown = [each for each in self._things if value(each) is None]
        known.sort(key=value, reverse=order.is_descending)
        return Listed([*known, *unknown])

    def page(self, order: Order, asked: Asked, *, size: int) -> Page[T]:
        """A page of them (分页), as `page_of` makes it of the rows of a table."""
        things = list(self.sorted_by(order).iterator())
        places = {_name(each): n for n, each in enumerate(things)}
        start = 0
        if asked.before == END:
            start = max(0, len(things) - size)
        elif asked.before in places:
            start = max(0, places[asked.before] - size)
        elif asked.after in places:
            start = places[asked.after] + 1
        rows = things[start : start + size]
        if not rows:
            start, rows = 0, things[:size]
        return Page(
            rows=rows,
            first=_name(rows[0]) if rows else "",
            last=_name(rows[-1]) if rows else "",
            has_before=start > 0,
            has_after=start + len(rows) < len(things),
        )


def _name(thing: object) -> str:
    return str(getattr(thing, "pk", ""))
