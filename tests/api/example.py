"""One call of an operation that would be done, with the rows that it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from tests.access.world import Side
from wenming.core.permissions import Capability

Body = Callable[[Side], Any]
NONE: Body = lambda _side: None  # noqa: E731
DONE = frozenset({200, 201, 202, 204})


@dataclass(frozen=True)
class Example:
    """One call of an operation.

    Attributes:
        path: below /api/v1, with the short names of rows for their identities.
        rows: short names of the rows that a caller must see, or else finds nothing.
        by: the capability by which the operation finds the first of them; None for seeing it.
        also: a capability without which the first row is not found at all.
        named: rows that the body names; they must be seen, too.
        field: under which a file is sent.
        may_clash: what the world holds already stands against it (409).
    """

    method: str
    path: str
    body: Body = NONE
    rows: tuple[str, ...] = ()
    by: Capability | None = None
    also: Capability | None = None
    named: tuple[str, ...] = ()
    field: str = "edition"
    may_clash: bool = False

    def address(self, side: Side) -> str:
        """Where it is called on one side."""
        names = {name: str(row.pk) for name, row in side.rows.items()}
        keys = {"item_key": "result", "question_key": "asked"}
        names |= {key: side.rows[name].key for key, name in keys.items()}  # type: ignore[attr-defined]
        names["commitment"] = side.rows["draw"].commitment  # type: ignore[attr-defined]
        return self.path.format_map(names)

    def needed(self, side: Side) -> list[Model]:
        """The rows of the address, then those of the body."""
        return [side.rows[name] for name in (*self.rows, *self.named)]


def get(path: str, *rows: str, **more: Any) -> Example:
    return Example("GET", path, rows=rows, **more)


def pk(side: Side, name: str) -> str:
    return str(side.rows[name].pk)


def said(**body: Any) -> Body:
    """A body of plain values."""
    return lambda _side: body
