"""Enters figures of offices, and has a second person confirm them."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from wenming.base.access import check_city
from wenming.base.models import Attachment, Unit, User
from wenming.base.services.audit import record, subject_of
from wenming.base.services.inbox import Asked, Asking, ask, settle
from wenming.base.transitions import transition
from wenming.core.errors import DomainError
from wenming.core.lifecycle import EntryAction, EntryState
from wenming.core.permissions import Capability
from wenming.rounds.models import Collection
from wenming.rounds.services.collections import require_open
from wenming.statistic.models import Entry, StatisticScope
from wenming.statistic.queries.wanted import wanted_figure

ENTER = Capability.ENTER_STATISTIC
_PERIOD = re.compile(r"(?P<year>(?:19|20)\d\d)(?:-(?P<month>0[1-9]|1[0-2]))?")


class EntryTaken(DomainError):
    """The figure of this period was entered already."""

    code = "entry_taken"


class PeriodUnknown(DomainError):
    """The period is neither a year nor a month."""

    code = "period_unknown"


class PeriodInFuture(DomainError):
    """The period has not begun yet."""

    code = "period_in_future"


class FigureNotWanted(DomainError):
    """The edition judges nothing by this figure, or another unit answers for it."""

    code = "figure_not_wanted"


class SamePersonConfirms(DomainError):
    """Whoever entered a figure does not confirm it."""

    code = "same_person_confirms"


@dataclass(frozen=True, slots=True)
class Figures:
    """What is said of a figure (统计数据)."""

    item: str
    condition: int
    period: str
    value: Decimal
    source: str
    measure: str = ""
    scope: StatisticScope = StatisticScope.DISTRICTS
    note: str = ""
    file: Attachment | None = None


def refuse_period(period: str, *, today: date) -> None:
    """Refuse what is no year or month, or has not begun (数据年度检查).

    Raises:
        PeriodUnknown, PeriodInFuture: see above.
    """
    found = _PERIOD.fullmatch(period)
    if found is None:
        raise PeriodUnknown(period=period)
    first = date(int(found["year"]), int(found["month"] or 1), 1)
    if first > today:
        raise PeriodInFuture(period=period)


@transaction.atomic
def enter_figure(collection: Collection, figures: Figures, *, by: User) -> Entry:
    """Enter a figure for an item of a round (填报数据).

    Raises:
        CollectionNotOpen: the round takes in no evidence now.
        PeriodUnknown, PeriodInFuture: see `refuse_period`.
        FigureNotWanted: the edition judges nothing by it, or another unit answers for it.
        EntryTaken: the period has its figure already.
        PermissionDenied: `by` may not enter figures.
    """
    check_city(by, ENTER, collection.city)
    fresh = require_open(collection)
    refuse_period(figures.period, today=timezone.localdate())
    wanted = wanted_figure(fresh, figures.item, figures.condition, by=by)
    if wanted is None:
        raise FigureNotWanted(item=figures.item, condition=figures.condition)
    Collection.objects.select_for_update(no_key=True).get(pk=fresh.pk)
    same = Entry.objects.filter(
        collection=fresh, item=figures.item, condition=figures.condition, period=figures.period
    )
    if same.exists():
        raise EntryTaken(item=figures.item, period=figures.period)
    unit = Unit.objects.filter(pk=wanted.unit).first() if wanted.unit else None
    made = Entry(
        city_id=fresh.city_id, collection=fresh, unit=unit, item=wanted.item,
        item_zh=wanted.title.zh, item_en=wanted.title.en, condition=wanted.condition,
        period=figures.period, entered_by=by, entered_at=timezone.now(),
    )  # fmt: skip
    for name, value in _facts(figures).items():
        setattr(made, name, value)
    made.save(force_insert=True)
    _keep_file(made, figures)
    _tell_waiting(made, by=by)
    detail = {"item": made.item, "period": made.period, "value": str(made.value)}
    record("entry.make", by=by, city=fresh.city, subject=made, detail=detail)
    return made


@transaction.atomic
def change_figure(entry: Entry, figures: Figures, *, by: User) -> Entry:
    """Change a figure that is not confirmed (修改数据); what it is about and its period stay.

    Raises:
        CollectionNotOpen: the round takes in no evidence now.
        TransitionNotAllowed: it was confirmed, perhaps a moment ago.
        PermissionDenied: `by` may not enter it.
    """
    require_open(entry.collection)
    fresh = transition(
        entry,
        EntryAction.ENTER,
        by=by,
        **_facts(figures),
        entered_by=by,
        entered_at=timezone.now(),
        reason="",
    )
    _keep_file(fresh, figures)
    settle(fresh, by=by)
    _tell_waiting(fresh, by=by)
    return fresh


@transaction.atomic
def confirm_figure(entry: Entry, *, by: User) -> Entry:
    """Confirm a figure as the second person (复核确认); it counts from now on.

    Raises:
        SamePersonConfirms: `by` entered it.
        CollectionNotOpen: the round takes in no evidence now.
        TransitionNotAllowed: somebody was faster.
        PermissionDenied: `by` may not confirm it.
    """
    require_open(entry.collection)
    fresh = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if fresh.entered_by_id == by.pk:
        raise SamePersonConfirms(person=by.name)
    done = transition(
        fresh, EntryAction.CONFIRM, by=by, confirmed_by=by, confirmed_at=timezone.now()
    )
    _tell_waiting(done, by=by)
    return done


@transaction.atomic
def return_figure(entry: Entry, *, reason: str, by: User) -> Entry:
    """Return a figure, or take its confirmation back (退回数据), with the reason.

    Raises:
        FactsMissing: no reason is given.
        CollectionNotOpen: the round takes in no evidence now.
        TransitionNotAllowed, PermissionDenied: see `transition`.
    """
    require_open(entry.collection)
    action = EntryAction.REOPEN if entry.confirmed_by_id else EntryAction.SEND_BACK
    done = transition(
        entry, action, by=by, reason=reason.strip(), confirmed_by=None, confirmed_at=None
    )
    to = Asked(unit=done.unit) if done.unit else Asked(person=done.entered_by)
    facts = {"item": done.item, "period": done.period, "reason": done.reason}
    address = reverse("statistic:entry", args=[done.pk])
    wanted = Asking("figure_returned", to=to, subject=done, address=address, facts=facts)
    ask(wanted, city=done.city, by=by)
    _tell_waiting(done, by=by)
    return done


def _facts(figures: Figures) -> dict[str, object]:
    return {
        "value": figures.value,
        "measure": figures.measure,
        "scope": figures.scope,
        "source": figures.source,
        "note": figures.note,
    }


def _keep_file(entry: Entry, figures: Figures) -> None:
    if figures.file is None:
        return
    entry.attachment = figures.file
    entry.save(update_fields=["attachment"])
    Attachment.objects.filter(pk=figures.file.pk).update(
        subject=subject_of(entry), unit=entry.unit, opened_by=Capability.VIEW_STATISTICS
    )


def _tell_waiting(entry: Entry, *, by: User) -> None:
    collection = entry.collection
    n = Entry.objects.filter(collection=collection, state=EntryState.ENTERED).count()
    if not n:
        settle(collection, code="figures_to_confirm", by=by)
        return
    address = f"{reverse('statistic:entries', args=[collection.pk])}?state=entered"
    facts = {"count": n, "round": collection.title_zh, "round_en": collection.title_en}
    to = Asked(capability=Capability.CONFIRM_STATISTIC)
    wanted = Asking(
        "figures_to_confirm", to=to, subject=collection, address=address, facts=facts, minutes=2 * n
    )
    ask(wanted, city=collection.city, by=by)
