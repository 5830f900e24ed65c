"""Sharing a total among strata: equal, proportional, Neyman; with a minimum and never too many."""

import math
from collections.abc import Mapping
from fractions import Fraction

from wenming.stats.sampling.errors import DrawError

#: Square roots are taken of integers scaled by its square: spreads keep 64 bits behind the point.
ROOT_SCALE = 1 << 64


def share_total(
    weights: Mapping[str, int], *, available: Mapping[str, int], total: int, minimum: int
) -> dict[str, int]:
    """Share a total in proportion to weights, within bounds, by the largest remainder.

    A stratum gets at least `minimum` and at most what it has; what the bounds take or give is
    shared among the others, still in proportion to their weights.

    Args:
        weights: one for each stratum, 0 or more; their ratios matter, not their size.
        available: units in each stratum, 1 or more.
        total: units to be shared.
        minimum: least units in a stratum; a smaller stratum is taken whole.

    Returns:
        Units for each stratum, by name; they add up to `total`. Equal remainders go to the
        stratum whose name comes first by code point.

    Raises:
        DrawError: `allocation_exceeds_frame`, `allocation_below_minimum`,
            `allocation_without_spread` (only strata of weight 0 have room left).

    Source:
        docs/methods/draws.md, section 4.
    """
    least = {stratum: min(minimum, units) for stratum, units in available.items()}
    if total > sum(available.values()):
        raise DrawError("allocation_exceeds_frame", total=total, available=sum(available.values()))
    if total < sum(least.values()):
        raise DrawError("allocation_below_minimum", total=total, needed=sum(least.values()))

    quotas = _quotas(weights, least=least, most=available, total=total)
    shares = {stratum: math.floor(quota) for stratum, quota in quotas.items()}
    by_remainder = sorted(quotas, key=lambda name: (shares[name] - quotas[name], name))
    for stratum in by_remainder[: total - sum(shares.values())]:
        shares[stratum] += 1
    return dict(sorted(shares.items()))


def neyman_weights(
    variances: Mapping[str, Fraction], *, available: Mapping[str, int]
) -> dict[str, int]:
    """The weight N·S of each stratum, as integers.

    Args:
        variances: S² of each stratum, 0 or more.
        available: N, the units of each stratum.

    Returns:
        The whole part of √(N²·S²·d)·2**64, where d is the common denominator of the variances.

    Source:
        docs/methods/draws.md, section 4; Neyman (1934).
    """
    common = math.lcm(*(variance.denominator for variance in variances.values()))
    return {
        stratum: math.isqrt(int(variance * common) * available[stratum] ** 2 * ROOT_SCALE**2)
        for stratum, variance in variances.items()
    }


def variance_of(values: list[Fraction]) -> Fraction:
    """The variance of numbers with the divisor N - 1; 0 for a single one.

    Source:
        docs/methods/draws.md, section 4.
    """
    if len(values) == 1:
        return Fraction(0)
    mean = sum(values, Fraction(0)) / len(values)
    return sum(((value - mean) ** 2 for value in values), Fraction(0)) / (len(values) - 1)


def _quotas(
    weights: Mapping[str, int], *, least: Mapping[str, int], most: Mapping[str, int], total: int
) -> dict[str, Fraction]:
    """Exact shares λ·weight, cut to the bounds, with the λ that makes them add up to `total`."""
    fixed: dict[str, Fraction] = {}
    while len(fixed) < len(weights):
        free = sorted(weights.keys() - fixed.keys())
        left = total - sum(fixed.values(), Fraction(0))
        whole = sum(weights[stratum] for stratum in free)
        if whole == 0 and left > sum(least[stratum] for stratum in free):
            raise DrawError("allocation_without_spread", left=int(left))
        asked = {name: left * Fraction(weights[name], whole or 1) for name in free}
        raised = {name: max(asked[name], Fraction(least[name])) for name in free}
        cut = {name: min(raised[name], Fraction(most[name])) for name in free}
        excess = sum(cut.values(), Fraction(0)) - left
        if excess == 0:
            return fixed | cut
        # Raised bounds ask for more than is there: they are sure to bind; else the lowered ones.
        fixed |= {
            name: quota
            for name, quota in cut.items()
            if (quota > asked[name] if excess > 0 else quota < asked[name])
        }
    return fixed
