"""From a measurement to a verdict: which grade or rate it earns, if it can be told at all.

A verdict is given only when no missing evidence could change it: conditions nobody has
looked at are tried both ways, and where the grades differ the item is untested (未测).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import singledispatch
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
    return _judge(rule, measurement, scale)


def worst_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Several methods that must all hold: the worst verdict is the item's.

    An untested method leaves the item untested unless another method already earns
    nothing, for then nothing that is missing could help.
    """
    verdicts = list(verdicts)
    tested = [verdict for verdict in verdicts if verdict.is_tested]
    if not tested:
        return UNTESTED
    worst = min(tested, key=_badness)
    if len(tested) < len(verdicts) and worst.rate != 0:
        return UNTESTED
    return worst


def _badness(verdict: Verdict) -> tuple[bool, Fraction]:
    return bool(verdict.is_met), _ONE if verdict.rate is None else verdict.rate


@singledispatch
def _judge(rule: object, measurement: Measurement, scale: Scale) -> Verdict:
    raise TypeError(f"no rule: {rule!r}")


@_judge.register
def _(rule: ConditionsRule, measurement: Measurement, scale: Scale) -> Verdict:
    conditions = _expect(measurement, ConditionsMet)
    sure = _graded(scale, _best_test(rule.tests, conditions.met))
    hopeful = _graded(scale, _best_test(rule.tests, conditions.met | conditions.unknown))
    return sure if sure == hopeful else UNTESTED


@_judge.register
def _(rule: NumberRule, measurement: Measurement, scale: Scale) -> Verdict:
    number = _expect(measurement, Number)
    return _graded(scale, _best_limit(rule.limits, number.value))


@_judge.register
def _(rule: SitesRule, measurement: Measurement, scale: Scale) -> Verdict:
    sites = _expect(measurement, Sites)
    percent = sites.percent
    if percent is None:
        return UNTESTED
    verdict = _graded(scale, _best_limit(rule.limits, percent))
    return UNTESTED if sites.missing_types and verdict.rate != 0 else verdict


@_judge.register
def _(rule: RatioRule, measurement: Measurement, scale: Scale) -> Verdict:
    number = _expect(measurement, Number)
    return _rated(min(_ONE, max(_NONE, number.value / Fraction(rule.full))))


@_judge.register
def _(rule: DeductionRule, measurement: Measurement, scale: Scale) -> Verdict:
    number = _expect(measurement, Number)
    lost = number.value * Fraction(rule.each) / Fraction(rule.points)
    return _rated(min(_ONE, max(_NONE, _ONE - lost)))


@_judge.register
def _(rule: AllOrNothingRule, measurement: Measurement, scale: Scale) -> Verdict:
    conditions = _expect(measurement, ConditionsMet)
    if False in conditions.states:
        return _rated(_NONE)
    return UNTESTED if conditions.unknown else _rated(_ONE)


@_judge.register
def _(rule: VetoRule, measurement: Measurement, scale: Scale) -> Verdict:
    number = _expect(measurement, Number)
    if number.value > 0:
        return Verdict(is_met=False, rate=_NONE, is_veto=True)
    return _rated(_ONE)


@_judge.register
def _(rule: RatingRule, measurement: Measurement, scale: Scale) -> Verdict:
    mean = _expect(measurement, Rating).mean(trimmed=rule.trimmed)
    if mean is None:
        return UNTESTED
    if rule.limits:
        return _graded(scale, _best_limit(rule.limits, mean))
    return _rated(min(_ONE, max(_NONE, mean / Fraction(rule.top))))


@_judge.register
def _(rule: DocumentsRule, measurement: Measurement, scale: Scale) -> Verdict:
    documents = _expect(measurement, Documents)
    sure = _graded(scale, _best_limit(rule.limits, _percent(documents, documents.accepted)))
    hopeful = documents.required - documents.rejected
    likely = _graded(scale, _best_limit(rule.limits, _percent(documents, hopeful)))
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
    return Verdict(is_met=rate == _ONE, rate=rate)
