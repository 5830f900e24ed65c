"""From a sample to a grade (等级): is the city there, and what would the next test give.

Two questions that must never be mixed. `p_true` asks whether the truth meets a limit; `p_repeat`
asks whether an independent test of the official size would. Both start from the same posterior.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import floor

import numpy as np
from scipy.special import betainc

from wenming.stats.counts import (
    OPERATORS,
    BadSample,
    Floats,
    beta_binomial,
    hypergeometric,
    mass,
    meeting,
)
from wenming.stats.survey.intervals import effective_size

__all__ = [
    "BadSample",
    "Official",
    "Sites",
    "Survey",
    "Threshold",
    "effective_size",
    "grade_probabilities",
    "p_repeat",
    "p_true",
    "sites_p_repeat",
    "sites_p_true",
]

PRIOR = 0.5


@dataclass(frozen=True, slots=True)
class Threshold:
    """One grade and the share it asks for, such as A ≥ 80 %.

    Attributes:
        grade: its letter.
        op: `>`, `>=`, `<` or `<=`; it is data, never assumed.
        limit: exact, from 0 to 1.
    """

    grade: str
    op: str
    limit: Fraction


@dataclass(frozen=True, slots=True)
class Survey:
    """What a sample of people told.

    Attributes:
        share: the estimated share, 0 to 1.
        n_eff: how many independent answers it is worth, at least 0; see `effective_size`.
    """

    share: float
    n_eff: float


@dataclass(frozen=True, slots=True)
class Sites:
    """What visits to sites (点位) of a finite register found.

    Attributes:
        passing: sites that passed, 0 to `visited`.
        visited: sites visited, 0 to `register`; each at most once.
        register: sites there are, at least 1.
    """

    passing: int
    visited: int
    register: int


@dataclass(frozen=True, slots=True)
class Official:
    """The size of the official test.

    Attributes:
        m: interviews or sites in it, at least 1.
        deff: design effect of its sample of people; ignored for sites.
    """

    m: int
    deff: float = 1.0


def p_true(survey: Survey, op: str, limit: Fraction) -> float:
    """The probability that the true share meets the limit, given the sample.

    Args:
        survey: share and effective size.
        op, limit: the rule, as in `Threshold`.

    Returns:
        From 0 to 1: the mass of Beta(½ + n*·p, ½ + n*·(1 − p)) where the rule holds.

    Raises:
        BadSample: the share, the size or the operator is impossible.

    Source:
        docs/methods/uncertainty.md, section 2.
    """
    yes, no = _posterior(survey)
    if op not in OPERATORS:
        raise BadSample(op=op)
    below = float(betainc(yes, no, min(1.0, max(0.0, float(limit)))))
    return below if op.startswith("<") else 1 - below


def p_repeat(survey: Survey, op: str, limit: Fraction, *, official: Official) -> float:
    """The probability that an independent test of the official size meets the limit.

    The test is a sample, too: m interviews with design effect d are counted as ⌊m/d⌋ independent
    ones, at least 1. Whether k of them meet the limit is decided on integers, so that 80 of 100
    meets ≥ 80 %.

    Args:
        survey: share and effective size of our own sample.
        op, limit: the rule, as in `Threshold`.
        official: m and deff of the test.

    Returns:
        From 0 to 1: the mass of the Beta-binomial distribution where the rule holds.

    Raises:
        BadSample: as for `p_true`; also for m < 1 or a deff that is not above 0.

    Source:
        docs/methods/uncertainty.md, section 3.
    """
    yes, no = _posterior(survey)
    if official.m < 1 or not official.deff > 0:
        raise BadSample(m=official.m, deff=official.deff)
    m = max(1, floor(official.m / official.deff))
    return mass(beta_binomial(m, yes, no), *meeting(op, limit, m))


def sites_p_true(sites: Sites, op: str, limit: Fraction) -> float:
    """The probability that the share of passing sites in the register meets the limit.

    The sites not visited follow a Beta-binomial distribution; a full census gives exactly 0 or 1.

    Args:
        sites: passing, visited, register.
        op, limit: the rule, as in `Threshold`.

    Returns:
        From 0 to 1.

    Raises:
        BadSample: the counts contradict each other, or the operator is unknown.

    Source:
        docs/methods/uncertainty.md, section 4.
    """
    first, last = meeting(op, limit, sites.register)
    return mass(_unvisited(sites), first - sites.passing, last - sites.passing)


def sites_p_repeat(sites: Sites, op: str, limit: Fraction, *, official: Official) -> float:
    """The probability that an independent draw of m sites of the register meets the limit.

    Args:
        sites: what our own visits found.
        op, limit: the rule, as in `Threshold`.
        official: its m is drawn without replacement; more than the register means all of it.

    Returns:
        From 0 to 1: hypergeometric, mixed over what the register may hold.

    Raises:
        BadSample: as for `sites_p_true`; also for m < 1.

    Source:
        docs/methods/uncertainty.md, section 4.
    """
    if official.m < 1:
        raise BadSample(m=official.m)
    m = min(official.m, sites.register)
    first, last = meeting(op, limit, m)
    held = sites.passing + np.arange(sites.register - sites.visited + 1)
    mixed = _unvisited(sites) @ hypergeometric(held, register=sites.register, m=m)
    return mass(mixed, first, last)


def grade_probabilities(
    thresholds: Sequence[Threshold], probability: Callable[[str, Fraction], float], *, lowest: str
) -> dict[str, float]:
    """The probability of each grade, for thresholds that contain each other.

    A grade is reached when its threshold is met and no better one is.

    Args:
        thresholds: best grade first; meeting one must mean meeting all that follow.
        probability: of meeting an operator and a limit: one of the four functions above with
            its sample bound.
        lowest: the grade when none is met.

    Returns:
        From best to lowest; the sum is 1.

    Raises:
        BadSample: the thresholds do not contain each other.

    Source:
        docs/methods/uncertainty.md, section 5.
    """
    for better, worse in pairwise(thresholds):
        if not _contains(worse, better):
            raise BadSample(better=better.grade, worse=worse.grade)
    result: dict[str, float] = {}
    reached = 0.0
    for threshold in thresholds:
        met = max(reached, probability(threshold.op, threshold.limit))
        result[threshold.grade] = met - reached
        reached = met
    result[lowest] = 1 - reached
    return result


def _contains(outer: Threshold, inner: Threshold) -> bool:
    if outer.op[:1] != inner.op[:1]:
        return False
    if outer.limit == inner.limit:
        return outer.op == inner.op or outer.op.endswith("=")
    return outer.limit < inner.limit if outer.op.startswith(">") else outer.limit > inner.limit


def _posterior(survey: Survey) -> tuple[float, float]:
    if not (0 <= survey.share <= 1 and survey.n_eff >= 0):
        raise BadSample(share=survey.share, n_eff=survey.n_eff)
    return PRIOR + survey.n_eff * survey.share, PRIOR + survey.n_eff * (1 - survey.share)


def _unvisited(sites: Sites) -> Floats:
    if not (0 <= sites.passing <= sites.visited <= sites.register and sites.register >= 1):
        raise BadSample(passing=sites.passing, visited=sites.visited, register=sites.register)
    yes, no = sites.passing + PRIOR, sites.visited - sites.passing + PRIOR
    return beta_binomial(sites.register - sites.visited, yes, no)
