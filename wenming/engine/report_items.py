"""One item of the published result."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from wenming.core.evidence import Responsibility
from wenming.core.explain import Reason
from wenming.core.rules import ConditionsRule, GradeLimit, Limit
from wenming.core.terms import Role, State
from wenming.engine.numbers import number, plain_facts, words
from wenming.engine.readings import (
    Assessment,
    Chance,
    ConditionReading,
    CriterionResult,
    ItemResult,
    Reading,
)

CERTAIN = 0.95
Plain = dict[str, Any]


def plain_item(assessment: Assessment, result: ItemResult) -> Plain:
    """One item as docs/reference/assessment.md describes it."""
    score, item = result.score, result.score.item
    deciding = result.deciding
    reading = deciding.reading if score.state is not State.NOT_APPLICABLE else Reading()
    limit = _met_limit(assessment, deciding)
    value = reading.value if score.state is not State.UNTESTED else None
    chances = result.chances
    uncertain = is_uncertain(result)
    return {
        "key": item.key,
        "title": words(item.title),
        "dimension": score.dimension.key,
        "indicator": score.indicator.key,
        "part": score.dimension.part.value,
        "group": item.group,
        "methods": [method.value for method in item.methods],
        "sources": list(item.sources),
        "note": words(item.note),
        "state": score.state.value,
        "grade": score.judged.verdict.grade if score.judged.applies else "",
        "certain": None if uncertain is None else not uncertain,
        "unit": deciding.criterion.unit,
        **_reading(reading if value is not None else Reading()),
        "p_true": _met_probability(chances.true) if chances else None,
        "p_repeat": _met_probability(chances.repeat) if chances else None,
        "limit": _limit(limit) if limit else None,
        "limits": _limits(deciding),
        "gap": number(limit.limit.gap(value)) if limit and value is not None else None,
        "stated": number(score.stated),
        "points": number(score.points),
        "score": number(score.score),
        "rate": number(score.judged.verdict.rate) if score.judged.applies else None,
        "lost": number(score.lost),
        **_responsibility(assessment, item.key),
        "marks": sorted({each["mark"] for each in _limits(deciding)} | {item.points_mark.value}),
        "criteria": [_criterion(each) for each in result.criteria],
        "reasons": [_reason(each) for each in result.reasons],
    }


def is_uncertain(result: ItemResult) -> bool | None:
    """Whether the grade given is less than 95 % probable; None where nothing was sampled."""
    if result.chances is None or not result.score.judged.verdict.is_tested:
        return None
    verdict = result.score.judged.verdict
    given = sum(
        each.probability
        for each in result.chances.true
        if (each.grade, each.rate, each.is_met) == (verdict.grade, verdict.rate, verdict.is_met)
    )
    return given < CERTAIN


def without_lead(assessment: Assessment) -> int | None:
    """How many items nobody leads; None when no responsibilities are known."""
    rows = assessment.evidence.responsibilities
    if rows is None:
        return None
    led = {row.item for row in rows if row.role is Role.LEAD}
    return sum(each.score.item.key not in led for each in assessment.items)


def _met_probability(chances: Sequence[Chance]) -> int | float | None:
    return number(min(1.0, sum(each.probability for each in chances if each.is_met)))


def _met_limit(assessment: Assessment, deciding: CriterionResult) -> GradeLimit | None:
    scale = assessment.edition.scale
    counting = [each for each in deciding.limits if scale.is_met(each.grade)]
    return counting[-1] if counting else None


def _reading(reading: Reading) -> Plain:
    return {
        "value": number(reading.value),
        "n": reading.n,
        "low": number(reading.low),
        "high": number(reading.high),
        "interval_kind": reading.kind,
    }


def _limit(each: GradeLimit) -> Plain:
    return {"grade": each.grade, **_plain_limit(each.limit)}


def _plain_limit(limit: Limit) -> Plain:
    return {"op": limit.op.value, "value": number(limit.value), "mark": limit.mark.value}


def _limits(result: CriterionResult) -> list[Plain]:
    rule = result.criterion.rule
    if isinstance(rule, ConditionsRule):
        return [
            {
                "grade": test.grade,
                "met": test.at_least or None,
                "all_of": sorted(test.all_of),
                "mark": test.mark.value,
            }
            for test in rule.tests
        ]
    return [_limit(each) for each in result.limits]


def _responsibility(assessment: Assessment, item: str) -> Plain:
    rows: list[Responsibility] = [
        row for row in assessment.evidence.responsibilities or () if row.item == item
    ]
    order = list(Role)
    rows.sort(key=lambda row: (order.index(row.role), row.unit))
    leads = [row for row in rows if row.role is Role.LEAD]
    due = min((row.due for row in rows if row.due), default=None)
    return {
        "lead": leads[0].unit if leads else None,
        "due": due.isoformat() if due else None,
        "target": leads[0].target if leads else "",
        "units": [{"unit": row.unit, "role": row.role.value} for row in rows],
    }


def _criterion(result: CriterionResult) -> Plain:
    criterion, verdict, reading = result.criterion, result.verdict, result.reading
    chances = result.chances
    state = {True: State.MET, False: State.NOT_MET, None: State.UNTESTED}[verdict.is_met]
    return {
        "number": criterion.n,
        "shape": criterion.shape.value,
        "method": criterion.method.value,
        "methods": [method.value for method in criterion.methods],
        "unit": criterion.unit,
        "state": state.value,
        "grade": verdict.grade,
        "rate": number(verdict.rate),
        **_reading(reading),
        "se": number(reading.se),
        "deff": number(reading.deff),
        "df": reading.df,
        "p_true": _met_probability(chances.true) if chances else None,
        "p_repeat": _met_probability(chances.repeat) if chances else None,
        "probabilities": {
            name: _by_grade(getattr(chances, name)) for name in ("true", "repeat") if chances
        },
        "limits": _limits(result),
        "rule": _rule_facts(result),
        "conditions": [_condition(each) for each in result.conditions],
        "site_types": list(criterion.site_types),
        "sample": criterion.sample,
        "required": criterion.required,
        "questions": list(result.questions),
        "detail": plain_facts(reading.detail),
    }


def _rule_facts(result: CriterionResult) -> Plain:
    names = ("full", "each", "top", "trimmed", "each_of")
    rule = result.criterion.rule
    return plain_facts({name: getattr(rule, name) for name in names if hasattr(rule, name)})


def _by_grade(chances: Sequence[Chance]) -> Plain:
    found: dict[str, float] = {}
    for each in chances:
        name = each.grade or str(number(each.rate if each.rate is not None else Fraction(0)))
        found[name] = found.get(name, 0.0) + each.probability
    return {name: number(probability) for name, probability in found.items()}


def _condition(found: ConditionReading) -> Plain:
    condition = found.condition
    return {
        "number": condition.n,
        "text": words(condition.text),
        "method": condition.method.value,
        "state": found.state,
        "limit": _plain_limit(condition.limit) if condition.limit else None,
        "p": number(found.p_true),
        "p_repeat": number(found.p_repeat),
        **_reading(found.reading),
        "detail": plain_facts(found.reading.detail),
    }


def _reason(reason: Reason) -> Plain:
    return {
        "code": reason.code,
        "points": number(reason.points),
        "facts": plain_facts(reason.facts),
        "parts": [_reason(each) for each in reason.parts],
    }
