"""What the office changes in a draft: roles, deadlines, targets; and how it takes a step back."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from wenming.base.models import Unit, User
from wenming.core.errors import DomainError
from wenming.core.terms import Role
from wenming.framework.models import EditKind, Item, PlanEdit, ResponsibilityPlan
from wenming.framework.services.cells import Cell, Terms, locked_draft, write_cells


class UnknownItem(DomainError):
    """The edition has no item of this key."""

    code = "plan_item_unknown"


class NothingToUndo(DomainError):
    """No step of the draft is left that could be taken back."""

    code = "plan_nothing_to_undo"


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a unit has to do with an item from now on (责任分配).

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

    def over(self, before: Terms | None) -> Terms | None:
        """What stands in the cell afterwards."""
        if self.role is None:
            return None
        before = before or Terms(self.role)
        return Terms(
            self.role,
            before.due if self.due is None else self.due,
            before.target if self.target is None else self.target,
            before.note,
        )


@transaction.atomic
def assign(
    plan: ResponsibilityPlan,
    cells: Sequence[Assignment],
    *,
    by: User,
    version: int,
    kind: EditKind = EditKind.ASSIGN,
) -> ResponsibilityPlan:
    """Give units their roles in a draft (分配责任), or take them off; all cells or none.

    Two people may write at once as long as they do not touch the same item: a step is refused
    only where somebody else has changed one of its items since `version`.

    Args:
        version: of the draft as the person saw it.

    Returns:
        The draft with its new version; as it was when nothing changes.

    Raises:
        PlanNotDraft: the plan was issued.
        PlanChanged: one of the items was changed by somebody else meanwhile.
        UnknownItem: a cell names an item that the edition has not.
        PermissionDenied: `by` may not assign responsibilities in the city.
    """
    items = {cell.item for cell in cells}
    fresh = locked_draft(plan, by=by, version=version, items=items)
    _refuse_unknown(fresh, items)
    held = _held(fresh, items)
    wanted: dict[Cell, Terms | None] = {}
    for each in cells:
        cell = Cell(each.item, each.unit.pk, each.condition)
        wanted[cell] = each.over(wanted.get(cell) or held.get(cell))
    return write_cells(fresh, wanted, by=by, kind=kind)


@transaction.atomic
def set_terms(
    plan: ResponsibilityPlan,
    items: Iterable[str],
    terms: Mapping[str, Any],
    *,
    by: User,
    version: int,
    units: Collection[UUID] = (),
) -> ResponsibilityPlan:
    """Set deadline and target grade (限期·目标等级) of the responsibilities for some items.

    Args:
        terms: `due` (a day, or None for no deadline) and `target` (a grade, or ""); one that is
            absent stays.
        units: only of these; empty for all units on the items.

    Raises:
        PlanNotDraft, PlanChanged, PermissionDenied: see `assign`.
    """
    chosen = set(items)
    fresh = locked_draft(plan, by=by, version=version, items=chosen)
    wanted: dict[Cell, Terms | None] = {
        cell: Terms(
            held.role, terms.get("due", held.due), terms.get("target", held.target), held.note
        )
        for cell, held in _held(fresh, chosen).items()
        if not units or cell.unit in units
    }
    return write_cells(fresh, wanted, by=by, kind=EditKind.TERMS)


@transaction.atomic
def undo_last(plan: ResponsibilityPlan, *, by: User, version: int) -> ResponsibilityPlan:
    """Take the last step of a draft back (撤销上一步), whoever did it; step by step to the first.

    Args:
        version: of the draft as the person saw it; nobody may have changed anything since.

    Raises:
        NothingToUndo: no step is left.
        PlanNotDraft, PlanChanged, PermissionDenied: see `assign`.
    """
    fresh = locked_draft(plan, by=by, version=version)
    last = last_step(fresh)
    if last is None:
        raise NothingToUndo
    wanted = {
        Cell(kept["item"], UUID(kept["unit"]), kept["condition"]): Terms.read(kept["before"])
        for kept in last.cells
    }
    PlanEdit.objects.filter(pk=last.pk).update(is_undone=True)
    return write_cells(fresh, wanted, by=by, kind=EditKind.UNDO)


def last_step(plan: ResponsibilityPlan) -> PlanEdit | None:
    """The step of a draft that would be undone next; None when none is left."""
    steps = plan.edits.filter(is_undone=False).exclude(kind=EditKind.UNDO)
    return steps.select_related("by").order_by("-version").first()


def _refuse_unknown(plan: ResponsibilityPlan, items: Collection[str]) -> None:
    known = Item.objects.filter(edition=plan.edition_id, key__in=items)
    unknown = sorted(set(items) - set(known.values_list("key", flat=True)))
    if unknown:
        raise UnknownItem(item=unknown[0])


def _held(plan: ResponsibilityPlan, items: Collection[str]) -> dict[Cell, Terms]:
    rows = plan.responsibilities.filter(item__in=items)
    return {Cell(row.item, row.unit_id, row.condition): Terms.of(row) for row in rows}
