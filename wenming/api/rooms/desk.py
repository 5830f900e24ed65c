"""What is asked of the caller, long work, and files."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language
from ninja import Query
from pydantic import Field

from wenming.api.finding import one, seen
from wenming.api.operations import Deed, Room
from wenming.api.paging import PageAsked, page
from wenming.api.refusals import plain
from wenming.api.shapes import Flag, Named, Number, Page, Shown
from wenming.base import wording
from wenming.base.access import person
from wenming.base.models import InboxEntry, Job, JobOutcome, User
from wenming.base.services.jobs import cancel_job as end_job
from wenming.base.views import files
from wenming.base.wording import SENTENCES
from wenming.core.permissions import Capability

DESK = Capability.USE_DESK
room = Room(tags=["Desk 待办与任务"])


class AskedShown(Shown):
    """Something that is asked of the caller."""

    id: UUID
    code: str
    message: str
    facts: dict[str, Any]
    address: str = Field(description="The page on which it is answered")
    due: datetime | None
    worth: Number | None = Field(description="Points that hang on it")
    asked_by: Named | None
    asked_at: datetime
    settled_at: datetime | None

    @classmethod
    def of(cls, entry: InboxEntry) -> "AskedShown":
        """From its row."""
        return cls(
            id=entry.pk,
            code=entry.code,
            message=_said(entry.code, entry.facts),
            facts=plain(entry.facts),
            address=entry.address,
            due=entry.due,
            worth=entry.worth,
            asked_by=Named.of(entry.asked_by),
            asked_at=entry.asked_at,
            settled_at=entry.settled_at,
        )


class InboxAsked(PageAsked):
    """Which entries of the inbox to list."""

    settled: Flag = Field(False, description="Those that are done, instead of the open ones")


class JobShown(Shown):
    """A piece of long work."""

    id: UUID
    kind: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    done: int
    total: int = Field(description="0 as long as it is not known")
    doing: str = Field(description="What is being done, as a sentence")
    outcome: JobOutcome | None = Field(description="Null as long as it has not ended")
    result: dict[str, Any] = Field(
        description="What came of it: `facts` names the row that was made, as `run`"
    )
    failure: str = Field(description="Why it failed, as a sentence")

    @classmethod
    def of(cls, job: Job, reader: User) -> "JobShown":
        """From its row; without the score for whoever may not know it."""
        return cls(
            id=job.pk,
            kind=job.kind,
            created_at=job.created_at,
            started_at=job.started_at,
            finished_at=job.finished_at,
            done=job.done,
            total=job.total,
            doing=_said(job.doing, job.doing_facts),
            outcome=JobOutcome(job.outcome) if job.outcome else None,
            result=_result(job, reader),
            failure=_said(job.failure_code, job.failure_facts),
        )


@room.deed(Deed("GET", "/inbox", DESK, "待办事项，按期限排序。", Page[AskedShown]))
def list_inbox(request: HttpRequest, asked: Query[InboxAsked]) -> Page[AskedShown]:
    """What is asked of the caller, by when it is due."""
    rows = seen(request, InboxEntry).select_related("asked_by")
    rows = rows.filter(settled_at__isnull=not asked.settled)
    return page(rows, asked, AskedShown.of, order="due")


@room.deed(Deed("GET", "/jobs", DESK, "本人发起的后台任务。", Page[JobShown]))
def list_jobs(request: HttpRequest, asked: Query[PageAsked]) -> Page[JobShown]:
    """The long work that the caller started, the latest first."""
    rows, reader = seen(request, Job).select_related("city"), person(request)

    def show(job: Job) -> JobShown:
        return JobShown.of(job, reader)

    return page(rows, asked, show, order="created_at", descending=True)


@room.deed(Deed("GET", "/jobs/{uuid:pk}", DESK, "后台任务的进度和结果。", JobShown))
def show_job(request: HttpRequest, pk: UUID) -> JobShown:
    """How far a piece of long work is, and what came of it."""
    return JobShown.of(one(seen(request, Job), pk), person(request))


@room.deed(Deed("POST", "/jobs/{uuid:pk}/cancel", DESK, "取消后台任务。", JobShown, 202))
def cancel_job(request: HttpRequest, pk: UUID) -> JobShown:
    """Wish a piece of long work to end; it ends at its next step, and nothing of it is stored."""
    job = one(seen(request, Job), pk)
    end_job(job, by=person(request))
    job.refresh_from_db()
    return JobShown.of(job, person(request))


@room.deed(Deed("GET", "/attachments/{uuid:pk}", DESK, "下载附件。", "file", kinds=("*/*",)))
def download_attachment(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The bytes of a file that somebody brought in and the caller may open."""
    return files.file(request, pk)


def _result(job: Job, reader: User) -> dict[str, Any]:
    result = plain(job.result)
    if not reader.may(Capability.VIEW_SCORE, city=job.city):
        result.get("facts", {}).pop("score", None)
    return result


def _said(code: str, facts: dict[str, Any]) -> str:
    return wording.sentence(code, facts, get_language() or "zh") if code in SENTENCES else code
