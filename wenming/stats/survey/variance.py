"""Variance by Taylor linearisation: from the scores of rows to a covariance (方差)."""

from dataclasses import dataclass
from math import fsum

import numpy as np

from wenming.stats.survey.design import SELF_REPRESENTING, Design, Lonely, Stage
from wenming.stats.survey.errors import LonelyUnit
from wenming.stats.survey.sums import Flags, Floats


@dataclass(frozen=True, slots=True)
class Covariance:
    """A covariance matrix, and the strata for which the lonely policy had to speak.

    Attributes:
        matrix: shape (k, k), in the square of the estimates' unit.
        lonely: names of the strata with a single unit, in order; empty when there is none.
    """

    matrix: Floats
    lonely: tuple[str, ...]


def covariance(
    design: Design, scores: Floats, *, inside: Flags, domain_lonely: bool = False
) -> Covariance:
    """The covariance of weighted totals of scores under the design.

    Stages are counted one by one: the first from its unit totals, each later one with the
    sampling fractions of the stages before it as factor, as far as population sizes are given.

    Args:
        scores: unweighted influence of each row on each estimate, 0 outside the domain;
            shape (rows, k).
        inside: the rows that belong to the domain and answered.
        domain_lonely: whether a stratum with one unit *in the domain* counts as lonely, too.

    Returns:
        The matrix, shape (k, k), and the lonely strata.

    Raises:
        LonelyUnit: the policy is `average`, and there is no other stratum to average over.

    Source:
        docs/methods/estimation.md, section 3.
    """
    weighted = _residuals(design, scores * design.weights[:, None])
    matrix = np.zeros((scores.shape[1], scores.shape[1]))
    names: list[str] = []
    for stage in design.stages:
        alone = stage.lonely
        if domain_lonely:
            alone = alone | _alone_in_domain(stage, inside)
        names += [stage.names[code] for code in np.flatnonzero(alone)]
        matrix += _stage_covariance(stage, weighted, alone=alone, policy=design.lonely)
    return Covariance(matrix, tuple(names))


def _residuals(design: Design, weighted: Floats) -> Floats:
    for adjustment in design.adjustments:
        after = adjustment.after[:, None]
        root = np.sqrt(adjustment.before)[:, None]
        scaled = np.divide(weighted, after, out=np.zeros_like(weighted), where=after != 0) * root
        scaled = scaled - adjustment.basis @ (adjustment.basis.T @ scaled)
        weighted = np.divide(scaled, root, out=np.zeros_like(scaled), where=root != 0) * after
    return weighted


def _alone_in_domain(stage: Stage, inside: Flags) -> Flags:
    active = np.unique(stage.units.codes[inside])
    present = np.bincount(stage.strata.codes[active], minlength=stage.strata.size)
    several = (stage.sampled > 1) & (stage.correction >= SELF_REPRESENTING)
    return np.asarray((present == 1) & several)


def _stage_covariance(stage: Stage, weighted: Floats, *, alone: Flags, policy: Lonely) -> Floats:
    totals = stage.units.sums(weighted)
    centre, factor = _centre(stage, totals), _factor(stage)
    if policy is Lonely.ADJUST and alone.any():
        everybody = np.array([fsum(column) / len(totals) for column in totals.T.tolist()])
        centre = np.where(alone[stage.strata.codes][:, None], everybody, centre)
    if policy is Lonely.AVERAGE and alone.any():
        if alone.all():
            raise LonelyUnit(stratum=stage.names[0], policy=policy)
        factor = np.where(alone, 0.0, factor * len(alone) / np.count_nonzero(~alone))
    return _products(totals - centre, factor[stage.strata.codes])


def _centre(stage: Stage, totals: Floats) -> Floats:
    means = stage.strata.sums(totals) / stage.sampled[:, None]
    return np.asarray(means[stage.strata.codes])


def _factor(stage: Stage) -> Floats:
    spread = stage.sampled / np.maximum(stage.sampled - 1, 1)
    factor = stage.share * stage.correction * spread
    return np.where(stage.correction < SELF_REPRESENTING, 0.0, factor)


def _products(centred: Floats, factor: Floats) -> Floats:
    size = centred.shape[1]
    matrix = np.empty((size, size))
    for row in range(size):
        left = factor * centred[:, row]
        for column in range(row, size):
            value = fsum((left * centred[:, column]).tolist())
            matrix[row, column] = matrix[column, row] = value
    return matrix
