"""Takes in what comes back from a visit: once, whole, and not before it is right."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from wenming.base.access import check
from wenming.base.models import Attachment, User
from wenming.base.services.inbox import settle
from wenming.base.transitions import transition
from wenming.core.errors import BadInput, DomainError, Place, Problem
from wenming.core.evidence.visits import (
    LineRecord,
    PhotoSource,
    TakenPhoto,
    VisitRecordSet,
    refuse_broken_sheet,
    value_of,
)
from wenming.core.framework import Checklist
from wenming.core.lifecycle import VisitAction, VisitState
from wenming.core.permissions import Capability
from wenming.core.terms import Outcome
from wenming.framework.queries import checklists_of
from wenming.inspection.models import PhotoUpload, SiteVisit, VisitPhoto, VisitRecord, VisitSheet
from wenming.rounds.services.collections import require_open

OPEN = frozenset({VisitState.PLANNED, VisitState.RETURNED})


class InstanceDiffers(DomainError):
    """Under the same identity another content was taken before."""

    code = "sheet_instance_differs"


class VisitTaken(DomainError):
    """Another sheet of this version was taken before, most often by the other of the pair."""

    code = "visit_taken"


class VersionUnfit(DomainError):
    """The sheet belongs to another version of the visit than is asked for now."""

    code = "sheet_version_unfit"


class WrongSite(DomainError):
    """The sheet is about another site than its visit."""

    code = "sheet_wrong_site"


@dataclass(frozen=True, slots=True)
class Fix:
    """Where a phone was, as it said (定位)."""

    latitude: float | None = None
    longitude: float | None = None
    accuracy: float | None = None


@dataclass(frozen=True, slots=True)
class GivenPhoto:
    """A photograph that was uploaded before (已上传照片).

    Attributes:
        upload: identity of its upload.
        is_mocked: None where the device does not say.
    """

    upload: UUID
    line: str
    source: PhotoSource
    taken_at: datetime
    fix: Fix = Fix()
    is_mocked: bool | None = None


@dataclass(frozen=True, slots=True)
class GivenSheet:
    """A sheet as the phone sends it (考察记录).

    Attributes:
        not_possible: the reason, a code; "" when the site was looked at.
    """

    instance: UUID
    version: int
    site: str
    begun_at: datetime
    finished_at: datetime
    records: Sequence[LineRecord]
    photos: Sequence[GivenPhoto]
    fix: Fix = Fix()
    not_possible: str = ""
    note: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of its content, the same however often it is sent."""
        plain = json.dumps(asdict(self), default=str, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(plain.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken, and whether it had been taken before (接收结果)."""

    sheet: VisitSheet
    visit: SiteVisit
    is_repeated: bool


@transaction.atomic
def take_sheet(visit: SiteVisit, given: GivenSheet, *, by: User) -> Taken:
    """Take in the sheet of a visit (接收考察记录); sent again, it is the same sheet.

    Raises:
        InstanceDiffers: the same instance came with another content before.
        VisitTaken: another sheet was taken for this version of the visit.
        VersionUnfit: the sheet is of a version that is not asked for.
        WrongSite: it names another site.
        CollectionNotOpen: the round takes in nothing now.
        BadInput: all mistakes of the sheet at once.
        PermissionDenied: `by` is none of the pair.
    """
    check(by, Capability.INSPECT, visit)
    locked = SiteVisit.objects.select_for_update(of=("self",))
    fresh = locked.select_related("city", "site", "collection__checklist_set").get(pk=visit.pk)
    sheets = list(VisitSheet.objects.filter(Q(instance=given.instance) | Q(visit=fresh)))
    if same := next((each for each in sheets if each.instance == given.instance), None):
        if same.digest != given.digest or same.visit_id != fresh.pk:
            raise InstanceDiffers(site=fresh.site.name, taken_at=same.taken_at.isoformat())
        return Taken(same, fresh, is_repeated=True)
    require_open(fresh.collection)
    before = max(sheets, key=lambda each: each.version, default=None)
    _refuse_unfit(fresh, given, before)
    checklist = checklists_of(fresh.collection.checklist_set).by_type[fresh.site_type]
    uploads = _uploads(fresh, given)
    _refuse_mistakes(given, checklist, before)
    sheet, failing = _stored(fresh, given, checklist, by)
    _store_photos(sheet, given, uploads)
    if before is not None:
        _keep_photos(sheet, failing - {photo.line for photo in given.photos}, before)
    moved = _moved(fresh, given, by)
    if before is not None:
        settle(moved, code="visit_returned", by=by)
    return Taken(sheet, moved, is_repeated=False)


def _refuse_unfit(visit: SiteVisit, given: GivenSheet, before: VisitSheet | None) -> None:
    if given.site != visit.site.key:
        raise WrongSite(site=visit.site.name, given=given.site)
    is_taken = before is not None and before.version >= given.version
    if is_taken or visit.state not in OPEN:
        raise VisitTaken(site=visit.site.name, person=before.taken_by.name if before else "")
    if given.version != visit.version:
        raise VersionUnfit(site=visit.site.name, wanted=visit.version, given=given.version)


def _uploads(visit: SiteVisit, given: GivenSheet) -> dict[UUID, Attachment]:
    wanted = [photo.upload for photo in given.photos]
    found = PhotoUpload.objects.filter(visit=visit, pk__in=wanted, attachment__isnull=False)
    rows = found.select_related("attachment")
    uploads = {each.pk: each.attachment for each in rows if each.attachment is not None}
    missing = [photo for photo in given.photos if photo.upload not in uploads]
    if missing:
        raise BadInput(
            Problem("photo_not_there", Place(photo.line), {"line": photo.line}) for photo in missing
        )
    return uploads


def _refuse_mistakes(given: GivenSheet, checklist: Checklist, before: VisitSheet | None) -> None:
    now = timezone.now()
    photos = [TakenPhoto(photo.line, photo.source, photo.taken_at) for photo in given.photos]
    sheet = VisitRecordSet(
        given.begun_at, given.finished_at, given.records, photos, _photographed(before)
    )
    if not given.not_possible:
        refuse_broken_sheet(sheet, checklist, now=now)
        return
    nothing = Checklist(checklist.site_type, checklist.title, ())
    refuse_broken_sheet(sheet, nothing, now=now)


def photographed_before(visit: SiteVisit) -> frozenset[str]:
    """The lines of which the last sheet of a visit has a photograph (已有照片的检查项)."""
    return _photographed(visit.sheets.order_by("-version").first())


def _photographed(sheet: VisitSheet | None) -> frozenset[str]:
    return frozenset(sheet.photos.values_list("line", flat=True)) if sheet else frozenset()


def _stored(
    visit: SiteVisit, given: GivenSheet, checklist: Checklist, by: User
) -> tuple[VisitSheet, set[str]]:
    """The sheet, and its failing lines."""
    sheet = VisitSheet.objects.create(
        city_id=visit.city_id,
        visit=visit,
        instance=given.instance,
        version=given.version,
        digest=given.digest,
        begun_at=given.begun_at,
        finished_at=given.finished_at,
        not_possible=given.not_possible,
        note=given.note,
        taken_by=by,
        **asdict(given.fix),
    )
    told = {record.line: record for record in given.records}
    records = [
        VisitRecord(
            city_id=visit.city_id,
            sheet=sheet,
            line=line.key,
            recorded=told[line.key].outcome or "",
            outcome=line.settle(told[line.key].outcome, value_of(line, told[line.key])),
            number=told[line.key].number,
            base=told[line.key].base,
            value=value_of(line, told[line.key]),
            seconds=told[line.key].seconds,
            reason=told[line.key].reason,
            remark=told[line.key].remark,
            seen_at=told[line.key].seen_at,
            position=position,
        )
        for position, line in enumerate(checklist.lines)
        if line.key in told
    ]
    VisitRecord.objects.bulk_create(records)
    return sheet, {each.line for each in records if each.outcome == Outcome.NOT_CONFORM}


def _store_photos(sheet: VisitSheet, given: GivenSheet, uploads: dict[UUID, Attachment]) -> None:
    VisitPhoto.objects.bulk_create(
        VisitPhoto(
            city_id=sheet.city_id,
            sheet=sheet,
            line=photo.line,
            attachment=uploads[photo.upload],
            taken_at=photo.taken_at,
            is_mocked=photo.is_mocked,
            source=photo.source,
            **asdict(photo.fix),
        )
        for photo in given.photos
    )


def _keep_photos(sheet: VisitSheet, lines: set[str], before: VisitSheet) -> None:
    """For a failing line without a photograph, those of the version before."""
    kept = list(before.photos.filter(line__in=lines))
    for each in kept:
        each.pk, each.sheet = VisitPhoto().pk, sheet
    VisitPhoto.objects.bulk_create(kept)


def _moved(visit: SiteVisit, given: GivenSheet, by: User) -> SiteVisit:
    action = VisitAction.GIVE_UP if given.not_possible else VisitAction.SUBMIT
    return transition(
        visit,
        action,
        by=by,
        submitted_at=timezone.now(),
        not_possible=given.not_possible,
        title=visit.site.name,
    )
