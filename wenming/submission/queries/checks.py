"""What a reviewer should know of a document before looking at it: marks, never refusals."""

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from wenming.base.images import difference
from wenming.base.models import StoredFile, User
from wenming.base.services.attachments import path_of
from wenming.core.lifecycle import SubmissionState
from wenming.core.terms import EvidenceKind
from wenming.files.kinds import PICTURES, Kind
from wenming.submission.models import SubmissionVersion

NEAR_BITS = 8
PLAIN_BITS = 8
LARGE_BYTES = 20_000_000
SMALL_PIXELS = 800
EDITABLE = frozenset({Kind.DOCX, Kind.DOC, Kind.PPTX, Kind.PPT})
SHEETS = frozenset({Kind.XLSX, Kind.XLS})
SEALED = frozenset({EvidenceKind.NORMATIVE.value, EvidenceKind.TABLE.value})


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about a document that a person should look at (核查提示)."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


def doubts_of(version: SubmissionVersion, *, by: User) -> list[Doubt]:
    """What is doubtful about a version of a document (材料核查), the weightiest first.

    Args:
        by: who reads it; a document that they may not see is told without its name.

    Source:
        docs/methods/documents.md, "What is marked".
    """
    return [
        *_elsewhere(version, by),
        *_of_its_day(version),
        *_of_its_form(version),
        *_of_the_picture(version),
    ]


def _elsewhere(version: SubmissionVersion, by: User) -> Iterator[Doubt]:
    """The same file, or a picture that looks like this one, handed in for something else."""
    own = version.attachment.file
    others = (
        SubmissionVersion.objects.filter(submission__collection=version.submission.collection_id)
        .exclude(submission=version.submission)
        .exclude(submission__state=SubmissionState.WITHDRAWN)
    )
    seen = set(SubmissionVersion.objects.visible_to(by).values_list("pk", flat=True))
    related = others.select_related("submission__requirement", "submission__unit")
    for other in related.filter(attachment__file=own).order_by("submission__number"):
        yield Doubt("document_same_file", {"where": _named(other, other.pk in seen)})
    if not own.looks or _is_plain(own.looks):
        return
    pictures = others.exclude(attachment__file=own).exclude(attachment__file__looks="")
    looks = pictures.values_list("pk", "attachment__file__looks")
    near = [pk for pk, other in looks if difference(own.looks, other) <= NEAR_BITS]
    for other in related.filter(pk__in=near).order_by("submission__number"):
        yield Doubt("picture_looks_alike", {"where": _named(other, other.pk in seen)})


def _named(other: SubmissionVersion, is_seen: bool) -> str:
    submission = other.submission
    return f"{submission.key} {submission.title}" if is_seen else submission.key


def _is_plain(looks: str) -> bool:
    """A plain surface: its hash says little."""
    bits = int(looks, 16).bit_count()
    return not PLAIN_BITS <= bits <= 64 - PLAIN_BITS


def _of_its_day(version: SubmissionVersion) -> Iterator[Doubt]:
    asked, day = version.submission.requirement, version.dated_on
    if day is None:
        if asked.kind != EvidenceKind.PHOTO:
            yield Doubt("document_without_day")
    elif not asked.year_from <= day.year <= asked.year_to:
        yield Doubt("document_outside_years", {"day": day.isoformat(), "years": asked.years})


def _of_its_form(version: SubmissionVersion) -> Iterator[Doubt]:
    asked, file = version.submission.requirement, version.attachment.file
    kind = Kind(file.kind)
    if asked.kind in SEALED and not version.has_seal:
        yield Doubt("document_without_seal")
    if asked.kind == EvidenceKind.NORMATIVE and kind in EDITABLE | SHEETS:
        yield Doubt("document_editable", {"kind": kind.upper()})
    if kind is Kind.XLSX and _has_formulas(file):
        yield Doubt("document_formulas")
    if file.size > LARGE_BYTES:
        yield Doubt("document_large", {"megabytes": round(file.size / 1_000_000)})


def _of_the_picture(version: SubmissionVersion) -> Iterator[Doubt]:
    asked, file = version.submission.requirement, version.attachment.file
    if asked.kind != EvidenceKind.PHOTO or Kind(file.kind) not in PICTURES:
        return
    if file.width and file.height and max(file.width, file.height) < SMALL_PIXELS:
        yield Doubt("photo_small", {"width": file.width, "height": file.height})
    if file.taken_at is None:
        yield Doubt("photo_without_time")
        return
    taken = timezone.localtime(file.taken_at)
    if not asked.year_from <= taken.year <= asked.year_to:
        day = taken.date().isoformat()
        yield Doubt("photo_outside_years", {"day": day, "years": asked.years})


def _has_formulas(file: StoredFile) -> bool:
    """Whether a workbook computes: its numbers may change when it is opened."""
    try:
        with zipfile.ZipFile(path_of(file)) as packed:
            sheets = [n for n in packed.namelist() if n.startswith("xl/worksheets/")]
            return any(b"<f>" in (text := packed.read(n)) or b"<f " in text for n in sheets)
    except (OSError, zipfile.BadZipFile):
        return False
