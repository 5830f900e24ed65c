"""What can be drawn first: the rows of a frame, or their clusters, stratum by stratum."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from wenming.stats.sampling.errors import DrawError
from wenming.stats.sampling.fields import DECIMAL
from wenming.stats.sampling.frame import Frame
from wenming.stats.sampling.plan import WHOLE, Plan

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the first stage: a row, or a cluster (群) of rows.

    Attributes:
        key: the row's key or the cluster's name.
        stratum: where it belongs.
        rows: data rows of the frame, by key; one where the rows themselves are drawn.
        place: the data row, from 0, of its first row in the list as it was given.
    """

    key: str
    stratum: str
    rows: tuple[Row, ...]
    place: int


def units_of(frame: Frame, plan: Plan) -> dict[str, list[Unit]]:
    """Sort the frame into strata of first-stage units.

    Returns:
        For each stratum, by name, its units by key.

    Raises:
        DrawError: `columns_missing`; `cell_empty` (a stratum or cluster without a name);
            `cluster_differs` (the rows of a cluster differ in stratum, size or order).

    Source:
        docs/methods/draws.md, sections 3 and 5.
    """
    missing = [name for name in plan.columns() if name not in frame.columns]
    if missing:
        raise DrawError("columns_missing", missing=missing, columns=list(frame.columns))

    name = plan.second_stage.cluster if plan.second_stage else plan.key
    groups: dict[str, list[tuple[Row, int]]] = {}
    for row, place in zip(frame.rows, frame.places, strict=True):
        for column in filter(None, (plan.strata, name)):
            if not row[column]:
                raise DrawError("cell_empty", row=place, column=column)
        groups.setdefault(row[name], []).append((row, place))

    strata: dict[str, list[Unit]] = {}
    for key, members in sorted(groups.items()):
        rows = tuple(row for row, _ in members)
        _check_alike(key, rows, plan)
        stratum = rows[0][plan.strata] if plan.strata else WHOLE
        unit = Unit(key=key, stratum=stratum, rows=rows, place=members[0][1])
        strata.setdefault(stratum, []).append(unit)
    return dict(sorted(strata.items()))


def sizes_of(units: list[Unit], plan: Plan) -> dict[str, int]:
    """The sizes of units for PPS, as whole numbers.

    Returns:
        By key: the size column times the smallest power of ten that makes all of them whole, or
        the number of rows of each cluster where the plan names no size.

    Raises:
        DrawError: `cell_not_number`, `cell_not_positive`.

    Source:
        docs/methods/draws.md, section 5, "PPS".
    """
    if plan.size is None:
        return {unit.key: len(unit.rows) for unit in units}
    for unit in units:
        if number_in(unit, plan.size) == 0:
            value = unit.rows[0][plan.size]
            raise DrawError("cell_not_positive", row=unit.place, column=plan.size, value=value)
    texts = {unit.key: unit.rows[0][plan.size] for unit in units}
    places = max(len(text.partition(".")[2].rstrip("0")) for text in texts.values())
    return {key: int(Fraction(text) * 10**places) for key, text in texts.items()}


def in_declared_order(units: list[Unit], plan: Plan) -> list[str]:
    """The keys of units sorted by the plan's order columns, then by key.

    A column that holds decimals only, in all of these units, is sorted by number; any other by
    code point.

    Source:
        docs/methods/draws.md, section 5, "Systematic".
    """
    ranks = [_rank(units, column) for column in plan.order]
    ordered = sorted(units, key=lambda unit: (*(rank(unit) for rank in ranks), unit.key))
    return [unit.key for unit in ordered]


def number_in(unit: Unit, column: str) -> Fraction:
    """The decimal in a column of a unit's first row, exact.

    Raises:
        DrawError: `cell_not_number`.

    Source:
        docs/methods/draws.md, section 3.
    """
    text = unit.rows[0][column]
    if not DECIMAL.fullmatch(text):
        raise DrawError("cell_not_number", row=unit.place, column=column, value=text)
    return Fraction(text)


def _rank(units: list[Unit], column: str) -> Callable[[Unit], Fraction | str]:
    if all(DECIMAL.fullmatch(unit.rows[0][column]) for unit in units):
        return lambda unit: number_in(unit, column)
    return lambda unit: unit.rows[0][column]


def _check_alike(cluster: str, rows: tuple[Row, ...], plan: Plan) -> None:
    spread = plan.allocation.spread if plan.allocation else None
    spread = spread if isinstance(spread, str) else None
    for column in filter(None, (plan.strata, plan.size, spread, *plan.order)):
        values = sorted({row[column] for row in rows})
        if len(values) > 1:
            raise DrawError("cluster_differs", cluster=cluster, column=column, values=values)
