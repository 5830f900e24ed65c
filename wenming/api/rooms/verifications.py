"""Verification: whether every frozen result and the audit are still what they were."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Query
from pydantic import Field

from wenming.api.finding import one, seen
from wenming.api.operations import Deed, Room
from wenming.api.paging import PageAsked, page
from wenming.api.refusals import plain
from wenming.api.rooms.desk import JobShown
from wenming.api.shapes import Page, Shown
from wenming.base import wording
from wenming.base.access import city_of, person
from wenming.base.services.jobs import start_job
from wenming.core.permissions import Capability
from wenming.scoring.models import Verification

VERIFY = Capability.VERIFY_RESULTS
room = Room(tags=["Scoring 计分"])


class ResultVerification(Shown):
    """One verification of a city."""

    id: UUID
    by: str = Field(description="Blank for the command")
    started_at: datetime
    finished_at: datetime
    engine_version: str
    results: int = Field(description="Frozen results that were looked at")
    entries: int = Field(description="Audit entries that were looked at")
    problem_count: int = Field(description="0 where everything is as it was")

    @classmethod
    def columns(cls, row: Verification) -> dict[str, Any]:
        """What its row says."""
        same = (
            "started_at", "finished_at", "engine_version", "results", "entries", "problem_count",
        )  # fmt: skip
        columns: dict[str, Any] = {name: getattr(row, name) for name in same}
        return columns | {"id": row.pk, "by": row.by.name if row.by else ""}

    @classmethod
    def of(cls, row: Verification) -> "ResultVerification":
        """From its row."""
        return cls(**cls.columns(row))


class DiscrepancyShown(Shown):
    """Something that is not as it was when it was written down."""

    code: str
    message: str
    advice: str = Field(description="What to do about it")
    facts: dict[str, Any]


class ResultVerificationWhole(ResultVerification):
    """A verification with what it found; the first 500 are kept."""

    problems: list[DiscrepancyShown]


@room.deed(Deed("GET", "/verifications", VERIFY, "核验记录列表。", Page[ResultVerification]))
def list_verifications(request: HttpRequest, asked: Query[PageAsked]) -> Page[ResultVerification]:
    """Every verification of the city, the latest first."""
    rows = seen(request, Verification).select_related("by").defer("problems")
    return page(rows, asked, ResultVerification.of, order="finished_at", descending=True)


@room.deed(
    Deed("POST", "/verifications", VERIFY, "核验全部已定稿结果（后台任务）。", JobShown, 202)
)
def start_verification(request: HttpRequest) -> JobShown:
    """Have every frozen result computed again and both chains followed, in the background.

    `result.facts.verification` of the job names what was found.
    """
    city, user = city_of(request), person(request)
    job = start_job("verify_results", city=city, by=user, subject=f"city:{city.pk}")
    return JobShown.of(job, user)


@room.deed(
    Deed("GET", "/verifications/{uuid:pk}", VERIFY, "一次核验的发现。", ResultVerificationWhole)
)
def show_verification(request: HttpRequest, pk: UUID) -> ResultVerificationWhole:
    """What one verification found: what, where, and what to do about it."""
    found = one(seen(request, Verification).select_related("by"), pk)
    language = get_language() or "zh"
    problems = [
        DiscrepancyShown(
            code=each["code"],
            message=wording.sentence(each["code"], each["facts"], language),
            advice=wording.label("verification_advice", each["code"], language),
            facts=plain(each["facts"]),
        )
        for each in found.problems
    ]
    return ResultVerificationWhole(**ResultVerificationWhole.columns(found), problems=problems)
