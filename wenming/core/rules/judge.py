"""From a measurement to a verdict: which grade or rate it earns, if it can be told at all.

A verdict is given only when no missing evidence could change it: conditions nobody has
looked at are tried both ways, and where the grades differ the item is untested (未测).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from wenming.core.rules.limits import ConditionTest, GradeLimit, Scale
from wenming.core.rules.measurements import (
    ConditionsMet,
    Documents,
    Measurement,
    Number,
    Rating,
    Sites,
)
from wenming.core.rules.shapes import (
    AllOrNothingRule,
    ConditionsRule,
    DeductionRule,
    DocumentsRule,
    NumberRule,
    RatingRule,
    RatioRule,
    Rule,
    SitesRule,
    VetoRule,
)

M = TypeVar("M")

_ONE = Fraction(1)
_NONE = Fraction(0)
_RATED = (RatioRule, DeductionRule, AllOrNothingRule, VetoRule)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule makes of a measurement (判定).

    Attributes:
        is_met: whether the standard is met; None for untested.
        grade: the grade, "" where the rule gives a rate or no grade is named.
        rate: share of the points earned, 0 to 1; None for untested or where the
            edition gives no coefficient.
        is_veto: a veto struck.
    """

    is_met: bool | None
    grade: str = ""
    rate: Fraction | None = None
    is_veto: bool = False

    @property
    def is_tested(self) -> bool:
        """Whether anything can be said."""
        return self.is_met is not None

    @property
    def merit(self) -> tuple[bool, Fraction]:
        """By which verdicts are ordered, the worst first."""
        return bool(self.is_met), _ONE if self.rate is None else self.rate


UNTESTED = Verdict(is_met=None)


def judge(rule: Rule, measurement: Measurement | None, scale: Scale) -> Verdict:
    """Apply a rule to a measurement, exactly.

    Args:
        measurement: of the kind that the rule reads; None when there is no evidence.
        scale: the grades of the edition.

    Returns:
        The verdict; `UNTESTED` where the evidence does not settle it.

    Raises:
        TypeError: the measurement is not of the kind that the rule reads.

    Source:
        docs/methods/scoring.md, sections 1 and 2.
    """
    if measurement is None:
        return UNTESTED
    if isinstance(rule, _RATED):
        return _by_rate(rule, measurement)
    return _by_grade(rule, measurement, scale)


def worst_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Several methods that must all hold: the worst verdict is the item's.

    An untested method leaves the item untested unless another method already earns
    nothing, for then nothing that is missing could help.
    """
    verdicts = list(verdicts)
    tested = [verdict for verdict in verdicts if verdict.is_tested]
    if not tested:
        return UNTESTED
    worst = min(tested, key=lambda verdict: verdict.merit)
    if len(tested) < len(verdicts) and worst.rate != 0:
        return UNTESTED
    return worst


def _by_grade(rule: Rule, measurement: Measurement, scale: Scale) -> Verdict:
    match rule:
        case ConditionsRule():
            return _conditions(rule, _expect(measurement, ConditionsMet), scale)
        case NumberRule():
            value = _expect(measurement, Number).value
            return _graded(scale, _best_limit(rule.limits, value))
        case SitesRule():
            return _sites(rule, _expect(measurement, Sites), scale)
        case RatingRule():
            return _rating(rule, _expect(measurement, Rating), scale)
        case DocumentsRule():
            return _documents(rule, _expect(measurement, Documents), scale)
    raise TypeError(f"no graded rule: {rule!r}")


def _by_rate(rule: Rule, measurement: Measurement) -> Verdict:
    if isinstance(rule, AllOrNothingRule):
        return _all_or_nothing(_expect(measurement, ConditionsMet))
    value = _expect(measurement, Number).value
    match rule:
        case RatioRule():
            return _rated(value / Fraction(rule.full))
        case DeductionRule():
            return _rated(_ONE - value * Fraction(rule.each) / Fraction(rule.points))
        case VetoRule():
            struck = value > 0
            return Verdict(not struck, rate=_NONE if struck else _ONE, is_veto=struck)
    raise TypeError(f"no rule with a rate: {rule!r}")


def _conditions(rule: ConditionsRule, conditions: ConditionsMet, scale: Scale) -> Verdict:
    sure = _graded(scale, _best_test(rule.tests, conditions.met))
    hopeful = _graded(scale, _best_test(rule.tests, conditions.met | conditions.unknown))
    return sure if sure == hopeful else UNTESTED


def _all_or_nothing(conditions: ConditionsMet) -> Verdict:
    if False in conditions.states:
        return _rated(_NONE)
    return UNTESTED if conditions.unknown else _rated(_ONE)


def _sites(rule: SitesRule, sites: Sites, scale: Scale) -> Verdict:
    percent = sites.percent
    if percent is None:
        return UNTESTED
    verdict = _graded(scale, _best_limit(rule.limits, percent))
    return UNTESTED if sites.missing_types and verdict.rate != 0 else verdict


def _rating(rule: RatingRule, rating: Rating, scale: Scale) -> Verdict:
    mean = rating.mean(trimmed=rule.trimmed)
    if mean is None:
        return UNTESTED
    if rule.limits:
        return _graded(scale, _best_limit(rule.limits, mean))
    return _rated(mean / Fraction(rule.top))


def _documents(rule: DocumentsRule, documents: Documents, scale: Scale) -> Verdict:
    hopeful = documents.required - documents.rejected
    sure, likely = (
        _graded(scale, _best_limit(rule.limits, _percent(documents, count)))
        for count in (documents.accepted, hopeful)
    )
    return sure if sure == likely else UNTESTED


def _percent(documents: Documents, count: int) -> Fraction:
    return Fraction(100 * count, documents.required)


def _expect(measurement: Measurement, kind: type[M]) -> M:
    if not isinstance(measurement, kind):
        raise TypeError(f"{kind.__name__} expected, not {measurement!r}")
    return measurement


def _best_test(tests: tuple[ConditionTest, ...], met: frozenset[int]) -> str:
    return next((test.grade for test in tests if test.holds(met)), "")


def _best_limit(limits: tuple[GradeLimit, ...], value: Fraction) -> str:
    return next((each.grade for each in limits if each.limit.holds(value)), "")


def _graded(scale: Scale, grade: str) -> Verdict:
    grade = grade or scale.fallback
    return Verdict(is_met=scale.is_met(grade), grade=grade, rate=scale.rate(grade))


def _rated(rate: Fraction) -> Verdict:
    rate = min(_ONE, max(_NONE, rate))
    return Verdict(is_met=rate == _ONE, rate=rate)
