"""Panels of assessors: making a session, rating alone first, closing it, correcting in the open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from wenming.base.access import check, check_city
from wenming.base.models import User
from wenming.base.services.audit import record
from wenming.base.services.inbox import Asked, Asking, ask, settle
from wenming.base.transitions import transition
from wenming.core.errors import DomainError
from wenming.core.lifecycle import PanelAction, SeatAction, SeatState
from wenming.core.permissions import Capability
from wenming.core.terms import AssignmentRole, Method
from wenming.inspection.models import PanelItem, PanelRating, PanelSeat, PanelSession
from wenming.inspection.queries.panels import free_items, items_for, own_items
from wenming.rounds.models import Collection
from wenming.rounds.queries.collections import assigned
from wenming.rounds.services.collections import require_open

MANAGE = Capability.MANAGE_ROUNDS
RATE = "panel_rate"


class PanelNeedsItems(DomainError):
    """A session rates at least one item."""

    code = "panel_needs_items"


class PanelNeedsPeople(DomainError):
    """A session has at least one assessor."""

    code = "panel_needs_people"


class PanelItemUnfit(DomainError):
    """The edition has the item not rated by this method, or another session rates it."""

    code = "panel_item_unfit"


class AssessorNotAssigned(DomainError):
    """The person does not work in the round as an assessor."""

    code = "assessor_not_assigned"


class OwnItem(DomainError):
    """The person's own unit answers for what is rated."""

    code = "panel_own_item"


class PanelClosed(DomainError):
    """The session was closed; nothing is rated before it is opened again."""

    code = "panel_closed"


class MarkMissing(DomainError):
    """An item has no mark."""

    code = "panel_mark_missing"


class MarkOutOfRange(DomainError):
    """A mark is below zero or above the highest mark of the item."""

    code = "panel_mark_out_of_range"


class NobodyRated(DomainError):
    """A session is closed once somebody has rated."""

    code = "panel_nobody_rated"


class PanelHasMarks(DomainError):
    """Somebody rated already, so the session stays."""

    code = "panel_has_marks"


@dataclass(frozen=True, slots=True)
class PanelPlan:
    """What a session of a panel is to be (评议场次安排)."""

    method: Method
    title: str
    held_on: date
    items: Sequence[str]
    people: Sequence[User]


@dataclass(frozen=True, slots=True)
class GivenMark:
    """What an assessor says of an item (评分): the mark, and a short remark."""

    mark: Decimal
    remark: str = ""


@transaction.atomic
def make_panel(collection: Collection, plan: PanelPlan, *, by: User) -> PanelSession:
    """Call a panel together (安排评议场次); each assessor is asked to rate.

    Raises:
        CollectionNotOpen: the round takes in no evidence now.
        PanelNeedsItems, PanelNeedsPeople: nothing to rate, or nobody who does.
        PanelItemUnfit: the edition does not have it rated so, or another session rates it.
        AssessorNotAssigned: a person is no assessor of the round.
        OwnItem: a person's own unit answers for every item.
        PermissionDenied: `by` may not lead rounds of the city.
    """
    check_city(by, MANAGE, collection.city)
    fresh = require_open(collection)
    Collection.objects.select_for_update(no_key=True).get(pk=fresh.pk)
    free = {each.key: each for each in free_items(fresh, plan.method)}
    _refuse_unfit(fresh, plan, set(free))
    made = PanelSession.objects.create(
        city=fresh.city, collection=fresh, method=plan.method, title=plan.title,
        held_on=plan.held_on, made_by=by,
    )  # fmt: skip
    PanelItem.objects.bulk_create(
        PanelItem(
            city=fresh.city, session=made, collection=fresh, item=each.key, title_zh=each.title.zh,
            title_en=each.title.en, top=each.top, trimmed=each.trimmed, position=position,
        )
        for position, each in enumerate(e for e in free.values() if e.key in plan.items)
    )  # fmt: skip
    PanelSeat.objects.bulk_create(
        PanelSeat(city=fresh.city, session=made, person=person) for person in plan.people
    )
    _ask_waiting(made, by)
    detail = {"title": made.title, "people": "、".join(each.name for each in plan.people)}
    record("panelsession.make", by=by, city=fresh.city, subject=made, detail=detail)
    return made


@transaction.atomic
def hand_in_marks(
    seat: PanelSeat, marks: Mapping[str, GivenMark], *, because: str = "", by: User
) -> PanelSeat:
    """Hand in the own marks (提交评分), or replace them with a reason while the session is open.

    Marks that were handed in before stay to be looked up; the audit does not tell marks.

    Args:
        marks: by key of the item; of every item from which the assessor does not stand back.
        because: why marks that were handed in are corrected; "" the first time.

    Raises:
        CollectionNotOpen, PanelClosed: nothing is taken in now.
        OwnItem: the assessor's own unit answers for an item.
        MarkMissing, MarkOutOfRange: see above.
        FactsMissing: marks are corrected without a reason.
        PermissionDenied: the seat is another's.
    """
    require_open(seat.session.collection)
    session = PanelSession.objects.select_for_update().get(pk=seat.session_id)
    if not session.is_open:
        raise PanelClosed(panel=session.title)
    seat = PanelSeat.objects.select_related("session__collection", "person").get(pk=seat.pk)
    items = _refuse_marks(seat, marks)
    is_first = seat.state == SeatState.WAITING
    action = SeatAction.SUBMIT if is_first else SeatAction.CORRECT
    reason = "" if is_first else because.strip()
    done = transition(
        seat, action, by=by, corrected_because=reason, version=seat.version + 1,
        submitted_at=timezone.now(), title=session.title,
    )  # fmt: skip
    _keep(done, items, marks, knew=bool(session.reopened_because))
    settle(done, code=RATE, by=by)
    return done


