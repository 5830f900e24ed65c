"""Puts into inboxes what is to be handed in, reviewed, decided or mended."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from wenming.base.access import check
from wenming.base.models import InboxEntry, Unit, User
from wenming.base.services.audit import record, subject_of
from wenming.base.services.inbox import Asked, Asking, ask, settle
from wenming.core.lifecycle import CollectionState, SubmissionAction, SubmissionState
from wenming.core.permissions import Capability
from wenming.core.terms import AssignmentRole
from wenming.rounds.models import Collection
from wenming.rounds.queries.collections import assigned
from wenming.rounds.services.collections import require_open
from wenming.submission.models import Requirement, Standing, Submission

DUE = "documents_due"
REMINDED_BEFORE = timedelta(days=3)
"""How long before a last day a unit is asked without anybody pressing a button."""

OPEN_STANDINGS = (Standing.MISSING, Standing.LATE, Standing.RETURNED, Standing.REJECTED)


@transaction.atomic
def remind_units(collection: Collection, *, by: User) -> int:
    """Ask every unit for what it has not brought yet (催报材料).

    Returns:
        How many units were asked.

    Raises:
        CollectionNotOpen: the round takes in no evidence now.
        PermissionDenied: `by` may not lead rounds of the city.
    """
    check(by, Capability.MANAGE_ROUNDS, collection)
    require_open(collection)
    found = _owed(collection, timezone.localdate())
    for unit, missing in found.items():
        _ask_for(collection, unit, missing, by=by)
    detail = {"units": len(found)}
    record("requirements.remind", by=by, city=collection.city, subject=collection, detail=detail)
    return len(found)


def remind_by_date(now: datetime) -> int:
    """Ask units by themselves (到期提醒), from three days before the first of their last days on.

    Who was asked already keeps the one entry, brought up to date.

    Returns:
        How many units have such an entry now.
    """
    today = timezone.localdate(now)
    asked = 0
    for collection in Collection.objects.filter(state=CollectionState.OPEN).select_related("city"):
        for unit, missing in _owed(collection, today).items():
            if any(row.due and row.due <= today + REMINDED_BEFORE for row in missing):
                _ask_for(collection, unit, missing, by=None)
                asked += 1
    return asked


def tell_handed_in(submission: Submission, *, by: User) -> None:
    """Settle what the unit was asked for, and tell the reviewers (转入初审)."""
    settle(submission, code="document_returned", by=by)
    _settle_due(submission, by=by)
    tell_waiting(submission.collection, by=by)


def tell_decided(submission: Submission, action: SubmissionAction, *, by: User) -> None:
    """Tell the unit what it must mend (退回告知)."""
    is_return = action is SubmissionAction.SEND_BACK
    if not (is_return or action is SubmissionAction.REJECT) or submission.unit is None:
        settle(submission, by=by)
        return
    facts = {"title": submission.title, "reason": submission.reason}
    due = submission.requirement.due
    ask(
        Asking(
            "document_returned" if is_return else "document_rejected",
            to=Asked(unit=submission.unit),
            subject=submission,
            address=reverse("submission:paper", args=[submission.pk]),
            facts=facts,
            due=_end_of(due) if due else None,
            minutes=15,
        ),
        city=submission.city,
        by=by,
    )


def tell_waiting(collection: Collection, *, by: User) -> None:
    """Keep the entries of reviewers and deciders as long as something waits for them (待审)."""
    counted = dict(
        Submission.objects.filter(collection=collection)
        .order_by()
        .values_list("state")
        .annotate(n=Count("pk"))
    )
    first = counted.get(SubmissionState.HANDED_IN, 0)
    address = reverse("submission:queue", args=[collection.pk])
    if first:
        for reviewer in assigned(collection, AssignmentRole.REVIEWER):
            _tell(
                collection, "documents_to_review", Asked(person=reviewer), (first, address), by=by
            )
    else:
        settle(collection, code="documents_to_review", by=by)
    second = counted.get(SubmissionState.PASSED, 0)
    if second:
        asked = Asked(capability=Capability.DECIDE_DOCUMENT)
        _tell(collection, "documents_to_decide", asked, (second, address), by=by)
    else:
        settle(collection, code="documents_to_decide", by=by)


def _tell(
    collection: Collection, code: str, to: Asked, waiting: tuple[int, str], *, by: User
) -> None:
    count, address = waiting
    facts = {"count": count, "round": collection.title_zh, "round_en": collection.title_en}
    wanted = Asking(
        code, to=to, subject=collection, address=address, facts=facts, minutes=3 * count
    )
    ask(wanted, city=collection.city, by=by)


def _owed(collection: Collection, today: date) -> dict[Unit, list[Requirement]]:
    rows = Requirement.objects.filter(collection=collection, unit__isnull=False)
    open_rows = rows.with_standing(today=today).filter(standing__in=OPEN_STANDINGS)
    found: dict[Unit, list[Requirement]] = {}
    for row in open_rows.select_related("unit"):
        if row.unit is not None:
            found.setdefault(row.unit, []).append(row)
    return found


def _ask_for(
    collection: Collection, unit: Unit, missing: list[Requirement], *, by: User | None
) -> None:
    first = min((row.due for row in missing if row.due), default=None)
    facts = {"round": collection.title_zh, "round_en": collection.title_en}
    wanted = Asking(
        DUE,
        to=Asked(unit=unit),
        subject=collection,
        address=f"{reverse('submission:coverage', args=[collection.pk])}?open=yes",
        facts={"count": len(missing), **facts},
        due=_end_of(first) if first else None,
        minutes=10 * len(missing),
    )
    ask(wanted, city=collection.city, by=by)


def _settle_due(submission: Submission, *, by: User) -> None:
    """The entry of a unit follows what it still owes, and goes when it owes nothing."""
    entries = InboxEntry.objects.open().filter(
        code=DUE, subject=subject_of(submission.collection), unit=submission.unit
    )
    if submission.unit is None or not entries.exists():
        return
    rows = Requirement.objects.filter(collection=submission.collection, unit=submission.unit)
    owed = rows.with_standing(today=timezone.localdate()).filter(standing__in=OPEN_STANDINGS)
    missing = list(owed)
    if missing:
        _ask_for(submission.collection, submission.unit, missing, by=by)
    else:
        entries.update(settled_at=timezone.now(), settled_by=by)


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59)))
