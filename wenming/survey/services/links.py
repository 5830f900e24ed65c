"""Answering without an account: the office makes links, and each takes sheets in once."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from wenming.base.access import check
from wenming.base.models import User
from wenming.base.services.audit import record
from wenming.core.errors import DomainError
from wenming.core.permissions import Capability
from wenming.core.questionnaire import QuestionKind, settled_answers
from wenming.core.terms import SheetSource
from wenming.rounds.services.collections import require_open
from wenming.survey.models import AnswerLink, Fieldwork, LinkBatch, Sheet
from wenming.survey.models.links import digest_of
from wenming.survey.queries.instruments import instrument_of
from wenming.survey.services.sheets import SentSheet, design_gaps, take_sheet

MOST_LINKS = 2000
NUMBER_MARK = "#"


class LinkEndsTooEarly(DomainError):
    """The links would end before they are made."""

    code = "link_ends_too_early"


class LinkCountWrong(DomainError):
    """No links, or more than are made at once."""

    code = "link_count_wrong"


class LinkDesignMissing(DomainError):
    """The links do not say how whoever answers was drawn, but the design needs it."""

    code = "link_design_missing"


class QuestionnaireNotForWeb(DomainError):
    """The questionnaire needs an answer that a page on the web cannot take."""

    code = "questionnaire_not_for_web"


class LinkOver(DomainError):
    """The link was closed, or has come to its end."""

    code = "answer_link_over"


class LinkAnswered(DomainError):
    """The link was answered already, or was on this device."""

    code = "answer_link_answered"


@dataclass(frozen=True, slots=True)
class LinkWish:
    """Which links the office wants (链接需求).

    Attributes:
        count: how many; one when it is shared.
        drawn: text by column of the design; `#` stands for the number of the link, or of the
            sheet where the link is shared.
    """

    title: str
    ends_at: datetime
    is_shared: bool = False
    count: int = 1
    drawn: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WebAnswers:
    """What somebody sends from the page of a link (网上作答).

    Attributes:
        device: names the device, where the link is shared; else "".
    """

    answers: Mapping[str, str]
    started_at: datetime
    device: str = ""


@transaction.atomic
def make_links(
    fieldwork: Fieldwork, wish: LinkWish, *, by: User
) -> tuple[LinkBatch, Sequence[str]]:
    """Make links for the survey of an open round (生成答题链接).

    Returns:
        The batch, and the secret of each link in the order of their numbers; they are kept
        nowhere and can be shown only once.

    Raises:
        PermissionDenied: `by` may not edit questionnaires of the round.
        CollectionNotOpen: the round takes nothing in now.
        LinkCountWrong, LinkEndsTooEarly: there would be nothing to answer.
        LinkDesignMissing: the design of the survey needs columns that are not given.
        QuestionnaireNotForWeb: it needs a photograph.
    """
    check(by, Capability.EDIT_QUESTIONNAIRE, fieldwork)
    require_open(fieldwork.collection)
    _refuse_wish(fieldwork, wish)
    batch = LinkBatch.objects.create(
        city=fieldwork.city,
        fieldwork=fieldwork,
        title=wish.title,
        is_shared=wish.is_shared,
        drawn=dict(wish.drawn),
        ends_at=wish.ends_at,
        made_by=by,
    )
    made = [secrets.token_urlsafe(24) for _ in range(1 if wish.is_shared else wish.count)]
    AnswerLink.objects.bulk_create(
        AnswerLink(city=batch.city, batch=batch, digest=digest_of(secret), number=number)
        for number, secret in enumerate(made, start=1)
    )
    detail = {"title": batch.title, "count": len(made)}
    record("answer_links.make", by=by, city=batch.city, subject=batch, detail=detail)
    return batch, made


@transaction.atomic
def close_links(batch: LinkBatch, *, by: User, number: int | None = None) -> None:
    """Take nothing in by these links any more (关闭答题链接); closing twice changes nothing.

    Args:
        number: of the one link to close; None for all of them.

    Raises:
        PermissionDenied: `by` may not edit questionnaires of the round.
    """
    check(by, Capability.EDIT_QUESTIONNAIRE, batch)
    now = timezone.now()
    if number is None:
        closed = LinkBatch.objects.filter(pk=batch.pk, closed_at=None).update(closed_at=now)
    else:
        closed = batch.links.filter(number=number, closed_at=None).update(closed_at=now)
    if closed:
        detail = {"title": batch.title, "number": number or ""}
        way = "answer_links.close" if number is None else "answer_links.close_one"
        record(way, by=by, city=batch.city, subject=batch, detail=detail)


@transaction.atomic
def answer_by_link(link: AnswerLink, given: WebAnswers) -> tuple[Sheet, bool]:
    """Take in what somebody answered by a link (网上答卷), once however often it is sent.

    Returns:
        The sheet, and whether it is new.

    Raises:
        LinkOver: the link was closed or has ended.
        LinkAnswered: other answers came in already.
        CollectionNotOpen, SheetDesignMissing, BadInput: see `take_sheet`.
    """
    link = AnswerLink.objects.select_for_update().get(pk=link.pk)
    batch, now = link.batch, timezone.now()
    work = batch.fieldwork
    if link.closed_at is not None or batch.is_over(now):
        raise LinkOver
    before = Sheet.objects.filter(city=work.city, instance=_instance(link, given.device)).first()
    if before is not None or (link.n_answers and not batch.is_shared):
        settled = settled_answers(
            instrument_of(work.instrument), given.answers, today=timezone.localdate(now)
        )
        if before is None or before.answers != settled:
            raise LinkAnswered
        return before, False
    number = link.n_answers + 1 if batch.is_shared else link.number
    sent = SentSheet(
        instance=_instance(link, given.device),
        source=SheetSource.WEB,
        started_at=min(given.started_at, now),
        ended_at=now,
        answers=given.answers,
        drawn=drawn_as(batch.drawn, number),
    )
    taken = take_sheet(work, sent, by=None, via=link)
    AnswerLink.objects.filter(pk=link.pk).update(n_answers=F("n_answers") + 1)
    return taken


def is_answered(link: AnswerLink, device: str) -> bool:
    """Whether a link took in a sheet already (是否已作答), a shared one from this device."""
    if not link.batch.is_shared:
        return link.n_answers > 0
    known = Sheet.objects.filter(city=link.city_id, instance=_instance(link, device))
    return bool(device) and known.exists()


def drawn_as(drawn: Mapping[str, str], number: int) -> dict[str, str]:
    """The columns of the design of one sheet (抽样信息), with its number for each `#`."""
    return {column: text.replace(NUMBER_MARK, str(number)) for column, text in drawn.items()}


def _instance(link: AnswerLink, device: str) -> UUID:
    """The number of the sheet of a link and a device; without the key nobody can reckon it."""
    named = salted_hmac("wenming.survey.links", f"{link.pk}:{device}", algorithm="sha256")
    return UUID(bytes=named.digest()[:16])


def _refuse_wish(fieldwork: Fieldwork, wish: LinkWish) -> None:
    if not 1 <= wish.count <= MOST_LINKS:
        raise LinkCountWrong(count=wish.count, most=MOST_LINKS)
    if wish.ends_at <= timezone.now():
        raise LinkEndsTooEarly
    lacking = design_gaps(fieldwork, drawn_as(wish.drawn, 1))
    if lacking:
        raise LinkDesignMissing(columns=lacking)
    unfit = [
        question.key
        for question in instrument_of(fieldwork.instrument).questions
        if question.kind is QuestionKind.IMAGE and question.is_required
    ]
    if unfit:
        raise QuestionnaireNotForWeb(questions=unfit)
