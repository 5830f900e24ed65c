"""Brings the organisation from Excel: looked at as a whole, taken over whole or not at all."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from wenming.base.access import check, check_city
from wenming.base.models import Attachment, City, Import, ProvisionKind, Unit, UnitKind, User
from wenming.base.queries.unit_imports import Checked, Plan, check_organisation
from wenming.base.services.attachments import path_of
from wenming.base.services.audit import record, subject_of
from wenming.base.services.imports import keep_problems
from wenming.base.services.organisation import UnitDetails, change_unit, make_unit, move_unit
from wenming.base.services.unit_facts import (
    LiaisonDetails,
    Span,
    add_alias,
    add_liaison,
    change_liaison,
    set_provision,
)
from wenming.base.services.unit_rules import EDIT, lock
from wenming.core.errors import DomainError
from wenming.core.permissions import Capability
from wenming.files.units_workbook import WrittenUnit

KIND = "units"


class ImportHasMistakes(DomainError):
    """The file has mistakes, perhaps because the organisation was changed since it was checked."""

    code = "units_import_mistakes"


class ImportTakenOver(DomainError):
    """The file was taken over already, perhaps by somebody else a moment ago."""

    code = "units_import_taken"


@dataclass(frozen=True, slots=True)
class Doing:
    """Who takes a file over, where, and on which day (导入执行)."""

    city: City
    by: User
    day: date


@transaction.atomic
def bring_units(attachment: Attachment, *, city: City, by: User) -> Import:
    """Keep a workbook of the organisation (导入组织机构), whether or not it is right.

    Raises:
        PermissionDenied: `by` may not edit the organisation of the city.
    """
    check_city(by, EDIT, city)
    brought = Import.objects.create(city=city, kind=KIND, attachment=attachment, brought_by=by)
    checked = check_units(brought)
    keep_problems(brought, checked.problems)
    facts = {"name": attachment.name, "problems": len(checked.problems)}
    record("units_import.bring", by=by, city=city, subject=brought, detail=facts)
    return brought


def check_units(brought: Import) -> Checked:
    """What a workbook would do to the organisation as both stand now (导入核查)."""
    path: Path = path_of(brought.attachment.file)
    return check_organisation(brought.city, path, name=brought.attachment.name)


@transaction.atomic
def take_over_units(brought: Import, *, by: User, day: date) -> int:
    """Make the organisation what a workbook says (采用导入文件); all of it or nothing.

    Args:
        day: from when on new names hold and things are in place, where the file says nothing.

    Returns:
        How many changes were made.

    Raises:
        ImportTakenOver: somebody was faster.
        ImportHasMistakes: the file has mistakes, perhaps since the organisation was changed.
        PermissionDenied: `by` may not edit the organisation, or did not bring the file.
    """
    check(by, Capability.USE_DESK, brought)
    lock(brought.city, by)
    fresh = Import.objects.select_for_update(of=("self",)).select_related(
        "attachment__file", "city"
    )
    kept = fresh.get(pk=brought.pk)
    if kept.subject:
        raise ImportTakenOver(file=kept.attachment.name)
    checked = check_units(kept)
    if checked.problems:
        raise ImportHasMistakes(count=len(checked.problems))
    doing = Doing(kept.city, by, day)
    _take_units(checked.plan, doing)
    _take_facts(checked.plan, doing)
    kept.subject, kept.problems = subject_of(kept.city), []
    kept.save(update_fields=["subject", "problems"])
    facts = {"file": kept.attachment.name, "changes": len(checked.changes)}
    record("units_import.take_over", by=by, city=kept.city, subject=kept, detail=facts)
    return len(checked.changes)


def _take_units(plan: Plan, doing: Doing) -> None:
    """Units above before those below, so that each finds its place."""
    for written in plan.units:
        known = plan.known.get(written.name)
        parent = plan.known.get(written.parent) if written.parent else None
        if known is None:
            details = _details(written, None, plan)
            made = make_unit(doing.city, details, parent=parent, by=doing.by)
            plan.known[written.name] = made
            continue
        fresh = Unit.objects.get(pk=known.pk)
        if "上级单位" in written.given and fresh.parent_id != (parent.pk if parent else None):
            fresh = move_unit(fresh, parent, by=doing.by)
        details = _details(written, fresh, plan)
        plan.known[written.name] = change_unit(fresh, details, by=doing.by, day=doing.day)


def _details(written: WrittenUnit, known: Unit | None, plan: Plan) -> UnitDetails:
    kind = written.kind or (known.kind if known else UnitKind.UNIT)
    group, name_en = (known.group, known.name_en) if known else (None, "")
    if "工作组" in written.given:
        group = plan.groups.get(written.group)
    if "英文名称" in written.given:
        name_en = written.name_en
    name = known.name if known else written.name
    return UnitDetails(name, UnitKind(kind), group=group, name_en=name_en)


def _take_facts(plan: Plan, doing: Doing) -> None:
    for name in plan.names:
        span = Span(name.first, name.last)
        add_alias(plan.known[name.unit], name.name, span=span, by=doing.by)
    for liaison in plan.liaison:
        unit = plan.known[liaison.unit]
        held = unit.liaison_persons.filter(name=liaison.name).order_by("pk").first()
        details = LiaisonDetails(
            liaison.name,
            post_title=liaison.post_title,
            phone=liaison.phone,
            email=liaison.email,
            user=held.user if held else None,
            span=Span(liaison.first, liaison.last),
        )
        if held is None:
            add_liaison(unit, details, by=doing.by)
        else:
            change_liaison(held, details, by=doing.by)
    for said in plan.in_place:
        set_provision(
            plan.known[said.unit], ProvisionKind(said.kind), in_place=said.in_place,
            note=said.note, day=said.day or doing.day, by=doing.by,
        )  # fmt: skip
