"""What an edition holds, counted and put in order for its page and the list of editions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.fields.json import KT

from wenming.core.framework import Checklist, Gate
from wenming.core.framework import Edition as CoreEdition
from wenming.framework.models import Edition, Item
from wenming.framework.queries.editions import checklists_of, edition_of
from wenming.framework.queries.headings import Heading, headings_of


@dataclass(frozen=True, slots=True)
class DimensionCount:
    """A dimension with what stands below it (测评项目概览).

    Attributes:
        points: as the edition states them; None where it states none.
        share: points of its items together; None where one of them has none.
    """

    heading: Heading
    part: str
    points: Decimal | None
    share: Decimal | None
    indicators: int
    items: int


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that the page of an edition shows (版本内容)."""

    edition: CoreEdition
    dimensions: Sequence[DimensionCount]
    checklists: Sequence[Checklist]

    @property
    def gates(self) -> Sequence[Gate]:
        """What bars a city."""
        return self.edition.gates

    @property
    def keys(self) -> frozenset[str]:
        """The keys of its items."""
        return frozenset(item.key for *_above, item in self.edition.items())

    @property
    def lines(self) -> int:
        """How many lines the checklists have together."""
        return sum(len(checklist.lines) for checklist in self.checklists)


def contents_of(stored: Edition) -> Contents:
    """What an edition holds (版本内容)."""
    edition = edition_of(stored)
    counts = _counts(stored)
    headings = {each.key: each for each in headings_of(stored).dimensions}
    dimensions = [
        DimensionCount(
            heading=headings[each.key],
            part=each.part.value,
            points=each.points,
            share=counts.get(each.key, {}).get("points"),
            indicators=len(each.indicators),
            items=counts.get(each.key, {}).get("n", 0),
        )
        for each in edition.dimensions
    ]
    return Contents(edition, dimensions, list(checklists_of(stored.checklists).by_type.values()))


def with_points(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """Editions with the points of their parts as `basic` and `distinctive` (总分), as text."""
    return editions.annotate(
        basic=KT("content__edition__0__basic"),
        distinctive=KT("content__edition__0__distinctive"),
    )


def _counts(stored: Edition) -> Mapping[str, Mapping[str, Any]]:
    rows = Item.objects.filter(edition=stored).order_by().values("dimension")
    counted = rows.annotate(n=Count("pk"), sum=Sum("points"), priced=Count("points"))
    return {
        row["dimension"]: {
            "n": row["n"],
            "points": row["sum"] if row["priced"] == row["n"] else None,
        }
        for row in counted
    }
