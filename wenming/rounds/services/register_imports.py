"""Brings sites from Excel: looked at as a whole, taken over whole or not at all."""

from django.db import transaction

from wenming.base.access import check, check_city
from wenming.base.models import Attachment, City, Import, User
from wenming.base.services.attachments import path_of
from wenming.base.services.audit import record, subject_of
from wenming.base.services.imports import keep_problems
from wenming.core.errors import DomainError
from wenming.core.permissions import Capability
from wenming.rounds.models import RegisteredSite
from wenming.rounds.queries.register_imports import CheckedRegister, check_register
from wenming.rounds.services.sites import EDIT, write_details

KIND = "register"


class RegisterImportHasMistakes(DomainError):
    """The file has mistakes, perhaps because something was changed since it was checked."""

    code = "register_import_mistakes"


class RegisterImportTaken(DomainError):
    """The file was taken over already, perhaps by somebody else a moment ago."""

    code = "register_import_taken"


@transaction.atomic
def bring_register(attachment: Attachment, *, city: City, by: User) -> Import:
    """Keep a workbook of sites (导入点位), whether or not it is right.

    Raises:
        PermissionDenied: `by` may not edit the register of the city.
    """
    check_city(by, EDIT, city)
    brought = Import.objects.create(city=city, kind=KIND, attachment=attachment, brought_by=by)
    checked = checked_register(brought)
    keep_problems(brought, checked.problems)
    facts = {"name": attachment.name, "problems": len(checked.problems)}
    record("register_import.bring", by=by, city=city, subject=brought, detail=facts)
    return brought


def checked_register(brought: Import) -> CheckedRegister:
    """What a workbook would do to the register as both stand now (点位核查)."""
    path = path_of(brought.attachment.file)
    return check_register(brought.city, path, name=brought.attachment.name)


@transaction.atomic
def take_over_register(brought: Import, *, by: User) -> int:
    """Take sites over from a workbook (采用点位文件); all of them or none.

    Returns:
        How many sites were made or changed.

    Raises:
        RegisterImportTaken: somebody was faster.
        RegisterImportHasMistakes: the file has mistakes, perhaps since units were changed.
        PermissionDenied: `by` may not edit the register, or did not bring the file.
    """
    check(by, Capability.USE_DESK, brought)
    check_city(by, EDIT, brought.city)
    City.objects.select_for_update().get(pk=brought.city_id)
    fresh = Import.objects.select_for_update(of=("self",)).select_related(
        "attachment__file", "city"
    )
    kept = fresh.get(pk=brought.pk)
    if kept.subject:
        raise RegisterImportTaken(file=kept.attachment.name)
    checked = checked_register(kept)
    if checked.problems:
        raise RegisterImportHasMistakes(count=len(checked.problems))
    new = 0
    for known, details in checked.sites:
        row = known or RegisteredSite(city=kept.city)
        new += known is None
        row.changed_by = by
        write_details(row, details)
        row.save()
    kept.subject, kept.problems = subject_of(kept.city), []
    kept.save(update_fields=["subject", "problems"])
    facts = {"file": kept.attachment.name, "new": new, "changed": len(checked.sites) - new}
    record("register_import.take_over", by=by, city=kept.city, subject=kept, detail=facts)
    return len(checked.sites)
