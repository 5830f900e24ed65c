"""What a cell of the matrix says, and how cells become rows of a plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wenming.base.models import Unit
from wenming.core.terms import Role
from wenming.framework.models import Responsibility, ResponsibilityPlan
from wenming.framework.services.responsibilities import group_key


@dataclass(frozen=True, slots=True)
class Assignment:
    """One cell of the matrix (责任分配): what a unit has to do with an item from now on.

    Attributes:
        role: None takes the unit off the item.
        condition: 0 for the whole item.
        due, target: None leaves them as they are.
    """

    item: str
    unit: Unit
    role: Role | None
    condition: int = 0
    due: date | None = None
    target: str | None = None


def apply_cells(plan: ResponsibilityPlan, cells: Sequence[Assignment]) -> list[list[str]]:
    """Store cells of the matrix as responsibilities (责任分配); the caller has locked the draft.

    Returns:
        For each cell: item, unit, role before and role now, "" for none.
    """
    rows = {(row.item, row.condition, row.unit_id): row for row in plan.responsibilities.all()}
    last = max((row.position for row in rows.values()), default=-1)
    made, kept, gone, changes = [], [], [], []
    for cell in cells:
        key = (cell.item, cell.condition, cell.unit.pk)
        row = rows.get(key)
        was = row.role if row else ""
        if cell.role is None and row is not None:
            gone.append(rows.pop(key).pk)
        elif cell.role is not None and row is None:
            last += 1
            rows[key] = _new_row(plan, cell, position=last)
            made.append(rows[key])
        elif cell.role is not None and row is not None:
            _change(row, cell)
            kept.append(row)
        changes.append([cell.item, cell.unit.name, was, cell.role or ""])
    Responsibility.objects.filter(pk__in=gone).delete()
    Responsibility.objects.bulk_create(made)
    stored = [row for row in kept if row not in made]
    Responsibility.objects.bulk_update(stored, ["role", "due", "target"])
    return changes


def _new_row(plan: ResponsibilityPlan, cell: Assignment, *, position: int) -> Responsibility:
    group = cell.unit.group
    return Responsibility(
        city_id=plan.city_id,
        plan=plan,
        item=cell.item,
        condition=cell.condition,
        unit=cell.unit,
        unit_name=cell.unit.name,
        role=cell.role or "",
        group=group.title_zh if group else "",
        group_key=group_key(cell.unit, ""),
        due=cell.due,
        target=cell.target or "",
        position=position,
    )


def _change(row: Responsibility, cell: Assignment) -> None:
    row.role = cell.role or row.role
    if cell.due is not None:
        row.due = cell.due
    if cell.target is not None:
        row.target = cell.target
