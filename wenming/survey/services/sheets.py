"""Answer sheets: each is taken in once, judged by its questionnaire, accepted or set aside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wenming.base.access import PermissionDenied
from wenming.base.models import User
from wenming.base.services.audit import record
from wenming.base.transitions import transition
from wenming.core.errors import BadInput, DomainError
from wenming.core.framework.canonical import digest
from wenming.core.lifecycle import SheetAction
from wenming.core.permissions import Capability
from wenming.core.questionnaire import answer_problems, settled_answers
from wenming.core.terms import AssignmentRole, SheetSource
from wenming.rounds.queries.collections import is_assigned
from wenming.rounds.services.collections import require_open
from wenming.survey.models import AnswerLink, Fieldwork, PaperSheet, Sheet
from wenming.survey.queries.instruments import instrument_of
from wenming.survey.queries.members import member_gaps

_CLOCKS_DIFFER = timedelta(minutes=10)
_SENT = ("source", "started_at", "ended_at", "answers", "drawn", "place")


class SheetDiffers(DomainError):
    """A sheet of this number came in already, with other answers."""

    code = "sheet_differs"


class SheetTimesWrong(DomainError):
    """The sheet ends before it begins, or in the future."""

    code = "sheet_times_wrong"


class SheetDesignMissing(DomainError):
    """The sheet does not say how its respondent was drawn."""

    code = "sheet_design_missing"


@dataclass(frozen=True, slots=True)
class SentPlace:
    """Where a sheet was filled in (填写位置); the accuracy is in metres."""

    latitude: Decimal
    longitude: Decimal
    accuracy_m: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SentSheet:
    """An answer sheet as a phone, a program or a clerk sends it (提交的答卷).

    Attributes:
        instance: made where it was filled in.
        drawn: how the respondent was drawn, by column of the design.
        answers: text by question; several choices are parted by blanks.
    """

    instance: UUID
    source: SheetSource
    started_at: datetime
    ended_at: datetime
    answers: Mapping[str, str]
    drawn: Mapping[str, str] = field(default_factory=dict)
    place: SentPlace | None = None


@transaction.atomic
def take_sheet(
    fieldwork: Fieldwork,
    sent: SentSheet,
    *,
    by: User | None,
    via: AnswerLink | PaperSheet | None = None,
) -> tuple[Sheet, bool]:
    """Take an answer sheet in (接收答卷), once however often it is sent.

    Args:
        by: who interviewed; None only with a link.
        via: the link that somebody without an account answered, or a paper keyed by two people.

    Returns:
        The sheet, and whether it is new.

    Raises:
        PermissionDenied: `by` does not interview in this round, or it did not come by a link or
            a paper of this survey that works.
        SheetDiffers: its number came in already with something else.
        CollectionNotOpen: the round takes nothing in now.
        SheetTimesWrong, SheetDesignMissing: it cannot be so.
        BadInput: one problem for each wrong answer, with its question as the column.
    """
    _refuse_uncalled(fieldwork, sent, by, via)
    brought_by = None if isinstance(via, PaperSheet) else by
    named = digest([str(sent.instance), *(getattr(sent, name) for name in _SENT)])
    Fieldwork.objects.select_for_update().get(pk=fieldwork.pk)
    before = Sheet.objects.filter(city=fieldwork.city, instance=sent.instance).first()
    if before is not None:
        is_same = before.content_hash == named and before.interviewer == brought_by
        if not is_same or before.fieldwork_id != fieldwork.pk:
            raise SheetDiffers(sheet=str(sent.instance))
        return before, False
    require_open(fieldwork.collection)
    refuse_unfit(fieldwork, sent)
    made = _stored(fieldwork, sent, content_hash=named, by=brought_by)
    way = "sheet.take" if by else "sheet.take_by_link"
    record(way, by=by, city=fieldwork.city, subject=made)
    return made, True


@transaction.atomic
def accept_sheet(sheet: Sheet, *, by: User) -> Sheet:
    """Let a sheet count (采用答卷), also one that was set aside.

    Raises:
        TransitionNotAllowed, PermissionDenied: see `transition`.
    """
    require_open(sheet.fieldwork.collection)
    return transition(sheet, SheetAction.ACCEPT, by=by, because="")


@transaction.atomic
def set_sheet_aside(sheet: Sheet, *, because: str, by: User) -> Sheet:
    """Let a sheet count for nothing (搁置答卷); it is kept with the reason.

    Raises:
        FactsMissing: no reason is given.
        TransitionNotAllowed, PermissionDenied: see `transition`.
    """
    require_open(sheet.fieldwork.collection)
    return transition(sheet, SheetAction.SET_ASIDE, by=by, because=because)


def _refuse_uncalled(
    fieldwork: Fieldwork, sent: SentSheet, by: User | None, via: AnswerLink | PaperSheet | None
) -> None:
    if isinstance(via, PaperSheet):
        _refuse_unkeyed(fieldwork, sent, via, by)
    elif by is None:
        _refuse_strangers(fieldwork, sent, via)
    else:
        _refuse_others(fieldwork, by)


def _refuse_others(fieldwork: Fieldwork, by: User) -> None:
    is_interviewer = by.may(Capability.INTERVIEW, city=fieldwork.city)
    if not is_interviewer or not is_assigned(fieldwork.collection, by, AssignmentRole.INTERVIEWER):
        raise PermissionDenied(capability=Capability.INTERVIEW.value)


def _refuse_strangers(fieldwork: Fieldwork, sent: SentSheet, via: AnswerLink | None) -> None:
    """Whoever has no account answers by a link of this survey that still works."""
    is_web = sent.source is SheetSource.WEB
    now = timezone.now()
    if not is_web or via is None or via.batch.fieldwork_id != fieldwork.pk:
        raise PermissionDenied(capability=Capability.INTERVIEW.value)
    if via.closed_at is not None or via.batch.is_over(now):
        raise PermissionDenied(capability=Capability.INTERVIEW.value)


def _refuse_unkeyed(
    fieldwork: Fieldwork, sent: SentSheet, paper: PaperSheet, by: User | None
) -> None:
    """A paper is taken in under its own number, once two people have keyed it."""
    is_its_own = sent.source is SheetSource.PAPER and sent.instance == paper.pk
    if by is None or not is_its_own or paper.fieldwork_id != fieldwork.pk:
        raise PermissionDenied(capability=Capability.INTERVIEW.value)
    if not may_key(fieldwork, by) or paper.keyings.filter(position__lt=3).count() < 2:
        raise PermissionDenied(capability=Capability.INTERVIEW.value)


def may_key(fieldwork: Fieldwork, by: User) -> bool:
    """Whether somebody keys papers of a survey (可录入纸质答卷): the office, and interviewers."""
    rows = Fieldwork.objects.visible_to(by, Capability.EDIT_QUESTIONNAIRE)
    if rows.filter(pk=fieldwork.pk).exists():
        return True
    is_interviewer = by.may(Capability.INTERVIEW, city=fieldwork.city)
    return is_interviewer and is_assigned(fieldwork.collection, by, AssignmentRole.INTERVIEWER)


def refuse_unfit(fieldwork: Fieldwork, sent: SentSheet) -> None:
    """Refuse a sheet that could not be taken in (答卷核验), whoever brings it.

    Raises:
        SheetTimesWrong, SheetDesignMissing: it cannot be so.
        BadInput: one problem for each wrong answer, with its question as the column.
    """
    _refuse_wrong(fieldwork, sent)
    today = timezone.localdate(sent.ended_at)
    problems = answer_problems(instrument_of(fieldwork.instrument), sent.answers, today=today)
    if problems:
        raise BadInput(problems)


def _stored(fieldwork: Fieldwork, sent: SentSheet, *, content_hash: str, by: User | None) -> Sheet:
    instrument = instrument_of(fieldwork.instrument)
    today = timezone.localdate(sent.ended_at)
    place = sent.place
    return Sheet.objects.create(
        city=fieldwork.city,
        fieldwork=fieldwork,
        instance=sent.instance,
        source=sent.source,
        interviewer=by,
        drawn=dict(sent.drawn),
        answers=settled_answers(instrument, sent.answers, today=today),
        content_hash=content_hash,
        started_at=sent.started_at,
        ended_at=sent.ended_at,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        accuracy_m=place.accuracy_m if place else None,
    )


def _refuse_wrong(fieldwork: Fieldwork, sent: SentSheet) -> None:
    if sent.ended_at < sent.started_at or sent.ended_at > timezone.now() + _CLOCKS_DIFFER:
        raise SheetTimesWrong(started=sent.started_at.isoformat(), ended=sent.ended_at.isoformat())
    lacking = [*design_gaps(fieldwork, sent.drawn), *member_gaps(sent.drawn)]
    if lacking:
        raise SheetDesignMissing(columns=lacking)


def design_gaps(fieldwork: Fieldwork, drawn: Mapping[str, str]) -> list[str]:
    """The columns of the design (抽样列) that are blank, or should be a number and are none."""
    blank = [column for column in fieldwork.columns if not drawn.get(column, "").strip()]
    numbers = [*fieldwork.fpc, *([fieldwork.weights] if fieldwork.weights else [])]
    wrong = [column for column in numbers if not _is_number(drawn.get(column, ""))]
    return list(dict.fromkeys([*blank, *wrong]))


def _is_number(text: str) -> bool:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return False
    return value.is_finite() and value >= 0
