"""What was found for a criterion, as a reason: a code, the facts, and its conditions below."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from wenming.core.explain import Reason
from wenming.core.rules import Limit, Shape
from wenming.core.terms import Method
from wenming.engine.raking import NOT_RAKED, RAKED
from wenming.engine.readings import ConditionReading, CriterionResult, Reading

_CODES: Mapping[Shape, str] = {
    Shape.CONDITIONS: "measured_conditions",
    Shape.ALL_OR_NOTHING: "measured_conditions",
    Shape.NUMBER: "measured_number",
    Shape.RATIO: "measured_ratio",
    Shape.DEDUCTION: "measured_shortfalls",
    Shape.VETO: "measured_occurrences",
    Shape.SITES: "measured_sites",
    Shape.RATING: "measured_rating",
    Shape.DOCUMENTS: "measured_documents",
}
_CONDITION_CODES = {True: "condition_met", False: "condition_not_met", None: "condition_unknown"}


def criterion_reason(result: CriterionResult) -> Reason:
    """The reason for what a criterion came to; it moves no points itself.

    Its facts name the method, the value with n and interval, the limits, and the verdict.
    """
    criterion, verdict = result.criterion, result.verdict
    facts: dict[str, object] = {
        "n": criterion.n,
        "method": criterion.method.value,
        "unit": criterion.unit,
        "tested": verdict.is_tested,
        **_reading_facts(result.reading),
    }
    if verdict.is_tested:
        facts |= {"met": verdict.is_met, "grade": verdict.grade, "rate": verdict.rate}
    if result.limits:
        facts["limits"] = [
            {"grade": each.grade, **limit_facts(each.limit)} for each in result.limits
        ]
    code = _CODES[criterion.shape]
    if (
        code == "measured_number"
        and criterion.method is Method.SURVEY
        and result.reading.low is not None
    ):
        code = "measured_share"
    if result.measurement is None and not result.conditions:
        code = "no_evidence"
    parts = tuple(_condition_reason(each) for each in result.conditions)
    return Reason(code, None, facts, (*parts, *_raking_reasons(result.reading)))


def limit_facts(limit: Limit) -> dict[str, object]:
    """Operator, value and source mark of a limit."""
    return {"op": limit.op.value, "value": limit.value, "mark": limit.mark.value}


def _condition_reason(reading: ConditionReading) -> Reason:
    condition = reading.condition
    facts: dict[str, object] = {
        "n": condition.n,
        "text": condition.text.zh,
        "text_en": condition.text.en,
        "method": condition.method.value,
        **_reading_facts(reading.reading),
    }
    if condition.limit is not None:
        facts["limit"] = limit_facts(condition.limit)
    parts = _raking_reasons(reading.reading)
    return Reason(_CONDITION_CODES[reading.state], None, facts, parts)


def _raking_reasons(reading: Reading) -> tuple[Reason, ...]:
    """Whether the weights of the answers were raked to the margins of the population."""
    if RAKED in reading.detail:
        return (Reason("answers_raked", None, {"columns": reading.detail[RAKED]}),)
    said = reading.detail.get(NOT_RAKED)
    return (Reason("answers_not_raked", None, said),) if isinstance(said, Mapping) else ()


def _reading_facts(reading: Reading) -> dict[str, object]:
    named: dict[str, Fraction | Decimal | float | int | str | None] = {
        "value": reading.value,
        "base": reading.n,
        "low": reading.low,
        "high": reading.high,
        "kind": reading.kind or None,
        "deff": reading.deff,
        "df": reading.df,
    }
    facts: dict[str, object] = {key: value for key, value in named.items() if value is not None}
    silent = {"figures", RAKED, NOT_RAKED}
    return facts | {key: value for key, value in reading.detail.items() if key not in silent}
