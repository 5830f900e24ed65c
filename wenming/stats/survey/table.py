"""Estimates from a table of words: what `wenming estimate FILE` prints, row by row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import isfinite, nan

import numpy as np

from wenming.stats.survey.design import Design
from wenming.stats.survey.errors import BadPopulation, NothingAnswered
from wenming.stats.survey.estimate import (
    estimate_mean,
    estimate_ratio,
    estimate_share,
    estimate_total,
)
from wenming.stats.survey.result import DEFAULT, Estimate, Options
from wenming.stats.survey.sums import Flags, Floats, domains

MISSING = ("", "NA")
Columns = Mapping[str, Sequence[str]]
By = tuple[tuple[str, str], ...]
Estimator = Callable[[Flags | None], Estimate]


class CellError(ValueError):
    """A cell, or a whole column, cannot be read.

    Attributes:
        row: the row of data, counted from 0; None for the whole column.
        column: its heading.
        problem: `no_such_column`, `not_a_number`, `missing`, `below_zero` (a weight), or of a
            population size `not_above_zero`, `below_sample`, `varies_in_stratum`.
        value: what the cell holds.
    """

    def __init__(self, row: int | None, column: str, problem: str, value: str = "") -> None:
        self.row, self.column, self.problem, self.value = row, column, problem, value
        super().__init__(f"row {row}, column {column}: {problem} {value}".rstrip())


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateRequest:
    """What to estimate from a table, by the headings of its columns.

    Attributes:
        means, totals: variables. One of words gives a row for each of its levels; in one of
            which most cells are numbers, any other word is a mistake.
        ratios: pairs of numerator and denominator.
        by: columns whose combinations are the domains; none is everybody.
        weights: the column of weights; None derives them from `fpc`, or counts each row once.
        strata, clusters, fpc: columns by stage.
        lonely: the policy for strata with one unit; `Lonely`.
        options: confidence, and the interval of shares; other figures always have `mean`.
    """

    means: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    ratios: tuple[tuple[str, str], ...] = ()
    by: tuple[str, ...] = ()
    weights: str | None = None
    strata: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ()
    fpc: tuple[str, ...] = ()
    lonely: str
    options: Options = DEFAULT


@dataclass(frozen=True, slots=True)
class Row:
    """One estimate as it is printed.

    Attributes:
        statistic: `mean`, `total` or `ratio`.
        variable: the column; a ratio is `numerator/denominator`.
        level: the answer whose share this is; "" for a number.
        by: the domain, as pairs of column and label; empty is everybody.
        estimate, se: in the unit of the variable.
        low, high: None when there are no degrees of freedom.
        deff: against a simple random sample without replacement; `deff_wr` against one with.
            None when the answers do not vary.
        df, n: degrees of freedom and answers, of the domain.
        interval_kind: how the interval was made.
        lonely: the policy, if some stratum needed it.
    """

    statistic: str
    variable: str
    level: str
    by: By
    estimate: float
    se: float
    low: float | None
    high: float | None
    deff: float | None
    deff_wr: float | None
    df: int
    n: int
    interval_kind: str
    lonely: str | None


@dataclass(frozen=True, slots=True)
class _Figure:
    statistic: str
    variable: str
    level: str
    estimator: Estimator


def estimate_table(columns: Columns, request: EstimateRequest) -> list[Row]:
    """Estimate everything that is asked for, for every domain.

    Args:
        columns: heading → one word per row, all of the same length; "" and "NA" are missing.
        request: what to estimate.

    Returns:
        Means, totals and ratios in the order asked for; inside each the levels in their order,
        and inside each level the domains in the order of their labels. A domain in which nobody
        answered has no row.

    Raises:
        CellError: a column does not exist, or a cell of it cannot be read.
        SurveyError: the columns do not make a design, or nobody answered at all.

    Source:
        docs/methods/estimation.md.
    """
    design = read_design(columns, request)
    found = [
        _row(figure, by, mask)
        for figure in _figures(columns, request, design)
        for by, mask in _by(columns, request.by)
    ]
    rows = [row for row in found if row is not None]
    if not rows:
        raise NothingAnswered(what="y")
    return rows


def read_design(columns: Columns, request: EstimateRequest) -> Design:
    """The design of a table: every row of it, whatever will be asked.

    Args, Raises: as `estimate_table`.

    Returns:
        The design.
    """
    rows = max((len(column) for column in columns.values()), default=0)
    weights = None if request.weights is None else _weights(columns, request.weights)
    if weights is None and not (request.strata or request.clusters or request.fpc):
        weights = np.ones(rows)
    populations = [_complete(columns, name) for name in request.fpc]
    strata = [_words(columns, name) for name in request.strata]
    clusters = [_words(columns, name) for name in request.clusters]
    try:
        return Design.from_columns(
            lonely=request.lonely,
            weights=weights,
            strata=strata,
            clusters=clusters,
            fpc=populations,
        )
    except BadPopulation as refusal:
        row, stage = refusal.facts.get("row"), refusal.facts.get("stage", 1)
        if not (isinstance(row, int) and isinstance(stage, int)):
            raise
        name = request.fpc[stage - 1]
        raise CellError(row, name, str(refusal.facts["problem"]), columns[name][row]) from refusal


def _figures(columns: Columns, request: EstimateRequest, design: Design) -> list[_Figure]:
    figures: list[_Figure] = []
    for statistic, names in {"mean": request.means, "total": request.totals}.items():
        for name in names:
            figures += _levels(columns, name, statistic, request.options, design)
    for top, bottom in request.ratios:
        y, x = _numbers(columns, top), _numbers(columns, bottom)
        plain = Options(level=request.options.level, domain_lonely=request.options.domain_lonely)
        estimator = partial(_ratio, design, y, x, plain)
        figures.append(_Figure("ratio", f"{top}/{bottom}", "", estimator))
    return figures


def _ratio(design: Design, y: Floats, x: Floats, options: Options, mask: Flags | None) -> Estimate:
    return estimate_ratio(design, y, x, domain=mask, options=options)


def _levels(
    columns: Columns, name: str, statistic: str, options: Options, design: Design
) -> list[_Figure]:
    words = _column(columns, name)
    answered = np.array([word not in MISSING for word in words], dtype=np.bool_)
    numeric = sum(_is_number(word) for word in words)
    if 2 * numeric > int(np.count_nonzero(answered)):
        y = _numbers(columns, name)
        return [_Figure(statistic, name, "", _estimator(statistic, design, y, options))]
    found = []
    for level in sorted({word for word in words if word not in MISSING}):
        y = np.where(answered, np.array([word == level for word in words], dtype=float), nan)
        found.append(_Figure(statistic, name, level, _estimator(statistic, design, y, options)))
    return found


def _estimator(statistic: str, design: Design, y: Floats, options: Options) -> Estimator:
    plain = Options(level=options.level, domain_lonely=options.domain_lonely)
    if statistic == "total":
        return lambda mask: estimate_total(design, y, domain=mask, options=plain)
    if np.isin(y[~np.isnan(y)], (0.0, 1.0)).all():
        return lambda mask: estimate_share(design, y, domain=mask, options=options)
    return lambda mask: estimate_mean(design, y, domain=mask, options=plain)


def _by(columns: Columns, names: tuple[str, ...]) -> list[tuple[By, Flags | None]]:
    masks: list[tuple[By, Flags | None]] = [((), None)]
    for name in names:
        labels = domains(_column(columns, name))
        masks = [
            ((*by, (name, label)), mask if within is None else mask & within)
            for by, within in masks
            for label, mask in labels.items()
            if label not in MISSING
        ]
    return [(by, mask) for by, mask in masks if mask is None or mask.any()]


def _row(figure: _Figure, by: By, mask: Flags | None) -> Row | None:
    try:
        found = figure.estimator(mask)
    except NothingAnswered:
        return None
    return Row(
        statistic=figure.statistic,
        variable=figure.variable,
        level=figure.level,
        by=by,
        estimate=found.estimate,
        se=found.se,
        low=found.low if isfinite(found.low) else None,
        high=found.high if isfinite(found.high) else None,
        deff=found.deff_wor,
        deff_wr=found.deff_wr,
        df=found.df,
        n=found.n,
        interval_kind=str(found.interval_kind),
        lonely=None if found.lonely_used is None else str(found.lonely_used),
    )


def _column(columns: Columns, name: str) -> Sequence[str]:
    if name not in columns:
        raise CellError(None, name, "no_such_column")
    return columns[name]


def _words(columns: Columns, name: str) -> list[str]:
    words = [*_column(columns, name)]
    for row, word in enumerate(words):
        if word in MISSING:
            raise CellError(row, name, "missing", word)
    return words


def _complete(columns: Columns, name: str) -> Floats:
    _words(columns, name)
    return _numbers(columns, name)


def _weights(columns: Columns, name: str) -> Floats:
    values = _complete(columns, name)
    if (values < 0).any():
        row = int(np.argmax(values < 0))
        raise CellError(row, name, "below_zero", columns[name][row])
    return values


def _numbers(columns: Columns, name: str) -> Floats:
    values = np.empty(len(_column(columns, name)))
    for row, word in enumerate(columns[name]):
        if word in MISSING:
            values[row] = nan
        elif _is_number(word):
            values[row] = float(word)
        else:
            raise CellError(row, name, "not_a_number", word)
    return values


def _is_number(word: str) -> bool:
    try:
        return isfinite(float(word)) and "_" not in word
    except ValueError:
        return False
