"""Paper sheets: two people key each, blind; what differs is settled, then the sheet is taken in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from wenming.base.access import PermissionDenied
from wenming.base.models import User
from wenming.base.services.audit import record
from wenming.core.errors import DomainError
from wenming.core.permissions import Capability
from wenming.core.terms import SheetSource
from wenming.rounds.services.collections import require_open
from wenming.survey.models import Fieldwork, PaperKeying, PaperSheet
from wenming.survey.services.sheets import SentSheet, may_key, refuse_unfit, take_sheet

SETTLED = 3
DAY, BEGAN, ENDED = "day", "began", "ended"
DRAWN, ANSWER = "drawn ", "answer "


class PaperKeyedByYou(DomainError):
    """The same person would key a paper a second time."""

    code = "paper_keyed_by_you"


class PaperKeyedTwice(DomainError):
    """Two people have keyed the paper already."""

    code = "paper_keyed_twice"


class PaperNotToSettle(DomainError):
    """The paper waits for its second keying, or was taken in already."""

    code = "paper_not_to_settle"


@dataclass(frozen=True, slots=True)
class PaperContent:
    """What stands on a paper sheet (纸质答卷内容).

    Attributes:
        day, began, ended: when the respondent filled it in.
        drawn: how the respondent was drawn, by column of the design.
        answers: text by question, of those that were asked.
    """

    day: date
    began: time
    ended: time
    drawn: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)

    def columns(self) -> dict[str, str]:
        """All of it as text by column, in which two keyings are compared and kept."""
        return {
            DAY: self.day.isoformat(),
            BEGAN: f"{self.began:%H:%M}",
            ENDED: f"{self.ended:%H:%M}",
            **{DRAWN + name: text for name, text in self.drawn.items() if text},
            **{ANSWER + name: text for name, text in self.answers.items() if text},
        }


def content_of(columns: Mapping[str, str]) -> PaperContent:
    """What was kept as text by column (还原录入内容), as it was keyed."""
    return PaperContent(
        day=date.fromisoformat(columns[DAY]),
        began=time.fromisoformat(columns[BEGAN]),
        ended=time.fromisoformat(columns[ENDED]),
        drawn=_under(DRAWN, columns),
        answers=_under(ANSWER, columns),
    )


def differing(first: Mapping[str, str], second: Mapping[str, str]) -> Sequence[str]:
    """The columns in which two keyings differ (录入差异), those of the first one first."""
    every = dict.fromkeys([*first, *second])
    return [column for column in every if first.get(column, "") != second.get(column, "")]


@transaction.atomic
def key_paper(fieldwork: Fieldwork, number: str, content: PaperContent, *, by: User) -> PaperSheet:
    """Key a paper, for the first or the second time (录入纸质答卷).

    Where the second keying equals the first, the sheet is taken in.

    Raises:
        PermissionDenied: `by` is neither of the office nor an interviewer of the round.
        CollectionNotOpen: the round takes nothing in now.
        PaperKeyedByYou: a second person must key it.
        PaperKeyedTwice: two people have keyed it.
        SheetTimesWrong, SheetDesignMissing, BadInput: see `take_sheet`.
    """
    _refuse_strangers(fieldwork, by)
    require_open(fieldwork.collection)
    Fieldwork.objects.select_for_update().get(pk=fieldwork.pk)
    paper = PaperSheet.objects.filter(fieldwork=fieldwork, number=number).first()
    keyed = list(paper.keyings.order_by("position")) if paper else []
    columns = content.columns()
    if paper is not None and (by.pk, columns) in [(each.person_id, each.content) for each in keyed]:
        return paper
    refuse_keyed(fieldwork, number, by=by)
    if paper is None:
        paper = PaperSheet(city=fieldwork.city, fieldwork=fieldwork, number=number)
    refuse_unfit(fieldwork, _sent(paper, content))
    paper.save()
    _keep(paper, columns, position=len(keyed) + 1, by=by)
    if keyed and not differing(keyed[0].content, columns):
        _take(paper, content, by=by)
    return paper


def refuse_keyed(fieldwork: Fieldwork, number: str, *, by: User) -> None:
    """Refuse a paper that `by` cannot key any more (录入检查), before anything is typed.

    Raises:
        PermissionDenied: `by` is neither of the office nor an interviewer of the round.
        PaperKeyedByYou: a second person must key it.
        PaperKeyedTwice: two people have keyed it.
    """
    _refuse_strangers(fieldwork, by)
    kept = PaperKeying.objects.filter(paper__fieldwork=fieldwork, paper__number=number)
    people = list(kept.values_list("person", flat=True))
    if len(people) >= 2:
        raise PaperKeyedTwice(number=number)
    if by.pk in people:
        raise PaperKeyedByYou(number=number)


@transaction.atomic
def settle_paper(paper: PaperSheet, content: PaperContent, *, by: User) -> PaperSheet:
    """Say what stands on a paper that two people keyed differently (裁定差异), and take it in.

    Raises:
        PermissionDenied: `by` is neither of the office nor an interviewer of the round.
        CollectionNotOpen: the round takes nothing in now.
        PaperNotToSettle: it waits for its second keying, or was taken in.
        SheetTimesWrong, SheetDesignMissing, BadInput: see `take_sheet`.
    """
    _refuse_strangers(paper.fieldwork, by)
    require_open(paper.fieldwork.collection)
    Fieldwork.objects.select_for_update().get(pk=paper.fieldwork_id)
    paper = PaperSheet.objects.select_related("fieldwork__collection").get(pk=paper.pk)
    if paper.sheet_id is not None or paper.keyings.count() != 2:
        raise PaperNotToSettle(number=paper.number)
    _keep(paper, content.columns(), position=SETTLED, by=by)
    _take(paper, content, by=by)
    return paper


def _refuse_strangers(fieldwork: Fieldwork, by: User) -> None:
    if not may_key(fieldwork, by):
        raise PermissionDenied(capability=Capability.INTERVIEW.value)


def _keep(paper: PaperSheet, columns: Mapping[str, str], *, position: int, by: User) -> None:
    PaperKeying.objects.create(
        city=paper.city, paper=paper, position=position, person=by, content=dict(columns)
    )
    way = "paper.settle" if position == SETTLED else "paper.key"
    detail = {"number": paper.number, "time": position}
    record(way, by=by, city=paper.city, subject=paper, detail=detail)


def _take(paper: PaperSheet, content: PaperContent, *, by: User) -> None:
    paper.sheet, _is_new = take_sheet(paper.fieldwork, _sent(paper, content), by=by, via=paper)
    paper.save(update_fields=["sheet"])


def _sent(paper: PaperSheet, content: PaperContent) -> SentSheet:
    zone = timezone.get_current_timezone()
    return SentSheet(
        instance=paper.pk,
        source=SheetSource.PAPER,
        started_at=datetime.combine(content.day, content.began, tzinfo=zone),
        ended_at=datetime.combine(content.day, content.ended, tzinfo=zone),
        answers=content.answers,
        drawn=content.drawn,
    )


def _under(prefix: str, columns: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix(prefix): text for name, text in columns.items() if name.startswith(prefix)
    }
