"""Weights that reproduce known population totals: post-stratification, raking, regression."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from wenming.stats.survey.design import Adjustment, Design
from wenming.stats.survey.errors import BadTotals, ColumnsOfUnequalLength
from wenming.stats.survey.sums import Codes, Column, Floats, encode, total

RANK_TOLERANCE = 1e-10
Margin = tuple[Column, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class TrimReport:
    """What trimming changed (权数截尾).

    Attributes:
        lower, upper: the bounds asked for.
        trimmed: rows whose weight was cut or raised to a bound.
        moved: the sum of weight taken off (or, below 0, put on) and spread over the others.
        largest: the largest weight, before and after.
        spread: 1 + cv² of the weights (Kish), before and after.
    """

    lower: float
    upper: float
    trimmed: int
    moved: float
    largest: tuple[float, float]
    spread: tuple[float, float]


def post_stratify(design: Design, labels: Column, totals: Mapping[str, float]) -> Design:
    """Scale the weights so that each group has its known size (事后分层).

    Args:
        labels: the group of each row.
        totals: size of each group in the population, above 0; exactly the groups of the sample.

    Returns:
        The design with new weights. Its variances leave out what the groups explain: each score
        loses the weighted mean of its group.

    Raises:
        BadTotals: the groups differ, a total is not above 0, or a group has no weight.

    Source:
        docs/methods/estimation.md, section 6.
    """
    codes, wanted = _margin(design, labels, totals)
    return _adjusted(design, design.weights * _scales(design.weights, codes, wanted), [codes])


def rake(
    design: Design,
    margins: Sequence[Margin],
    *,
    tolerance: float = 1e-10,
    rounds: int = 1000,
) -> Design:
    """Scale the weights until several sets of groups have their known sizes (迭代加权).

    Args:
        margins: at least one pair of labels and totals, as for `post_stratify`; their totals
            must have the same sum.
        tolerance: the largest relative distance from any total at which to stop.
        rounds: how many rounds over all margins to try.

    Returns:
        The design with new weights.

    Raises:
        BadTotals: as for `post_stratify`; also when the margins contradict each other.

    Source:
        docs/methods/estimation.md, section 6.
    """
    return rake_counted(design, margins, tolerance=tolerance, rounds=rounds)[0]


def rake_counted(
    design: Design, margins: Sequence[Margin], *, tolerance: float = 1e-10, rounds: int = 1000
) -> tuple[Design, int]:
    """The same as `rake`, with the number of rounds over all margins that it took (迭代轮数).

    Raises:
        BadTotals: as for `rake`.
    """
    known = [_margin(design, labels, totals) for labels, totals in margins]
    sums = [total(wanted) for _, wanted in known]
    if not sums or max(sums) - min(sums) > tolerance * max(sums) * 10:
        raise BadTotals(problem="sums_differ", sums=sums)
    weights = design.weights
    for n in range(1, rounds + 1):
        for codes, wanted in known:
            weights = weights * _scales(weights, codes, wanted)
        if all(_distance(weights, codes, wanted) <= tolerance for codes, wanted in known):
            return _adjusted(design, weights, [codes for codes, _ in known]), n
    raise BadTotals(problem="not_reached", rounds=rounds)


def calibrate(design: Design, auxiliaries: Floats, totals: Sequence[float]) -> Design:
    """Change the weights as little as possible to reach known totals (线性校准, GREG).

    Weights may fall below 0; `trim` mends that.

    Args:
        auxiliaries: shape (rows, q); a column of ones keeps the population size.
        totals: the q totals in the population.

    Returns:
        The design with new weights.

    Raises:
        ColumnsOfUnequalLength: a row or a total is missing.
        BadTotals: the totals cannot be reached, as the columns depend on each other.

    Source:
        docs/methods/estimation.md, section 6; Deville and Särndal (1992).
    """
    matrix, wanted = np.asarray(auxiliaries, dtype=np.float64), np.asarray(totals, np.float64)
    if matrix.ndim != 2 or matrix.shape != (design.rows, len(wanted)):
        raise ColumnsOfUnequalLength(column="auxiliaries", rows=design.rows, found=matrix.shape)
    weights = design.weights
    missing = wanted - matrix.T @ weights
    scale = np.sqrt((matrix**2).sum(axis=0))
    scaled = matrix / np.where(scale > 0, scale, 1.0)
    step = np.linalg.lstsq(scaled.T @ (weights[:, None] * scaled), missing / scale, rcond=None)[0]
    after = weights * (1 + scaled @ step)
    if not np.allclose(matrix.T @ after, wanted, rtol=1e-8, atol=1e-8):
        raise BadTotals(problem="not_reached", totals=[*totals])
    return _with(design, after, matrix=matrix)


def trim(
    design: Design, *, lower: float = 0.0, upper: float = np.inf, strict: bool = False
) -> tuple[Design, TrimReport]:
    """Cut weights to bounds and spread the difference evenly over the other rows.

    Args:
        lower, upper: bounds of a weight.
        strict: repeat until no weight is outside; once may push another over the bound.

    Returns:
        The design with new weights of the same sum, and what was changed.

    Raises:
        BadTotals: no weight is left inside the bounds to take the difference.

    Source:
        docs/methods/estimation.md, section 6.
    """
    weights, trimmed = design.weights, np.zeros(design.rows, dtype=np.bool_)
    while True:
        outside = (weights < lower) | (weights > upper)
        if not outside.any():
            break
        trimmed |= outside
        if trimmed.all():
            raise BadTotals(problem="nothing_inside_bounds", lower=lower, upper=upper)
        cut = np.clip(weights, lower, upper)
        each = total(weights - cut) / np.count_nonzero(~outside)
        weights = np.where(outside, cut, cut + each)
        if not strict:
            break
    report = TrimReport(
        lower=lower,
        upper=upper,
        trimmed=int(np.count_nonzero(trimmed)),
        moved=total(design.weights - np.clip(design.weights, lower, upper)),
        largest=(float(design.weights.max()), float(weights.max())),
        spread=(_kish(design.weights), _kish(weights)),
    )
    return replace(design, weights=weights), report


def _margin(design: Design, labels: Column, totals: Mapping[str, float]) -> tuple[Codes, Floats]:
    names, codes = encode(labels, name="labels", rows=design.rows)
    if set(names) != set(totals):
        raise BadTotals(problem="groups_differ", sample=names, population=sorted(totals))
    wanted = np.array([totals[name] for name in names], dtype=np.float64)
    found = np.bincount(codes, weights=design.weights)
    if not (np.isfinite(wanted) & (wanted > 0) & (found > 0)).all():
        raise BadTotals(problem="not_above_zero", totals=dict(totals))
    return codes, wanted


def _scales(weights: Floats, codes: Codes, wanted: Floats) -> Floats:
    return np.asarray((wanted / np.bincount(codes, weights=weights))[codes])


def _distance(weights: Floats, codes: Codes, wanted: Floats) -> float:
    return float(np.max(np.abs(np.bincount(codes, weights=weights) / wanted - 1)))


def _adjusted(design: Design, after: Floats, margins: list[Codes]) -> Design:
    groups = np.column_stack([codes[:, None] == np.arange(codes.max() + 1) for codes in margins])
    return _with(design, after, matrix=groups.astype(np.float64))


def _with(design: Design, after: Floats, *, matrix: Floats) -> Design:
    adjustment = Adjustment(_basis(design.weights, matrix), design.weights, after)
    return replace(design, weights=after, adjustments=(*design.adjustments, adjustment))


def _basis(weights: Floats, matrix: Floats) -> Floats:
    scale = np.sqrt((matrix**2).sum(axis=0))
    columns = np.sqrt(weights)[:, None] * matrix / np.where(scale > 0, scale, 1.0)
    left, singular, _ = np.linalg.svd(columns, full_matrices=False)
    return np.asarray(left[:, singular > RANK_TOLERANCE * singular[0]])


def _kish(weights: Floats) -> float:
    return len(weights) * total(weights**2) / total(weights) ** 2
