"""One criterion: measure it with the evidence that its method brings, then judge it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from wenming.core.framework import Criterion, Item
from wenming.core.rounding import declared
from wenming.core.rules import (
    AllOrNothingRule,
    ConditionsMet,
    ConditionsRule,
    Documents,
    DocumentsRule,
    Measurement,
    Number,
    NumberRule,
    Rating,
    RatingRule,
    Shape,
    SitesRule,
    judge,
    shift_limits,
)
from wenming.core.terms import Method, Review
from wenming.engine.chances import (
    Prospect,
    SeenNumbers,
    condition_chances,
    graded_chances,
    numbers_prospect,
    sites_prospect,
    survey_prospect,
)
from wenming.engine.conditions import mean_by_period, read_condition, review_state
from wenming.engine.index import Index
from wenming.engine.raking import raking_detail
from wenming.engine.readings import NO_READING, ConditionReading, CriterionResult, Reading
from wenming.engine.sites import aggregate, numbers_seen, visits_of
from wenming.stats.grades import Sites as SampledSites
from wenming.stats.survey.intervals import beta

_PERCENT = 100
_LEVEL = 0.9


@dataclass(frozen=True, slots=True)
class _Found:
    """A measurement with its reading and the chances that it keeps a limit."""

    measurement: Measurement | None
    reading: Reading = NO_READING
    prospect: Prospect | None = None
    questions: tuple[str, ...] = ()
    conditions: tuple[ConditionReading, ...] = ()


NOTHING = _Found(None)


def measure(index: Index, item: Item, criterion: Criterion) -> CriterionResult:
    """Measure and judge one criterion of an item.

    Source:
        docs/methods/scoring.md, sections 1 and 2.
    """
    criterion = _in_tier(index, item, criterion)
    scale = index.edition.scale
    found = _FIND[criterion.shape](index, item, criterion)
    limits = getattr(criterion.rule, "limits", ())
    if isinstance(criterion.rule, ConditionsRule | AllOrNothingRule):
        chances = condition_chances(criterion.rule, found.conditions, scale)
    else:
        chances = graded_chances(limits, scale, found.prospect)
    verdict = judge(criterion.rule, found.measurement, scale)
    return CriterionResult(
        criterion=criterion,
        measurement=found.measurement,
        verdict=verdict,
        reading=found.reading,
        limits=limits,
        conditions=found.conditions,
        chances=chances if verdict.is_tested else None,
        questions=found.questions,
    )


def _in_tier(index: Index, item: Item, criterion: Criterion) -> Criterion:
    rule = criterion.rule
    if index.evidence.plan.tier not in item.shifted_tiers:
        return criterion
    if not isinstance(rule, NumberRule | SitesRule | DocumentsRule | RatingRule):
        return criterion
    return replace(criterion, rule=replace(rule, limits=shift_limits(rule.limits)))


def _conditions(index: Index, item: Item, criterion: Criterion) -> _Found:
    readings = tuple(
        read_condition(index, item.key, criterion, condition) for condition in criterion.conditions
    )
    states = tuple(each.state for each in readings)
    measured = ConditionsMet(states)
    questions = tuple(
        question.column
        for condition in criterion.conditions
        for question in index.questions.get((item.key, condition.n), ())
    )
    if all(state is None for state in states):
        return replace(NOTHING, conditions=readings, questions=questions)
    reading = Reading(
        value=Fraction(len(measured.met)),
        n=len(states),
        detail={"unknown": len(measured.unknown)},
    )
    return _Found(measured, reading, questions=questions, conditions=readings)


def _number(index: Index, item: Item, criterion: Criterion) -> _Found:
    if not index.in_round(criterion.method):
        return replace(NOTHING, reading=Reading(detail={"not_in_round": True}))
    if criterion.method is Method.SURVEY:
        found = _surveyed(index, item)
        if found is not None:
            return found
    if criterion.method is Method.INSPECTION:
        return _seen(index, item, criterion)
    return _stated(index, item)


def _surveyed(index: Index, item: Item) -> _Found | None:
    questions = index.questions.get((item.key, 0), ())
    columns = tuple(question.column for question in questions)
    estimate = index.answers.estimate(questions) if index.answers and questions else None
    if estimate is None:
        return None
    value = declared(repr(estimate.estimate)) * _PERCENT
    reading = Reading(
        value=value,
        n=estimate.n,
        low=estimate.low * _PERCENT,
        high=estimate.high * _PERCENT,
        kind=estimate.interval_kind.value,
        se=estimate.se * _PERCENT,
        deff=estimate.deff_wr,
        df=estimate.df,
        detail={
            "n_eff": estimate.n_eff or 0.0,
            "lonely_used": estimate.lonely_used.value if estimate.lonely_used else "",
            "lonely_strata": list(estimate.lonely_strata),
            **raking_detail(index.answers.raking if index.answers else None),
        },
    )
    prospect = survey_prospect(estimate, index.edition.official)
    return _Found(Number(value, estimate.n), reading, prospect, columns)


def _stated(index: Index, item: Item) -> _Found:
    statistics = index.statistics.get((item.key, 0), ())
    value = mean_by_period(statistics)
    if value is None:
        return NOTHING
    figures = [
        {"value": str(each.value), "unit": each.unit, "period": each.period, "source": each.source}
        for each in statistics
    ]
    return _Found(Number(value), Reading(value=value, detail={"figures": figures}))


def _seen(index: Index, item: Item, criterion: Criterion) -> _Found:
    by_site = numbers_seen(index, item.key, criterion)
    is_sum = criterion.shape in (Shape.DEDUCTION, Shape.VETO)
    how = "sum" if is_sum else criterion.aggregate
    values = tuple(by_site[key] for key in sorted(by_site))
    value = aggregate(values, how)
    if value is None:
        return NOTHING
    register = visits_of(index, item.key, criterion).register
    detail = {"visited": len(values), "register": register, "aggregate": how}
    planned = criterion.sample or len(values)
    prospect = numbers_prospect(SeenNumbers(values, register, planned, how))
    return _Found(
        Number(value, len(values)), Reading(value=value, n=len(values), detail=detail), prospect
    )


def _sites(index: Index, item: Item, criterion: Criterion) -> _Found:
    if not index.in_round(Method.INSPECTION):
        return replace(NOTHING, reading=Reading(detail={"not_in_round": True}))
    visits = visits_of(index, item.key, criterion)
    sites = visits.measurement
    planned = criterion.sample or sites.visited
    detail = {
        "passing": sites.passing,
        "visited": sites.visited,
        "register": visits.register,
        "planned": planned,
        "checks": visits.checks,
        "conforming": visits.conforming,
        "missing_types": list(sites.missing_types),
    }
    if sites.percent is None:
        return replace(NOTHING, reading=Reading(detail=detail))
    low, high, kind = _sites_interval(
        SampledSites(sites.passing, sites.visited, max(visits.register, sites.visited))
    )
    reading = Reading(sites.percent, sites.visited, low, high, kind, detail=detail)
    prospect = sites_prospect(sites.passing, sites.visited, visits.register, planned)
    return _Found(sites, reading, prospect)


def _sites_interval(sites: SampledSites) -> tuple[float, float, str]:
    """Korn–Graubard for the share of sites, with the finite correction in the effective size."""
    percent = _PERCENT * sites.passing / sites.visited
    if sites.visited == sites.register:
        return percent, percent, "census"
    left = 1 - sites.visited / sites.register
    interval = beta(sites.passing / sites.visited, sites.visited / left, level=_LEVEL)
    return interval.low * _PERCENT, interval.high * _PERCENT, "beta"


def _rating(index: Index, item: Item, criterion: Criterion) -> _Found:
    marks = tuple(sorted(each.mark for each in index.panel.get(item.key, ())))
    if not marks or not index.in_round(criterion.method):
        return NOTHING
    rating = Rating(marks)
    trimmed = isinstance(criterion.rule, RatingRule) and criterion.rule.trimmed
    detail = {
        "marks": [str(mark) for mark in marks],
        "spread": str(marks[-1] - marks[0]),
        "trimmed": trimmed,
    }
    return _Found(rating, Reading(rating.mean(trimmed=trimmed), len(marks), detail=detail))


def _documents(index: Index, item: Item, criterion: Criterion) -> _Found:
    if not index.in_round(criterion.method):
        return replace(NOTHING, reading=Reading(detail={"not_in_round": True}))
    by_requirement: dict[str, list[bool | None]] = {}
    rows = [each for each in index.documents.get(item.key, ()) if each.condition == 0]
    for name in sorted({each.requirement for each in rows}):
        by_requirement[name] = [review_state([e for e in rows if e.requirement == name])]
    states = [states[0] for states in by_requirement.values()]
    accepted = min(states.count(True), criterion.required)
    rejected = min(states.count(False), criterion.required - accepted)
    detail = {"accepted": accepted, "rejected": rejected, "required": criterion.required} | {
        outcome.value + "_rows": sum(each.outcome is outcome for each in rows) for outcome in Review
    }
    if not rows:
        return replace(NOTHING, reading=Reading(detail=detail))
    measured = Documents(accepted, rejected, criterion.required)
    percent = Fraction(_PERCENT * accepted, criterion.required)
    return _Found(measured, Reading(percent, criterion.required, detail=detail))


_Finder = Callable[[Index, Item, Criterion], _Found]
_FIND: Mapping[Shape, _Finder] = {
    Shape.CONDITIONS: _conditions,
    Shape.ALL_OR_NOTHING: _conditions,
    Shape.NUMBER: _number,
    Shape.RATIO: _number,
    Shape.DEDUCTION: _number,
    Shape.VETO: _number,
    Shape.SITES: _sites,
    Shape.RATING: _rating,
    Shape.DOCUMENTS: _documents,
}
