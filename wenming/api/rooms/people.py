"""People of the city, and what was done there: the audit and whether it holds."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import get_language
from ninja import Query
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from wenming.api.finding import narrowed, one
from wenming.api.operations import Deed, Room
from wenming.api.paging import PageAsked, page
from wenming.api.refusals import plain
from wenming.api.shapes import Asked, Day, Named, Page, Shown
from wenming.base import wording
from wenming.base.access import city_of, person
from wenming.base.models import AdministratorRequest, AdministratorSession, AuditEntry, Post, User
from wenming.base.queries.audit import Verified, entries_of, sessions_of, verified_chains
from wenming.base.queries.people import listed_people, people_of
from wenming.base.views.audit import AuditFilter
from wenming.core.permissions import Capability, PostKind

room = Room(tags=["People and audit 人员与审计"])


class HeldShown(Shown):
    """A post that a person holds in the city today."""

    id: UUID
    kind: PostKind
    title: str
    unit: Named | None
    group: Named | None
    valid_until: date | None


class PersonShown(Shown):
    """A person of the city."""

    id: UUID
    username: str
    name: str
    is_active: bool = Field(description="The account is open")
    posts: list[HeldShown]

    @classmethod
    def of(cls, user: User) -> "PersonShown":
        """From the row with `posts_here`."""
        posts: list[Post] = user.posts_here  # type: ignore[attr-defined]
        return cls(
            id=user.pk,
            username=user.username,
            name=user.name,
            is_active=user.is_active,
            posts=[
                HeldShown(
                    id=each.pk,
                    kind=PostKind(each.kind),
                    title=each.title,
                    unit=Named.of(each.unit),
                    group=Named.of(each.group),
                    valid_until=each.valid_until,
                )
                for each in posts
            ],
        )


class EntryShown(Shown):
    """Something that was done."""

    number: int
    at: datetime
    actor: Named | None
    action: str
    subject: str
    detail: dict[str, Any]
    request: str
    before: str
    hash: str

    @classmethod
    def of(cls, entry: AuditEntry) -> "EntryShown":
        """From its row."""
        return cls(
            number=entry.number,
            at=entry.at,
            actor=Named.of(entry.actor),
            action=entry.action,
            subject=entry.subject,
            detail=plain(entry.detail),
            request=entry.request,
            before=entry.before,
            hash=entry.hash,
        )


class EntriesAsked(PageAsked):
    """Which entries to list."""

    action: str = Field("", max_length=100, pattern=r"^[a-z_.]*$")
    subject: str = Field("", max_length=200, pattern=r"^[A-Za-z0-9_.: -]*$")
    actor: str = Field("", max_length=60, pattern=r"^[^\x00]*$", description="Part of the name")
    first: Day | SkipJsonSchema[None] = Field(None, description="From this day on")
    last: Day | SkipJsonSchema[None] = Field(None, description="To this day")
    request: str = Field(
        "", max_length=64, pattern=r"^[A-Za-z0-9-]*$", description="`X-Request-ID`"
    )


class SearchAsked(Asked):
    """What the filters of the page narrow down."""

    actor: str = ""
    first: date | None = None
    last: date | None = None
    request: str = ""


class SittingShown(Shown):
    """An administrator session; what is changed within one is kept request by request."""

    id: UUID
    user: Named | None
    reason: str
    begun_at: datetime
    ends_at: datetime = Field(description="Latest end")
    ended_at: datetime | None
    requests: int

    @classmethod
    def of(cls, found: AdministratorSession) -> "SittingShown":
        """From its row with its count."""
        return cls(
            id=found.pk,
            user=Named.of(found.user),
            reason=found.reason,
            begun_at=found.begun_at,
            ends_at=found.ends_at,
            ended_at=found.ended_at,
            requests=found.request_count,  # type: ignore[attr-defined]
        )


class SittingRequestShown(Shown):
    """One request of an administrator session."""

    at: datetime
    method: str
    address: str
    status: int
    request: str = Field(description="Its number, under which the audit keeps what was done")

    @classmethod
    def of(cls, found: AdministratorRequest) -> "SittingRequestShown":
        """From its row."""
        same = ("at", "method", "address", "status", "request")
        return cls(**{name: getattr(found, name) for name in same})


class TamperingShown(Shown):
    """A place where the chain does not hold."""

    code: str
    number: int
    message: str


class ChainShown(Shown):
    """Whether one chain holds."""

    is_of_city: bool = Field(description="False for the chain of what belongs to no city")
    holds: bool
    entries: int
    hash: str = Field(description="Of the last entry; keep it elsewhere")
    problems: list[TamperingShown]

    @classmethod
    def of(cls, found: Verified) -> "ChainShown":
        """From what the verification came to."""
        language = get_language() or "zh"
        problems = [
            TamperingShown(
                code=each.code,
                number=each.number,
                message=wording.sentence(each.code, {"number": each.number}, language),
            )
            for each in found.faults
        ]
        return cls(
            is_of_city=found.is_of_city,
            holds=not problems,
            entries=found.entries,
            hash=found.last_hash,
            problems=problems,
        )


class VerificationShown(Shown):
    """Whether the audit holds."""

    chains: list[ChainShown]


@room.deed(Deed("GET", "/people", Capability.VIEW_PEOPLE, "本市人员及其岗位。", Page[PersonShown]))
def list_people(request: HttpRequest, asked: Query[PageAsked]) -> Page[PersonShown]:
    """The people of the city by name, with the posts that they hold there today."""
    city = city_of(request)
    rows = listed_people(people_of(person(request), city), city=city, day=localdate())
    return page(rows, asked, PersonShown.of, order="pinyin")


@room.deed(Deed("GET", "/audit/entries", Capability.VIEW_AUDIT, "审计记录。", Page[EntryShown]))
def list_audit_entries(request: HttpRequest, asked: Query[EntriesAsked]) -> Page[EntryShown]:
    """What was done in the city, the latest first."""
    rows = entries_of(person(request), city_of(request))
    if asked.action:
        rows = rows.filter(action=asked.action)
    if asked.subject:
        rows = rows.filter(subject=asked.subject)
    named = asked.model_dump(exclude_defaults=True, include=set(SearchAsked.model_fields))
    rows = narrowed(request, AuditFilter, rows, SearchAsked(**named))
    return page(rows, asked, EntryShown.of, order="number", descending=True)


@room.deed(
    Deed("GET", "/audit/verification", Capability.VIEW_AUDIT, "核验审计链。", VerificationShown)
)
def verify_audit(request: HttpRequest) -> VerificationShown:
    """Whether the chains hold, entry by entry, and where they do not."""
    found = verified_chains(person(request), city_of(request))
    return VerificationShown(chains=[ChainShown.of(each) for each in found])


@room.deed(Deed("GET", "/audit/sessions", Capability.VIEW_AUDIT, "管理会话。", Page[SittingShown]))
def list_sittings(request: HttpRequest, asked: Query[PageAsked]) -> Page[SittingShown]:
    """The administrator sessions of the city, the latest first."""
    rows = sessions_of(person(request), city_of(request))
    return page(rows, asked, SittingShown.of, order="begun_at", descending=True)


@room.deed(
    Deed(
        "GET",
        "/audit/sessions/{uuid:pk}/requests",
        Capability.VIEW_AUDIT,
        "管理会话中的每次操作。",
        Page[SittingRequestShown],
    )
)
def list_sitting_requests(
    request: HttpRequest, pk: UUID, asked: Query[PageAsked]
) -> Page[SittingRequestShown]:
    """Each request of an administrator session, in order."""
    found = one(sessions_of(person(request), city_of(request)), pk)
    return page(found.requests.all(), asked, SittingRequestShown.of, order="at")
