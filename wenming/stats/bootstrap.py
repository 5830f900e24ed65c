"""Resampling that gives the same replicates on every machine (自助法): a stream of SHAKE-256."""

from collections.abc import Sequence
from hashlib import shake_256

import numpy as np
from numpy.typing import NDArray

from wenming.core.errors import DomainError
from wenming.stats.survey.sums import Codes, Column, Floats, Grouping, encode, nest

_RAKING_ROUNDS = 30


class BadResample(DomainError):
    """There is nothing to resample, or no replicate was asked for."""

    code = "bad_resample"


def resample_psus(
    strata: Column, psus: Column, *, replicates: int, seed: bytes
) -> tuple[Floats, Codes]:
    """Rao–Wu multipliers: in each stratum, n − 1 of its n units drawn with replacement.

    The weight of a row in a replicate is its weight × the multiplier of its unit. A stratum with
    one unit is kept as it is, so that it adds no variance: the lonely policy must say so.

    Args:
        strata: the stratum of each row.
        psus: the first-stage unit of each row; labels may repeat in other strata.
        replicates: how many, at least 1.
        seed: any bytes; the same bytes give the same multipliers on every platform.

    Returns:
        The multipliers, shape (replicates, units): count × n/(n − 1); and the unit of each row.
        Units are numbered in the order of the sorted labels of strata and units, so that the
        order of rows has no influence.

    Raises:
        BadResample: no replicate asked for, or no row.
        ColumnsOfUnequalLength, DesignValueMissing: the columns do not fit.

    Source:
        docs/methods/uncertainty.md, section 7; Rao and Wu (1988).
    """
    layer = encode(strata, name="stratum")[1]
    if replicates < 1 or not len(layer):
        raise BadResample(replicates=replicates, rows=len(layer))
    units = nest(layer, encode(psus, name="psu", rows=len(layer))[1])
    stratum_of_unit = layer[np.unique(units, return_index=True)[1]]
    multipliers = np.ones((replicates, len(stratum_of_unit)))
    for stratum in range(int(stratum_of_unit.max()) + 1):
        members = np.flatnonzero(stratum_of_unit == stratum)
        n = len(members)
        if n > 1:
            label = b"stratum" + stratum.to_bytes(8, "big")
            drawn = _counts(n, draws=n - 1, replicates=replicates, seed=seed, label=label)
            multipliers[:, members] = drawn * (n / (n - 1))
    return multipliers, units


def shrink(multipliers: Floats, corrections: Floats) -> Floats:
    """Multipliers for units drawn from a finite register: 1 + √(1 − f) × (m − 1).

    A census (f = 1) does not move; the variance is that of sampling without replacement.

    Args:
        multipliers: shape (replicates, units), from `resample_psus`.
        corrections: 1 − f of each unit's stratum, 0 to 1.

    Returns:
        The same shape; never below 0.

    Source:
        docs/methods/uncertainty.md, section 7; Rao and Wu (1988), section 3.
    """
    return np.asarray(1 + np.sqrt(np.clip(corrections, 0, 1)) * (multipliers - 1))


def replicate_means(
    answers: Floats, weights: Floats, *, units: Codes, multipliers: Floats
) -> Floats:
    """The means of several questions in every replicate, all from the same resampled units.

    Args:
        answers: shape (rows, questions); NaN where there is none.
        weights: one per row.
        units, multipliers: what `resample_psus` returned for these rows.

    Returns:
        Shape (replicates, questions); NaN where nobody who answered was drawn.

    Source:
        docs/methods/uncertainty.md, section 7.
    """
    given = ~np.isnan(answers)
    groups = Grouping.of(units)
    top = multipliers @ groups.sums(np.where(given, answers, 0.0) * weights[:, None])
    bottom = multipliers @ groups.sums(given * weights[:, None])
    return np.divide(top, bottom, out=np.full_like(top, np.nan), where=bottom > 0)


def rake_replicates(
    multipliers: Floats, units: Codes, weights: Floats, margins: Sequence[Column]
) -> tuple[Floats, Codes]:
    """Rake every replicate again, so that the margins vary no more than they do in the estimate.

    In each replicate the groups of every margin are brought back to the weighted totals that they
    have in the whole sample. A group that nobody was drawn from is left out there.

    Args:
        multipliers, units: what `resample_psus` returned for these rows.
        weights: one per row, raked already.
        margins: the group of each row, for each margin.

    Returns:
        The multipliers of each unit and combination of groups, shape (replicates, combinations);
        and the combination of each row. Both go into `replicate_means` in place of the units.

    Source:
        docs/methods/uncertainty.md, section 7.
    """
    codes = np.column_stack([encode(each, name="labels", rows=len(weights))[1] for each in margins])
    of_cell, cells = np.unique(codes, axis=0, return_inverse=True)
    pairs, of_row = np.unique(
        np.column_stack([units, cells.reshape(-1)]), axis=0, return_inverse=True
    )
    unit, cell, of_row = pairs[:, 0], pairs[:, 1], of_row.reshape(-1).astype(np.intp)
    start = multipliers[:, unit] * np.bincount(of_row, weights=weights)
    in_cell = start @ (cell[:, None] == np.arange(len(of_cell))).astype(np.float64)
    factors = np.ones_like(in_cell)
    for _ in range(_RAKING_ROUNDS):
        for margin in range(codes.shape[1]):
            group = of_cell[:, margin]
            wanted = np.bincount(codes[:, margin], weights=weights)
            found = (in_cell * factors) @ (group[:, None] == np.arange(len(wanted)))
            scale = np.divide(wanted, found, out=np.ones_like(found), where=found > 0)
            factors = factors * scale[:, group]
    return multipliers[:, unit] * factors[:, cell], of_row


def _counts(n: int, *, draws: int, replicates: int, seed: bytes, label: bytes) -> NDArray[np.int64]:
    """Counts of n cells; a 32-bit number u picks cell u·n / 2³², rounded down."""
    head = b"wenming-bootstrap-1" + len(seed).to_bytes(8, "big")
    stream = shake_256(head + seed + label).digest(4 * replicates * draws)
    numbers = np.frombuffer(stream, dtype=">u4").astype(np.uint64)
    cells = ((numbers * np.uint64(n)) >> np.uint64(32)).astype(np.int64).reshape(replicates, draws)
    flat = cells + n * np.arange(replicates, dtype=np.int64)[:, None]
    return np.bincount(flat.ravel(), minlength=n * replicates).reshape(replicates, n)
