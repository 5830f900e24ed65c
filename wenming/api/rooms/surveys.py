"""Quotas of a survey: whom to ask still, and whom the round wants how often."""

from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from pydantic import BeforeValidator, Field

from wenming.api.finding import one, seen
from wenming.api.operations import Deed, Room
from wenming.api.rooms.collections import found_collection
from wenming.api.shapes import Given, Shown, as_whole
from wenming.base.access import person
from wenming.core.permissions import Capability
from wenming.rounds.models import Collection
from wenming.survey.models import Fieldwork
from wenming.survey.queries.quotas import ShownQuota, quotas_of
from wenming.survey.services.quotas import MOST_WANTED, QuotaWish, set_quotas
from wenming.survey.views.sheets import seen_work

EDIT = Capability.EDIT_QUESTIONNAIRE
room = Room(tags=["Collection 采集"])


class QuotaShown(Shown):
    """A kind of people, with how many sheets of them are wanted and there."""

    label: str = Field(description="Who is meant, in the language that was asked for")
    cell: dict[str, Any] = Field(
        description="By question: the choice, or the lowest and highest number, null for open"
    )
    wanted: int
    accepted: int
    waiting: int = Field(description="Came in and were not looked at yet; they fill the quota")
    set_aside: int
    left: int = Field(description="Still to be asked; 0 when it is full")
    over: int

    @classmethod
    def of(cls, shown: ShownQuota) -> "QuotaShown":
        """From a quota and how full it is."""
        had = shown.progress
        return cls(
            label=shown.label,
            cell=shown.quota.cell,
            wanted=had.wanted,
            accepted=had.accepted,
            waiting=had.waiting,
            set_aside=had.aside,
            left=had.left,
            over=had.over,
        )


class QuotasGiven(Shown):
    """The quotas of a round; none where none were set."""

    rows: list[QuotaShown]
    outside: int = Field(description="Sheets that may count and fit no quota")


class QuotaGiven(Given):
    """A kind of people, and how many sheets of them are wanted."""

    cell: dict[str, str | list[str | None]] = Field(
        min_length=1,
        max_length=10,
        description="By question: a choice, or the lowest and highest number, null for open",
    )
    wanted: Annotated[int, Field(ge=0, le=MOST_WANTED), BeforeValidator(as_whole)]


class QuotasWished(Given):
    """The quotas of a round, in place of those before."""

    rows: list[QuotaGiven] = Field(max_length=1000)


@room.deed(
    Deed("GET", "/collections/{uuid:pk}/quotas", Capability.VIEW_SHEETS, "配额进度。", QuotasGiven)
)
def list_quotas(request: HttpRequest, pk: UUID) -> QuotasGiven:
    """How full each quota of a round is; a full one refuses no sheet."""
    round_ = one(seen(request, Collection), pk)
    work = seen(request, Fieldwork).filter(collection=round_).select_related("instrument").first()
    if work is None:
        return QuotasGiven(rows=[], outside=0)
    return shown_quotas(work)


def shown_quotas(work: Fieldwork) -> QuotasGiven:
    """How full the quotas of a round are now."""
    found = quotas_of(work)
    return QuotasGiven(rows=[QuotaShown.of(each) for each in found.rows], outside=found.outside)


@room.deed(Deed("PUT", "/collections/{uuid:pk}/quotas", EDIT, "设定配额。", QuotasGiven))
def put_quotas(request: HttpRequest, pk: UUID, given: QuotasWished) -> QuotasGiven:
    """Say whom a round wants how often, in place of what was said before."""
    work = found_work(request, pk)
    wishes = [QuotaWish(each.cell, each.wanted) for each in given.rows]
    set_quotas(work, wishes, by=person(request))
    return shown_quotas(work)


def found_work(request: HttpRequest, pk: UUID) -> Fieldwork:
    """The questionnaire of a round and its design, or 404."""
    work = seen_work(request, found_collection(request, pk))
    if work is None:
        raise Http404
    return work
