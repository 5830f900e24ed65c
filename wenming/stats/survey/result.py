"""A published figure: the estimate with its uncertainty, made from an influence function."""

from dataclasses import dataclass

import numpy as np

from wenming.stats.survey import intervals
from wenming.stats.survey.design import Design, Lonely
from wenming.stats.survey.errors import NotAShare, UnknownPolicy
from wenming.stats.survey.intervals import Interval, IntervalKind
from wenming.stats.survey.sums import Flags, Floats, total
from wenming.stats.survey.variance import covariance


@dataclass(frozen=True, slots=True)
class Options:
    """How to express the uncertainty of an estimate.

    Attributes:
        level: confidence, above 0 and below 1.
        interval: kind of interval; means, totals and ratios know only `mean` (and `auto`).
        domain_lonely: whether a unit that is alone in its stratum *inside the domain* falls
            under the lonely policy, too.
    """

    level: float = 0.95
    interval: IntervalKind | str = IntervalKind.AUTO
    domain_lonely: bool = False

    def __post_init__(self) -> None:
        if self.interval not in set(IntervalKind):
            raise UnknownPolicy(policy=str(self.interval), known=[*IntervalKind])
        object.__setattr__(self, "interval", IntervalKind(self.interval))


DEFAULT = Options()


@dataclass(frozen=True, slots=True)
class Estimate:
    """One estimated figure with everything that must be printed beside it (估计值).

    Attributes:
        estimate: in the unit of the answers; a share is from 0 to 1.
        se: standard error, same unit.
        low, high: the interval at `level`; NaN when `df` is below 1.
        deff_wor: variance against a simple random sample without replacement; None when the
            answers do not vary, or the weights do not sum to more than n.
        deff_wr: the same with replacement; the one to use when weights are scaled to n.
        df: degrees of freedom: first-stage units less strata, of the domain.
        n: answers counted.
        base: sum of their weights.
        n_eff: effective size (有效样本量) of a share, at most n; None for other figures.
        interval_kind: `mean`, `logit`, `beta` or `wilson`; what `auto` chose.
        level: confidence of the interval.
        lonely_used: the lonely policy, if any stratum needed it; else None.
        lonely_strata: these strata.
    """

    estimate: float
    se: float
    low: float
    high: float
    deff_wor: float | None
    deff_wr: float | None
    df: int
    n: int
    base: float
    n_eff: float | None
    interval_kind: IntervalKind
    level: float
    lonely_used: Lonely | None
    lonely_strata: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """A figure with its influence function: what one more row of weight 1 would change."""

    value: float
    scores: Floats
    inside: Flags
    is_share: bool = False


@dataclass(frozen=True, slots=True)
class _Sample:
    n: int
    df: int
    deff: float
    n_eff: float


def finish(
    design: Design, linear: Linear, options: Options, *, answers: int | None = None
) -> Estimate:
    """Put variance, interval and design effects to a linearised figure.

    Args:
        answers: the n to show and to cap the effective size with; None counts the rows inside.

    Returns:
        The figure as it is published.
    """
    inside = linear.inside
    found = covariance(
        design, linear.scores[:, None], inside=inside, domain_lonely=options.domain_lonely
    )
    variance = max(0.0, float(found.matrix[0, 0]))
    n, df = answers or int(np.count_nonzero(inside)), design.degrees(inside)
    base = total(design.weights[inside])
    wor, wr = _design_effects(design.weights[inside], linear.scores[inside], variance)
    spread = linear.value * (1 - linear.value)
    deff = variance * n / spread if spread > 0 else 0.0
    n_eff = intervals.effective_size(n, deff, df, level=options.level)
    sample = _Sample(n=n, df=df, deff=deff, n_eff=n_eff)
    interval = _interval(linear, float(np.sqrt(variance)), sample, options)
    return Estimate(
        estimate=linear.value,
        se=float(np.sqrt(variance)),
        low=interval.low,
        high=interval.high,
        deff_wor=wor,
        deff_wr=wr,
        df=df,
        n=n,
        base=base,
        n_eff=n_eff if linear.is_share else None,
        interval_kind=interval.kind,
        level=options.level,
        lonely_used=design.lonely if found.lonely else None,
        lonely_strata=found.lonely,
    )


def _interval(linear: Linear, se: float, sample: _Sample, options: Options) -> Interval:
    value, level, kind = linear.value, options.level, IntervalKind(options.interval)
    if not linear.is_share:
        if kind not in (IntervalKind.AUTO, IntervalKind.MEAN):
            raise NotAShare(interval=str(kind))
        return intervals.wald(value, se, df=sample.df, level=level)
    kind = intervals.chosen(kind, share=value, n=sample.n, df=sample.df, deff=sample.deff)
    if kind is IntervalKind.BETA:
        return intervals.beta(value, sample.n_eff, level=level)
    if kind is IntervalKind.WILSON:
        return intervals.wilson(value, sample.n_eff, level=level)
    if kind is IntervalKind.LOGIT:
        return intervals.logit(value, se, df=sample.df, level=level)
    return intervals.wald(value, se, df=sample.df, level=level)


def _design_effects(
    weights: Floats, scores: Floats, variance: float
) -> tuple[float | None, float | None]:
    n, base = len(weights), total(weights)
    if n < 2:
        return None, None
    centred = scores - total(weights * scores) / base
    spread = total(weights * centred**2) / base * n / (n - 1)
    simple = base**2 * spread / n
    if simple <= 0:
        return None, None
    with_replacement = variance / simple
    left = 1 - n / base
    return (with_replacement / left if left > 0 else None), with_replacement
