"""Two editions side by side: what is new, gone, moved, harder and easier."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from wenming.core.framework import Criterion, Edition, Item
from wenming.core.framework.canonical import plain
from wenming.core.rules import (
    ConditionsRule,
    ConditionTest,
    DocumentsRule,
    GradeLimit,
    NumberRule,
    RatingRule,
    SitesRule,
)
from wenming.core.terms import Op, Part

_RISING = (Op.ABOVE, Op.AT_LEAST)


@dataclass(frozen=True, slots=True)
class PlacedItem:
    """An item with where it stands in its edition."""

    item: Item
    part: Part
    dimension: str
    indicator: str


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item that stands in both editions and is not the same.

    Attributes:
        kinds: of moved, renamed, points, harder, easier, changed, in this order.
        details: (kind, before, after) as text for those that have two sides.
    """

    before: PlacedItem
    after: PlacedItem
    kinds: tuple[str, ...]
    details: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What lies between two editions, in the order of the editions."""

    added: tuple[PlacedItem, ...]
    gone: tuple[PlacedItem, ...]
    changed: tuple[ItemChange, ...]
    same: int

    def added_in(self, part: Part) -> tuple[PlacedItem, ...]:
        """The new items of one part."""
        return tuple(each for each in self.added if each.part is part)


def compare_editions(before: Edition, after: Edition) -> Comparison:
    """Compare two editions by the stable keys of their items.

    An item is harder when a limit moved away from what the city must reach, or when a
    grade asks for more conditions; rules that cannot be ordered are "changed".

    Source:
        docs/methods/comparison.md.
    """
    old, new = placed_items(before), placed_items(after)
    changes = [_change(old[key], new[key]) for key in new if key in old]
    changed = tuple(change for change in changes if change.kinds)
    return Comparison(
        added=tuple(new[key] for key in new if key not in old),
        gone=tuple(old[key] for key in old if key not in new),
        changed=changed,
        same=len(changes) - len(changed),
    )


def placed_items(edition: Edition) -> dict[str, PlacedItem]:
    """The items of an edition by their keys, each with where it stands."""
    return {
        item.key: PlacedItem(item, dimension.part, dimension.key, indicator.key)
        for dimension, indicator, item in edition.items()
    }


def _change(before: PlacedItem, after: PlacedItem) -> ItemChange:
    details = list(_details(before, after))
    kinds = dict.fromkeys(kind for kind, _, _ in details)
    return ItemChange(before, after, tuple(kinds), tuple(details))


def _details(before: PlacedItem, after: PlacedItem) -> Iterator[tuple[str, str, str]]:
    old, new = before.item, after.item
    places = (before.part, before.dimension, before.indicator)
    if places != (after.part, after.dimension, after.indicator):
        yield "moved", before.indicator, after.indicator
    if old.title.zh != new.title.zh:
        yield "renamed", old.title.zh, new.title.zh
    if old.points != new.points:
        yield "points", _text(old.points), _text(new.points)
    if [plain(each) for each in old.criteria] == [plain(each) for each in new.criteria]:
        return
    if len(old.criteria) != len(new.criteria):
        kind = "harder" if len(new.criteria) > len(old.criteria) else "easier"
        yield kind, f"{len(old.criteria)}", f"{len(new.criteria)}"
    for one, other in zip(old.criteria, new.criteria, strict=False):
        yield from _rule_details(one, other)


def _rule_details(before: Criterion, after: Criterion) -> Iterator[tuple[str, str, str]]:
    if plain(before) == plain(after):
        return
    found = list(_limit_details(before, after))
    yield from found
    if not found and _without_limits(before) != _without_limits(after):
        yield "changed", before.shape.value, after.shape.value


def _limit_details(before: Criterion, after: Criterion) -> Iterator[tuple[str, str, str]]:
    old, new = _limits(before), _limits(after)
    for grade in old.keys() & new.keys():
        one, other = old[grade].limit, new[grade].limit
        if (one.op, one.value) != (other.op, other.value):
            rising = other.op in _RISING
            harder = (other.value > one.value) if rising else (other.value < one.value)
            if one.value == other.value:
                harder = other.op in (Op.ABOVE, Op.BELOW)
            kind = "changed" if rising != (one.op in _RISING) else ("harder", "easier")[not harder]
            yield kind, f"{grade} {one.op} {one.value}", f"{grade} {other.op} {other.value}"
    tests, others = _tests(before), _tests(after)
    for grade in tests.keys() & others.keys():
        one_test, other_test = tests[grade], others[grade]
        if one_test.at_least != other_test.at_least:
            kind = "harder" if other_test.at_least > one_test.at_least else "easier"
            yield kind, f"{grade} {one_test.at_least}", f"{grade} {other_test.at_least}"


def _limits(criterion: Criterion) -> dict[str, GradeLimit]:
    rule = criterion.rule
    if isinstance(rule, NumberRule | SitesRule | RatingRule | DocumentsRule):
        return {each.grade: each for each in rule.limits}
    return {}


def _tests(criterion: Criterion) -> dict[str, ConditionTest]:
    rule = criterion.rule
    return {each.grade: each for each in rule.tests} if isinstance(rule, ConditionsRule) else {}


def _without_limits(criterion: Criterion) -> tuple[object, ...]:
    conditions = [(each.text.zh, each.method, plain(each.limit)) for each in criterion.conditions]
    return criterion.shape, criterion.method, conditions, criterion.site_types


def _text(points: Decimal | None) -> str:
    return "" if points is None else str(points)
