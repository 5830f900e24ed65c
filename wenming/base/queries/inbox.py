"""What is asked of a person, by how soon it is due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import models
from django.db.models import F
from django.utils import timezone

from wenming.base.models import City, InboxEntry, User
from wenming.base.services.audit import subject_of

MOST = 300


class Due(StrEnum):
    """How soon an entry of the inbox is due (到期)."""

    OVERDUE = "overdue"  # 已逾期
    TODAY = "today"  # 今天
    THIS_WEEK = "this_week"  # 本周
    LATER = "later"  # 以后
    OPEN_ENDED = "open_ended"  # 无期限


@dataclass(frozen=True, slots=True)
class DueGroup:
    """Entries of the inbox that are due about the same time."""

    due: Due
    entries: list[InboxEntry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asks:
    """Which entries a person wants to see.

    Attributes:
        code: of what is asked; "" for all.
        settled: those that are done, instead of the open ones.
    """

    code: str = ""
    settled: bool = False


def inbox_of(user: User, city: City, wanted: Asks | None = None) -> Sequence[InboxEntry]:
    """What is asked of a person in a city (待办), the most urgent first, at most `MOST`.

    Returns:
        Open ones by due time, then by points that hang on them; settled ones latest first.
    """
    wanted = wanted or Asks()
    seen = InboxEntry.objects.visible_to(user).for_city(city)
    seen = seen.select_related("asked_by", "settled_by", "unit", "group")
    if wanted.code:
        seen = seen.filter(code=wanted.code)
    if wanted.settled:
        return list(seen.filter(settled_at__isnull=False).order_by("-settled_at", "pk")[:MOST])
    order = (F("due").asc(nulls_last=True), F("worth").desc(nulls_last=True), "asked_at", "pk")
    return list(seen.open().order_by(*order)[:MOST])


def codes_asked(user: User, city: City) -> Sequence[str]:
    """The kinds of what is or was asked of a person, for the filter of the inbox."""
    seen = InboxEntry.objects.visible_to(user).for_city(city)
    return list(seen.order_by("code").values_list("code", flat=True).distinct())


def settled_for(subject: models.Model) -> Sequence[InboxEntry]:
    """What was asked about a row and is done (已办), the latest first."""
    done = InboxEntry.objects.filter(subject=subject_of(subject), settled_at__isnull=False)
    return list(done.select_related("settled_by").order_by("-settled_at", "pk"))


def by_due(entries: Iterable[InboxEntry], *, now: datetime) -> Sequence[DueGroup]:
    """Entries under overdue, today, this week, later and without a deadline; empty ones left out.

    Args:
        now: in the time zone whose days and weeks count; a week ends with Sunday.
    """
    groups = {due: DueGroup(due) for due in Due}
    for entry in entries:
        groups[due_of(entry.due, now=now)].entries.append(entry)
    return [group for group in groups.values() if group.entries]


def due_of(due: datetime | None, *, now: datetime) -> Due:
    """How soon a deadline is."""
    if due is None:
        return Due.OPEN_ENDED
    if due < now:
        return Due.OVERDUE
    day = timezone.localtime(due, now.tzinfo).date()
    sunday = now.date() + timedelta(days=6 - now.weekday())
    if day == now.date():
        return Due.TODAY
    return Due.THIS_WEEK if day <= sunday else Due.LATER
