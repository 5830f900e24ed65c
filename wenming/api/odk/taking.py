"""Hands a filled-in form to the service that takes such things; decides nothing itself."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar
from uuid import UUID, uuid5

from wenming.api.odk.forms import (
    DESIGN,
    END,
    SOURCE,
    START,
    SURVEY,
    FormName,
    checklist_version,
    name_of,
)
from wenming.api.odk.reading import SentInstance
from wenming.api.odk.refusals import FormOutdated, FormUnknown
from wenming.base.models import City, User
from wenming.core.errors import BadInput, Place, Problem
from wenming.core.evidence.visits import LineRecord, NotPossible, PhotoSource, takes_gallery
from wenming.core.framework import Checklist
from wenming.core.permissions import Capability
from wenming.core.questionnaire import QuestionKind
from wenming.core.questionnaire import from_checklist as names
from wenming.core.terms import Outcome, SheetSource
from wenming.framework.queries import checklists_of
from wenming.inspection.models import PhotoUpload, SiteVisit
from wenming.inspection.services import uploads
from wenming.inspection.services.taking import Fix, GivenPhoto, GivenSheet
from wenming.inspection.services.taking import take_sheet as take_visit_sheet
from wenming.survey.models import Fieldwork
from wenming.survey.queries.instruments import instrument_of
from wenming.survey.services.sheets import SentSheet, take_sheet

E = TypeVar("E", bound=StrEnum)
Files = Mapping[str, bytes]
"""What came with a form, by name."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it came from somebody (收到的表单)."""

    sent: SentInstance
    files: Files
    city: City
    by: User


def take(filled: Filled) -> frozenset[str]:
    """Hand a form on (接收表单), once all that it names is there.

    Returns:
        Names of photographs that are still to come; empty once it was taken.

    Raises:
        FormUnknown, FormOutdated: it belongs to no form of the person, or to another version.
        DomainError: what the services refuse.
    """
    wanted = name_of(filled.sent.form)
    if wanted.kind == SURVEY:
        return _take_survey(filled, wanted)
    return _take_visit(filled, wanted)


def _take_survey(filled: Filled, wanted: FormName) -> frozenset[str]:
    sent, rows = filled.sent, Fieldwork.objects.visible_to(filled.by).for_city(filled.city)
    work = rows.filter(collection_id=wanted.collection).select_related("instrument").first()
    if work is None:
        raise FormUnknown(form=sent.form)
    if sent.version != work.instrument.version:
        raise FormOutdated(wanted=work.instrument.version, given=sent.version)
    asked = instrument_of(work.instrument)
    photos = {each.key for each in asked.questions if each.kind is QuestionKind.IMAGE}
    missing = {sent.answers[key] for key in photos & set(sent.answers)} - set(filled.files)
    if missing:
        return frozenset(missing)
    around = {START, END, SOURCE}
    drawn = {
        column: sent.answers.get(f"{DESIGN}{number}", "")
        for number, column in enumerate(work.columns, start=1)
    }
    sheet = SentSheet(
        instance=sent.instance,
        source=_chosen(SheetSource, sent.answers.get(SOURCE, ""), SOURCE),
        started_at=sent.moment(START),
        ended_at=sent.moment(END),
        answers={
            key: text
            for key, text in sent.answers.items()
            if key not in around and not key.startswith(DESIGN)
        },
        drawn=drawn,
    )
    take_sheet(work, sheet, by=filled.by)
    return frozenset()


def _take_visit(filled: Filled, wanted: FormName) -> frozenset[str]:
    sent = filled.sent
    chosen, _dot, version = sent.answers.get(names.SITE, "").partition(".")
    visit = _visit(filled, wanted, chosen)
    lists = checklist_version(visit.collection)
    if not sent.version.startswith(f"{lists}-") or not version.isdecimal():
        raise FormOutdated(wanted=lists, given=sent.version)
    lists_by_type = checklists_of(visit.collection.checklist_set).by_type
    checklist = lists_by_type[visit.site_type]
    photos = {
        line.key: sent.answers[line.key + names.PHOTO_SUFFIX]
        for line in checklist.lines
        if line.key + names.PHOTO_SUFFIX in sent.answers
    }
    missing = set(photos.values()) - set(filled.files)
    if missing:
        return frozenset(missing)
    begun, finished = sent.moment("start"), sent.moment("end")
    hindrance = sent.answers.get(names.NOT_POSSIBLE, "")
    given = GivenSheet(
        instance=sent.instance,
        version=int(version[:6]),
        site=visit.site.key,
        begun_at=begun,
        finished_at=finished,
        records=_records(sent, checklist, finished),
        photos=[_photo(filled, visit, checklist, line, photos[line]) for line in photos],
        fix=_fix(sent.answers.get(names.PLACE, "")),
        not_possible=_chosen(NotPossible, hindrance, names.NOT_POSSIBLE) if hindrance else "",
        note=sent.answers.get(names.NOTE, ""),
    )
    take_visit_sheet(visit, given, by=filled.by)
    return frozenset()


