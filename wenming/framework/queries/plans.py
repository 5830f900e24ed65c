"""Questions about plans of responsibility: which is in force, its matrix, what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from wenming.base.models import City, Group, Unit, UnitKind
from wenming.core.lifecycle import PlanState
from wenming.core.responsibility import Duty, PlanFinding, plan_findings
from wenming.core.terms import Role
from wenming.framework.models import Edition, Item, Responsibility, ResponsibilityPlan

SIGNS: Mapping[str, str] = {Role.LEAD: "●", Role.RESPONSIBLE: "○", Role.SUPPORTING: "△"}


def plan_in_force(edition: Edition) -> ResponsibilityPlan | None:
    """The plan of an edition that holds now (现行责任分解表); None before the first.

    One that was issued on screen goes before one that came with a round.
    """
    issued = edition.plans.filter(state=PlanState.ISSUED)
    return (
        issued.order_by("-number").filter(number__gt=0).first()
        or issued.order_by("-created_at").first()
    )


@dataclass(frozen=True, slots=True)
class UnitColumn:
    """A column of the matrix: a unit under its working group."""

    unit: Unit
    group: Group | None
    leads: int
    roles: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A row of the matrix: an item, and the role of each unit by the unit's identity."""

    item: Item
    roles: Mapping[str, str]
    leads: int
    due: date | None
    target: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Items × units (责任矩阵).

    Attributes:
        columns: by working group, then by name.
        rows: in the order of the edition.
    """

    columns: Sequence[UnitColumn]
    rows: Sequence[ItemRow]


@dataclass(frozen=True, slots=True)
class MatrixFilter:
    """Which part of the matrix to show; blank asks for all.

    Attributes:
        all_units: also the units that have no role in the plan.
        only_faults: only items without a lead or with two.
    """

    group: str = ""
    dimension: str = ""
    role: str = ""
    text: str = ""
    all_units: bool = False
    only_faults: bool = False


def matrix_of(
    plan: ResponsibilityPlan, wanted: MatrixFilter, *, seen: QuerySet[Responsibility], whole: bool
) -> Matrix:
    """The matrix (责任矩阵) of a plan; conditions of items are left to the item's own page.

    Args:
        seen: the responsibilities that the person may see.
        whole: False leaves out the items and units of which the person sees nothing.
    """
    rows = list(seen.filter(condition=0).values_list("item", "unit_id", "role", "due", "target"))
    roles: dict[str, dict[str, str]] = {}
    terms: dict[str, tuple[date | None, str]] = {}
    leads_of, roles_of = dict[str, int](), dict[str, int]()
    for item, unit, role, due, target in rows:
        roles.setdefault(item, {})[str(unit)] = role
        terms.setdefault(item, (due, target))
        roles_of[str(unit)] = roles_of.get(str(unit), 0) + 1
        leads_of[str(unit)] = leads_of.get(str(unit), 0) + (role == Role.LEAD)
    columns = [
        UnitColumn(unit, unit.group, leads_of.get(str(unit.pk), 0), roles_of.get(str(unit.pk), 0))
        for unit in _units(plan.city, wanted)
        if (wanted.all_units and whole) or str(unit.pk) in roles_of
    ]
    shown = [
        _item_row(item, roles, terms) for item in _items(plan, wanted) if whole or item.key in roles
    ]
    return Matrix(columns, [row for row in shown if _is_wanted(row, wanted)])


def _units(city: City, wanted: MatrixFilter) -> Sequence[Unit]:
    units = Unit.objects.for_city(city).filter(is_active=True).select_related("group")
    if wanted.group:
        units = units.filter(group__key=wanted.group)
    return list(units.order_by("group__position", "group__key", "pinyin"))


def _items(plan: ResponsibilityPlan, wanted: MatrixFilter) -> Sequence[Item]:
    items = Item.objects.for_city(plan.city).filter(edition=plan.edition_id)
    if wanted.dimension:
        items = items.filter(dimension=wanted.dimension)
    if wanted.text:
        text = wanted.text.strip().lower()
        return [i for i in items.order_by("position") if text in f"{i.key} {i.title_zh}".lower()]
    return list(items.order_by("position"))


def _item_row(
    item: Item,
    roles: Mapping[str, Mapping[str, str]],
    terms: Mapping[str, tuple[date | None, str]],
) -> ItemRow:
    own = roles.get(item.key, {})
    due, target = terms.get(item.key, (None, ""))
    leads = sum(role == Role.LEAD for role in own.values())
    return ItemRow(item, own, leads, due, target)


def _is_wanted(row: ItemRow, wanted: MatrixFilter) -> bool:
    if wanted.only_faults and row.leads == 1:
        return False
    return not wanted.role or wanted.role in row.roles.values()


def findings_of(plan: ResponsibilityPlan, *, today: date) -> list[PlanFinding]:
    """What is wrong with a plan (责任分解核查), in the words of `core.responsibility`."""
    keys = Item.objects.filter(edition=plan.edition_id).order_by("position")
    duties = [
        Duty(item, unit, Role(role), condition=condition, due=due)
        for item, unit, role, condition, due in plan.responsibilities.values_list(
            "item", "unit__name", "role", "condition", "due"
        )
    ]
    units = Unit.objects.for_city(plan.city).filter(is_active=True, kind=UnitKind.UNIT)
    return plan_findings(
        list(keys.values_list("key", flat=True)),
        duties,
        units=units.values_list("name", flat=True),
        today=today,
    )


@dataclass(frozen=True, slots=True)
class UnitDuty:
    """What one unit has to do with one item, with the others that share it (任务单的一行)."""

    responsibility: Responsibility
    item: Item
    lead: str
    others: Sequence[str]


def duties_of(plan: ResponsibilityPlan, rows: Sequence[Responsibility]) -> list[UnitDuty]:
    """Responsibilities with their items and the other units on them, in the edition's order.

    Args:
        rows: of one plan; only those that the person may see.
    """
    keys = {row.item for row in rows}
    items = {i.key: i for i in Item.objects.filter(edition=plan.edition_id, key__in=keys)}
    beside: dict[str, list[tuple[str, str]]] = {}
    on_them = plan.responsibilities.filter(item__in=keys, condition=0)
    for key, unit, role in on_them.order_by("position").values_list("item", "unit_name", "role"):
        beside.setdefault(key, []).append((unit, role))
    found = [
        UnitDuty(
            row,
            items[row.item],
            "、".join(unit for unit, role in beside.get(row.item, ()) if role == Role.LEAD),
            [unit for unit, role in beside.get(row.item, ()) if unit != row.unit_name],
        )
        for row in rows
        if row.item in items
    ]
    return sorted(found, key=lambda duty: (duty.item.position, duty.responsibility.condition))
