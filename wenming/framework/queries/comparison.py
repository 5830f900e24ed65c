"""Two editions of a city side by side, as rows that a page and a file can show."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wenming.core.compare import PlacedItem, compare_editions
from wenming.core.framework import Edition

KINDS = ("new", "gone", "moved", "renamed", "points", "harder", "easier", "changed")


@dataclass(frozen=True, slots=True)
class EditionDifference:
    """One difference between two editions (差异).

    Attributes:
        kind: one of `KINDS`.
        before, after: the item on either side; None where there is none.
        old, new: what stood there and what stands there now; "" for a whole item.
    """

    kind: str
    before: PlacedItem | None
    after: PlacedItem | None
    old: str = ""
    new: str = ""

    @property
    def item(self) -> PlacedItem:
        """The item that it is about, the newer one where there are two."""
        found = self.after or self.before
        assert found is not None  # noqa: S101  # nosec B101 (it has a side)
        return found


@dataclass(frozen=True, slots=True)
class SideBySide:
    """All differences between two editions (版本比较).

    Attributes:
        counts: differences by kind.
        same: how many items are the same in both.
    """

    differences: Sequence[EditionDifference]
    counts: dict[str, int]
    same: int

    def of_kind(self, kind: str) -> list[EditionDifference]:
        """The differences of one kind, or all of them for ""."""
        return [each for each in self.differences if kind in ("", each.kind)]


def side_by_side(before: Edition, after: Edition) -> SideBySide:
    """All differences (版本差异) between two editions, kind by kind.

    Source:
        docs/methods/comparison.md.
    """
    found = compare_editions(before, after)
    differences = [
        *(EditionDifference("new", None, each) for each in found.added),
        *(EditionDifference("gone", each, None) for each in found.gone),
        *(
            EditionDifference(kind, change.before, change.after, old, new)
            for change in found.changed
            for kind, old, new in change.details
        ),
    ]
    differences.sort(key=lambda each: KINDS.index(each.kind))
    counts = {kind: sum(each.kind == kind for each in differences) for kind in KINDS}
    return SideBySide(differences, counts, found.same)


def difference_rows(differences: Iterable[EditionDifference], language: str) -> Iterator[list[str]]:
    """Differences (差异) as rows of a file: kind, key, name, dimension, indicator, old, new.

    Args:
        language: of the names, `zh` or `en`.
    """
    for each in differences:
        item = each.item
        title = item.item.title.in_language(language)
        key, places = item.item.key, [item.dimension, item.indicator]
        yield [each.kind, key, title, *places, each.old, each.new]
