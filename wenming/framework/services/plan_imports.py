"""Brings responsibilities from Excel into a draft: looked at as a whole, then taken over."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wenming.base.access import check_city
from wenming.base.models import Attachment, Import, Unit, UnitName, User, pinyin_key
from wenming.base.queries.resembling import resembling_units
from wenming.base.services.attachments import path_of
from wenming.base.services.audit import record, subject_of
from wenming.core.errors import BadInput, DomainError, Place, Problem
from wenming.core.permissions import Capability
from wenming.core.terms import Role
from wenming.files.responsibility_workbook import WrittenDuty, read_responsibilities
from wenming.framework.models import Item, ResponsibilityPlan
from wenming.framework.services.cells import Assignment
from wenming.framework.services.plans import assign

KIND = "responsibilities"
ASSIGN = Capability.ASSIGN_RESPONSIBILITIES


class ImportHasProblems(DomainError):
    """A file with mistakes is not taken over."""

    code = "import_has_problems"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between the file and the draft (变化): a role given, changed or taken."""

    item: str
    unit: str
    before: str
    after: str


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
    cells: Sequence[Assignment] = ()


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
    brought.problems = [_plain(problem) for problem in checked.problems]
    brought.checked_at = timezone.now()
    brought.save(update_fields=["problems", "checked_at"])
    Attachment.objects.filter(pk=attachment.pk).update(subject=subject_of(brought))
    record("import.bring", by=by, city=plan.city, subject=brought, detail={"name": attachment.name})
    return brought


def _plain(problem: Problem) -> dict[str, object]:
    facts = {name: str(value) for name, value in problem.facts.items()}
    return {"code": problem.code, "place": asdict(problem.place), "facts": facts}


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
    problems = list(_problems(plan, written, units, today=today))
    if problems:
        strangers = {duty.unit for duty in written} - units.keys()
        return Checked(problems, resembling_units(plan.city, strangers))
    wanted = {(duty.item, units[duty.unit].pk): duty for duty in written}
    changes, cells = _differences(plan, wanted, units)
    return Checked(changes=changes, cells=cells)


def _units(plan: ResponsibilityPlan, names: set[str]) -> dict[str, Unit]:
    others = UnitName.objects.for_city(plan.city).filter(name__in=names).select_related("unit")
    today = timezone.localdate()
    found = {other.name: other.unit for other in others if other.is_valid(today)}
    active = Unit.objects.for_city(plan.city).filter(name__in=names, is_active=True)
    found.update({unit.name: unit for unit in active.select_related("group")})
    return found


def _problems(
    plan: ResponsibilityPlan,
    written: Sequence[WrittenDuty],
    units: Mapping[str, Unit],
    *,
    today: date,
) -> list[Problem]:
    known = set(Item.objects.filter(edition=plan.edition_id).values_list("key", flat=True))
    problems: list[Problem] = []
    leads: dict[str, Place] = {}
    for duty in written:
        if duty.item not in known:
            problems.append(Problem("plan_item_unknown", duty.item_at, {"item": duty.item}))
        if duty.unit not in units:
            problems.append(Problem("unit_unknown", duty.unit_at, {"name": duty.unit}))
        if duty.due is not None and duty.due < today:
            facts: dict[str, object] = {"item": duty.item, "due": duty.due.isoformat()}
            problems.append(Problem("due_is_past", duty.role_at, facts))
        if duty.role == Role.LEAD and leads.setdefault(duty.item, duty.role_at) != duty.role_at:
            first = leads[duty.item]
            facts = {"item": duty.item, "first": first.address}
            problems.append(Problem("second_lead", duty.role_at, facts))
    return problems


def _differences(
    plan: ResponsibilityPlan,
    wanted: Mapping[tuple[str, UUID], WrittenDuty],
    units: Mapping[str, Unit],
) -> tuple[list[Change], list[Assignment]]:
    rows = plan.responsibilities.filter(condition=0).select_related("unit__group")
    held = {(row.item, row.unit_id): row for row in rows}
    changes, cells = [], []
    for key, duty in wanted.items():
        row = held.get(key)
        before = (row.role, row.due, row.target) if row else ("", None, "")
        if before != (duty.role.value, duty.due, duty.target):
            unit = units[duty.unit]
            changes.append(Change(duty.item, unit.name, before[0], duty.role.value))
            cell = Assignment(duty.item, unit, duty.role, due=duty.due, target=duty.target)
            cells.append(cell)
    for key, row in held.items():
        if key not in wanted:
            changes.append(Change(row.item, row.unit.name, row.role, ""))
            cells.append(Assignment(row.item, row.unit, None))
    return changes, cells


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
    checked = check_file(plan, brought, today=timezone.localdate())
    if checked.problems:
        raise ImportHasProblems(count=len(checked.problems))
    changed = assign(plan, checked.cells, by=by, version=version)
    Import.objects.filter(pk=brought.pk).update(subject=subject_of(plan), problems=[])
    detail = {"file": brought.attachment.name, "changes": len(checked.changes)}
    record("import.take_over", by=by, city=plan.city, subject=brought, detail=detail)
    return changed
