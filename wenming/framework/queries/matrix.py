"""The matrix of a plan of responsibilities: items down, units across, by working group."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil

from django.db.models import Count, F, QuerySet

from wenming.base.models import City, Group, Unit, UnitKind
from wenming.core.responsibility import PlanFault
from wenming.core.terms import Role
from wenming.framework.models import Item, Responsibility, ResponsibilityPlan

SIGNS: Mapping[str, str] = {Role.LEAD: "●", Role.RESPONSIBLE: "○", Role.SUPPORTING: "△"}
ANY_FAULT = "any"
IN_LINE = 11
"""Characters of a name in one upright line of the head."""
MOST_LINES = 4
FEW = 8
ITEM_FAULTS = (
    PlanFault.NO_LEAD, PlanFault.TWO_LEADS, PlanFault.NOBODY, PlanFault.PAST_DUE,
)  # fmt: skip
SMALL = (UnitKind.COMMITTEE, UnitKind.STREET, UnitKind.COMMUNITY)
"""Kinds that seldom answer for a whole item; a draft offers them only when they are asked for."""


@dataclass(frozen=True, slots=True)
class UnitColumn:
    """A column of the matrix: a unit under its working group."""

    unit: Unit
    group: Group | None
    leads: int
    roles: int

    @property
    def lines(self) -> int:
        """Lines that the upright name takes in the head, at most four."""
        return min(MOST_LINES, ceil(len(self.unit.name) / IN_LINE))


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A row of the matrix: an item, and the role of each unit by the unit's identity.

    Attributes:
        leads: units that lead the whole item, seen or not.
        due: the earliest deadline; None for none.
        target: the grades aimed at.
    """

    item: Item
    roles: Mapping[str, str]
    leads: int
    due: date | None
    target: str

    def faults(self, today: date) -> Iterable[PlanFault]:
        """What is wrong with it, as far as one row shows it."""
        if not self.roles:
            yield PlanFault.NOBODY
        elif not self.leads:
            yield PlanFault.NO_LEAD
        elif self.leads > 1:
            yield PlanFault.TWO_LEADS
        if self.due is not None and self.due < today:
            yield PlanFault.PAST_DUE


@dataclass(frozen=True, slots=True)
class Matrix:
    """Items × units (责任矩阵).

    Attributes:
        columns: by working group, then by name.
        rows: in the order of the edition.
    """

    columns: Sequence[UnitColumn]
    rows: Sequence[ItemRow]

    @property
    def is_narrow(self) -> bool:
        """Whether there are so few units that their names are written across."""
        return len(self.columns) <= FEW


@dataclass(frozen=True, slots=True)
class MatrixFilter:
    """Which part of the matrix to show; blank asks for all.

    Attributes:
        unit: only items in which this unit has a part.
        fault: only items with this fault, or with any.
        columns: `part` only units with a part, `all` streets and communities as well.
    """

    group: str = ""
    dimension: str = ""
    role: str = ""
    unit: str = ""
    text: str = ""
    fault: str = ""
    columns: str = ""


@dataclass(slots=True)
class _Read:
    """The rows of a plan, read once."""

    roles: dict[str, dict[str, str]] = field(default_factory=dict)
    dues: dict[str, date] = field(default_factory=dict)
    targets: dict[str, set[str]] = field(default_factory=dict)
    leads: dict[str, int] = field(default_factory=dict)
    roles_of: dict[str, int] = field(default_factory=dict)
    leads_of: dict[str, int] = field(default_factory=dict)


def matrix_of(
    plan: ResponsibilityPlan,
    wanted: MatrixFilter,
    *,
    seen: QuerySet[Responsibility],
    whole: bool,
    today: date,
) -> Matrix:
    """The matrix (责任矩阵) of a plan; conditions of items are left to the item's own page.

    Args:
        seen: the responsibilities that the person may see.
        whole: False leaves out the items and units of which the person sees nothing.
        today: deadlines before it are past.
    """
    read = _read(seen)
    read.leads = _leads(plan)
    rows = [
        row
        for item in _items(plan, wanted)
        if (row := _item_row(item, read)) and (whole or row.roles)
    ]
    rows = [row for row in rows if _is_wanted(row, wanted, today)]
    shown = {unit for row in rows for unit in row.roles} if wanted.unit else None
    columns = [
        UnitColumn(unit, unit.group, read.leads_of.get(key, 0), read.roles_of.get(key, 0))
        for unit in _units(plan.city, wanted)
        if (key := str(unit.pk))
        and (key in read.roles_of or (whole and _is_offered(unit, plan, wanted)))
        and (shown is None or key in shown)
    ]
    return Matrix(columns, rows)


def _read(seen: QuerySet[Responsibility]) -> _Read:
    read = _Read()
    rows = seen.filter(condition=0).order_by()
    for item, unit_id, role, due, target in rows.values_list(
        "item", "unit_id", "role", "due", "target"
    ):
        unit = str(unit_id)
        read.roles.setdefault(item, {})[unit] = role
        read.roles_of[unit] = read.roles_of.get(unit, 0) + 1
        read.leads_of[unit] = read.leads_of.get(unit, 0) + (role == Role.LEAD)
        if due is not None:
            read.dues[item] = min(due, read.dues.get(item, due))
        if target:
            read.targets.setdefault(item, set()).add(target)
    return read


def _leads(plan: ResponsibilityPlan) -> dict[str, int]:
    """How many units lead each item, also those of which the person sees nothing."""
    leads = plan.responsibilities.filter(condition=0, role=Role.LEAD).order_by()
    return dict(leads.values_list("item").annotate(n=Count("pk")))


def _is_offered(unit: Unit, plan: ResponsibilityPlan, wanted: MatrixFilter) -> bool:
    """Whether a unit without any part has a column, so that it can be given one."""
    if wanted.columns == "part" or not unit.is_active:
        return False
    return wanted.columns == "all" or (plan.is_draft and unit.kind not in SMALL)


def _units(city: City, wanted: MatrixFilter) -> Sequence[Unit]:
    units = Unit.objects.for_city(city).select_related("group")
    if wanted.group:
        units = units.filter(group__key=wanted.group)
    place = F("group__position").asc(nulls_last=True)
    return list(units.order_by(place, "group__key", "pinyin", "pk"))


def _items(plan: ResponsibilityPlan, wanted: MatrixFilter) -> Sequence[Item]:
    items = Item.objects.for_city(plan.city).filter(edition=plan.edition_id).order_by("position")
    if wanted.dimension:
        items = items.filter(dimension=wanted.dimension)
    if not wanted.text:
        return list(items)
    text = wanted.text.strip().lower()
    return [i for i in items if text in f"{i.key} {i.title_zh} {i.title_en}".lower()]


def _item_row(item: Item, read: _Read) -> ItemRow:
    own = read.roles.get(item.key, {})
    target = "/".join(sorted(read.targets.get(item.key, ())))
    return ItemRow(item, own, read.leads.get(item.key, 0), read.dues.get(item.key), target)


def _is_wanted(row: ItemRow, wanted: MatrixFilter, today: date) -> bool:
    if wanted.unit and wanted.unit not in row.roles:
        return False
    faults = list(row.faults(today))
    if wanted.fault and wanted.fault not in ([ANY_FAULT, *faults] if faults else []):
        return False
    if not wanted.role:
        return True
    held = [row.roles[wanted.unit]] if wanted.unit else row.roles.values()
    return wanted.role in held
