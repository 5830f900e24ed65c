"""An assessment as one plain object: what `--json` prints, the database keeps and pages show."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from wenming.core.evidence import Evidence
from wenming.core.framework import Criterion, Edition, edition_hash
from wenming.core.framework.canonical import digest
from wenming.core.rules import ConditionsRule
from wenming.core.scoring import ItemScore, Tally, tally
from wenming.core.terms import Mark, Part, State
from wenming.engine.numbers import number, plain_facts, words
from wenming.engine.readings import Assessment
from wenming.engine.report_gaps import groups_of, site_types_of, units_of
from wenming.engine.report_items import is_uncertain, plain_item, without_lead
from wenming.engine.report_raking import plain_raking

SCHEMA = "wenming-assessment/1"
Plain = dict[str, Any]


def as_json(assessment: Assessment) -> Plain:
    """The result as plain values, with its digest.

    Returns:
        The object that docs/reference/assessment.md describes. Its `digest` is the SHA-256
        of the canonical JSON of everything else.
    """
    basic = assessment.score.parts.get(Part.BASIC)
    items = [plain_item(assessment, each) for each in assessment.items]
    result: Plain = {
        "schema": SCHEMA,
        "edition": _edition(assessment.edition),
        "evidence": evidence_hash(assessment.evidence),
        "city": words(assessment.evidence.plan.city),
        "round": _round(assessment.evidence),
        "score": number(basic.score) if basic else None,
        "points": number(basic.points) if basic else None,
        **_interval(assessment),
        "coverage": number(basic.coverage) if basic else None,
        "lost": number(basic.lost) if basic and basic.points is not None else None,
        "counts": _all_counts(assessment),
        **({"raking": plain_raking(assessment.raking)} if assessment.raking else {}),
        "parts": [_part(assessment, part, each) for part, each in assessment.score.parts.items()],
        "gates": _gates(assessment, items),
        "dimensions": _dimensions(assessment),
        "items": items,
        "units": units_of(assessment),
        "groups": groups_of(assessment),
        "site_types": site_types_of(assessment),
        "findings": [
            {"code": finding.code, **plain_facts(finding.facts)} for finding in assessment.findings
        ],
    }
    return result | {"digest": digest(result)}


def evidence_hash(evidence: Evidence) -> str:
    """The hash of the evidence without the places where it was read."""
    return digest(evidence)


def plain_tally(found: Tally) -> Plain:
    """Sums as published numbers."""
    return {
        "points": number(found.points),
        "score": number(found.score),
        "earned": number(found.earned) if found.points is not None else None,
        "worst": number(found.worst),
        "best": number(found.best),
        "coverage": number(found.coverage),
        "lost": number(found.lost) if found.points is not None else None,
        "counts": {state.value: count for state, count in found.states.items()},
    }


def _edition(edition: Edition) -> Plain:
    marks = Counter(mark.value for mark in _limit_marks(edition))
    return {
        "key": edition.key,
        "title": words(edition.title),
        "note": words(edition.note),
        "hash": edition_hash(edition),
        "items": sum(1 for _ in edition.items()),
        "is_partial": edition.is_partial,
        "met": edition.scale.met,
        "marks": {mark.value: marks[mark.value] for mark in Mark},
    }


def _limit_marks(edition: Edition) -> list[Mark]:
    criteria: list[Criterion] = [
        criterion for _, _, item in edition.items() for criterion in item.criteria
    ]
    marks = [each.limit.mark for c in criteria for each in getattr(c.rule, "limits", ())]
    for criterion in criteria:
        if isinstance(criterion.rule, ConditionsRule):
            marks += [test.mark for test in criterion.rule.tests]
        marks += [each.limit.mark for each in criterion.conditions if each.limit is not None]
    return marks


def _round(evidence: Evidence) -> Plain:
    plan = evidence.plan
    return {
        "key": plan.key,
        "title": words(plan.title),
        "from": plan.period_from.isoformat() if plan.period_from else None,
        "to": plan.period_to.isoformat() if plan.period_to else None,
        "assessed_on": plan.assessed_on.isoformat() if plan.assessed_on else None,
        "tier": plan.tier,
        "methods": [method.value for method in plan.methods],
        "is_synthetic": plan.is_synthetic,
        "note": words(plan.note),
    }


def _interval(assessment: Assessment) -> Plain:
    found = assessment.interval
    if found is None:
        return {"low": None, "high": None, "interval": None}
    ways = {"convolution": found.convolution, "bootstrap": found.bootstrap, "repeat": found.repeat}
    return {
        "low": number(found.low),
        "high": number(found.high),
        "interval": {
            "level": 0.9,
            "chosen": found.chosen,
            "replicates": found.replicates,
            **{name: [number(end) for end in pair] for name, pair in ways.items()},
        },
    }


def _all_counts(assessment: Assessment) -> Plain:
    states = Counter(each.score.state.value for each in assessment.items)
    return {
        "items": len(assessment.items),
        **{state.value: states[state.value] for state in State},
        "uncertain": sum(is_uncertain(each) is True for each in assessment.items),
        "without_lead": without_lead(assessment),
    }


def _part(assessment: Assessment, part: Part, found: Tally) -> Plain:
    factor = assessment.score.factors.get(part)
    return {
        "part": part.value,
        "stated": number(assessment.score.stated[part]),
        "factor": number(factor) if factor is not None else None,
        **plain_tally(found),
    }


def _gates(assessment: Assessment, items: Sequence[Plain]) -> list[Plain]:
    values = {item["key"]: item["value"] for item in items}
    rows = []
    for gate, fact in assessment.gates:
        value = values.get(gate.item)
        holds = fact.holds if fact else None
        result = next((e for e in assessment.items if e.score.item.key == gate.item), None)
        measured = result.deciding.reading.value if result else None
        if holds is None and gate.limit is not None and measured is not None:
            holds = gate.limit.holds(measured)
        rows.append(
            {
                "key": gate.key,
                "kind": gate.kind.value,
                "title": words(gate.title),
                "holds": holds,
                "reason": fact.reason if fact else "",
                "mark": gate.mark.value,
                "item": gate.item,
                "op": gate.limit.op.value if gate.limit else "",
                "limit": number(gate.limit.value) if gate.limit else None,
                "value": value,
            }
        )
    return rows


def _dimensions(assessment: Assessment) -> list[Plain]:
    by_dimension: dict[str, list[ItemScore]] = defaultdict(list)
    by_indicator: dict[tuple[str, str], list[ItemScore]] = defaultdict(list)
    for each in assessment.score.items:
        by_dimension[each.dimension.key].append(each)
        by_indicator[each.dimension.key, each.indicator.key].append(each)
    return [
        {
            "key": dimension.key,
            "title": words(dimension.title),
            "part": dimension.part.value,
            **plain_tally(tally(by_dimension[dimension.key])),
            "indicators": [
                {
                    "key": indicator.key,
                    "ordinal": indicator.ordinal,
                    "title": words(indicator.title),
                    **plain_tally(tally(by_indicator[dimension.key, indicator.key])),
                }
                for indicator in dimension.indicators
            ],
        }
        for dimension in assessment.edition.dimensions
    ]
