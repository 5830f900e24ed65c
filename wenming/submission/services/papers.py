"""Hands documents in, and takes them through their review on two levels."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from wenming.base.access import check
from wenming.base.models import Attachment, User
from wenming.base.services.audit import record, subject_of
from wenming.base.transitions import transition
from wenming.core.errors import DomainError
from wenming.core.lifecycle import SubmissionAction, SubmissionState, TransitionNotAllowed
from wenming.core.permissions import Capability
from wenming.core.terms import AssignmentRole, EvidenceKind
from wenming.files.kinds import PICTURES, Kind
from wenming.rounds.models import Collection
from wenming.rounds.queries.collections import is_assigned
from wenming.rounds.services.collections import require_open
from wenming.rounds.services.conflicts import refuse_conflict
from wenming.submission.models import Requirement, ReviewStep, Submission, SubmissionVersion
from wenming.submission.services.telling import tell_decided, tell_handed_in, tell_waiting

READABLE = PICTURES | {
    Kind.PDF, Kind.OFD, Kind.DOCX, Kind.DOC, Kind.XLSX, Kind.XLS, Kind.PPTX, Kind.PPT,
}  # fmt: skip
"""What a document can be; films, archives and plain texts are none."""


class NotADocument(DomainError):
    """The file is no document that a reviewer could read."""

    code = "not_a_document"


class NotAPhoto(DomainError):
    """An on-site photograph is a picture."""

    code = "not_a_photo"


class DocumentInFuture(DomainError):
    """The document bears a day that is yet to come."""

    code = "document_in_future"


class NotReviewerHere(DomainError):
    """The person is not named as a reviewer of the round."""

    code = "not_reviewer_here"


class SecondPersonNeeded(DomainError):
    """Whoever handed a document in, or reviewed it first, does not decide on it."""

    code = "second_person_needed"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as a unit hands it in (申报材料).

    Attributes:
        file: as the person brought it, or of what was handed in before and is cited again.
        dated_on: the day that the document bears; None where it bears none.
    """

    file: Attachment
    title: str
    dated_on: date | None = None
    issuer: str = ""
    note: str = ""
    has_seal: bool = False


@transaction.atomic
def hand_in(requirement: Requirement, paper: Paper, *, by: User) -> Submission:
    """Hand in a document for a requirement (报送材料).

    Raises:
        CollectionNotOpen: the round takes in no evidence now.
        NotADocument, NotAPhoto, DocumentInFuture: the document cannot be what is asked for.
        PermissionDenied: `by` may not hand in for the unit, or may not open the cited file.
    """
    check(by, Capability.SUBMIT_DOCUMENT, requirement)
    collection = require_open(requirement.collection)
    _refuse_paper(requirement, paper, by=by)
    Collection.objects.select_for_update(no_key=True).get(pk=collection.pk)
    last = Submission.objects.filter(collection=collection).aggregate(n=Max("number"))["n"]
    now = timezone.now()
    made = Submission.objects.create(
        city=requirement.city,
        collection=collection,
        requirement=requirement,
        number=(last or 0) + 1,
        unit=requirement.unit,
        title=paper.title,
        handed_in_by=by,
        handed_in_at=now,
    )
    _keep_version(made, paper, by=by)
    _note(made, SubmissionAction.HAND_IN, by=by)
    tell_handed_in(made, by=by)
    detail = {"title": made.title, "key": made.key}
    record("submission.bring", by=by, city=made.city, subject=made, detail=detail)
    return made


@transaction.atomic
def hand_in_again(submission: Submission, paper: Paper, *, by: User) -> Submission:
    """Hand in a new version of what was returned (重新报送); the earlier ones stay.

    Raises:
        TransitionNotAllowed: it was not returned, or somebody was faster.
        CollectionNotOpen, NotADocument, NotAPhoto, DocumentInFuture, PermissionDenied: see
            `hand_in`.
    """
    require_open(submission.collection)
    _refuse_paper(submission.requirement, paper, by=by)
    fresh = transition(
        submission,
        SubmissionAction.HAND_IN,
        by=by,
        version=submission.version + 1,
        title=paper.title,
        handed_in_by=by,
        handed_in_at=timezone.now(),
        reason="",
        reviewed_by=None,
        reviewed_at=None,
    )
    _keep_version(fresh, paper, by=by)
    _note(fresh, SubmissionAction.HAND_IN, by=by)
    tell_handed_in(fresh, by=by)
    return fresh


def withdraw(submission: Submission, *, by: User) -> Submission:
    """Take back what was handed in (撤回材料), as long as nobody passed it on.

    Raises:
        CollectionNotOpen: the round takes in no evidence now.
        TransitionNotAllowed, PermissionDenied: see `transition`.
    """
    return _step(submission, SubmissionAction.WITHDRAW, by=by)


def pass_on(submission: Submission, *, by: User, remark: str = "") -> Submission:
    """Pass a document on to the decision (初审通过).

    Raises:
        CollectionNotOpen: the round takes in no evidence now.
        NotReviewerHere: `by` is no reviewer of the round.
        ConflictOfInterest: it is of `by`'s own unit.
        TransitionNotAllowed, PermissionDenied: see `transition`.
    """
    _refuse_reviewer(submission, by=by)
    return _step(submission, SubmissionAction.PASS_ON, by=by, reason=remark)


