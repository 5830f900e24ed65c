"""The organisation tree as people look at it, and what became of one unit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from wenming.base.models import AuditEntry, City, Group, Unit, UnitKind
from wenming.base.queries.units import Units, listed_units, units_named
from wenming.base.services.audit import subject_of
from wenming.core.terms import NO_WORDS, Words

OFFICES = frozenset({UnitKind.COMMITTEE, UnitKind.OFFICE})
AREAS = frozenset({UnitKind.COUNTY, UnitKind.STREET, UnitKind.COMMUNITY})
MOST_CHANGES = 100


class BranchKind(StrEnum):
    """What stands together in the organisation tree (组织分支)."""

    OFFICES = "offices"  # 领导机构
    GROUP = "group"  # 工作组
    REST = "rest"  # 未分组单位
    AREAS = "areas"  # 县区


@dataclass(frozen=True, slots=True)
class Node:
    """A unit of the tree with all below it (机构节点).

    Attributes:
        is_found: the search found it; False for what only leads to something found.
    """

    unit: Unit
    children: Sequence["Node"] = ()
    is_found: bool = False

    @property
    def size(self) -> int:
        """How many units stand below it."""
        return sum(1 + child.size for child in self.children)


@dataclass(frozen=True, slots=True)
class Branch:
    """Units at the top of the tree that belong together (组织分支).

    Attributes:
        title: of the working group; blank for the other branches.
    """

    kind: BranchKind
    title: Words = NO_WORDS
    nodes: list[Node] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many units stand in it."""
        return sum(1 + node.size for node in self.nodes)


@dataclass(frozen=True, slots=True)
class Tree:
    """The organisation tree of a city (组织架构), or what a search found of it.

    Attributes:
        total: units in being that the person sees.
        found: how many of them the search found; all without one.
        without_liaison: units in being that answer for items and have no liaison person.
    """

    branches: Sequence[Branch]
    total: int
    found: int
    without_liaison: int


def tree_of(units: Units, *, day: date, text: str = "") -> Tree:
    """The organisation tree (组织架构): committee and office, groups with their units, counties.

    Args:
        units: what the person may see; those that were dissolved are left out.
        day: on which liaison persons speak and posts are held.
        text: what names are searched for; "" for the whole tree.
    """
    active = units.filter(is_active=True)
    listed = listed_units(active, day=day).select_related("group").order_by("pinyin", "pk")
    known = {unit.pk: unit for unit in listed}
    found = set(units_named(active, text).values_list("pk", flat=True)) if text else set()
    shown = _with_those_above(known, found) if text else known
    below: dict[UUID | None, list[Unit]] = {}
    for unit in shown.values():
        above = unit.parent_id if unit.parent_id in shown else None
        below.setdefault(above, []).append(unit)
    tops = [_node(unit, below, found) for unit in below.get(None, ())]
    bare = [unit for unit in known.values() if _answers(unit) and not _liaison_of(unit)]
    return Tree(
        branches=list(_branches(tops)),
        total=len(known),
        found=len(found) if text else len(known),
        without_liaison=len(bare),
    )


def changes_of(unit: Unit) -> Sequence[AuditEntry]:
    """What was done with a unit (变更记录), the latest first, at most `MOST_CHANGES`."""
    entries = AuditEntry.objects.filter(subject=subject_of(unit)).select_related("actor")
    return list(entries.order_by("-number")[:MOST_CHANGES])


def _answers(unit: Unit) -> bool:
    return unit.kind == UnitKind.UNIT


def _liaison_of(unit: Unit) -> str:
    return str(getattr(unit, "liaison", "") or "")


def _with_those_above(known: Mapping[UUID, Unit], found: Iterable[UUID]) -> Mapping[UUID, Unit]:
    """What was found, and every unit on the way to it, in the order of `known`."""
    wanted: set[UUID] = set()
    for pk in found:
        step: UUID | None = pk
        while step is not None and step in known and step not in wanted:
            wanted.add(step)
            step = known[step].parent_id
    return {pk: unit for pk, unit in known.items() if pk in wanted}


def _node(unit: Unit, below: Mapping[UUID | None, list[Unit]], found: set[UUID]) -> Node:
    children = [_node(child, below, found) for child in below.get(unit.pk, ())]
    return Node(unit, children, unit.pk in found)


def _branches(tops: Iterable[Node]) -> Iterator[Branch]:
    """Committee first, then the working groups in their order, then counties."""
    offices, rest, areas = (
        Branch(kind) for kind in (BranchKind.OFFICES, BranchKind.REST, BranchKind.AREAS)
    )
    groups: dict[UUID, tuple[Group, Branch]] = {}
    for node in tops:
        kind, group = node.unit.kind, node.unit.group
        if kind in OFFICES:
            offices.nodes.append(node)
        elif kind in AREAS:
            areas.nodes.append(node)
        elif group is not None:
            _group, branch = groups.setdefault(
                group.pk, (group, Branch(BranchKind.GROUP, group.title))
            )
            branch.nodes.append(node)
        else:
            rest.nodes.append(node)
    ordered = sorted(groups.values(), key=lambda pair: (pair[0].position, pair[0].key))
    branches = [offices, *(branch for _group, branch in ordered), rest, areas]
    yield from (branch for branch in branches if branch.nodes)


def issuer_of(city: City) -> Words:
    """Under whose name papers of a city are issued (落款): its office, or the city itself."""
    offices = Unit.objects.for_city(city).filter(kind=UnitKind.OFFICE, is_active=True)
    office = offices.order_by("path").first()
    return office.title if office else city.name
