"""Answer sheets raked to the margins of the population, and the report of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from wenming.core.evidence import AnswerTable, Margin, SurveyDesign, TrimBounds
from wenming.stats.survey import Design, TrimReport, rake_counted, trim
from wenming.stats.survey.errors import BadTotals
from wenming.stats.survey.sums import Flags, Floats, total
from wenming.stats.weighting import weight_report

RAKED, NOT_RAKED = "raked", "not_raked"
"""Entries of a reading's detail: the columns of the margins, or why they were not used."""

LARGEST_FACTOR = 5
FEWEST_SHEETS = 10
_UNANSWERED = ""
_PERCENT = 100.0


@dataclass(frozen=True, slots=True)
class RakedGroup:
    """A group of a margin before and after raking (人口组加权前后).

    Attributes:
        before, after: its weighted share among sheets with a group, 0 to 1.
        population: its share of the population, 0 to 1.
    """

    name: str
    sheets: int
    before: float
    population: float
    after: float


@dataclass(frozen=True, slots=True)
class RakedMargin:
    """A margin before and after raking (人口边际加权前后).

    Attributes:
        names: the group of each sheet; "" without one.
        unanswered: sheets without a group; they keep their weighted share.
        outside: of these, sheets with a number that is in no group.
    """

    margin: Margin
    groups: Sequence[RakedGroup]
    names: Sequence[str]
    unanswered: int
    outside: int


@dataclass(frozen=True, slots=True)
class RakingReport:
    """What raking did to the weights of a round (加权报告).

    Attributes:
        why: code of the reason why the design weights were kept; "" when they were raked.
        facts: of that reason.
        factor: smallest and largest factor of a weight, when both sets are scaled to mean 1.
        spread: 1 + cv² of the weights, before and after.
        rounds: over all margins.
        trim: None where trimming was not asked for, or not possible.
        trim_why: code of the reason why it was not possible.
    """

    sheets: int
    margins: Sequence[RakedMargin]
    factor: tuple[float, float] = (1.0, 1.0)
    spread: tuple[float, float] = (1.0, 1.0)
    rounds: int = 0
    trim: TrimReport | None = None
    trim_why: str = ""
    why: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_applied(self) -> bool:
        """Whether the weights were raked."""
        return not self.why

    @property
    def effective(self) -> tuple[float, float]:
        """How many equal answers the weights are worth, before and after."""
        return self.sheets / self.spread[0], self.sheets / self.spread[1]

    @property
    def moved(self) -> float:
        """How much of all weight trimming moved to other sheets, in percent."""
        return abs(self.trim.moved) / self.sheets * _PERCENT if self.trim else 0.0

    @property
    def warnings(self) -> list[tuple[str, dict[str, object]]]:
        """What whoever reads the estimates should know: codes with their facts."""
        found: list[tuple[str, dict[str, object]]] = []
        if self.why:
            found.append(_warning("answers_not_raked", reason=self.why, **self.facts))
        if self.trim_why:
            found.append(_warning("raking_not_trimmed"))
        if self.factor[1] > LARGEST_FACTOR:
            largest = self.factor[1]
            found.append(_warning("raking_factor_large", factor=largest, most=LARGEST_FACTOR))
        for each in self.margins:
            column = each.margin.column
            for group in each.groups:
                if 0 < group.sheets < FEWEST_SHEETS:
                    facts = {"group": group.name, "n": group.sheets, "least": FEWEST_SHEETS}
                    found.append(_warning("raking_group_small", column=column, **facts))
            if each.outside:
                found.append(_warning("raking_sheets_outside", column=column, n=each.outside))
        return found


