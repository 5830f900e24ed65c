"""Many cities at once: share, standard error and design effect of every yes/no question."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wenming.stats.survey.errors import (
    BadWeight,
    ColumnsOfUnequalLength,
    DesignWithoutRows,
    LonelyUnit,
    NotAShare,
    NothingAnswered,
)
from wenming.stats.survey.sums import Floats

NO_ANSWER = 255
Answers = NDArray[np.uint8]
Numbers = NDArray[np.integer]


@dataclass(frozen=True, slots=True, eq=False)
class Many:
    """Estimates of all questions in all cities; arrays have the shape (cities, questions).

    Attributes:
        cities: the codes of the cities, in order; shape (cities,).
        share: from 0 to 1.
        se: standard error.
        deff_wor, deff_wr: against simple random samples without and with replacement; NaN where
            the answers do not vary.
        n: answers.
        base: sum of their weights.
        df: degrees of freedom of the design; shape (cities,).
    """

    cities: Numbers
    share: Floats
    se: Floats
    deff_wor: Floats
    deff_wr: Floats
    n: Floats
    base: Floats
    df: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where cities, strata and units start in rows sorted by them.

    Attributes:
        order: the rows in sorted order; None when they already were.
        rows: first row of each city, and the end.
        units: first row of each unit, and the end.
        strata: first unit of each stratum, and the end.
        city_units, city_strata: first unit and stratum of each city, and the end.
    """

    order: NDArray[np.intp] | None
    rows: NDArray[np.intp]
    units: NDArray[np.intp]
    strata: NDArray[np.intp]
    city_units: NDArray[np.intp]
    city_strata: NDArray[np.intp]


def estimate_many(
    answers: Answers, *, city: Numbers, stratum: Numbers, psu: Numbers, weights: Floats
) -> Many:
    """Estimate every question in every city, one city in memory at a time.

    The same figures as `estimate_share` on a design of strata, first-stage units drawn with
    replacement, and weights: unit totals come first, so that only they are centred.

    Args:
        answers: 1 for yes, 0 for no, 255 where there is none; shape (rows, questions). Rows
            sorted by city, stratum and unit are the fastest, but any order will do.
        city, stratum, psu: codes from 0 on, one per row; strata lie in cities, units in strata.
        weights: above 0, one per row.

    Returns:
        One line per city, in the order of their codes.

    Raises:
        DesignWithoutRows, ColumnsOfUnequalLength, BadWeight: the columns make no design.
        NotAShare: an answer is neither 0, 1 nor 255.
        NothingAnswered: in some city, nobody answered some question.
        LonelyUnit: a stratum has one unit; choose a policy with `Design` instead.

    Source:
        docs/methods/estimation.md, section 7.
    """
    _refuse_bad(answers, [city, stratum, psu], weights)
    layout = _layout(city, stratum, psu)
    shape = (len(layout.rows) - 1, answers.shape[1])
    result = np.empty((6, *shape))
    for number in range(shape[0]):
        rows = slice(layout.rows[number], layout.rows[number + 1])
        chosen = rows if layout.order is None else layout.order[rows]
        result[:, number] = _city(answers[chosen], weights[chosen], layout, number)
    share, se, deff_wor, deff_wr, n, base = result
    first = layout.rows[:-1] if layout.order is None else layout.order[layout.rows[:-1]]
    df = np.diff(layout.city_units) - np.diff(layout.city_strata)
    return Many(city[first], share, se, deff_wor, deff_wr, n, base, df.astype(np.float64))


def _refuse_bad(answers: Answers, codes: list[Numbers], weights: Floats) -> None:
    if answers.ndim != 2 or not answers.size:
        raise DesignWithoutRows()
    for column in (*codes, weights):
        if column.shape != answers.shape[:1]:
            raise ColumnsOfUnequalLength(column="", rows=len(answers), found=column.shape)
    wrong = ~(np.isfinite(weights) & (weights > 0))
    if wrong.any():
        raise BadWeight(row=int(np.argmax(wrong)), weight=float(weights[np.argmax(wrong)]))


def _layout(city: Numbers, stratum: Numbers, psu: Numbers) -> Layout:
    strata = city.astype(np.int64) * (int(stratum.max()) + 1) + stratum
    keys = strata * (int(psu.max()) + 1) + psu
    order = None
    if (np.diff(keys) < 0).any():
        order = np.argsort(keys, kind="stable")
        city, strata, keys = city[order], strata[order], keys[order]
    units, layers, rows = _starts(keys), _starts(strata), _starts(city)
    stratum_starts = np.searchsorted(units, layers)
    lonely = np.diff(stratum_starts) < 2
    if lonely.any():
        row = layers[int(np.argmax(lonely))]
        raise LonelyUnit(stratum=int(strata[row]), stage=1)
    return Layout(
        order=order,
        rows=rows,
        units=units,
        strata=stratum_starts,
        city_units=np.searchsorted(units, rows),
        city_strata=np.searchsorted(layers, rows),
    )


def _starts(keys: Numbers) -> NDArray[np.intp]:
    changes = np.flatnonzero(np.diff(keys)) + 1
    return np.concatenate(([0], changes, [len(keys)])).astype(np.intp)


def _city(answers: Answers, weights: Floats, layout: Layout, number: int) -> Floats:
    first, last = layout.city_units[number], layout.city_units[number + 1]
    units = layout.units[first:last] - layout.units[first]
    layers = layout.city_strata[number], layout.city_strata[number + 1]
    strata = layout.strata[layers[0] : layers[1]] - first
    highest = answers.max()
    yes = np.add.reduceat(np.multiply(_yes(answers, highest), weights[:, None]), units, axis=0)
    if highest == NO_ANSWER:
        given = answers != NO_ANSWER
        counted = np.add.reduceat(given * weights[:, None], units, axis=0)
        n = np.count_nonzero(given, axis=0).astype(np.float64)
    else:
        counted = np.add.reduceat(weights, units)[:, None]
        n = np.full(answers.shape[1], float(len(answers)))
    return _finish(yes, counted, n, strata)


def _yes(answers: Answers, highest: np.uint8) -> Answers | NDArray[np.bool_]:
    if highest <= 1:
        return answers
    if ((answers > 1) & (answers != NO_ANSWER)).any():
        raise NotAShare(found=int(answers[(answers > 1) & (answers != NO_ANSWER)][0]))
    return np.asarray(answers == 1)


def _finish(yes: Floats, counted: Floats, n: Floats, strata: NDArray[np.intp]) -> Floats:
    base = np.broadcast_to(counted.sum(axis=0), n.shape)
    if not base.all():
        raise NothingAnswered(what="question", index=int(np.argmin(base)))
    share = yes.sum(axis=0) / base
    scores = (yes - share * counted) / base
    sizes = np.diff(np.append(strata, len(yes)))
    means = np.add.reduceat(scores, strata, axis=0) / sizes[:, None]
    squares = (scores - np.repeat(means, sizes, axis=0)) ** 2
    variance = (sizes / (sizes - 1)) @ np.add.reduceat(squares, strata, axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        simple = share * (1 - share) / (n - 1)
        deff_wr = np.where(simple > 0, variance / simple, np.nan)
        left = 1 - n / base
        deff_wor = np.where(left > 0, deff_wr / left, np.nan)
    return np.stack((share, np.sqrt(variance), deff_wor, deff_wr, n, base))