@transaction.atomic
def close_panel(session: PanelSession, *, by: User) -> PanelSession:
    """End the rating and show the marks to panel and office (汇总评分); they count from now on.

    Raises:
        NobodyRated: no marks were handed in.
        CollectionNotOpen: the round takes in no evidence now.
        TransitionNotAllowed, PermissionDenied: see `transition`.
    """
    require_open(session.collection)
    done = transition(
        session, PanelAction.CLOSE, by=by, closed_at=timezone.now(), title=session.title
    )
    if not done.seats.filter(state=SeatState.SUBMITTED).exists():
        raise NobodyRated(panel=done.title)
    for seat in done.seats.filter(state=SeatState.WAITING):
        settle(seat, code=RATE, by=by)
    return done


@transaction.atomic
def reopen_panel(session: PanelSession, *, because: str, by: User) -> PanelSession:
    """Take in marks again (恢复评分); until it is closed again none of them counts.

    Raises:
        FactsMissing: no reason is given.
        CollectionNotOpen: the round takes in no evidence now.
        TransitionNotAllowed, PermissionDenied: see `transition`.
    """
    require_open(session.collection)
    done = transition(
        session, PanelAction.REOPEN, by=by, reopened_because=because.strip(), closed_at=None,
        title=session.title,
    )  # fmt: skip
    _ask_waiting(done, by)
    return done


@transaction.atomic
def drop_panel(session: PanelSession, *, by: User) -> None:
    """Take a session back as long as nobody has rated (取消评议场次).

    Raises:
        PanelHasMarks: somebody has.
        PermissionDenied: `by` may not lead rounds of the city.
    """
    check(by, MANAGE, session)
    fresh = PanelSession.objects.select_for_update().get(pk=session.pk)
    if PanelRating.objects.filter(seat__session=fresh).exists():
        raise PanelHasMarks(panel=fresh.title)
    for seat in fresh.seats.all():
        settle(seat, by=by)
    detail = {"title": fresh.title}
    record("panelsession.drop", by=by, city=fresh.city, subject=fresh, detail=detail)
    fresh.delete()


def _refuse_unfit(collection: Collection, plan: PanelPlan, free: set[str]) -> None:
    if not plan.items:
        raise PanelNeedsItems
    if not plan.people:
        raise PanelNeedsPeople
    for item in plan.items:
        if item not in free:
            raise PanelItemUnfit(item=item)
    able = set(assigned(collection, AssignmentRole.ASSESSOR).values_list("pk", flat=True))
    own = own_items(collection, plan.people, plan.items)
    for person in plan.people:
        if person.pk not in able:
            raise AssessorNotAssigned(person=person.name, round=collection.title_zh)
        if set(plan.items) <= own.get(person.pk, set()):
            raise OwnItem(person=person.name, item="、".join(plan.items))


def _refuse_marks(seat: PanelSeat, marks: Mapping[str, GivenMark]) -> Sequence[PanelItem]:
    """The items that are rated."""
    mine, own = items_for(seat)
    for item in own:
        if item.item in marks:
            raise OwnItem(person=seat.person.name, item=item.item)
    for item in mine:
        if item.item not in marks:
            raise MarkMissing(item=f"{item.item} {item.title_zh}")
        mark = marks[item.item].mark
        if not mark.is_finite() or not 0 <= mark <= item.top:
            raise MarkOutOfRange(item=f"{item.item} {item.title_zh}", top=f"{item.top:f}")
    return mine


def _keep(
    seat: PanelSeat, items: Sequence[PanelItem], marks: Mapping[str, GivenMark], *, knew: bool
) -> None:
    PanelRating.objects.bulk_create(
        PanelRating(
            city_id=seat.city_id, seat=seat, item=item, version=seat.version,
            mark=marks[item.item].mark, remark=marks[item.item].remark.strip(),
            because=seat.corrected_because, knew=knew,
        )
        for item in items
    )  # fmt: skip


def _ask_waiting(session: PanelSession, by: User) -> None:
    facts = {"panel": session.title}
    for seat in session.seats.filter(state=SeatState.WAITING).select_related("person"):
        address = reverse("inspection:panel_rate", args=[session.pk])
        to = Asked(person=seat.person)
        asking = Asking(RATE, to=to, subject=seat, address=address, facts=facts, minutes=10)
        ask(asking, city=session.city, by=by)
