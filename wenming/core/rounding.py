"""The one place that rounds: exact values become published digits here and nowhere else."""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from wenming.core.errors import NotReconcilable

POINT_PLACES = 10
ESTIMATE_PLACES = 9
_WIDE = Context(prec=60, rounding=ROUND_HALF_EVEN)


def publish(value: Fraction, places: int = POINT_PLACES) -> Decimal:
    """An exact value as a decimal with so many places, halves to the even digit.

    Source:
        GB/T 8170-2008, rules of rounding (四舍六入五成双).
    """
    unit = 10**places
    scaled = round(value * unit)
    return Decimal(scaled).scaleb(-places, context=_WIDE)


def declared(value: Fraction | Decimal | str, places: int = ESTIMATE_PLACES) -> Fraction:
    """A weighted estimate at the precision at which it is compared with limits.

    Floating sums put an exact 80 % below 0.8 in a quarter of cases; after rounding to
    1e-9 they do not.

    Args:
        value: an estimate; a float is passed as `repr(value)`.
    """
    return Fraction(round(Fraction(value) * 10**places), 10**places)


def share_out(parts: Sequence[Fraction], *, places: int) -> list[Decimal]:
    """Round parts so that they add up to their rounded total (largest remainder).

    Each part is rounded down or up to its next digit, never further; equal remainders
    go to the earlier part.

    Args:
        parts: exact values, in the order in which they are shown.
        places: decimal places shown.

    Returns:
        One decimal a part; their sum is `publish(sum(parts), places)`.

    Raises:
        NotReconcilable: the total cannot be reached by rounding each part once.
    """
    unit = 10**places
    floors = [part * unit // 1 for part in parts]
    missing = round(sum(parts, Fraction(0)) * unit) - sum(floors)
    if not 0 <= missing <= len(parts):
        raise NotReconcilable(parts=len(parts), missing=int(missing))
    order = sorted(range(len(parts)), key=lambda i: (floors[i] - parts[i] * unit, i))
    raised = set(order[: int(missing)])
    return [
        Decimal(int(floor) + (i in raised)).scaleb(-places, context=_WIDE)
        for i, floor in enumerate(floors)
    ]
