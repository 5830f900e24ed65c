"""Intervals of estimates (置信区间): of a mean, and of a share near or away from 0 and 1."""

from dataclasses import dataclass
from enum import StrEnum
from math import exp, log, nan, sqrt

from scipy.special import betaincinv, ndtri, stdtrit

NO_VARIANCE = 1e-12
FEW = 30


class IntervalKind(StrEnum):
    """How an interval is made; `auto` chooses between `logit` and `beta` and says which."""

    AUTO = "auto"
    MEAN = "mean"
    LOGIT = "logit"
    BETA = "beta"
    WILSON = "wilson"


@dataclass(frozen=True, slots=True)
class Interval:
    """From where to where, and by which rule.

    Attributes:
        low, high: in the unit of the estimate; NaN when there are no degrees of freedom.
        kind: never `auto`.
    """

    low: float
    high: float
    kind: IntervalKind


def t_quantile(level: float, df: float) -> float:
    """The two-sided Student quantile of a confidence level; NaN without degrees of freedom."""
    return float(stdtrit(df, (1 + level) / 2)) if df >= 1 else nan


def effective_size(n: int, deff: float, df: float, *, level: float = 0.95) -> float:
    """How many independent answers a sample is worth (有效样本量), never more than it has.

    Args:
        n: answers, at least 1.
        deff: variance of the share × n / (p (1 − p)); at least 0. Below 1e-12 (everybody
            answered alike, or the design fixed the share) it counts as 1.
        df: degrees of freedom of the design; below 1 the sample is worth nothing.
        level: confidence of the interval, for the ratio of Student quantiles.

    Returns:
        min(n, n / deff × (t_{n−1} / t_{df})²), from 0 to n.

    Source:
        docs/methods/uncertainty.md, section 1; Korn and Graubard (1998).
    """
    if df < 1 or n < 2:
        return 0.0
    ratio = t_quantile(level, n - 1) / t_quantile(level, df)
    size = n if deff < NO_VARIANCE else n / deff
    return float(min(n, size * ratio**2))


def wald(estimate: float, se: float, *, df: int, level: float) -> Interval:
    """Estimate ± Student quantile × standard error."""
    reach = t_quantile(level, df) * se
    return Interval(estimate - reach, estimate + reach, IntervalKind.MEAN)


def logit(share: float, se: float, *, df: int, level: float) -> Interval:
    """Wald's interval on the scale log(p / (1 − p)); for shares inside 0 and 1, and df ≥ 1."""
    centre = log(share / (1 - share))
    reach = t_quantile(level, df) * se / (share * (1 - share))
    low, high = (1 / (1 + exp(-bound)) for bound in (centre - reach, centre + reach))
    return Interval(low, high, IntervalKind.LOGIT)


def beta(share: float, n_eff: float, *, level: float) -> Interval:
    """Clopper and Pearson's interval with the effective size (Korn and Graubard)."""
    tail = (1 - level) / 2
    yes, no = n_eff * share, n_eff * (1 - share)
    low = float(betaincinv(yes, no + 1, tail)) if yes > 0 else 0.0
    high = float(betaincinv(yes + 1, no, 1 - tail)) if no > 0 else 1.0
    return Interval(low, high, IntervalKind.BETA)


def wilson(share: float, n_eff: float, *, level: float) -> Interval:
    """Wilson's score interval with the effective size; 0 to 1 when that is 0."""
    if n_eff <= 0:
        return Interval(0.0, 1.0, IntervalKind.WILSON)
    z2 = float(ndtri((1 + level) / 2)) ** 2
    scale = 1 + z2 / n_eff
    centre = (share + z2 / (2 * n_eff)) / scale
    reach = sqrt(z2 * (share * (1 - share) + z2 / (4 * n_eff)) / n_eff) / scale
    # It holds the share, whatever the last digit of the sum is.
    low, high = min(share, max(0.0, centre - reach)), max(share, min(1.0, centre + reach))
    return Interval(low, high, IntervalKind.WILSON)


def chosen(kind: IntervalKind, *, share: float, n: int, df: int, deff: float) -> IntervalKind:
    """Settle the kind of interval of a share.

    `auto` takes logit away from the edges, and beta at 0 and 1, where the answers or the design
    leave no variance, and for n < 30. A logit asked for at 0 or 1, or without degrees of freedom,
    does not exist: beta again.
    """
    no_logit = share <= 0 or share >= 1 or df < 1
    if kind is IntervalKind.LOGIT:
        return IntervalKind.BETA if no_logit else kind
    if kind is not IntervalKind.AUTO:
        return kind
    return IntervalKind.BETA if no_logit or n < FEW or deff < NO_VARIANCE else IntervalKind.LOGIT
