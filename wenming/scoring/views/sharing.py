"""Rounded columns that add up: what a table shows sums to the total that it shows."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from wenming.core.rounding import share_out

Plain = Mapping[str, Any]
PLACES = 2


def shared_rows(dimensions: Sequence[Plain]) -> list[dict[str, Any]]:
    """Dimensions of one part with points as printed; those without points are left out.

    Returns:
        For each `key`, `title`, `exact` (earned, lost and points as fractions), and
        `earned`, `lost`, `untested` rounded so that each column adds up.
    """
    pointed = [row for row in dimensions if row["points"] is not None]
    exact = [
        {name: Fraction(str(row[name])) for name in ("earned", "lost", "points")} for row in pointed
    ]
    columns = {
        "earned": shared(row["earned"] for row in exact),
        "lost": shared(row["lost"] for row in exact),
        "untested": shared(row["points"] - row["earned"] - row["lost"] for row in exact),
    }
    return [
        {
            "key": row["key"],
            "title": row["title"],
            "exact": exact[n],
            "points": exact[n]["points"],
            **{name: column[n] for name, column in columns.items()},
        }
        for n, row in enumerate(pointed)
    ]


def shared(parts: Iterable[Fraction]) -> list[Decimal]:
    """Points with two decimals that add up to their rounded sum."""
    return share_out(list(parts), places=PLACES)
