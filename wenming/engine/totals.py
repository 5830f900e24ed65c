"""The interval of the total: exact convolution beside a bootstrap, and the wider is shown."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from wenming.core.scoring import RoundScore
from wenming.core.terms import Part
from wenming.engine.index import Index
from wenming.engine.readings import Chance, ItemResult, TotalInterval
from wenming.engine.replicates import Replicates
from wenming.stats.totals import Outcomes, Range, convolve, from_replicates, wider

REPLICATES = 1000
_PLACES = 9


def interval_of(
    index: Index, items: Sequence[ItemResult], score: RoundScore
) -> TotalInterval | None:
    """5 %–95 % of the basic score on what was tested; None when nothing has a score.

    Args:
        items: all items; untested ones and those of the distinctive part are left out.

    Source:
        docs/methods/uncertainty.md, sections 6 and 7.
    """
    tally = score.parts.get(Part.BASIC)
    if tally is None or tally.points is None or not tally.tested:
        return None
    scored = [
        each
        for each in items
        if each.score.score is not None and each.score.dimension.part is Part.BASIC
    ]
    factor = tally.points / tally.tested
    true = _convolved(scored, factor, repeat=False)
    repeat = _convolved(scored, factor, repeat=True)
    resampled = _resampled(index, scored, factor)
    chosen = wider(Range(*true, "convolution"), Range(*resampled, "bootstrap"))
    return TotalInterval(
        chosen=chosen.method,
        convolution=_floats(true),
        bootstrap=_floats(resampled),
        repeat=_floats(repeat),
        replicates=REPLICATES,
    )


def _convolved(
    items: Sequence[ItemResult], factor: Fraction, *, repeat: bool
) -> tuple[Fraction, Fraction]:
    sure = sum((each.score.score or Fraction(0) for each in items if not each.chances), Fraction(0))
    open_ = [_outcomes(each, repeat=repeat) for each in items if each.chances]
    open_.sort(key=lambda each: max(each.points) - min(each.points))
    low, high = convolve(open_).interval()
    return (sure + low) * factor, (sure + high) * factor


def _outcomes(result: ItemResult, *, repeat: bool) -> Outcomes:
    points = result.score.points or Fraction(0)
    chances: tuple[Chance, ...] = ()
    if result.chances:
        chances = result.chances.repeat if repeat else result.chances.true
    total = sum(each.probability for each in chances)
    return Outcomes(
        tuple(points * (each.rate or Fraction(0)) for each in chances),
        tuple(each.probability / total for each in chances),
    )


def _resampled(
    index: Index, items: Sequence[ItemResult], factor: Fraction
) -> tuple[Fraction, Fraction]:
    plan = index.evidence.plan
    seed = (plan.seed or plan.key).encode()
    replicates = Replicates.of(index, count=REPLICATES, seed=seed)
    totals = np.zeros(REPLICATES)
    for each in items:
        rates = replicates.rates(each)
        if rates is not None:
            totals += float(each.score.points or 0) * rates
    exact = [Fraction(repr(float(total))) for total in np.round(totals, _PLACES)]
    low, high = from_replicates(exact)
    return low * factor, high * factor


def _floats(pair: tuple[Fraction, Fraction]) -> tuple[float, float]:
    return float(pair[0]), float(pair[1])
