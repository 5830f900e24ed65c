"""One condition: what the documents, the sites, the answers or the figures say of it."""

from collections.abc import Sequence
from fractions import Fraction

from wenming.core.evidence import DocumentReview, Statistic
from wenming.core.framework import Condition, Criterion
from wenming.core.rounding import declared
from wenming.core.terms import Method, Op, Review
from wenming.engine.chances import sites_prospect, survey_prospect
from wenming.engine.index import Index
from wenming.engine.raking import raking_detail
from wenming.engine.readings import ConditionReading, Reading
from wenming.engine.sites import visits_of

_PERCENT = 100


def read_condition(
    index: Index, item: str, criterion: Criterion, condition: Condition
) -> ConditionReading:
    """Find out whether a condition is met; None where nobody has looked.

    Source:
        docs/methods/scoring.md, section 1, "Conditions".
    """
    if not index.in_round(condition.method):
        return ConditionReading(condition, None, Reading(detail={"not_in_round": True}))
    if condition.method is Method.SURVEY:
        return _by_survey(index, item, condition)
    if condition.method is Method.INSPECTION:
        return _by_inspection(index, item, criterion, condition)
    if condition.method is Method.STATISTIC:
        return _by_statistic(index, item, condition)
    return _by_documents(index, item, condition)


def review_state(documents: Sequence[DocumentReview]) -> bool | None:
    """One accepted document suffices; rejected ones count against only when none is pending."""
    outcomes = {document.outcome for document in documents}
    if Review.ACCEPTED in outcomes:
        return True
    return False if outcomes == {Review.REJECTED} else None


def mean_by_period(statistics: Sequence[Statistic]) -> Fraction | None:
    """The mean of figures for different periods (mean of the two years before the test year)."""
    if not statistics:
        return None
    total = sum((Fraction(each.value) for each in statistics), Fraction(0))
    return total / len(statistics)


def _by_documents(index: Index, item: str, condition: Condition) -> ConditionReading:
    documents = [
        document
        for document in index.documents.get(item, ())
        if document.condition == condition.n and document.method is condition.method
    ]
    counts = {
        outcome.value: sum(document.outcome is outcome for document in documents)
        for outcome in Review
    }
    return ConditionReading(
        condition, review_state(documents), Reading(n=len(documents) or None, detail=counts)
    )


def _by_statistic(index: Index, item: str, condition: Condition) -> ConditionReading:
    value = mean_by_period(index.statistics.get((item, condition.n), ()))
    if value is None or condition.limit is None:
        return ConditionReading(condition, None, Reading())
    return ConditionReading(condition, condition.limit.holds(value), Reading(value=value))


def _by_survey(index: Index, item: str, condition: Condition) -> ConditionReading:
    questions = index.questions.get((item, condition.n), ())
    estimate = index.answers.estimate(questions) if index.answers and questions else None
    if estimate is None or condition.limit is None:
        return ConditionReading(condition, None, Reading())
    value = declared(repr(estimate.estimate)) * _PERCENT
    reading = Reading(
        value=value,
        n=estimate.n,
        low=estimate.low * _PERCENT,
        high=estimate.high * _PERCENT,
        kind=estimate.interval_kind.value,
        detail=raking_detail(index.answers.raking if index.answers else None),
    )
    prospect = survey_prospect(estimate, index.edition.official)
    limit = condition.limit
    chances = prospect(limit.op, Fraction(limit.value))
    return ConditionReading(condition, limit.holds(value), reading, *chances)


def _by_inspection(
    index: Index, item: str, criterion: Criterion, condition: Condition
) -> ConditionReading:
    visits = visits_of(index, item, criterion)
    percent = visits.measurement.percent
    if percent is None:
        return ConditionReading(condition, None, Reading())
    limit = Fraction(index.edition.site_rule.condition_share) * _PERCENT
    sites = visits.measurement
    reading = Reading(
        value=percent,
        n=sites.visited,
        detail={"passing": sites.passing, "visited": sites.visited, "register": visits.register},
    )
    planned = criterion.sample or sites.visited
    prospect = sites_prospect(sites.passing, sites.visited, visits.register, planned)
    return ConditionReading(condition, percent >= limit, reading, *prospect(Op.AT_LEAST, limit))
