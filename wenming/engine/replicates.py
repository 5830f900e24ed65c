"""All items computed again on resampled clusters and sites, for the bootstrap of the total.

Items that share respondents or visits are correlated; resampling the clusters and the sites
once and computing every item from the same replicate keeps that correlation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wenming.core.evidence import Question
from wenming.core.framework import Condition, Criterion
from wenming.core.rules import (
    AllOrNothingRule,
    ConditionsRule,
    GradeLimit,
    Limit,
    Scale,
    Shape,
)
from wenming.core.terms import Method, Op
from wenming.engine.answers import Answers
from wenming.engine.index import Index
from wenming.engine.readings import CriterionResult, ItemResult
from wenming.engine.sites import numbers_seen, visits_of
from wenming.stats.bootstrap import rake_replicates, replicate_means, resample_psus, shrink

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_PERCENT = 100.0
_DIGITS = 9
_COMPARE = {
    Op.ABOVE: np.greater,
    Op.AT_LEAST: np.greater_equal,
    Op.BELOW: np.less,
    Op.AT_MOST: np.less_equal,
}


@dataclass(frozen=True, slots=True, eq=False)
class Replicates:
    """Multipliers of clusters and of visited sites.

    Attributes:
        people: shape (replicates, clusters); None without answer sheets. Raked sheets have a
            column for each cluster and combination of groups.
        cluster_of_row: the column of `people` of each sheet.
        visits: shape (replicates, sites); None without visits.
        column_of_site: the column of `visits` by key of the site.
    """

    index: Index
    count: int
    people: Floats | None
    cluster_of_row: NDArray[np.intp] | None
    visits: Floats | None
    column_of_site: Mapping[str, int]

    @classmethod
    def of(cls, index: Index, *, count: int, seed: bytes) -> "Replicates":
        """Draw the multipliers of a round; the same seed gives the same on every machine."""
        people = rows = visits = None
        if index.answers is not None:
            people, rows = _people(index.answers, count, seed + b"/people")
        visited = {
            each.site.key: each.site.site_type for seen in index.seen.values() for each in seen
        }
        keys = sorted(visited)
        if keys:
            visits = _visits(index, [visited[key] for key in keys], keys, count, seed + b"/sites")
        return cls(index, count, people, rows, visits, {key: i for i, key in enumerate(keys)})

    def rates(self, result: ItemResult) -> Floats | None:
        """Share of its points that an item earns in each replicate; None when it has no rate."""
        found = []
        for each in result.criteria:
            rates = self._criterion(result.score.item.key, each)
            if rates is None:
                return None
            found.append(rates)
        return np.asarray(np.minimum.reduce(found))

    def _criterion(self, item: str, result: CriterionResult) -> Floats | None:
        constant = result.verdict.rate
        if constant is None:
            return None
        scale = self.index.edition.scale
        rule = result.criterion.rule
        if result.chances is None:
            return np.full(self.count, float(constant))
        if isinstance(rule, ConditionsRule | AllOrNothingRule):
            states = [self._condition(item, result, each.condition) for each in result.conditions]
            return _by_conditions(rule, np.stack(states), scale)
        values = self._values(item, result)
        if values is None:
            return np.full(self.count, float(constant))
        return _by_limits(result.limits, values, scale)

    def _values(self, item: str, result: CriterionResult) -> Floats | None:
        criterion = result.criterion
        if criterion.shape is Shape.SITES:
            return self._passing(item, criterion)
        if criterion.method is Method.SURVEY:
            return self._share(self.index.questions.get((item, 0), ()))
        if criterion.method is Method.INSPECTION:
            return self._numbers(item, criterion)
        return None

    def _condition(self, item: str, result: CriterionResult, condition: Condition) -> Flags:
        reading = next(each for each in result.conditions if each.condition is condition)
        values, limit = None, condition.limit
        if reading.p_true is not None and condition.method is Method.SURVEY:
            values = self._share(self.index.questions.get((item, condition.n), ()))
        elif reading.p_true is not None:
            values = self._passing(item, result.criterion)
            limit = Limit(Op.AT_LEAST, self.index.edition.site_rule.condition_share * 100)
        if values is None or limit is None:
            return np.full(self.count, reading.state is True)
        return _keeps(limit, values)

    def _share(self, questions: Sequence[Question]) -> Floats | None:
        answers = self.index.answers
        if answers is None or self.people is None or self.cluster_of_row is None or not questions:
            return None
        shares = replicate_means(
            np.column_stack([answers.yes[question.column] for question in questions]),
            answers.design.weights,
            units=self.cluster_of_row,
            multipliers=self.people,
        )
        return np.asarray(shares.mean(axis=1) * _PERCENT)

    def _passing(self, item: str, criterion: Criterion) -> Floats | None:
        passes = visits_of(self.index, item, criterion).passes
        multipliers = self._sites(passes)
        if multipliers is None:
            return None
        passing = np.array([float(passes[key]) for key in passes])
        return _weighted(multipliers, passing) * _PERCENT

    def _numbers(self, item: str, criterion: Criterion) -> Floats | None:
        seen = numbers_seen(self.index, item, criterion)
        multipliers = self._sites(seen)
        if multipliers is None or criterion.aggregate == "sum":
            return None
        values = np.array([float(value) for value in seen.values()])
        if criterion.aggregate == "max":
            present = np.where(multipliers > 0, values, -np.inf)
            highest = present.max(axis=1)
            return np.asarray(np.where(np.isfinite(highest), highest, values.max()))
        return _weighted(multipliers, values)

    def _sites(self, keys: Mapping[str, object]) -> Floats | None:
        if self.visits is None or not keys:
            return None
        return np.asarray(self.visits[:, [self.column_of_site[key] for key in keys]])


def _people(answers: Answers, count: int, seed: bytes) -> tuple[Floats, NDArray[np.intp]]:
    table, survey = answers.table, answers.survey
    rows = len(table)
    strata = [table.columns[name] for name in survey.strata]
    layers = (
        ["\x1f".join(values) for values in zip(*strata, strict=True)] if strata else [""] * rows
    )
    clusters = (
        table.columns[survey.clusters[0]]
        if survey.clusters
        else tuple(f"{row:09d}" for row in range(rows))
    )
    multipliers, units = resample_psus(layers, clusters, replicates=count, seed=seed)
    stage = answers.design.stages[0]
    of_row = stage.correction[stage.strata.codes[stage.units.codes]]
    correction = np.ones(multipliers.shape[1])
    correction[units] = of_row
    multipliers, units = shrink(multipliers, correction), np.asarray(units, dtype=np.intp)
    if answers.raking is None or not answers.raking.is_applied:
        return multipliers, units
    groups = [each.names for each in answers.raking.margins]
    return rake_replicates(multipliers, units, answers.design.weights, groups)


def _visits(
    index: Index, types: Sequence[str], keys: Sequence[str], count: int, seed: bytes
) -> Floats:
    multipliers, units = resample_psus(types, keys, replicates=count, seed=seed)
    left = [1 - types.count(each) / len(index.register[each]) for each in types]
    return shrink(multipliers[:, np.asarray(units)], np.array(left))


def _weighted(multipliers: Floats, values: Floats) -> Floats:
    total = multipliers.sum(axis=1)
    plain = float(values.mean())
    safe = np.where(total > 0, total, 1.0)
    return np.asarray(np.where(total > 0, multipliers @ values / safe, plain))


def _keeps(limit: Limit, values: Floats) -> Flags:
    return np.asarray(_COMPARE[limit.op](np.round(values, _DIGITS), float(limit.value)))


def _by_limits(limits: Sequence[GradeLimit], values: Floats, scale: Scale) -> Floats:
    rates = np.full(len(values), float(scale.rate(scale.fallback) or 0))
    for each in reversed(limits):
        rates = np.where(_keeps(each.limit, values), float(scale.rate(each.grade) or 0), rates)
    return rates


def _by_conditions(rule: ConditionsRule | AllOrNothingRule, states: Flags, scale: Scale) -> Floats:
    if isinstance(rule, AllOrNothingRule):
        return np.asarray(states.all(axis=0), dtype=np.float64)
    rates = np.full(states.shape[1], float(scale.rate(scale.fallback) or 0))
    for test in reversed(rule.tests):
        keeps = states.sum(axis=0) >= test.at_least
        for n in test.all_of:
            keeps = keeps & states[n - 1]
        rates = np.where(keeps, float(scale.rate(test.grade) or 0), rates)
    return rates
