"""From verdicts to points: how an assessment (测评) becomes a score.

Everything here is exact (`Fraction`); `core.rounding` rounds once, when publishing.
Points flow down the edition: a part's total goes to its dimensions, theirs to their
indicators, theirs to their items, each time in proportion to the stated points of what
applies. So an edition whose points do not sum to its total is rescaled once, and what
does not apply stands aside in favour of its nearest siblings.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from wenming.core.errors import NothingToScore
from wenming.core.framework import Dimension, Edition, Indicator, Item
from wenming.core.rules import Verdict
from wenming.core.terms import Part, State

_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Judged:
    """An item with what was found out about it.

    Attributes:
        applies: False for 不适用; then the verdict is not looked at.
        reason: why it does not apply.
    """

    verdict: Verdict
    applies: bool = True
    reason: str = ""

    @property
    def state(self) -> State:
        """The item's state."""
        if not self.applies:
            return State.NOT_APPLICABLE
        if self.verdict.is_met is None:
            return State.UNTESTED
        return State.MET if self.verdict.is_met else State.NOT_MET


@dataclass(frozen=True, slots=True)
class ItemScore:
    """An item's points (分值) and score (得分).

    Attributes:
        stated: points as the edition states them; None where it gives none.
        points: effective points; None where none are stated or it does not apply.
        score: points earned; None when untested, not applicable or without points.
    """

    item: Item
    indicator: Indicator
    dimension: Dimension
    judged: Judged
    stated: Fraction | None
    points: Fraction | None
    score: Fraction | None

    @property
    def state(self) -> State:
        """The item's state."""
        return self.judged.state

    @property
    def lost(self) -> Fraction | None:
        """Points less score (失分); None where there is no score."""
        if self.points is None or self.score is None:
            return None
        return self.points - self.score


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over items of a part, a dimension, an indicator, a group or a unit.

    Attributes:
        points: effective points of the items that apply; None where no item has points.
        tested: of these, the points of the items that have a score.
        earned: points earned.
    """

    points: Fraction | None
    tested: Fraction
    earned: Fraction
    states: Mapping[State, int]

    @property
    def score(self) -> Fraction | None:
        """On what was tested: earned, rescaled to all points; None when nothing was."""
        if self.points is None or not self.tested:
            return None
        return self.points * self.earned / self.tested

    @property
    def worst(self) -> Fraction | None:
        """When everything untested earned nothing."""
        return None if self.points is None else self.earned

    @property
    def best(self) -> Fraction | None:
        """When everything untested earned all."""
        return None if self.points is None else self.earned + self.points - self.tested

    @property
    def coverage(self) -> Fraction | None:
        """Points of tested items of points of applicable items (覆盖率), 0 to 1."""
        return self.tested / self.points if self.points else None

    @property
    def lost(self) -> Fraction:
        """Points lost by tested items."""
        return self.tested - self.earned


@dataclass(frozen=True, slots=True)
class RoundScore:
    """The score of a round.

    Attributes:
        factors: by part, total divided by the sum of stated points; 1 when they agree.
    """

    items: tuple[ItemScore, ...]
    parts: Mapping[Part, Tally]
    stated: Mapping[Part, Fraction]
    factors: Mapping[Part, Fraction]

    def of(self, *, dimension: str = "", indicator: str = "") -> Tally:
        """The tally of one dimension or one indicator, by key."""
        return tally(
            each
            for each in self.items
            if dimension in ("", each.dimension.key) and indicator in ("", each.indicator.key)
        )


def score_round(edition: Edition, judged: Mapping[str, Judged]) -> RoundScore:
    """Score every item of an edition.

    Args:
        judged: by key of the item, one for each.

    Raises:
        NothingToScore: the edition holds no item.

    Source:
        docs/methods/scoring.md, sections 3 and 4.
    """
    effective = _effective_points(edition, judged)
    items = tuple(
        _item_score(dimension, indicator, item, judged[item.key], effective.get(item.key))
        for dimension, indicator, item in edition.items()
    )
    if not items:
        raise NothingToScore(edition=edition.key)
    parts = tuple(dict.fromkeys(dimension.part for dimension in edition.dimensions))
    stated = {part: _stated(edition, part) for part in parts}
    return RoundScore(
        items=items,
        parts={
            part: tally(each for each in items if each.dimension.part is part) for part in parts
        },
        stated=stated,
        factors={
            part: Fraction(edition.totals[part]) / stated[part]
            for part in parts
            if part in edition.totals and stated[part]
        },
    )


def tally(items: Iterable[ItemScore]) -> Tally:
    """Sum items; order does not matter."""
    items = list(items)
    with_points = [each for each in items if each.points is not None]
    tested = [each for each in with_points if each.score is not None]
    states = dict.fromkeys(State, 0)
    for each in items:
        states[each.state] += 1
    return Tally(
        points=sum((each.points or _ZERO for each in with_points), _ZERO) if with_points else None,
        tested=sum((each.points or _ZERO for each in tested), _ZERO),
        earned=sum((each.score or _ZERO for each in tested), _ZERO),
        states=states,
    )


def share_points(total: Fraction, weights: Sequence[Fraction | None]) -> list[Fraction | None]:
    """Divide points among siblings in proportion to their weights (style: 分值分摊).

    Args:
        total: points to divide.
        weights: stated points of each sibling; None for one that does not apply.

    Returns:
        Points of each, None for those that do not apply; they sum to `total` when any applies.
    """
    offered = sum((weight for weight in weights if weight is not None), _ZERO)
    if not offered:
        return [None] * len(weights)
    return [None if weight is None else total * weight / offered for weight in weights]


def _stated(edition: Edition, part: Part) -> Fraction:
    return sum(
        (
            Fraction(item.points)
            for dimension, _, item in edition.items()
            if dimension.part is part and item.points is not None
        ),
        _ZERO,
    )


def _effective_points(edition: Edition, judged: Mapping[str, Judged]) -> dict[str, Fraction]:
    effective: dict[str, Fraction] = {}
    for part in dict.fromkeys(dimension.part for dimension in edition.dimensions):
        stated = _stated(edition, part)
        total = Fraction(edition.totals[part]) if part in edition.totals else stated
        dimensions = [each for each in edition.dimensions if each.part is part]
        shares = share_points(total, [_weight(each.items, judged) for each in dimensions])
        for dimension, points in zip(dimensions, shares, strict=True):
            if points is not None:
                _share_dimension(dimension, points, judged, effective)
    return effective


def _share_dimension(
    dimension: Dimension,
    points: Fraction,
    judged: Mapping[str, Judged],
    effective: dict[str, Fraction],
) -> None:
    weights = [_weight(each.items, judged) for each in dimension.indicators]
    for indicator, share in zip(dimension.indicators, share_points(points, weights), strict=True):
        if share is None:
            continue
        own = [_weight((item,), judged) for item in indicator.items]
        for item, mine in zip(indicator.items, share_points(share, own), strict=True):
            if mine is not None:
                effective[item.key] = mine


def _weight(items: Iterable[Item], judged: Mapping[str, Judged]) -> Fraction | None:
    """Stated points of siblings: all of them while any applies, None when none does."""
    items = [item for item in items if item.points is not None]
    if not any(judged[item.key].applies for item in items):
        return None
    return sum((Fraction(item.points or 0) for item in items), _ZERO)


def _item_score(
    dimension: Dimension,
    indicator: Indicator,
    item: Item,
    judged: Judged,
    points: Fraction | None,
) -> ItemScore:
    rate = judged.verdict.rate
    has_score = judged.applies and judged.verdict.is_tested
    return ItemScore(
        item=item,
        indicator=indicator,
        dimension=dimension,
        judged=judged,
        stated=None if item.points is None else Fraction(item.points),
        points=points,
        score=points * rate if points is not None and rate is not None and has_score else None,
    )
