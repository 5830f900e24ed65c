"""What the office does with a round: plan it, open it, close it, and say who works in it."""

from collections.abc import Collection as Some
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from wenming.base.access import check, check_city
from wenming.base.models import City, User
from wenming.base.services.audit import record
from wenming.base.services.inbox import settle
from wenming.base.transitions import transition
from wenming.core.errors import DomainError
from wenming.core.lifecycle import CollectionAction, CollectionState
from wenming.core.permissions import Capability, PostKind
from wenming.core.terms import NO_WORDS, AssignmentRole, Method, RoundKind, Words
from wenming.framework.models import ChecklistSet, Edition, ResponsibilityPlan
from wenming.rounds.models import Assignment, Collection
from wenming.rounds.queries.team import POSTS

MANAGE = Capability.MANAGE_ROUNDS


class CollectionKeyTaken(DomainError):
    """Another round of the city has the same key."""

    code = "collection_key_taken"


class CollectionNotOpen(DomainError):
    """Evidence is taken in only while the round is open."""

    code = "collection_not_open"


class CollectionClosed(DomainError):
    """The plan of a round that was closed is not changed any more."""

    code = "collection_closed"


class CollectionStarted(DomainError):
    """Edition and key of a round stay once it was opened."""

    code = "collection_started"


class PeriodReversed(DomainError):
    """The last day of the round is before its first."""

    code = "collection_period_reversed"


class RoleNeedsPost(DomainError):
    """The person holds no post with which the work of the role can be done."""

    code = "role_needs_post"


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day of one method's work (轮次日程)."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class CollectionPlan:
    """What the plan of a round says (轮次方案).

    Attributes:
        methods: empty for all methods of the edition.
        tier: tier of the city; "" for the ordinary limits.
    """

    key: str
    kind: RoundKind
    title: Words
    period: Span
    assessed_on: date | None = None
    tier: str = ""
    methods: Sequence[Method] = ()
    note: Words = NO_WORDS
    is_synthetic: bool = False


@dataclass(frozen=True, slots=True)
class Standard:
    """By what a round is judged: the edition, its checklists, and who answers for what."""

    edition: Edition
    checklists: ChecklistSet | None = None
    responsibilities: ResponsibilityPlan | None = None


@transaction.atomic
def plan_collection(
    city: City, plan: CollectionPlan, *, standard: Standard, by: User
) -> Collection:
    """Plan a round (轮次立项); nothing is taken in before it is opened.

    Raises:
        CollectionKeyTaken: the city has a round of this key.
        PeriodReversed: it would end before it begins.
        PermissionDenied: `by` may not lead rounds of the city.
    """
    check_city(by, MANAGE, city)
    City.objects.select_for_update().get(pk=city.pk)
    _refuse_taken(city, plan.key)
    made = Collection(city=city, created_by=by)
    _write(made, plan, standard)
    made.save(force_insert=True)
    record("collection.plan", by=by, city=city, subject=made, detail={"title": plan.title.zh})
    return made


@transaction.atomic
def change_collection(
    collection: Collection, plan: CollectionPlan, *, standard: Standard, by: User
) -> Collection:
    """Change the plan of a round (调整轮次方案) as long as it is not closed.

    Raises:
        CollectionClosed: it was closed.
        CollectionStarted: it is open, and its key, edition or checklists would change.
        CollectionKeyTaken, PeriodReversed: see `plan_collection`.
        PermissionDenied: `by` may not lead rounds of the city.
    """
    fresh = changeable(collection, by)
    lists = standard.checklists.pk if standard.checklists else None
    before = (fresh.key, fresh.edition_id, fresh.checklist_set_id)
    if not fresh.is_planned and before != (plan.key, standard.edition.pk, lists):
        raise CollectionStarted(round=fresh.title_zh)
    if plan.key != fresh.key:
        _refuse_taken(fresh.city, plan.key)
    _write(fresh, plan, standard)
    fresh.save()
    record("collection.change", by=by, city=fresh.city, subject=fresh)
    return fresh


