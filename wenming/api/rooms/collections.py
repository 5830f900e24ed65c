"""Rounds while they are collected: their plan, how far they are, who works in them."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query
from pydantic import Field, Strict

from wenming.api.finding import narrowed, one, seen
from wenming.api.operations import Deed, Room
from wenming.api.paging import PageAsked, page
from wenming.api.shapes import (
    Day,
    Given,
    Identity,
    Line,
    Name,
    Page,
    Reason,
    Shown,
    WordsShown,
)
from wenming.base.access import city_of, person
from wenming.core.lifecycle import CollectionState, EditionState
from wenming.core.permissions import Capability
from wenming.core.terms import AssignmentRole, Method, RoundKind, Words
from wenming.framework.models import Edition
from wenming.framework.queries.plans import plan_in_force
from wenming.rounds.models import Collection
from wenming.rounds.progress import MethodProgress, progress_of
from wenming.rounds.queries.team import Member, members_of
from wenming.rounds.services import collections as services
from wenming.rounds.tables.collections import CollectionFilter

VIEW, MANAGE = Capability.VIEW_COLLECTION, Capability.MANAGE_ROUNDS
ONE = "/collections/{uuid:pk}"
room = Room(tags=["Rounds in work 轮次采集"])


class CollectionShown(Shown):
    """A round while evidence is collected for it."""

    id: UUID
    key: str
    kind: RoundKind
    state: CollectionState
    title: WordsShown
    edition: UUID
    period_from: date
    period_to: date
    assessed_on: date | None
    methods: list[Method] = Field(description="Empty for all methods of the edition")
    site_numbers: dict[str, int] = Field(description="Sites that are to be visited, by site type")
    opened_at: datetime | None
    closed_at: datetime | None
    reopened_because: str
    is_synthetic: bool

    @classmethod
    def of(cls, found: Collection) -> "CollectionShown":
        """From its row."""
        same = (
            "key", "kind", "state", "period_from", "period_to", "assessed_on", "methods",
            "site_numbers", "opened_at", "closed_at", "reopened_because", "is_synthetic",
        )  # fmt: skip
        columns: dict[str, Any] = {name: getattr(found, name) for name in same}
        title = WordsShown.of(found.title)
        return cls(id=found.pk, title=title, edition=found.edition_id, **columns)


class CollectionsAsked(PageAsked):
    """Which rounds."""

    text: str | None = Field(None, max_length=60, description="Part of name or key")
    kind: RoundKind | None = None
    state: CollectionState | None = None


class ProgressShown(Shown):
    """How far one method of a round is, as far as the caller may see it."""

    method: Method
    done: int
    unit: str = Field(description="What is counted, in the language that was asked for")
    wanted: int | None = Field(description="null where nobody said how many")
    waiting: int = Field(description="How many wait for somebody to look at them")

    @classmethod
    def of(cls, found: MethodProgress) -> "ProgressShown":
        """From what the room of the method says."""
        return cls(
            method=found.method,
            done=found.done,
            unit=str(found.unit),
            wanted=found.wanted,
            waiting=found.waiting,
        )


class ProgressesShown(Shown):
    """How far the methods of a round are."""

    rows: list[ProgressShown]


class MemberShown(Shown):
    """A person who works in a round or could."""

    id: UUID
    name: str
    possible: list[AssignmentRole] = Field(description="Roles for which the person holds a post")
    roles: list[AssignmentRole] = Field(description="Those that the person has; empty for none")

    @classmethod
    def of(cls, found: Member) -> "MemberShown":
        """From what the round knows of the person."""
        return cls(
            id=found.person.pk,
            name=found.person.name,
            possible=list(found.possible),
            roles=list(found.roles),
        )


class TeamShown(Shown):
    """Everybody who works in a round or could."""

    rows: list[MemberShown]


class CollectionGiven(Given):
    """The plan of a round."""

    key: Annotated[Name, Field(max_length=100)] = Field(
        description="Short name, unique in the city"
    )
    kind: RoundKind = Field(strict=False)
    title: Name
    title_en: Line = ""
    edition: Identity
    period_from: Day
    period_to: Day
    assessed_on: Day | None = None
    methods: list[Annotated[Method, Strict(False)]] = Field(default_factory=list, max_length=20)
    note: Line = ""


class RolesGiven(Given):
    """What a person does in a round."""

    roles: list[Annotated[AssignmentRole, Strict(False)]] = Field(min_length=1, max_length=4)


class BecauseGiven(Given):
    """Why it is done."""

    because: Reason


@room.deed(Deed("GET", "/collections", VIEW, "采集中的轮次。", Page[CollectionShown]))
def list_collections(request: HttpRequest, asked: Query[CollectionsAsked]) -> Page[CollectionShown]:
    """The rounds in work that the caller sees, the latest first."""
    rows = narrowed(request, CollectionFilter, seen(request, Collection), asked)
    return page(rows, asked, CollectionShown.of, order="created_at", descending=True)


@room.deed(Deed("GET", ONE, VIEW, "一轮采集。", CollectionShown))
def show_collection(request: HttpRequest, pk: UUID) -> CollectionShown:
    """One round in work."""
    return CollectionShown.of(found_collection(request, pk))


@room.deed(Deed("GET", ONE + "/progress", VIEW, "各测评方法的采集进度。", ProgressesShown))
def show_collection_progress(request: HttpRequest, pk: UUID) -> ProgressesShown:
    """How far each method of a round is, as its page says it to the caller."""
    found = progress_of(person(request), found_collection(request, pk))
    return ProgressesShown(rows=[ProgressShown.of(each) for each in found])


@room.deed(Deed("GET", ONE + "/people", MANAGE, "任务分工。", TeamShown))
def list_assignments(request: HttpRequest, pk: UUID) -> TeamShown:
    """Who works in a round, and who could."""
    found = members_of(found_collection(request, pk))
    return TeamShown(rows=[MemberShown.of(each) for each in found])


@room.deed(Deed("POST", "/collections", MANAGE, "轮次立项。", CollectionShown, 201))
def plan_collection(request: HttpRequest, given: CollectionGiven) -> CollectionShown:
    """Plan a round by an edition, its checklists and the responsibilities in force."""
    in_use = seen(request, Edition).filter(state=EditionState.IN_USE)
    edition = one(in_use.select_related("checklists"), given.edition)
    plan = services.CollectionPlan(
        key=given.key,
        kind=given.kind,
        title=Words(given.title.strip(), given.title_en.strip()),
        period=services.Span(given.period_from, given.period_to),
        assessed_on=given.assessed_on,
        methods=list(dict.fromkeys(given.methods)),
        note=Words(given.note.strip()),
        is_synthetic=city_of(request).is_synthetic,
    )
    standard = services.Standard(edition, edition.checklists, plan_in_force(edition))
    city, by = city_of(request), person(request)
    return CollectionShown.of(services.plan_collection(city, plan, standard=standard, by=by))


@room.deed(Deed("POST", ONE + "/open", MANAGE, "启动采集。", CollectionShown))
def open_collection(request: HttpRequest, pk: UUID) -> CollectionShown:
    """Begin to take in evidence."""
    found = found_collection(request, pk)
    return CollectionShown.of(services.open_collection(found, by=person(request)))


@room.deed(Deed("POST", ONE + "/close", MANAGE, "结束采集。", CollectionShown))
def close_collection(request: HttpRequest, pk: UUID) -> CollectionShown:
    """Take in nothing more; it can be opened again with a reason."""
    found = found_collection(request, pk)
    return CollectionShown.of(services.close_collection(found, by=person(request)))


@room.deed(Deed("POST", ONE + "/reopen", MANAGE, "恢复采集，须写原因。", CollectionShown))
def reopen_collection(request: HttpRequest, pk: UUID, given: BecauseGiven) -> CollectionShown:
    """Take in evidence again; results that were frozen stay."""
    found = found_collection(request, pk)
    done = services.reopen_collection(found, because=given.because, by=person(request))
    return CollectionShown.of(done)


@room.deed(Deed("PUT", ONE + "/people/{uuid:who}", MANAGE, "安排人员在本轮的任务。", MemberShown))
def assign_person(request: HttpRequest, pk: UUID, who: UUID, given: RolesGiven) -> MemberShown:
    """Say what a person does in a round; roles that are not named are taken away."""
    found = found_collection(request, pk)
    member = member_of(found, who)
    services.assign_person(found, member.person, set(given.roles), by=person(request))
    return MemberShown.of(member_of(found, who))


@room.deed(Deed("DELETE", ONE + "/people/{uuid:who}", MANAGE, "人员退出本轮。", None, 204))
def unassign_person(request: HttpRequest, pk: UUID, who: UUID) -> None:
    """Take a person out of a round; what they brought stays."""
    found = found_collection(request, pk)
    member = member_of(found, who)
    if not member.roles:
        raise Http404
    services.assign_person(found, member.person, (), by=person(request))


def found_collection(request: HttpRequest, pk: UUID) -> Collection:
    """The round with its edition and city, or 404."""
    rows = seen(request, Collection).select_related("edition", "checklist_set", "city")
    return one(rows, pk)


def member_of(found: Collection, who: UUID) -> Member:
    """A person who works in the round or could, or 404."""
    member = next((each for each in members_of(found) if each.person.pk == who), None)
    if member is None:
        raise Http404
    return member
