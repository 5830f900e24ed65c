"""Quotas of a survey: whom to ask still."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from pydantic import Field

from wenming.api.finding import one, seen
from wenming.api.operations import Deed, Room
from wenming.api.shapes import Shown
from wenming.core.permissions import Capability
from wenming.rounds.models import Collection
from wenming.survey.models import Fieldwork
from wenming.survey.queries.quotas import ShownQuota, quotas_of

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


@room.deed(
    Deed("GET", "/collections/{uuid:pk}/quotas", Capability.VIEW_SHEETS, "配额进度。", QuotasGiven)
)
def list_quotas(request: HttpRequest, pk: UUID) -> QuotasGiven:
    """How full each quota of a round is; a full one refuses no sheet."""
    round_ = one(seen(request, Collection), pk)
    work = seen(request, Fieldwork).filter(collection=round_).select_related("instrument").first()
    if work is None:
        return QuotasGiven(rows=[], outside=0)
    found = quotas_of(work)
    return QuotasGiven(rows=[QuotaShown.of(each) for each in found.rows], outside=found.outside)
