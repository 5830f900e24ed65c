"""The distribution of a total of points (总分的分布): exact convolution, bootstrap, the wider."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import fsum, gcd, lcm

import numpy as np
from numpy.typing import NDArray

from wenming.core.errors import DomainError

BIN = Fraction(1, 10_000)
LARGEST_GRID = 2_000_000
Floats = NDArray[np.float64]


class BadOutcome(DomainError):
    """An item's outcomes do not have the probabilities of a distribution."""

    code = "bad_outcome"


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The points an item may get, each with its probability.

    Attributes:
        points: exact; at least one.
        chances: one for each, from 0 to 1, summing to 1.
    """

    points: tuple[Fraction, ...]
    chances: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Distribution:
    """A distribution on a grid of points.

    Attributes:
        start: the smallest value with its own cell; in points.
        step: the distance between cells; in points, exact.
        chances: probability of each cell; they sum to 1.
        error: by how much binning may have moved any value; in points, 0 on an exact grid.
    """

    start: Fraction
    step: Fraction
    chances: Floats
    error: Fraction

    def quantile(self, q: float) -> Fraction:
        """The smallest value that at least a share `q` of the probability does not exceed."""
        reached = np.cumsum(self.chances)
        cell = int(np.searchsorted(reached, q * reached[-1] - 1e-12))
        return self.start + min(cell, len(self.chances) - 1) * self.step

    def interval(self, level: float = 0.90) -> tuple[Fraction, Fraction]:
        """The quantiles that leave half of 1 − `level` on each side: 5 % and 95 %."""
        tail = (1 - level) / 2
        return self.quantile(tail), self.quantile(1 - tail)

    @property
    def mean(self) -> float:
        """The expected total, in points."""
        cells = np.arange(len(self.chances))
        return float(self.start) + float(self.step) * fsum((cells * self.chances).tolist())


@dataclass(frozen=True, slots=True)
class Range:
    """An interval that says which method made it.

    Attributes:
        low, high: in points.
        method: `convolution` or `bootstrap`.
    """

    low: Fraction
    high: Fraction
    method: str


def convolve(items: Sequence[Outcomes], *, largest_grid: int = LARGEST_GRID) -> Distribution:
    """The distribution of the sum of independent items.

    The grid is the largest step of which all points are whole multiples, so that ties stay ties.
    If it would have more than `largest_grid` cells, each value is moved to the nearest multiple
    of 1/10000 point, and the result says how far the sum may be off.

    Args:
        items: outcomes of each item; none at all gives a total of 0.
        largest_grid: cells allowed.

    Returns:
        The distribution of the total.

    Raises:
        BadOutcome: an item has no outcome, or its chances are not a distribution.

    Source:
        docs/methods/uncertainty.md, section 6.
    """
    for number, item in enumerate(items):
        _refuse_bad(item, number)
    step = _common_step(items)
    if _cells(items, step) > largest_grid:
        step = max(BIN, step)
    error = sum((_moved(item, step) for item in items), Fraction(0))
    chances, start = np.ones(1), 0
    for item in items:
        cells = [round(value / step) for value in item.points]
        lowest = min(cells)
        spread = np.zeros(len(chances) + max(cells) - lowest)
        for cell, chance in zip(cells, item.chances, strict=True):
            spread[cell - lowest : cell - lowest + len(chances)] += chance * chances
        chances, start = spread, start + lowest
    return Distribution(start * step, step, chances, error)


def from_replicates(totals: Sequence[Fraction], level: float = 0.90) -> tuple[Fraction, Fraction]:
    """The quantiles of totals computed again on every bootstrap replicate.

    Args:
        totals: at least one, in points, in any order.
        level: the share of totals between the two.

    Returns:
        The totals at ranks ⌈(1 − level)/2 × R⌉ and ⌈(1 + level)/2 × R⌉; in points.

    Raises:
        BadOutcome: there is no replicate.
    """
    if not totals:
        raise BadOutcome(problem="no_replicate")
    ordered = sorted(totals)
    share = Fraction(1) - Fraction(str(level))
    first = max(1, -(-len(ordered) * share.numerator // (2 * share.denominator)))
    last = len(ordered) - first + 1
    return ordered[min(first, last) - 1], ordered[max(first, last) - 1]


def wider(one: Range, other: Range) -> Range:
    """The wider of two intervals; the first when they are equally wide."""
    return other if other.high - other.low > one.high - one.low else one


def _refuse_bad(item: Outcomes, number: int) -> None:
    sane = len(item.points) == len(item.chances) > 0 and min(item.chances) >= 0
    if not sane or abs(fsum(item.chances) - 1) > 1e-9:
        raise BadOutcome(item=number, chances=item.chances)


def _common_step(items: Sequence[Outcomes]) -> Fraction:
    values = [value for item in items for value in item.points if value]
    if not values:
        return Fraction(1)
    below = lcm(*(value.denominator for value in values))
    return Fraction(gcd(*(int(value * below) for value in values)), below)


def _cells(items: Sequence[Outcomes], step: Fraction) -> int:
    return int(sum((max(i.points) - min(i.points)) / step for i in items)) + 1


def _moved(item: Outcomes, step: Fraction) -> Fraction:
    return max(abs(round(value / step) * step - value) for value in item.points)
