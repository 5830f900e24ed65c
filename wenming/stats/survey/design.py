"""The design of a sample: strata, sampling units by stage, weights, population sizes."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from wenming.stats.survey.errors import (
    BadPopulation,
    BadWeight,
    DesignWithoutRows,
    LonelyUnit,
    UnknownPolicy,
)
from wenming.stats.survey.sums import Codes, Column, Flags, Floats, Grouping, encode, nest, numbers

SELF_REPRESENTING = 1e-7


class Lonely(StrEnum):
    """What to do with a stratum (层) that has a single sampling unit; there is no default."""

    FAIL = "fail"
    REMOVE = "remove"
    CERTAINTY = "certainty"
    ADJUST = "adjust"
    AVERAGE = "average"


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """One stage of sampling, as its variance needs it.

    Attributes:
        units: rows gathered into the sampling units of this stage (群).
        strata: these units gathered into strata; strata lie inside one unit of the stage before.
        names: what each stratum is called.
        sampled: units drawn in each stratum.
        correction: 1 − units drawn / units there are, by stratum; 1 when drawn with replacement.
        share: the product of the sampling fractions of the stages before, by stratum.
    """

    units: Grouping
    strata: Grouping
    names: tuple[str, ...]
    sampled: Floats
    correction: Floats
    share: Floats

    @property
    def lonely(self) -> Flags:
        """Strata with one unit that is not there by certainty."""
        return np.asarray((self.sampled == 1) & (self.correction >= SELF_REPRESENTING))


@dataclass(frozen=True, slots=True, eq=False)
class Adjustment:
    """A calibration that the variance must know: what it explains of the scores.

    Attributes:
        basis: an orthonormal basis of √(weight before) × auxiliaries; shape (rows, rank).
        before, after: the weights on both sides of the calibration.
    """

    basis: Floats
    before: Floats
    after: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """A sample with its design; it always holds every row that was drawn.

    There is no way to take rows out of a design. A domain is a mask handed to an estimate, so the
    mistake of filtering first cannot be made.

    Attributes:
        weights: how many of the population each row stands for.
        stages: the stages whose variance is counted, first stage first.
        lonely: the policy for strata with one unit.
        adjustments: calibrations of the weights, in the order they were made.
    """

    weights: Floats
    stages: tuple[Stage, ...]
    lonely: Lonely
    adjustments: tuple[Adjustment, ...] = ()

    @classmethod
    def from_columns(
        cls,
        *,
        lonely: Lonely | str,
        weights: Column | None = None,
        strata: Sequence[Column] = (),
        clusters: Sequence[Column] = (),
        fpc: Sequence[Column] = (),
    ) -> "Design":
        """Build a design from columns with one value per row (抽样设计).

        Args:
            lonely: `fail`, `remove`, `certainty`, `adjust` or `average`.
            weights: at least 0; None multiplies N/n of the stages in `fpc`, or is 1 without it.
            strata: by stage, first stage first; may be shorter than `clusters`.
            clusters: units by stage; labels may repeat elsewhere. None: each row is a unit.
            fpc: by stage, how many units the row's stratum has, or the fraction drawn (all ≤ 1).
                Later stages without it count as complete; none: drawn with replacement.

        Returns:
            The design.

        Raises:
            DesignWithoutRows, ColumnsOfUnequalLength, DesignValueMissing, BadWeight,
            BadPopulation, UnknownPolicy: the columns do not make a design.
            LonelyUnit: a stratum has one unit, and `lonely` is `fail`.

        Source:
            docs/methods/estimation.md, section 1.
        """
        if lonely not in set(Lonely):
            raise UnknownPolicy(policy=str(lonely), known=[*Lonely])
        rows = _count_rows([*([] if weights is None else [weights]), *strata, *clusters, *fpc])
        layers = [encode(column, name="stratum", rows=rows) for column in strata]
        units = [encode(column, name="cluster", rows=rows)[1] for column in clusters]
        stages, from_fpc = _stages(layers, units or [np.arange(rows)], _populations(fpc, rows))
        given = from_fpc if weights is None else _weights(weights, rows)
        design = cls(given, stages, Lonely(lonely))
        design.refuse_lonely()
        return design

    @property
    def rows(self) -> int:
        """How many rows were drawn."""
        return len(self.weights)

    def refuse_lonely(self) -> None:
        """Stop at a stratum with one unit, if that is the policy.

        Raises:
            LonelyUnit: the first such stratum, and its stage.
        """
        if self.lonely is not Lonely.FAIL:
            return
        for number, stage in enumerate(self.stages, start=1):
            if stage.lonely.any():
                alone = int(np.argmax(stage.lonely))
                row = int(np.argmax(stage.strata.codes[stage.units.codes] == alone))
                raise LonelyUnit(stratum=stage.names[alone], stage=number, row=row)

    def degrees(self, inside: Flags) -> int:
        """Degrees of freedom: first-stage units with rows inside, less their strata."""
        stage = self.stages[0]
        units = np.unique(stage.units.codes[inside])
        return len(units) - len(np.unique(stage.strata.codes[units]))


def _count_rows(columns: list[Column]) -> int:
    lengths = [np.shape(np.asarray(column)) for column in columns]
    if not lengths or len(lengths[0]) != 1 or lengths[0][0] == 0:
        raise DesignWithoutRows()
    return int(lengths[0][0])


def _weights(column: Column, rows: int) -> Floats:
    weights = numbers(column, name="weight", rows=rows)
    wrong = ~np.isfinite(weights) | (weights < 0)
    if wrong.any():
        raise BadWeight(row=int(np.argmax(wrong)), weight=float(weights[np.argmax(wrong)]))
    if not weights.any():
        raise BadWeight(row=0, weight=0.0)
    return weights


def _populations(fpc: Sequence[Column], rows: int) -> list[Floats]:
    columns = [numbers(column, name="fpc", rows=rows) for column in fpc]
    for stage, column in enumerate(columns, start=1):
        wrong = ~(column > 0)
        if wrong.any():
            raise BadPopulation(stage=stage, row=int(np.argmax(wrong)), problem="not_above_zero")
    sizes = any((column > 1).any() for column in columns)
    if sizes and any((column < 1).any() for column in columns):
        raise BadPopulation(problem="sizes_and_fractions_mixed")
    return columns if sizes else [-column for column in columns]


def _stages(
    strata: list[tuple[list[str], Codes]], units: list[Codes], populations: list[Floats]
) -> tuple[tuple[Stage, ...], Floats]:
    rows = len(units[0])
    parent = np.zeros(rows, dtype=np.intp)
    fraction, weights = np.ones(rows), np.ones(rows)
    stages: list[Stage] = []
    for number, unit in enumerate(units[: max(1, len(populations))]):
        names, layer = strata[number] if number < len(strata) else ([""], np.zeros_like(parent))
        stratum = nest(parent, layer)
        parent = nest(stratum, unit)
        population = populations[number] if populations else None
        correction = _correction(population, units=parent, stratum=stratum, stage=number + 1)
        stage = _stage(
            units=parent,
            stratum=stratum,
            labels=(names, layer),
            share=fraction,
            correction=correction,
        )
        stages.append(stage)
        drawn = 1.0 - stage.correction[stratum]
        if population is not None:
            weights = weights * _times(stage.sampled[stratum], population)
        fraction = fraction * drawn
    return tuple(stages), weights


def _times(sampled: Floats, population: Floats) -> Floats:
    return np.where(population < 0, -1.0 / population, population / sampled)


def _stage(
    *,
    units: Codes,
    stratum: Codes,
    labels: tuple[list[str], Codes],
    share: Floats,
    correction: Floats,
) -> Stage:
    first_row = np.unique(stratum, return_index=True)[1]
    strata = _strata_of_units(units, stratum)
    names, layer = labels
    return Stage(
        units=Grouping.of(units),
        strata=strata,
        names=tuple(names[code] for code in layer[first_row]),
        sampled=np.bincount(strata.codes).astype(np.float64),
        correction=correction,
        share=share[first_row],
    )


def _strata_of_units(units: Codes, stratum: Codes) -> Grouping:
    return Grouping.of(stratum[np.unique(units, return_index=True)[1]])


def _correction(fpc: Floats | None, *, units: Codes, stratum: Codes, stage: int) -> Floats:
    sampled = np.bincount(_strata_of_units(units, stratum).codes)
    if fpc is None:
        return np.ones(len(sampled))
    first_row = np.unique(stratum, return_index=True)[1]
    varies = fpc != fpc[first_row][stratum]
    if varies.any():
        row = int(np.argmax(varies))
        raise BadPopulation(stage=stage, row=row, problem="varies_in_stratum")
    sizes = fpc[first_row]
    below = (sizes > 0) & (sizes < sampled)
    if below.any():
        row = int(first_row[np.argmax(below)])
        raise BadPopulation(stage=stage, row=row, problem="below_sample")
    return np.where(sizes < 0, 1.0 + sizes, 1.0 - sampled / np.abs(sizes))
