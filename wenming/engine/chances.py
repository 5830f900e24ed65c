"""How probable each outcome is: for a criterion, for conditions together, for an item."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from statistics import fmean, stdev

from scipy.special import stdtr

from wenming.core.framework import OfficialDesign
from wenming.core.rules import (
    AllOrNothingRule,
    ConditionsMet,
    ConditionsRule,
    GradeLimit,
    Scale,
    Verdict,
    holds,
    judge,
)
from wenming.core.terms import Op
from wenming.engine.readings import Chance, Chances, ConditionReading, CriterionResult
from wenming.stats.grades import (
    Official,
    Sites,
    Survey,
    p_repeat,
    p_true,
    sites_p_repeat,
    sites_p_true,
)
from wenming.stats.survey import Estimate

_PERCENT = 100
_RISING = (Op.ABOVE, Op.AT_LEAST)

Prospect = Callable[[Op, Fraction], tuple[float, float]]
"""(p_true, p_repeat) that a value is on the right side of a limit in the unit of the criterion."""


def survey_prospect(estimate: Estimate, official: OfficialDesign) -> Prospect:
    """Chances of a share in percent estimated from answer sheets."""
    sample = Survey(min(1.0, max(0.0, estimate.estimate)), estimate.n_eff or 0.0)
    test = Official(official.respondents, float(official.deff))

    def prospect(op: Op, limit: Fraction) -> tuple[float, float]:
        share = limit / _PERCENT
        return p_true(sample, op.value, share), p_repeat(sample, op.value, share, official=test)

    return prospect


def sites_prospect(passing: int, visited: int, register: int, planned: int) -> Prospect:
    """Chances of a share of sites in percent; the register is finite and the visits are a draw.

    Args:
        planned: how many sites the official test visits.
    """
    sites = Sites(passing, visited, max(register, visited))
    test = Official(max(1, min(planned, sites.register)))

    def prospect(op: Op, limit: Fraction) -> tuple[float, float]:
        share = limit / _PERCENT
        return (
            sites_p_true(sites, op.value, share),
            sites_p_repeat(sites, op.value, share, official=test),
        )

    return prospect


@dataclass(frozen=True, slots=True)
class SeenNumbers:
    """Numbers seen at sites, one a site, and how many sites there are and will be tested."""

    values: tuple[Fraction, ...]
    register: int
    planned: int
    aggregate: str


def numbers_prospect(seen: SeenNumbers) -> Prospect | None:
    """Chances of a number seen at several sites; None for sums, which no sample estimates.

    A maximum keeps its limit when every site does, and so does a mean whose limit is 0:
    these are counted as sites. Other means use Student's t with the finite correction.
    """
    if seen.aggregate == "sum":
        return None

    def prospect(op: Op, limit: Fraction) -> tuple[float, float]:
        if seen.aggregate == "max" or limit == 0:
            kept = sum(holds(op, value, limit) for value in seen.values)
            by_site = sites_prospect(kept, len(seen.values), seen.register, seen.planned)
            return by_site(Op.AT_LEAST, Fraction(_PERCENT))
        return _mean_prospect(seen, op, limit)

    return prospect


def graded_chances(
    limits: Sequence[GradeLimit], scale: Scale, prospect: Prospect | None
) -> Chances | None:
    """The chance of each grade, for limits that contain each other, best grade first."""
    if prospect is None or not limits:
        return None
    steps = [prospect(each.limit.op, Fraction(each.limit.value)) for each in limits]
    grades = [each.grade for each in limits]
    true, repeat = (
        _differences(scale, grades, [step[question] for step in steps]) for question in (0, 1)
    )
    return Chances(true, repeat)


def condition_chances(
    rule: ConditionsRule | AllOrNothingRule, conditions: Sequence[ConditionReading], scale: Scale
) -> Chances | None:
    """The chance of each outcome when some conditions rest on a sample; taken as independent.

    Conditions that nobody has looked at count as not met.
    """
    if all(each.p_true is None for each in conditions):
        return None
    true = _enumerate(rule, [_met_chance(each, each.p_true) for each in conditions], scale)
    repeat = _enumerate(rule, [_met_chance(each, each.p_repeat) for each in conditions], scale)
    return Chances(true, repeat)


def item_chances(criteria: Sequence[CriterionResult]) -> Chances | None:
    """The chance of each outcome of an item whose criteria must all hold; independent."""
    if all(each.chances is None for each in criteria):
        return None
    if not all(each.verdict.is_tested for each in criteria):
        return None
    true = [each.chances.true if each.chances else (_sure(each.verdict),) for each in criteria]
    repeat = [each.chances.repeat if each.chances else (_sure(each.verdict),) for each in criteria]
    return Chances(_worst(true), _worst(repeat))


def _mean_prospect(seen: SeenNumbers, op: Op, limit: Fraction) -> tuple[float, float]:
    values = [float(value) for value in seen.values]
    n = len(values)
    spread = stdev(values) if n > 1 else math.nan
    centre = fmean(values)
    left = max(0.0, 1 - n / max(seen.register, n))
    own, other = spread**2 / n * left, spread**2 / max(1, min(seen.planned, seen.register))
    return _beyond(op, limit, centre, own, n - 1), _beyond(op, limit, centre, own + other, n - 1)


def _beyond(op: Op, limit: Fraction, centre: float, variance: float, df: int) -> float:
    if df < 1:
        return 0.5
    if variance <= 0:
        return float(holds(op, Fraction(repr(centre)), limit))
    above = float(stdtr(df, (centre - float(limit)) / math.sqrt(variance)))
    return above if op in _RISING else 1 - above


def _differences(
    scale: Scale, grades: Sequence[str], reached: Sequence[float]
) -> tuple[Chance, ...]:
    chances, before = [], 0.0
    for grade, probability in zip(grades, reached, strict=True):
        probability = max(before, probability)
        chances.append(_chance(scale, grade, probability - before))
        before = probability
    return (*chances, _chance(scale, scale.fallback, max(0.0, 1 - before)))


def _chance(scale: Scale, grade: str, probability: float) -> Chance:
    return Chance(grade, scale.rate(grade), scale.is_met(grade), probability)


def _met_chance(reading: ConditionReading, probability: float | None) -> float:
    return float(reading.state is True) if probability is None else probability


def _enumerate(
    rule: ConditionsRule | AllOrNothingRule, met: Sequence[float], scale: Scale
) -> tuple[Chance, ...]:
    open_ = [n for n, chance in enumerate(met) if 0 < chance < 1]
    found: dict[Verdict, float] = defaultdict(float)
    for outcome in product((True, False), repeat=len(open_)):
        states = [chance >= 1 for chance in met]
        probability = 1.0
        for n, state in zip(open_, outcome, strict=True):
            states[n] = state
            probability *= met[n] if state else 1 - met[n]
        found[judge(rule, ConditionsMet(tuple(states)), scale)] += probability
    return tuple(
        Chance(verdict.grade, verdict.rate, bool(verdict.is_met), probability)
        for verdict, probability in found.items()
    )


def _sure(verdict: Verdict) -> Chance:
    return Chance(verdict.grade, verdict.rate, bool(verdict.is_met), 1.0)


def _worst(criteria: Iterable[Sequence[Chance]]) -> tuple[Chance, ...]:
    found: dict[tuple[str, Fraction | None, bool], float] = defaultdict(float)
    for outcome in product(*criteria):
        worst = min(outcome, key=lambda each: (each.is_met, each.rate or Fraction(0)))
        probability = math.prod(each.probability for each in outcome)
        found[worst.grade, worst.rate, worst.is_met] += probability
    return tuple(Chance(*key, probability) for key, probability in sorted(found.items(), key=_rank))


def _rank(entry: tuple[tuple[str, Fraction | None, bool], float]) -> tuple[bool, Fraction, str]:
    grade, rate, is_met = entry[0]
    return not is_met, -(rate or Fraction(0)), grade
