"""Drawing one stratum through its stages: rows at once, or clusters and then rows in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wenming.stats.sampling.lots import (
    Drawn,
    Lot,
    Source,
    draw_pps,
    draw_simple,
    draw_systematic,
)
from wenming.stats.sampling.plan import DrawMethod, Plan, SecondStage
from wenming.stats.sampling.result import Pick
from wenming.stats.sampling.units import Unit, in_declared_order, sizes_of


@dataclass(frozen=True, slots=True)
class StratumList:
    """The list of one stratum.

    Attributes:
        selected: in the order of visits.
        reserve: in the order of use.
    """

    selected: list[Pick]
    reserve: list[Pick]


def draw_stratum(
    units: list[Unit], n: int, method: DrawMethod, *, plan: Plan, source: Source
) -> StratumList:
    """Draw one stratum (层), with the second stage where the plan has one.

    Args:
        units: the first-stage units of the stratum, by key.
        n: first-stage units to be drawn.

    Raises:
        DrawError: `stratum_too_small`, `trials_exhausted`, `cell_not_number`,
            `cell_not_positive`.

    Source:
        docs/methods/draws.md, section 5.
    """
    lot = _draw_units(units, n, method, plan=plan, source=source)
    if plan.second_stage is None:
        return _rows_at_once(lot, source.place[0])

    listed = {*(unit.key for unit in lot.drawn), *lot.replacements}
    inside = {
        unit.key: _draw_inside(unit, plan.second_stage, plan=plan, source=source)
        for unit in units
        if unit.key in listed
    }
    return _clusters_with_rows(lot, inside, source.place[0])


def _draw_units(
    units: list[Unit], n: int, method: DrawMethod, *, plan: Plan, source: Source
) -> Lot:
    if method is DrawMethod.PPS:
        sizes = sizes_of(units, plan)
        return draw_pps(sizes, n, replacements=plan.replacements, source=source)
    if method is DrawMethod.SYSTEMATIC:
        ordered = in_declared_order(units, plan)
        return draw_systematic(ordered, n, replacements=plan.replacements, source=source)
    keys = [unit.key for unit in units]
    return draw_simple(keys, n, replacements=plan.replacements, source=source)


def _draw_inside(cluster: Unit, stage: SecondStage, *, plan: Plan, source: Source) -> Lot:
    keys = [row[plan.key] for row in cluster.rows]
    place = (*source.place, cluster.key)
    return draw_simple(
        keys,
        min(stage.n, len(keys)),
        replacements=stage.replacements,
        source=Source(seed=source.seed, label=source.label, place=place),
    )


def _rows_at_once(lot: Lot, stratum: str) -> StratumList:
    selected = [
        Pick(
            key=unit.key,
            stratum=stratum,
            psu=unit.key,
            psu_order=order,
            order=order,
            probability=unit.probability,
            fractions=(unit.fraction,),
            is_certain=unit.is_certain,
        )
        for order, unit in enumerate(lot.drawn, start=1)
    ]
    reserve = [
        Pick(key=key, stratum=stratum, psu=key, psu_order=order, order=order)
        for order, key in enumerate(lot.replacements, start=1)
    ]
    return StratumList(selected, reserve)


def _clusters_with_rows(lot: Lot, inside: dict[str, Lot], stratum: str) -> StratumList:
    selected: list[Pick] = []
    reserve: list[Pick] = []
    for order, cluster in enumerate(lot.drawn, start=1):
        rows = inside[cluster.key]
        selected += _drawn_rows(cluster, rows, stratum=stratum, psu_order=order)
        reserve += _reserve_rows(cluster.key, rows.replacements, stratum, order)
    for order, key in enumerate(lot.replacements, start=1):
        rows = inside[key]
        keys = [*(row.key for row in rows.drawn), *rows.replacements]
        reserve += _reserve_rows(key, keys, stratum, order)
    return StratumList(selected, reserve)


def _drawn_rows(cluster: Drawn, rows: Lot, *, stratum: str, psu_order: int) -> Iterator[Pick]:
    for order, row in enumerate(rows.drawn, start=1):
        yield Pick(
            key=row.key,
            stratum=stratum,
            psu=cluster.key,
            psu_order=psu_order,
            order=order,
            probability=cluster.probability * row.probability,
            fractions=(cluster.fraction, row.fraction),
            is_certain=cluster.is_certain,
        )


def _reserve_rows(
    cluster: str, keys: Sequence[str], stratum: str, psu_order: int
) -> Iterator[Pick]:
    for order, key in enumerate(keys, start=1):
        yield Pick(key=key, stratum=stratum, psu=cluster, psu_order=psu_order, order=order)