def send_back(submission: Submission, *, reason: str, by: User) -> Submission:
    """Return a document to its unit (退回材料), with the reason.

    Raises:
        FactsMissing: no reason is given.
        TransitionNotAllowed: somebody was faster, or only whoever decides may return it now.
        CollectionNotOpen, NotReviewerHere, ConflictOfInterest, PermissionDenied: see `pass_on`.
    """
    state = Submission.objects.values_list("state", flat=True).get(pk=submission.pk)
    if state == SubmissionState.HANDED_IN:
        _refuse_reviewer(submission, by=by)
    elif not by.may(Capability.DECIDE_DOCUMENT, city=submission.city):
        raise TransitionNotAllowed(state=state, action=SubmissionAction.SEND_BACK.value)
    refuse_conflict(by, submission.unit)
    return _step(submission, SubmissionAction.SEND_BACK, by=by, reason=reason)


@transaction.atomic
def accept(submission: Submission, *, by: User, remark: str = "") -> Submission:
    """Accept a document (终审通过); it counts from now on.

    Raises:
        SecondPersonNeeded: `by` handed it in or reviewed it first.
        CollectionNotOpen, ConflictOfInterest, TransitionNotAllowed, PermissionDenied: see
            `pass_on`.
    """
    _refuse_same_person(submission, by=by)
    return _step(submission, SubmissionAction.ACCEPT, by=by, reason=remark)


@transaction.atomic
def reject(submission: Submission, *, reason: str, by: User) -> Submission:
    """Reject a document (终审不通过), with the reason.

    Raises:
        FactsMissing: no reason is given.
        SecondPersonNeeded, CollectionNotOpen, ConflictOfInterest, TransitionNotAllowed,
        PermissionDenied: see `accept`.
    """
    _refuse_same_person(submission, by=by)
    return _step(submission, SubmissionAction.REJECT, by=by, reason=reason)


def reopen(submission: Submission, *, reason: str, by: User) -> Submission:
    """Take a decision back (重新审定), with the reason; it waits for a new one.

    Raises:
        FactsMissing: no reason is given.
        CollectionNotOpen, ConflictOfInterest, TransitionNotAllowed, PermissionDenied: see
            `accept`.
    """
    refuse_conflict(by, submission.unit)
    return _step(submission, SubmissionAction.REOPEN, by=by, reason=reason)


@transaction.atomic
def _step(
    submission: Submission, action: SubmissionAction, *, by: User, reason: str = ""
) -> Submission:
    require_open(submission.collection)
    now = timezone.now()
    facts: dict[str, object] = {"reason": reason.strip()}
    if action is SubmissionAction.PASS_ON:
        facts |= {"reviewed_by": by, "reviewed_at": now}
    if action in (SubmissionAction.ACCEPT, SubmissionAction.REJECT):
        facts |= {"decided_by": by, "decided_at": now}
    if action is SubmissionAction.REOPEN:
        facts |= {"decided_by": None, "decided_at": None}
    fresh = transition(submission, action, by=by, **facts)
    _note(fresh, action, by=by)
    tell_decided(fresh, action, by=by)
    tell_waiting(fresh.collection, by=by)
    return fresh


def _note(submission: Submission, action: SubmissionAction, *, by: User) -> None:
    ReviewStep.objects.create(
        city_id=submission.city_id,
        submission=submission,
        version=submission.version,
        action=action,
        reason=submission.reason,
        by=by,
        at=timezone.now(),
    )


def _keep_version(submission: Submission, paper: Paper, *, by: User) -> None:
    """Keep a version with an attachment of its own; the bytes are stored once."""
    brought = paper.file
    if brought.subject:  # of another document: cited, not brought again
        brought = Attachment.objects.create(
            city_id=submission.city_id, file=paper.file.file, name=paper.file.name, brought_by=by,
            opened_by=Capability.VIEW_DOCUMENTS, unit=submission.unit,
        )  # fmt: skip
    made = SubmissionVersion.objects.create(
        city_id=submission.city_id,
        submission=submission,
        number=submission.version,
        attachment=brought,
        title=paper.title,
        dated_on=paper.dated_on,
        issuer=paper.issuer,
        note=paper.note,
        has_seal=paper.has_seal,
        handed_in_by=by,
        handed_in_at=submission.handed_in_at,
    )
    Attachment.objects.filter(pk=brought.pk).update(
        subject=subject_of(made), unit=submission.unit, opened_by=Capability.VIEW_DOCUMENTS
    )


def _refuse_paper(requirement: Requirement, paper: Paper, *, by: User) -> None:
    seen = Attachment.objects.visible_to(by).for_city(requirement.city)
    if not seen.filter(pk=paper.file.pk).exists():
        raise NotADocument(name=paper.file.name)
    kind = Kind(paper.file.file.kind)
    if kind not in READABLE:
        raise NotADocument(name=paper.file.name)
    if requirement.kind == EvidenceKind.PHOTO and kind not in PICTURES:
        raise NotAPhoto(name=paper.file.name, kind=kind.upper())
    if paper.dated_on is not None and paper.dated_on > timezone.localdate():
        raise DocumentInFuture(day=paper.dated_on.isoformat())


def _refuse_reviewer(submission: Submission, *, by: User) -> None:
    if not is_assigned(submission.collection, by, AssignmentRole.REVIEWER):
        raise NotReviewerHere(person=by.name)
    refuse_conflict(by, submission.unit)


def _refuse_same_person(submission: Submission, *, by: User) -> None:
    refuse_conflict(by, submission.unit)
    fresh = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if by.pk in (fresh.reviewed_by_id, fresh.handed_in_by_id):
        raise SecondPersonNeeded(person=by.name)
