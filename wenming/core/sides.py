"""On which side of its own interval a score lies (区间之外)."""

from decimal import Decimal
from enum import StrEnum

_SHOWN = Decimal("0.005")
"""Half of the last place in which totals are shown."""


class Side(StrEnum):
    """On which side of its interval a score lies, where it lies outside (区间之外)."""

    ABOVE = "above"
    BELOW = "below"


def side_of(score: Decimal | None, low: Decimal | None, high: Decimal | None) -> Side | None:
    """Whether a score lies outside the interval of what the city would truly earn (区间之外).

    A sample may pass a rule more easily than the whole register would: five sites of five are
    sooner without a fault than fifty of fifty. What differs in no place that is shown counts as
    inside.

    Args:
        score, low, high: in points.

    Source:
        docs/methods/uncertainty.md, section 6.
    """
    if score is None or low is None or high is None:
        return None
    if score - high >= _SHOWN:
        return Side.ABOVE
    return Side.BELOW if low - score >= _SHOWN else None
