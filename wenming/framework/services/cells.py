"""The cells of a draft: locked, refused where somebody was faster, written, kept as steps."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F

from wenming.base.access import check, check_city
from wenming.base.models import Unit, User
from wenming.base.services.audit import record
from wenming.core.errors import DomainError
from wenming.core.permissions import Capability
from wenming.core.terms import Role
from wenming.framework.models import EditKind, PlanEdit, Responsibility, ResponsibilityPlan
from wenming.framework.services.responsibilities import group_key

ASSIGN = Capability.ASSIGN_RESPONSIBILITIES
NAMED = 5
"""Items that a refusal names; more are only counted."""


class PlanNotDraft(DomainError):
    """An issued plan is never changed; a new draft is begun instead."""

    code = "plan_not_draft"


class PlanChanged(DomainError):
    """Somebody else has changed the same part of the draft since the page was opened."""

    code = "plan_changed"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the matrix (责任格): an item, one of its conditions or 0, and a unit."""

    item: str
    unit: UUID
    condition: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """What stands in a cell (责任内容): the role, until when, which grade is aimed at, a note."""

    role: Role
    due: date | None = None
    target: str = ""
    note: str = ""

    @classmethod
    def of(cls, row: Responsibility) -> "Terms":
        """What a responsibility says now."""
        return cls(Role(row.role), row.due, row.target, row.note)

    @classmethod
    def read(cls, kept: Mapping[str, Any] | None) -> "Terms | None":
        """What a step of the draft has kept; None for no part."""
        if kept is None:
            return None
        due = date.fromisoformat(kept["due"]) if kept["due"] else None
        return cls(Role(kept["role"]), due, kept["target"], kept["note"])

    @property
    def plain(self) -> dict[str, str]:
        """The same in plain values, to be kept with a step."""
        due = self.due.isoformat() if self.due else ""
        return {"role": self.role.value, "due": due, "target": self.target, "note": self.note}


def locked_draft(
    plan: ResponsibilityPlan, *, by: User, version: int | None, items: Collection[str] | None = None
) -> ResponsibilityPlan:
    """The draft, locked for a change that was decided on while looking at `version`.

    Args:
        version: None when the change does not depend on what was seen.
        items: what will be changed; None when nobody may have changed anything.

    Raises:
        PlanNotDraft, PlanChanged, PermissionDenied: see `assign`.
    """
    check_city(by, ASSIGN, plan.city)
    fresh = ResponsibilityPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    check(by, Capability.VIEW_FRAMEWORK, fresh)
    if not fresh.is_draft:
        raise PlanNotDraft(title=fresh.title)
    if version is not None and version != fresh.version:
        _refuse_overtaken(fresh, version, items)
    return fresh


def _refuse_overtaken(
    plan: ResponsibilityPlan, version: int, items: Collection[str] | None
) -> None:
    since = plan.edits.filter(version__gt=version).select_related("by").order_by("-version")
    for edit in since:
        touched = sorted({kept["item"] for kept in edit.cells})
        clashing = touched if items is None else [key for key in touched if key in items]
        if clashing:
            raise PlanChanged(who=edit.by.name, items=clashing[:NAMED], count=len(clashing))


def write_cells(
    plan: ResponsibilityPlan, wanted: Mapping[Cell, Terms | None], *, by: User, kind: EditKind
) -> ResponsibilityPlan:
    """Make cells of a locked draft say what is wanted, and keep the step; the rest stays.

    Args:
        wanted: None takes the unit off the item.

    Returns:
        The draft with its new version; as it was when nothing changes.
    """
    rows = {Cell(row.item, row.unit_id, row.condition): row for row in plan.responsibilities.all()}
    changed = {
        cell: terms
        for cell, terms in wanted.items()
        if terms != (Terms.of(rows[cell]) if cell in rows else None)
    }
    if not changed:
        return plan
    found = Unit.objects.for_city(plan.city).filter(pk__in={cell.unit for cell in changed})
    units = {unit.pk: unit for unit in found.select_related("group")}
    kept = [_kept(cell, terms, rows.get(cell), units[cell.unit]) for cell, terms in changed.items()]
    _store(plan, changed, rows, units)
    ResponsibilityPlan.objects.filter(pk=plan.pk).update(version=F("version") + 1)
    plan.refresh_from_db()
    PlanEdit.objects.create(
        city_id=plan.city_id, plan=plan, version=plan.version, kind=kind, cells=kept, by=by
    )
    told = [[each["item"], each["name"], each["before"], each["after"]] for each in kept]
    record(f"plan.{kind}", by=by, city=plan.city, subject=plan, detail={"cells": told})
    return plan


def _kept(
    cell: Cell, terms: Terms | None, row: Responsibility | None, unit: Unit
) -> dict[str, object]:
    return {
        "item": cell.item,
        "condition": cell.condition,
        "unit": str(cell.unit),
        "name": unit.name,
        "before": Terms.of(row).plain if row else None,
        "after": terms.plain if terms else None,
    }


def _store(
    plan: ResponsibilityPlan,
    changed: Mapping[Cell, Terms | None],
    rows: Mapping[Cell, Responsibility],
    units: Mapping[UUID, Unit],
) -> None:
    last = max((row.position for row in rows.values()), default=-1)
    made, kept, gone = [], [], []
    for cell, terms in changed.items():
        row = rows.get(cell)
        if terms is None and row is not None:
            gone.append(row.pk)
        elif terms is not None and row is None:
            last += 1
            made.append(_new_row(plan, cell, terms, unit=units[cell.unit], position=last))
        elif terms is not None and row is not None:
            row.role, row.due, row.target, row.note = (
                terms.role,
                terms.due,
                terms.target,
                terms.note,
            )
            kept.append(row)
    Responsibility.objects.filter(pk__in=gone).delete()
    Responsibility.objects.bulk_create(made)
    Responsibility.objects.bulk_update(kept, ["role", "due", "target", "note"])


def _new_row(
    plan: ResponsibilityPlan, cell: Cell, terms: Terms, *, unit: Unit, position: int
) -> Responsibility:
    group = unit.group
    return Responsibility(
        city_id=plan.city_id,
        plan=plan,
        item=cell.item,
        condition=cell.condition,
        unit=unit,
        unit_name=unit.name,
        role=terms.role,
        group=group.title_zh if group else "",
        group_key=group_key(unit, ""),
        due=terms.due,
        target=terms.target,
        note=terms.note,
        position=position,
    )
