"""Brings responsibilities from Excel into a draft: looked at as a whole, then taken over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import transaction
from django.utils import timezone

from wenming.base.access import check_city
from wenming.base.models import Attachment, Import, Unit, UnitName, User, pinyin_key
from wenming.base.queries.resembling import resembling_units
from wenming.base.services.attachments import path_of
from wenming.base.services.audit import record, subject_of
from wenming.base.services.imports import keep_problems
from wenming.core.errors import BadInput, DomainError, Place, Problem
from wenming.core.permissions import Capability
from wenming.core.terms import Role
from wenming.files.responsibility_workbook import WrittenDuty, read_responsibilities
from wenming.framework.models import EditKind, Item, ResponsibilityPlan
from wenming.framework.services.cells import Cell, Terms, locked_draft, write_cells

KIND = "responsibilities"
ASSIGN = Capability.ASSIGN_RESPONSIBILITIES


class ImportHasProblems(DomainError):
    """A file with mistakes is not taken over."""

    code = "import_has_problems"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between the file and the draft (变化); None where the unit has no part."""

    item: str
    unit: str
    before: Terms | None
    after: Terms | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file would do to a draft (导入核查).

    Attributes:
        problems: in the order of the file; none when it can be taken over.
        strangers: names that no unit bears, with the units that they may mean.
        changes: in the order of the file, then what the file no longer holds.
    """

    problems: Sequence[Problem] = ()
    strangers: Mapping[str, Sequence[Unit]] = field(default_factory=dict)
    changes: Sequence[Change] = ()
    cells: Mapping[Cell, Terms | None] = field(default_factory=dict)


@transaction.atomic
def bring_file(plan: ResponsibilityPlan, attachment: Attachment, *, by: User) -> Import:
    """Keep a workbook of responsibilities (导入文件) for a draft, whether or not it is right.

    Raises:
        PermissionDenied: `by` may not assign responsibilities in the city.
    """
    check_city(by, ASSIGN, plan.city)
    brought = Import.objects.create(
        city=plan.city,
        kind=KIND,
        attachment=attachment,
        options={"plan": str(plan.pk)},
        brought_by=by,
    )
    checked = check_file(plan, brought, today=timezone.localdate())
    keep_problems(brought, checked.problems)
    record("import.bring", by=by, city=plan.city, subject=brought, detail={"name": attachment.name})
    return brought


def check_file(plan: ResponsibilityPlan, brought: Import, *, today: date) -> Checked:
    """What a file would do to a draft as both stand now (导入核查); nothing is changed.

    Args:
        today: deadlines before it are a mistake.
    """
    attachment = brought.attachment
    try:
        written = read_responsibilities(path_of(attachment.file), name=attachment.name)
    except BadInput as refused:
        return Checked(problems=refused.problems)
    units = _units(plan, {duty.unit for duty in written})
    rows = plan.responsibilities.filter(condition=0).select_related("unit")
    held = {Cell(row.item, row.unit_id): (row.unit.name, Terms.of(row)) for row in rows}
    now = {cell: terms for cell, (_name, terms) in held.items()}
    problems = _problems(_Read(plan, written, units, now), today=today)
    if problems:
        strangers = {duty.unit for duty in written} - units.keys()
        return Checked(problems, resembling_units(plan.city, strangers))
    wanted = {_cell(duty, units): _terms(duty, now.get(_cell(duty, units))) for duty in written}
    names = {cell: name for cell, (name, _terms) in held.items()}
    names |= {_cell(duty, units): units[duty.unit].name for duty in written}
    cells: dict[Cell, Terms | None] = {**dict.fromkeys(now), **wanted}
    cells = {cell: terms for cell, terms in cells.items() if terms != now.get(cell)}
    changes = [Change(cell.item, names[cell], now.get(cell), to) for cell, to in cells.items()]
    return Checked(changes=changes, cells=cells)


def _cell(duty: WrittenDuty, units: Mapping[str, Unit]) -> Cell:
    return Cell(duty.item, units[duty.unit].pk)


def _terms(duty: WrittenDuty, now: Terms | None) -> Terms:
    if duty.is_role_only and now is not None:
        return replace(now, role=duty.role)
    return Terms(duty.role, duty.due, duty.target, duty.note)


def _units(plan: ResponsibilityPlan, names: set[str]) -> dict[str, Unit]:
    others = UnitName.objects.for_city(plan.city).filter(name__in=names).select_related("unit")
    today = timezone.localdate()
    found = {other.name: other.unit for other in others if other.is_valid(today)}
    active = Unit.objects.for_city(plan.city).filter(name__in=names, is_active=True)
    found.update({unit.name: unit for unit in active.select_related("group")})
    return found


@dataclass(frozen=True, slots=True)
class _Read:
    """A file beside the draft that it is for."""

    plan: ResponsibilityPlan
    written: Sequence[WrittenDuty]
    units: Mapping[str, Unit]
    now: Mapping[Cell, Terms]

    def held(self, duty: WrittenDuty) -> Terms | None:
        """What the draft says where the file writes."""
        unit = self.units.get(duty.unit)
        return self.now.get(Cell(duty.item, unit.pk)) if unit else None


def _problems(read: _Read, *, today: date) -> list[Problem]:
    items = Item.objects.filter(edition=read.plan.edition_id)
    known = set(items.values_list("key", flat=True))
    problems: list[Problem] = []
    for duty in read.written:
        if duty.item not in known:
            problems.append(Problem("plan_item_unknown", duty.item_at, {"item": duty.item}))
        if duty.unit not in read.units:
            problems.append(Problem("unit_unknown", duty.unit_at, {"name": duty.unit}))
        held = read.held(duty)
        is_new = held is None or held.due != duty.due
        if duty.due is not None and duty.due < today and is_new:
            facts: dict[str, object] = {"item": duty.item, "due": duty.due.isoformat()}
            problems.append(Problem("due_is_past", duty.due_at, facts))
    return [*problems, *_second_leads(read), *_twice(read)]


def _second_leads(read: _Read) -> Iterable[Problem]:
    """A second lead is a mistake unless the draft has it already: what it exports is read again."""
    leads: dict[str, Place] = {}
    for duty in read.written:
        if duty.role != Role.LEAD:
            continue
        first = leads.setdefault(duty.item, duty.role_at)
        held = read.held(duty)
        if first != duty.role_at and (held is None or held.role != Role.LEAD):
            facts: dict[str, object] = {"item": duty.item, "first": first.address}
            yield Problem("second_lead", duty.role_at, facts)


def _twice(read: _Read) -> Iterable[Problem]:
    """Two names of one unit beside the same item."""
    first: dict[Cell, WrittenDuty] = {}
    for duty in read.written:
        if duty.unit not in read.units:
            continue
        earlier = first.setdefault(_cell(duty, read.units), duty)
        if earlier is not duty:
            name = read.units[duty.unit].name
            facts: dict[str, object] = {"item": duty.item, "name": duty.unit, "unit": name}
            facts["first"] = earlier.unit_at.address
            yield Problem("unit_twice", duty.unit_at, facts)


@transaction.atomic
def accept_name(plan: ResponsibilityPlan, *, name: str, unit: Unit, by: User) -> UnitName:
    """Keep a name as another name of a unit (确认别名), from today on.

    Raises:
        PermissionDenied: `by` may not edit the organisation of the city.
    """
    check_city(by, Capability.EDIT_ORGANISATION, plan.city)
    kept, _is_new = UnitName.objects.get_or_create(
        unit=unit,
        name=name,
        defaults={
            "city": plan.city,
            "pinyin": pinyin_key(name),
            "valid_from": timezone.localdate(),
        },
    )
    record("unit.name", by=by, city=plan.city, subject=unit, detail={"name": name})
    return kept


@transaction.atomic
def take_over(
    plan: ResponsibilityPlan, brought: Import, *, by: User, version: int
) -> ResponsibilityPlan:
    """Make a draft what the file says (采用导入文件); all of it or nothing.

    Raises:
        ImportHasProblems: the file has mistakes, perhaps since the draft was changed.
        PlanNotDraft, PlanChanged, PermissionDenied: see `assign`.
    """
    fresh = locked_draft(plan, by=by, version=version)
    checked = check_file(fresh, brought, today=timezone.localdate())
    if checked.problems:
        raise ImportHasProblems(count=len(checked.problems))
    changed = write_cells(fresh, checked.cells, by=by, kind=EditKind.IMPORT)
    Import.objects.filter(pk=brought.pk).update(subject=subject_of(plan), problems=[])
    detail = {"file": brought.attachment.name, "changes": len(checked.changes)}
    record("import.take_over", by=by, city=plan.city, subject=brought, detail=detail)
    return changed