def _visit(filled: Filled, wanted: FormName, chosen: str) -> SiteVisit:
    rows = SiteVisit.objects.visible_to(filled.by, Capability.INSPECT).for_city(filled.city)
    rows = rows.filter(collection_id=wanted.collection, site_type=wanted.site_type)
    try:
        identity = UUID(chosen)
    except ValueError:
        raise FormUnknown(form=filled.sent.form) from None
    found = rows.select_related("site", "collection__checklist_set", "city").filter(pk=identity)
    visit = found.first()
    if visit is None:
        raise FormUnknown(form=filled.sent.form)
    return visit


def _records(sent: SentInstance, checklist: Checklist, seen_at: datetime) -> list[LineRecord]:
    """The lines that were answered; ODK keeps no moment for each, so the end stands for all."""
    found = []
    for line in checklist.lines:
        judged = sent.answers.get(line.key + names.OUTCOME_SUFFIX, "")
        if not judged:
            continue
        found.append(
            LineRecord(
                line=line.key,
                outcome=None if judged == names.COUNTED else _outcome(judged),
                number=_whole(sent, line.key + names.VALUE_SUFFIX),
                base=_whole(sent, line.key + names.BASE_SUFFIX),
                seconds=_whole(sent, line.key + names.SECONDS_SUFFIX),
                reason=sent.answers.get(line.key + names.REASON_SUFFIX, ""),
                remark=sent.answers.get(line.key + names.REMARK_SUFFIX, ""),
                seen_at=seen_at,
            )
        )
    return found


def _chosen(kind: type[E], text: str, question: str) -> E:
    for each in kind:
        if each.value == text:
            return each
    place, facts = Place("", column=question), dict[str, object](value=text[:100])
    raise BadInput([Problem("answer_unknown_choice" if text else "answer_missing", place, facts)])


def _outcome(text: str) -> Outcome | None:
    return next((each for each in Outcome if each.value == text), None)


def _whole(sent: SentInstance, name: str) -> int | None:
    text = sent.answers.get(name, "")
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 7 else None


def _fix(text: str) -> Fix:
    """Latitude, longitude, height and accuracy, parted by blanks."""
    try:
        numbers = [float(Decimal(part)) for part in text.split()]
    except ArithmeticError:
        return Fix()
    if len(numbers) < 2 or abs(numbers[0]) > 90 or abs(numbers[1]) > 180:
        return Fix()
    return Fix(numbers[0], numbers[1], numbers[3] if len(numbers) > 3 else None)


def _photo(
    filled: Filled, visit: SiteVisit, checklist: Checklist, line: str, name: str
) -> GivenPhoto:
    """A photograph, brought in on the same way as those of the phone."""
    content = filled.files[name]
    upload = _uploaded(filled, visit, content, uuid5(filled.sent.instance, name))
    taken_at = upload.attachment.file.taken_at if upload.attachment else None
    gallery = next(takes_gallery(each) for each in checklist.lines if each.key == line)
    # Only where the form asks for the camera alone is it known that it was the camera.
    source = PhotoSource.GALLERY if gallery else PhotoSource.CAMERA
    return GivenPhoto(upload.pk, line, source, taken_at or filled.sent.moment("end"))


def _uploaded(filled: Filled, visit: SiteVisit, content: bytes, identity: UUID) -> PhotoUpload:
    if not content:
        raise uploads.PhotoNotOne
    digest, by = hashlib.sha256(content).hexdigest(), filled.by
    begun = uploads.begin_upload(visit, identity, size=len(content), digest=digest, by=by)
    while begun.attachment_id is None and begun.offset < begun.size:
        chunk = content[begun.offset : begun.offset + uploads.LARGEST_CHUNK]
        begun = uploads.append_chunk(begun, chunk, offset=begun.offset, by=by)
    return uploads.finish_upload(begun, by=by)
