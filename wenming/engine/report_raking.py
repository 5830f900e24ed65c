"""The report of raking as it is published."""

from typing import Any

import numpy as np

from wenming.engine.numbers import number, plain_facts
from wenming.engine.raking import RakedMargin, RakingReport
from wenming.stats.survey import TrimReport

_PERCENT = 100.0


def plain_raking(report: RakingReport) -> dict[str, Any]:
    """The report as published (公布的加权报告); shares in percent, weights in mean weights."""
    (before, after), (effective, left) = report.spread, report.effective
    return {
        "applied": report.is_applied,
        "why": report.why,
        "facts": plain_facts(report.facts),
        "sheets": report.sheets,
        "margins": [_plain_margin(each) for each in report.margins],
        "factor": {"smallest": number(report.factor[0]), "largest": number(report.factor[1])},
        "deff": {"before": number(before), "after": number(after)},
        "effective": {"before": number(effective), "after": number(left)},
        "rounds": report.rounds,
        "trim": _plain_trim(report.trim) if report.trim else None,
        "warnings": [{"code": code, **plain_facts(facts)} for code, facts in report.warnings],
    }


def _plain_margin(found: RakedMargin) -> dict[str, Any]:
    return {
        "column": found.margin.column,
        "source": found.margin.source,
        "unanswered": found.unanswered,
        "outside": found.outside,
        "groups": [
            {
                "group": each.name,
                "n": each.sheets,
                "before": number(each.before * _PERCENT),
                "population": number(each.population * _PERCENT),
                "after": number(each.after * _PERCENT),
            }
            for each in found.groups
        ],
    }


def _plain_trim(found: TrimReport) -> dict[str, Any]:
    upper = found.upper if np.isfinite(found.upper) else None
    return {
        "lower": number(found.lower) if found.lower else None,
        "upper": number(upper),
        "trimmed": found.trimmed,
        "moved": number(found.moved),
        "largest": {"before": number(found.largest[0]), "after": number(found.largest[1])},
        "deff": {"before": number(found.spread[0]), "after": number(found.spread[1])},
    }
