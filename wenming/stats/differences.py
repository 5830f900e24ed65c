"""The difference of two estimates from independent samples (两次结果之差), from their intervals."""

from math import hypot

Estimate = tuple[float, float, float]
"""A value with the lower and the upper end of its interval, in one unit."""


def difference_interval(later: Estimate, earlier: Estimate) -> tuple[float, float]:
    """The interval of later minus earlier, at the level of the two intervals.

    The distances of each value to its own ends are added in squares, so skew intervals stay skew.
    It supposes that the two samples were drawn independently of each other.

    Args:
        later, earlier: in the same unit, their intervals at the same level.

    Returns:
        The lower and the upper end, in that unit.

    Source:
        Zou and Donner 2008, Statistics in Medicine 27, 1693–1702; docs/methods/difference.md.
    """
    (value, low, high), (value_before, low_before, high_before) = later, earlier
    difference = value - value_before
    return (
        difference - hypot(value - low, high_before - value_before),
        difference + hypot(high - value, value_before - low_before),
    )
