"""What a topic report tells of a part of a run: its items, their sums, and what changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from wenming.base.models import Unit
from wenming.base.queries.units import units_by_name
from wenming.core.permissions import Capability, Scope
from wenming.core.terms import Role, State
from wenming.scoring.models import ItemResult, Run
from wenming.scoring.queries.areas import AreaSeen, seen_by_area
from wenming.scoring.queries.changes import earlier_of
from wenming.scoring.queries.results import items_of
from wenming.scoring.queries.seen import SeenRun

JUDGED = (State.MET, State.NOT_MET)


class TopicOf(StrEnum):
    """Which part of the city a topic report is about."""

    CITY = "city"  # 全市
    DIMENSION = "dimension"  # 测评项目
    GROUP = "group"  # 工作组
    UNIT = "unit"  # 责任单位
    STREET = "street"  # 街道·乡镇


@dataclass(frozen=True, slots=True)
class TopicScope:
    """The part that a report is about (专题范围).

    Attributes:
        key: of the dimension or the group, identity of the unit, county and street; "" for
            the city.
        name: as it stands in the title.
    """

    of: TopicOf
    key: str
    name: str

    @property
    def address(self) -> str:
        """As it stands in the address of a page."""
        return f"{self.of}:{self.key}"


@dataclass(frozen=True, slots=True)
class TopicSums:
    """What the items of a scope come to (合计).

    Attributes:
        points: offered by items that apply; None where no points are known.
        tested: offered by those that were judged.
        lost: by items that were judged.
        common: items whose loss is known now and in the run before.
        common_lost, common_before: what these lose now, and lost then.
    """

    states: dict[str, int]
    points: Decimal | None
    tested: Decimal
    lost: Decimal
    common: int
    common_lost: Decimal
    common_before: Decimal

    @property
    def coverage(self) -> Decimal | None:
        """The share of the points that was tested; None without points."""
        return self.tested / self.points if self.points else None


@dataclass(frozen=True, slots=True)
class Topic:
    """Everything that a topic report tells (专题).

    Attributes:
        rows: the items of the scope, most lost points first; of a unit those that it leads, of
            a street those for which a site there does not pass.
        supported: items of a unit that others lead.
        areas: streets in which a site does not pass for an item of the scope.
        earlier: the run before; None where the person sees none.
    """

    seen: SeenRun
    scope: TopicScope
    rows: Sequence[ItemResult]
    supported: Sequence[ItemResult]
    sums: TopicSums
    areas: Sequence[AreaSeen]
    earlier: Run | None

    def in_state(self, state: State) -> list[ItemResult]:
        """The items in one state."""
        return [row for row in self.rows if row.state == state]


def topic_of(seen: SeenRun, scope: TopicScope) -> Topic:
    """The items, sums and streets of one scope (专题取数), from the run as it was kept."""
    earlier = earlier_of(seen)
    items = list(items_of(seen, earlier=earlier))
    areas = seen_by_area(seen.run, by_street=True) if seen.is_whole else ()
    supported: Sequence[ItemResult] = ()
    if scope.of is TopicOf.UNIT:
        roles = _roles_of(seen, UUID(scope.key), items)
        rows = [item for item in items if roles.get(item.key) == Role.LEAD]
        supported = [item for item in items if roles.get(item.key, Role.LEAD) != Role.LEAD]
        areas = ()
    elif scope.of is TopicOf.STREET:
        areas = [area for area in areas if street_key(area) == scope.key]
        failing = {key for area in areas for key in area.failing}
        rows = [item for item in items if item.key in failing]
    else:
        rows = [item for item in items if _is_in(item, scope)]
    kept = {item.key for item in rows}
    rows.sort(key=lambda row: (-(row.lost or 0), row.position))
    return Topic(
        seen,
        scope,
        rows=rows,
        supported=supported,
        sums=_sums(rows),
        areas=[area for area in areas if area.failing & kept or scope.of is TopicOf.STREET],
        earlier=earlier.run if earlier else None,
    )


def street_key(area: AreaSeen) -> str:
    """County and street as one key; a mark between them that no name has."""
    return f"{area.county}|{area.street}"


def units_within(seen: SeenRun) -> list[Unit]:
    """The units that the person may have a report of, by their name."""
    units = {unit.pk: unit for unit in units_by_name(seen.run.city).values()}
    with_part = {unit for listed in seen.items.values_list("units", flat=True) for unit in listed}
    if not seen.is_whole:
        reach = seen.user.grants(Capability.VIEW_RESULTS, city=seen.run.city)
        with_part &= {pk for grant in reach if grant.scope == Scope.UNIT for pk in grant.units}
    return sorted((units[pk] for pk in with_part if pk in units), key=lambda unit: unit.pinyin)


def groups_within(seen: SeenRun) -> set[str] | None:
    """The keys of the groups that the person may have a report of; None for all."""
    if seen.is_whole:
        return None
    reach = seen.user.grants(Capability.VIEW_RESULTS, city=seen.run.city)
    return {grant.group for grant in reach if grant.scope == Scope.GROUP}


def _is_in(item: ItemResult, scope: TopicScope) -> bool:
    if scope.of is TopicOf.CITY:
        return True
    held = item.dimension if scope.of is TopicOf.DIMENSION else item.group
    return held == scope.key


def _roles_of(seen: SeenRun, unit: UUID, items: Iterable[ItemResult]) -> dict[str, str]:
    """The role of one unit in each of its items; the lead where it has several."""
    names = {name for name, each in units_by_name(seen.run.city).items() if each.pk == unit}
    roles: dict[str, str] = {}
    for item in items:
        held = [part["role"] for part in item.detail["units"] if part["unit"] in names]
        if held:
            roles[item.key] = Role.LEAD if Role.LEAD in held else held[0]
    return roles


def _sums(rows: Sequence[ItemResult]) -> TopicSums:
    applying = [row for row in rows if row.state != State.NOT_APPLICABLE and row.points is not None]
    known = [
        (row.lost, row.lost_change)  # type: ignore[attr-defined]  # annotated
        for row in rows
        if row.lost_change is not None  # type: ignore[attr-defined]
    ]
    return TopicSums(
        states={state.value: sum(row.state == state for row in rows) for state in State},
        points=sum((row.points or Decimal(0) for row in applying), Decimal(0))
        if applying
        else None,
        tested=sum(
            (row.points or Decimal(0) for row in applying if row.state in JUDGED), Decimal(0)
        ),
        lost=sum((row.lost or Decimal(0) for row in rows), Decimal(0)),
        common=len(known),
        common_lost=sum((lost for lost, _change in known), Decimal(0)),
        common_before=sum((lost - change for lost, change in known), Decimal(0)),
    )
