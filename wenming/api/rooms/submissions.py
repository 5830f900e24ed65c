"""Documents that were handed in for a round, and their review on two levels."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from ninja import Query
from ninja.files import UploadedFile
from pydantic import Field

from wenming.api.finding import narrowed, one, seen
from wenming.api.operations import Deed, Room
from wenming.api.paging import PageAsked, page
from wenming.api.rooms.requirements import ROUND, asking_round
from wenming.api.shapes import Day, Flag, Given, Identity, Line, Name, Named, Page, Shown
from wenming.base import wording
from wenming.base.access import city_of, person
from wenming.base.models import Attachment
from wenming.base.services.attachments import bring_in
from wenming.core.lifecycle import SubmissionState
from wenming.core.permissions import Capability
from wenming.submission.forms.requirements import QueueFilter
from wenming.submission.models import Requirement, ReviewStep, Submission
from wenming.submission.queries.checks import Doubt, doubts_of
from wenming.submission.queries.seen import citable
from wenming.submission.services import papers as services

VIEW, SUBMIT = Capability.VIEW_DOCUMENTS, Capability.SUBMIT_DOCUMENT
room = Room(tags=["Documents 材料"])
Remark = Annotated[Line, Field(max_length=500)]


class StepShown(Shown):
    """One step of a document."""

    version: int
    action: str
    reason: str
    by: str
    at: datetime

    @classmethod
    def of(cls, row: ReviewStep) -> "StepShown":
        """From its row."""
        return cls(
            version=row.version, action=row.action, reason=row.reason, by=row.by.name, at=row.at
        )


class SubmissionShown(Shown):
    """A document that was handed in."""

    id: UUID
    key: str
    collection: UUID
    requirement: UUID
    unit: Named | None
    title: str
    state: SubmissionState
    version: int
    reason: str = Field(description="Of the last return, rejection or reopening")
    handed_in_by: str
    handed_in_at: datetime
    reviewed_by: str
    decided_by: str

    @classmethod
    def columns(cls, row: Submission) -> dict[str, Any]:
        """What its row says."""
        same = ("key", "title", "state", "version", "reason", "handed_in_at")
        found: dict[str, Any] = {name: getattr(row, name) for name in same}
        return found | {
            "id": row.pk,
            "collection": row.collection_id,
            "requirement": row.requirement_id,
            "unit": Named.of(row.unit),
            "handed_in_by": row.handed_in_by.name,
            "reviewed_by": row.reviewed_by.name if row.reviewed_by else "",
            "decided_by": row.decided_by.name if row.decided_by else "",
        }

    @classmethod
    def of(cls, row: Submission) -> "SubmissionShown":
        """From its row."""
        return cls(**cls.columns(row))


class VersionShown(Shown):
    """One version of a document; its bytes are at `/attachments/{file}`."""

    number: int
    file: UUID
    file_name: str
    title: str
    dated_on: date | None
    issuer: str
    has_seal: bool
    note: str
    handed_in_at: datetime


class DoubtShown(Shown):
    """Something about the newest version that a person should look at; nothing is refused by it."""

    code: str
    message: str

    @classmethod
    def of(cls, doubt: Doubt) -> "DoubtShown":
        """From the mark."""
        language = get_language() or "zh"
        message = wording.sentence(doubt.code, dict(doubt.facts), language)
        return cls(code=doubt.code, message=message)


class WholeSubmissionShown(SubmissionShown):
    """A document with its versions, the newest first, its marks and its review."""

    versions: list[VersionShown]
    doubts: list[DoubtShown]
    steps: list[StepShown]


class SubmissionsAsked(PageAsked):
    """Which documents of a round."""

    text: str | None = Field(None, max_length=60)
    state: SubmissionState | None = None


class FileShown(Shown):
    """A file that was brought and belongs to nothing yet."""

    id: UUID
    name: str


class DocumentGiven(Given):
    """A document as a unit hands it in."""

    file: Identity = Field(
        description="Of the upload, or of a file that the unit handed in before and cites again"
    )
    title: Name
    dated_on: Day | None = Field(None, description="The day that the document bears")
    issuer: Annotated[Line, Field(max_length=200)] = ""
    has_seal: Flag = False
    note: Remark = ""


class ReviewGiven(Given):
    """A step of the review; whoever returns, rejects or reopens says why."""

    action: Literal["pass_on", "send_back", "accept", "reject", "reopen", "withdraw"]
    reason: Remark = ""


@room.deed(Deed("GET", ROUND + "/submissions", VIEW, "已报材料。", Page[SubmissionShown]))
def list_submissions(
    request: HttpRequest, pk: UUID, asked: Query[SubmissionsAsked]
) -> Page[SubmissionShown]:
    """What was handed in for a round, by number."""
    rows = _submissions(request).filter(collection=asking_round(request, pk))
    return page(
        narrowed(request, QueueFilter, rows, asked), asked, SubmissionShown.of, order="number"
    )


@room.deed(Deed("GET", "/submissions/{uuid:pk}", VIEW, "一份材料。", WholeSubmissionShown))
def show_submission(request: HttpRequest, pk: UUID) -> WholeSubmissionShown:
    """One document with its versions, what is marked, and its review."""
    return _whole(request, one(_submissions(request), pk))


@room.deed(Deed("POST", "/requirements/{uuid:pk}/files", SUBMIT, "上传材料文件。", FileShown, 201))
def upload_document(request: HttpRequest, pk: UUID, file: UploadedFile) -> FileShown:
    """Bring the file of a document; it is handed in by its identity afterwards."""
    one(seen(request, Requirement, SUBMIT), pk)
    kept = bring_in(file, city=city_of(request), by=person(request), opened_by=VIEW)
    return FileShown(id=kept.pk, name=kept.name)


@room.deed(
    Deed(
        "POST",
        "/requirements/{uuid:pk}/submissions",
        SUBMIT,
        "报送材料。",
        WholeSubmissionShown,
        201,
    )
)
def hand_in_document(request: HttpRequest, pk: UUID, given: DocumentGiven) -> WholeSubmissionShown:
    """Hand in a document for a requirement; it waits for its first review."""
    rows = seen(request, Requirement, SUBMIT).select_related("collection", "unit", "city")
    asked = one(rows, pk)
    made = services.hand_in(asked, _paper(request, asked, given), by=person(request))
    return _whole(request, one(_submissions(request), made.pk))


@room.deed(
    Deed(
        "POST", "/submissions/{uuid:pk}/versions", SUBMIT, "重新报送被退回的材料。",
        WholeSubmissionShown, 201,
    )
)  # fmt: skip
def hand_in_again(request: HttpRequest, pk: UUID, given: DocumentGiven) -> WholeSubmissionShown:
    """Hand in a new version of what was returned; the earlier ones stay."""
    found = one(_submissions(request, SUBMIT), pk)
    paper = _paper(request, found.requirement, given)
    services.hand_in_again(found, paper, by=person(request))
    return _whole(request, one(_submissions(request), pk))


@room.deed(Deed("POST", "/submissions/{uuid:pk}/review", VIEW, "审核材料。", WholeSubmissionShown))
def review_submission(request: HttpRequest, pk: UUID, given: ReviewGiven) -> WholeSubmissionShown:
    """Take a step of the review: pass on or return first, accept or reject as the second person."""
    found, by = one(_submissions(request), pk), person(request)
    why = given.reason
    if given.action == "pass_on":
        services.pass_on(found, by=by, remark=why)
    elif given.action == "accept":
        services.accept(found, by=by, remark=why)
    elif given.action == "withdraw":
        services.withdraw(found, by=by)
    else:
        grave = {"send_back": services.send_back, "reject": services.reject}
        grave.get(given.action, services.reopen)(found, reason=why, by=by)
    return _whole(request, one(_submissions(request), pk))


def _submissions(
    request: HttpRequest, capability: Capability | None = None
) -> QuerySet[Submission]:
    return seen(request, Submission, capability).select_related(
        "requirement", "collection", "unit", "city", "handed_in_by", "reviewed_by", "decided_by"
    )


def _paper(request: HttpRequest, asked: Requirement, given: DocumentGiven) -> services.Paper:
    """The document with its file: one's own upload, or one that the unit may cite; else 404."""
    own = seen(request, Attachment).filter(brought_by=person(request), subject="")
    kept = own.select_related("file").filter(pk=given.file).first()
    if kept is None:
        cited = {each.attachment_id: each.attachment for each in citable(person(request), asked)}
        kept = cited.get(given.file)
    if kept is None:
        raise Http404
    same = ("dated_on", "issuer", "has_seal", "note")
    said = {name: getattr(given, name) for name in same}
    return services.Paper(file=kept, title=given.title.strip(), **said)


def _whole(request: HttpRequest, row: Submission) -> WholeSubmissionShown:
    versions = list(row.versions.select_related("attachment__file").order_by("-number"))
    same = ("number", "title", "dated_on", "issuer", "has_seal", "note", "handed_in_at")
    shown = [
        VersionShown(
            file=each.attachment_id,
            file_name=each.attachment.name,
            **{name: getattr(each, name) for name in same},
        )
        for each in versions
    ]
    doubts = doubts_of(versions[0], by=person(request)) if versions else []
    steps = row.steps.select_related("by").order_by("at")
    return WholeSubmissionShown(
        versions=shown,
        doubts=[DoubtShown.of(each) for each in doubts],
        steps=[StepShown.of(each) for each in steps],
        **SubmissionShown.columns(row),
    )
