"""Brings figures from Excel: looked at as a whole, taken over whole or not at all."""

from django.db import transaction

from wenming.base.access import check, check_city
from wenming.base.models import Attachment, Import, User
from wenming.base.services.attachments import path_of
from wenming.base.services.audit import record, subject_of
from wenming.base.services.imports import keep_problems
from wenming.core.errors import DomainError
from wenming.core.permissions import Capability
from wenming.rounds.models import Collection
from wenming.rounds.services.collections import require_open
from wenming.statistic.queries.imports import CheckedStatistics, check_statistics
from wenming.statistic.services.entries import ENTER, change_figure, enter_figure

KIND = "statistics"


class StatisticsImportHasMistakes(DomainError):
    """The file has mistakes, perhaps because something was changed since it was checked."""

    code = "statistics_import_mistakes"


class StatisticsImportTaken(DomainError):
    """The file was taken over already, perhaps in another window a moment ago."""

    code = "statistics_import_taken"


@transaction.atomic
def bring_statistics(attachment: Attachment, collection: Collection, *, by: User) -> Import:
    """Keep a workbook of figures for a round (导入统计数据), whether or not it is right.

    Raises:
        PermissionDenied: `by` may not enter figures.
    """
    check_city(by, ENTER, collection.city)
    brought = Import.objects.create(
        city=collection.city, kind=KIND, attachment=attachment, brought_by=by,
        options={"collection": str(collection.pk)},
    )  # fmt: skip
    checked = checked_statistics(brought, collection, by=by)
    keep_problems(brought, checked.problems)
    facts = {
        "name": attachment.name, "round": collection.title_zh, "problems": len(checked.problems),
    }  # fmt: skip
    record("statistics_import.bring", by=by, city=collection.city, subject=brought, detail=facts)
    return brought


def checked_statistics(brought: Import, collection: Collection, *, by: User) -> CheckedStatistics:
    """What a workbook would do to the figures of a round as both stand now (统计数据核查)."""
    path, name = path_of(brought.attachment.file), brought.attachment.name
    return check_statistics(collection, path, name=name, by=by)


@transaction.atomic
def take_over_statistics(brought: Import, collection: Collection, *, by: User) -> CheckedStatistics:
    """Enter or change the figures of a workbook (采用统计数据文件); all of them or none.

    Each waits for confirmation by a second person, as one that is entered by hand.

    Args:
        collection: the round for which the file was brought.

    Returns:
        What was done.

    Raises:
        CollectionNotOpen: the round takes in no evidence now.
        StatisticsImportTaken: the file was taken over a moment ago.
        StatisticsImportHasMistakes: the file has mistakes, perhaps since figures were confirmed.
        PermissionDenied: `by` may not enter figures, or did not bring the file.
    """
    check(by, Capability.USE_DESK, brought)
    check_city(by, ENTER, collection.city)
    require_open(collection)
    fresh = Import.objects.select_for_update(of=("self",)).select_related("attachment__file")
    kept = fresh.get(pk=brought.pk)
    if kept.subject:
        raise StatisticsImportTaken(file=kept.attachment.name)
    checked = checked_statistics(kept, collection, by=by)
    if checked.problems:
        raise StatisticsImportHasMistakes(count=len(checked.problems))
    for entry, figures in checked.steps:
        if entry is None:
            enter_figure(collection, figures, by=by)
        else:
            change_figure(entry, figures, by=by)
    kept.subject, kept.problems = subject_of(collection), []
    kept.save(update_fields=["subject", "problems"])
    new = sum(entry is None for entry, _figures in checked.steps)
    facts = {
        "file": kept.attachment.name, "new": new, "changed": len(checked.steps) - new,
    }  # fmt: skip
    record("statistics_import.take_over", by=by, city=kept.city, subject=kept, detail=facts)
    return checked