def _warning(code: str, **facts: object) -> tuple[str, dict[str, object]]:
    return code, facts


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The group of each sheet under one margin; "" without one."""

    margin: Margin
    names: tuple[str, ...]
    outside: int

    @classmethod
    def of(cls, margin: Margin, table: AnswerTable, missing: frozenset[str]) -> "_Sorted":
        words = table.columns[margin.column]
        groups = {
            word: None if word in missing else margin.group_of(word) or "" for word in set(words)
        }
        outside = sum(groups[word] == "" for word in words)
        return cls(margin, tuple(groups[word] or _UNANSWERED for word in words), outside)

    def inside(self, name: str) -> Flags:
        return np.array([each == name for each in self.names], dtype=np.bool_)


def rake_answers(
    design: Design, table: AnswerTable, survey: SurveyDesign
) -> tuple[Design, RakingReport | None]:
    """Rake the weights of the answer sheets to the margins of the population (答卷加权).

    Sheets without an answer to a margin keep their weighted share; the totals of its groups are
    scaled to what is left. Where the margins cannot be reached, the design weights stay.

    Returns:
        The design, with variances that know of the margins; and the report, None without margins.

    Source:
        docs/methods/estimation.md, section 6.
    """
    plan = survey.raking
    if plan is None:
        return design, None
    known = [_Sorted.of(margin, table, survey.missing) for margin in plan.margins]
    report = RakingReport(len(table), [], spread=(_spread(design.weights),) * 2)
    if empty := _empty_groups(known, design.weights):
        why, facts = "group_without_sheets", {"groups": empty}
        after, report = design, replace(report, why=why, facts=facts)
    else:
        after, report = _raked(design, known, plan.trim, report)
    weights = design.weights, after.weights
    return after, replace(report, margins=[_compared(each, weights) for each in known])


def _empty_groups(known: Sequence[_Sorted], weights: Floats) -> list[str]:
    return [
        f"{each.margin.column} {group.name}"
        for each in known
        for group in each.margin.groups
        if not weights[each.inside(group.name)].any()
    ]


def _raked(
    design: Design, known: Sequence[_Sorted], bounds: TrimBounds | None, report: RakingReport
) -> tuple[Design, RakingReport]:
    try:
        after, rounds = rake_counted(design, [_wanted(each, design.weights) for each in known])
    except BadTotals:
        return design, replace(report, why="margins_contradict")
    report = replace(report, rounds=rounds)
    if bounds is not None:
        after, report = _trimmed(after, bounds, report)
    before, now = design.weights / design.weights.mean(), after.weights / after.weights.mean()
    factors = now[before > 0] / before[before > 0]
    return after, replace(
        report,
        factor=(float(factors.min()), float(factors.max())),
        spread=(report.spread[0], _spread(after.weights)),
    )


def _wanted(found: _Sorted, weights: Floats) -> tuple[list[str], dict[str, float]]:
    """The group of each sheet, and the totals scaled to what sheets without an answer leave."""
    margin = found.margin
    whole, left = total(weights), total(weights[found.inside(_UNANSWERED)])
    wanted = {
        each.name: float(each.total / margin.total) * (whole - left) for each in margin.groups
    }
    if left > 0:
        return list(found.names), wanted | {_UNANSWERED: left}
    some = margin.groups[0].name  # for sheets of weight 0, which move nothing
    return [name or some for name in found.names], wanted


def _trimmed(
    design: Design, bounds: TrimBounds, report: RakingReport
) -> tuple[Design, RakingReport]:
    """Cut the weights, scaled to mean 1: the bounds are in mean weights."""
    mean = design.weights.mean()
    scaled = replace(design, weights=design.weights / mean)
    lower = 0.0 if bounds.lower is None else float(bounds.lower)
    upper = np.inf if bounds.upper is None else float(bounds.upper)
    try:
        after, found = trim(scaled, lower=lower, upper=upper, strict=True)
    except BadTotals:
        return design, replace(report, trim_why="trim_not_possible")
    return replace(after, weights=after.weights * mean), replace(report, trim=found)


def _compared(found: _Sorted, weights: tuple[Floats, Floats]) -> RakedMargin:
    margin, without = found.margin, found.inside(_UNANSWERED)
    bases = [total(each[~without]) for each in weights]
    groups = []
    for group in margin.groups:
        inside = found.inside(group.name)
        before, after = (
            total(each[inside]) / base if base else 0.0
            for each, base in zip(weights, bases, strict=True)
        )
        share = float(group.total / margin.total)
        groups.append(RakedGroup(group.name, int(inside.sum()), before, share, after))
    return RakedMargin(margin, groups, found.names, int(without.sum()), found.outside)


def _spread(weights: Floats) -> float:
    found = weight_report(weights.tolist())
    return found.spread if found else 1.0


def raking_detail(report: RakingReport | None) -> dict[str, object]:
    """What the reading of an estimate says of its weights (读数加权说明); {} without margins."""
    if report is None:
        return {}
    if report.is_applied:
        return {RAKED: [each.margin.column for each in report.margins]}
    return {NOT_RAKED: {"reason": report.why, **report.facts}}
