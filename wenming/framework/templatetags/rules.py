"""Rules of the framework in words: limits, conditions, gates, marks, mistakes in files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django import template
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wenming.base import wording
from wenming.base.templatetags.figures import plain, words
from wenming.base.templatetags.labels import label
from wenming.base.wording import figures
from wenming.core.errors import Problem
from wenming.core.framework import CheckLine, Condition, Criterion, Gate
from wenming.core.framework.checklist import Judgement
from wenming.core.rules import (
    ConditionsRule,
    ConditionTest,
    DeductionRule,
    DocumentsRule,
    Limit,
    RatingRule,
    RatioRule,
    Shape,
    SitesRule,
)
from wenming.core.terms import GateKind, Mark, Method
from wenming.framework.models import Edition

register = template.Library()

_PERCENT_SHAPES = (Shape.SITES, Shape.DOCUMENTS)


@dataclass(frozen=True, slots=True)
class GradeLine:
    """What one grade asks for, in words, and where that comes from (等级要求)."""

    grade: str
    asks: str
    mark: str


@register.filter
def grade_lines(criterion: Criterion) -> list[GradeLine]:
    """What each grade of a criterion asks for, best first."""
    unit = figures.PERCENT if criterion.shape in _PERCENT_SHAPES else criterion.unit
    return [
        *(
            GradeLine(each.grade, printed_limit(each.limit, unit), each.limit.mark.value)
            for each in getattr(criterion.rule, "limits", ())
        ),
        *(GradeLine(test.grade, _asked(test), test.mark.value) for test in _tests(criterion)),
    ]


@register.filter
def rule_sentence(criterion: Criterion) -> str:
    """How a criterion is judged, in one sentence."""
    rule = criterion.rule
    if isinstance(rule, RatioRule):
        full = f"{plain(rule.full)} {criterion.unit}".strip()
        return _("Points in proportion to the number; full points at %(full)s.") % {"full": full}
    if isinstance(rule, DeductionRule):
        return _("%(each)s points are taken off for each shortfall.") % {"each": plain(rule.each)}
    if isinstance(rule, RatingRule):
        return _rating_sentence(rule)
    return {
        Shape.ALL_OR_NOTHING: _("Full points when every condition is met, none otherwise."),
        Shape.VETO: _("A single occurrence takes all points."),
        Shape.CONDITIONS: _("The grade follows from the conditions that are met."),
        Shape.SITES: _("The grade follows from the share of visited sites that pass."),
        Shape.DOCUMENTS: _("The grade follows from the share of required documents accepted."),
        Shape.NUMBER: _("The grade follows from the number against its limits."),
    }.get(criterion.shape, "")


@register.filter
def rule_terms(criterion: Criterion) -> list[str]:
    """What else the rule lays down: how many are looked at, and how numbers become one."""
    rule, found = criterion.rule, []
    if isinstance(rule, SitesRule) and rule.each_of:
        found.append(_("At least one site of each of these types is visited."))
    if criterion.sample is not None:
        text = ngettext(
            "The official test visits %(n)s site.",
            "The official test visits %(n)s sites.",
            criterion.sample,
        )
        found.append(text % {"n": criterion.sample})
    if isinstance(rule, DocumentsRule):
        text = ngettext(
            "%(n)s document is required.", "%(n)s documents are required.", criterion.required
        )
        found.append(text % {"n": criterion.required})
    if isinstance(rule, RatingRule) and rule.trimmed:
        found.append(_("Of three marks or more, the highest and the lowest are dropped."))
    is_seen = Method.INSPECTION in criterion.methods and criterion.shape is Shape.NUMBER
    if is_seen:
        made = label(criterion.aggregate, "aggregate")
        found.append(_("What counts is the %(made)s.") % {"made": made})
    return found


@register.filter
def gate_asks(gate: Gate) -> str:
    """What a gate asks of the city, in one sentence."""
    if gate.limit is not None:
        return _("The figure must be %(limit)s, or the city is barred.") % {
            "limit": printed_limit(gate.limit, "")
        }
    if gate.kind is GateKind.NEGATIVE:
        return _("If this happens, the city is barred.")
    return _("This must hold, or the city is barred.")


@register.filter
def condition_asks(condition: Condition) -> str:
    """The limit of a condition; a dash where the review or the visit alone decides."""
    if condition.limit is None:
        return figures.DASH
    is_figure = condition.method is Method.STATISTIC
    return printed_limit(condition.limit, "" if is_figure else figures.PERCENT)


@register.filter
def line_asks(line: CheckLine) -> str:
    """What a line of a checklist asks for, with its limit where it has one."""
    said = label(line.judgement.value, "judge")
    if line.limit is None:
        return said
    is_share = line.judgement is Judgement.SHARE
    value = line.limit.value * 100 if is_share else line.limit.value
    shown = figures.limit(line.limit.op.value, value, figures.PERCENT if is_share else "")
    return " ".join(part for part in (said, shown, line.window) if part)


@register.filter
def named(edition: Edition) -> str:
    """What an edition is called: the city's own name for it, else its title."""
    return edition.name or words(edition.title)


@register.filter
def mark_shares(marks: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """Marks with their number and share in percent, the best proven first."""
    total = sum(marks.values())
    order = (Mark.PUBLIC, Mark.TYPICAL, Mark.INVENTED)
    return [
        (mark.value, marks[mark.value], round(100 * marks[mark.value] / total))
        for mark in order
        if marks.get(mark.value)
    ]


@register.filter
def problem_sentence(problem: Problem) -> str:
    """A mistake in a file as one sentence."""
    return wording.sentence(problem.code, problem.facts, get_language() or "zh")


@register.filter
def problem_cell(problem: Problem) -> str:
    """Where a mistake stands within its sheet: `C7`, a whole row at its head, a line of a text."""
    place = problem.place
    if place.address and place.sheet:
        return place.address.rpartition("!")[2]
    if not place.line:
        return place.column or figures.DASH
    return f"A{place.line}" if place.sheet else _("line %(line)s") % {"line": place.line}


def printed_limit(limit: Limit, unit: str) -> str:
    """A limit with its operator and unit."""
    return figures.limit(limit.op.value, limit.value, unit)


def _rating_sentence(rule: RatingRule) -> str:
    facts = {"top": plain(rule.top)}
    if rule.limits:
        return _("The grade follows from the mean of the assessors' marks out of %(top)s.") % facts
    return _("Points in proportion to the mean of the assessors' marks out of %(top)s.") % facts


def _tests(criterion: Criterion) -> Iterator[ConditionTest]:
    if isinstance(criterion.rule, ConditionsRule):
        yield from criterion.rule.tests


def _asked(test: ConditionTest) -> str:
    parts = []
    if test.all_of:
        numbers = ", ".join(str(n) for n in sorted(test.all_of))
        parts.append(_("conditions %(numbers)s met") % {"numbers": numbers})
    if test.at_least or not test.all_of:
        text = ngettext(
            "at least %(n)s condition met", "at least %(n)s conditions met", test.at_least
        )
        parts.append(text % {"n": test.at_least})
    return ", ".join(parts)
