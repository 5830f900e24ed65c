"""Units × items: who leads what loses points, and who has a part in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from wenming.base.models import Unit
from wenming.base.queries.units import units_by_name
from wenming.base.sight import Grant
from wenming.core.permissions import Capability
from wenming.core.terms import Role, State, Words
from wenming.scoring.queries.seen import SeenRun

GAP_STATES = (State.NOT_MET.value, State.UNTESTED.value)
_STRENGTH = (Role.LEAD.value, Role.RESPONSIBLE.value, Role.SUPPORTING.value)
_COLUMNS = ("key", "title_zh", "title_en", "dimension", "state", "lost", "detail__units")


@dataclass(frozen=True, slots=True)
class MatrixItem:
    """A column: an item, with what the city loses by it; None where that is not known."""

    key: str
    title: Words
    dimension: str
    state: str
    lost: Decimal | None


@dataclass(frozen=True, slots=True)
class MatrixUnit:
    """A row: a unit and its role in each item that is shown, by the key of the item.

    Attributes:
        group: key of the unit's working group; "" for none.
        lost: by the items shown that it leads; None where it leads none of which that is known.
    """

    name: str
    group: str
    roles: Mapping[str, str]
    lost: Decimal | None


@dataclass(frozen=True, slots=True)
class GapMatrix:
    """Units × items (差距矩阵).

    Attributes:
        columns: in the order of the edition.
        rows: most lost points first; what loses none by its number of leads, then by name.
        lost: by all items shown, each once; None where nothing is known of any.
    """

    columns: Sequence[MatrixItem]
    rows: Sequence[MatrixUnit]
    lost: Decimal | None


@dataclass(frozen=True, slots=True)
class GapMatrixFilter:
    """Which part to show; a blank asks for all.

    Attributes:
        everything: with items that are met or do not apply, too.
    """

    dimension: str = ""
    group: str = ""
    everything: bool = False


def gap_matrix(seen: SeenRun, wanted: GapMatrixFilter) -> GapMatrix:
    """The matrix of a run (差距矩阵): responsibilities and lost points as the run kept them.

    Whoever does not see the whole city sees the rows of their own units only.
    """
    items = seen.items.order_by("position")
    if wanted.dimension:
        items = items.filter(dimension=wanted.dimension)
    if not wanted.everything:
        items = items.filter(state__in=GAP_STATES)
    columns, parts = [], {}
    for key, zh, en, dimension, state, lost, units in items.values_list(*_COLUMNS):
        columns.append(MatrixItem(key, Words(zh, en), dimension, state, lost))
        parts[key] = units or []
    roles = _roles(parts)
    units = units_by_name(seen.run.city)
    groups = {each["unit"]: each["group"] for each in seen.run.summary["units"]}
    own = None if seen.is_whole else _own(seen, units)
    losing = {column.key: column.lost for column in columns}
    rows = [
        MatrixUnit(name, groups.get(name, ""), held, _lost(held, losing))
        for name, held in roles.items()
        if (own is None or name in own) and wanted.group in ("", groups.get(name, ""))
    ]
    pinyin = {name: unit.pinyin for name, unit in units.items()}
    rows.sort(key=lambda row: (-(row.lost or 0), -_leads(row), pinyin.get(row.name, row.name)))
    return GapMatrix(columns, rows, _sum(losing.values()))


def _roles(parts: Mapping[str, Iterable[Mapping[str, str]]]) -> dict[str, dict[str, str]]:
    """The role of each unit in each item; of several the strongest."""
    roles: dict[str, dict[str, str]] = {}
    for key, listed in parts.items():
        for part in listed:
            held = roles.setdefault(part["unit"], {})
            held[key] = min(part["role"], held.get(key, part["role"]), key=_STRENGTH.index)
    return roles


def _own(seen: SeenRun, units: Mapping[str, Unit]) -> set[str]:
    """The names of the units that the person's posts reach."""
    reach = seen.user.grants(Capability.VIEW_RESULTS, city=seen.run.city)
    return {name for name, unit in units.items() if any(_reaches(each, unit) for each in reach)}


def _reaches(grant: Grant, unit: Unit) -> bool:
    in_group = grant.group and unit.group is not None and unit.group.key == grant.group
    return unit.pk in grant.units or bool(in_group)


def _lost(held: Mapping[str, str], losing: Mapping[str, Decimal | None]) -> Decimal | None:
    return _sum(losing[key] for key, role in held.items() if role == Role.LEAD)


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def _leads(row: MatrixUnit) -> int:
    return sum(role == Role.LEAD for role in row.roles.values())