def open_collection(collection: Collection, *, by: User) -> Collection:
    """Begin to take in evidence (启动采集).

    Raises:
        TransitionNotAllowed, PermissionDenied: see `transition`.
    """
    return transition(collection, CollectionAction.OPEN, by=by, opened_at=timezone.now())


@transaction.atomic
def close_collection(collection: Collection, *, by: User) -> Collection:
    """Take in nothing more (结束采集); what the round still asked of people is settled.

    Raises:
        TransitionNotAllowed, PermissionDenied: see `transition`.
    """
    closed = transition(collection, CollectionAction.CLOSE, by=by, closed_at=timezone.now())
    settle(collection, by=by)
    return closed


def reopen_collection(collection: Collection, *, because: str, by: User) -> Collection:
    """Take in evidence again (恢复采集); results that were frozen stay as they are.

    Raises:
        FactsMissing: no reason is given.
        TransitionNotAllowed, PermissionDenied: see `transition`.
    """
    return transition(
        collection, CollectionAction.REOPEN, by=by, reopened_because=because, closed_at=None
    )


def require_open(collection: Collection) -> Collection:
    """Refuse evidence for a round that is not open (采集期检查); for use within a transaction.

    The row stays locked against closing, not against others who bring evidence as well.

    Returns:
        The fresh row.

    Raises:
        CollectionNotOpen: it is planned or closed.
    """
    (fresh,) = Collection.objects.raw(
        "SELECT * FROM rounds_collection WHERE id = %s FOR KEY SHARE", [collection.pk]
    )
    if not fresh.is_open:
        raise CollectionNotOpen(round=fresh.title_zh, state=fresh.state)
    return fresh


@transaction.atomic
def assign_person(
    collection: Collection, person: User, roles: Some[AssignmentRole], *, by: User
) -> Assignment | None:
    """Say what a person does in a round (任务分工); without roles the person leaves it.

    Raises:
        RoleNeedsPost: the person holds no post of the city that the role needs.
        PermissionDenied: `by` may not lead rounds of the city.
    """
    check(by, MANAGE, collection)
    held = {PostKind(post.kind) for post in person.posts_held if post.city_id == collection.city_id}
    for role in roles:
        if not POSTS[role] & held:
            raise RoleNeedsPost(person=person.name, role=role.value)
    given = sorted(role.value for role in roles)
    detail = {"person": person.name, "roles": given}
    record("collection.assign", by=by, city=collection.city, subject=collection, detail=detail)
    if not given:
        collection.assignments.filter(person=person).delete()
        return None
    made, _ = Assignment.objects.update_or_create(
        collection=collection,
        person=person,
        defaults={"city": collection.city, "roles": given, "assigned_by": by},
    )
    return made


def changeable(collection: Collection, by: User) -> Collection:
    """The fresh row, locked, of a round whose plan may be changed (可调整轮次).

    Raises:
        CollectionClosed: it was closed.
        PermissionDenied: `by` may not lead rounds of the city.
    """
    check(by, MANAGE, collection)
    fresh = Collection.objects.select_for_update(of=("self",)).get(pk=collection.pk)
    if fresh.state == CollectionState.CLOSED:
        raise CollectionClosed(round=fresh.title_zh)
    return fresh


def _refuse_taken(city: City, key: str) -> None:
    if Collection.objects.for_city(city).filter(key=key).exists():
        raise CollectionKeyTaken(key=key)


def _write(row: Collection, plan: CollectionPlan, standard: Standard) -> None:
    if plan.period.last < plan.period.first:
        raise PeriodReversed
    row.edition = standard.edition
    row.checklist_set = standard.checklists
    row.responsibility_plan = standard.responsibilities
    row.key, row.kind = plan.key, plan.kind
    row.title_zh, row.title_en = plan.title.zh, plan.title.en
    row.period_from, row.period_to = plan.period.first, plan.period.last
    row.assessed_on, row.tier = plan.assessed_on, plan.tier
    row.methods = [method.value for method in plan.methods]
    row.seed = row.seed or plan.key
    row.note_zh, row.note_en = plan.note.zh, plan.note.en
    row.is_synthetic = plan.is_synthetic
