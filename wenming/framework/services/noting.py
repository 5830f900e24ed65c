"""What a unit was told about its responsibilities, and that it has read it (已阅)."""

from django.db import transaction
from django.utils import timezone

from wenming.base.access import PermissionDenied
from wenming.base.models import InboxEntry, User
from wenming.base.services.audit import record

TOLD = frozenset({"duties_issued", "objection_upheld", "objection_dismissed", "duty_handed_on"})
"""Codes of what is only to be read; whatever asks for a deed is settled by the deed."""


@transaction.atomic
def take_note(entry: InboxEntry, *, by: User) -> None:
    """Say that one has read what one was told (已阅); for a second time it changes nothing.

    Raises:
        PermissionDenied: it is not `by` who was told, or a deed is asked for.
    """
    seen = InboxEntry.objects.visible_to(by).select_for_update().filter(pk=entry.pk)
    fresh = seen.filter(code__in=TOLD).first()
    if fresh is None:
        raise PermissionDenied
    if fresh.settled_at is None:
        fresh.settled_at, fresh.settled_by = timezone.now(), by
        fresh.save(update_fields=["settled_at", "settled_by"])
        detail = {"code": fresh.code, "about": fresh.subject}
        record("inbox.note", by=by, city=fresh.city, subject=fresh, detail=detail)
