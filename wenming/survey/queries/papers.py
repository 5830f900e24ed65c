"""The papers of a survey: which wait for whom; and, once two people keyed one, what differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wenming.base.models import CityQuerySet, User
from wenming.core.questionnaire import FormQuestion, Instrument, QuestionKind
from wenming.survey.asking import AskedChoice
from wenming.survey.models import Fieldwork, PaperSheet
from wenming.survey.queries.instruments import instrument_of
from wenming.survey.services.papers import ANSWER, BEGAN, DAY, DRAWN, ENDED, differing


class PaperStage(StrEnum):
    """How far a paper is (录入进度)."""

    WAITING = "waiting"  # 待第二次录入
    DIFFERING = "differing"  # 两次不一致
    TAKEN = "taken"  # 已收


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A paper in the list (纸质答卷列表): who keyed it, but nothing of what was keyed.

    Attributes:
        keyed_by: names in the order of the keyings.
        settled_by: who settled what differed; "" for nobody.
        is_mine: the person who looks keyed it first, so another must key it again.
    """

    paper: PaperSheet
    stage: PaperStage
    keyed_by: Sequence[str]
    settled_by: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A column in which two keyings differ (录入差异).

    Attributes:
        name: of its fields on the page.
        first, second: as keyed; `first_text` and `second_text` in words, "–" for blank.
        choices: what a new value is chosen from; none where it is typed.
        is_many: several may be chosen.
    """

    column: str
    name: str
    label: str
    first: str
    second: str
    first_text: str
    second_text: str
    choices: Sequence[AskedChoice]
    is_many: bool


def papers_of(work: Fieldwork, rows: CityQuerySet[PaperSheet], user: User) -> list[ShownPaper]:
    """The papers of a survey (纸质答卷列表), those first that somebody still has to do with."""
    found = rows.filter(fieldwork=work).prefetch_related("keyings__person")
    order = [PaperStage.DIFFERING, PaperStage.WAITING, PaperStage.TAKEN]
    shown = [_shown(paper, user) for paper in found]
    return sorted(shown, key=lambda each: (order.index(each.stage), each.paper.number))


def _shown(paper: PaperSheet, user: User) -> ShownPaper:
    keyings = sorted(paper.keyings.all(), key=lambda each: each.position)
    keyed = [each for each in keyings if each.position < 3]
    stage = PaperStage.DIFFERING if len(keyed) == 2 else PaperStage.WAITING
    return ShownPaper(
        paper=paper,
        stage=PaperStage.TAKEN if paper.sheet_id else stage,
        keyed_by=[each.person.name for each in keyed],
        settled_by=next((each.person.name for each in keyings if each.position == 3), ""),
        is_mine=any(each.person_id == user.pk for each in keyed),
    )


def two_keyings(paper: PaperSheet) -> tuple[Mapping[str, str], Mapping[str, str]] | None:
    """What both people keyed (两次录入); None until both have, so that nobody sees the first."""
    kept = paper.keyings.filter(position__lt=3).order_by("position")
    both = list(kept.values_list("content", flat=True))
    return (both[0], both[1]) if len(both) == 2 and paper.sheet_id is None else None


def differences_of(
    paper: PaperSheet, first: Mapping[str, str], second: Mapping[str, str], *, also: Sequence[str]
) -> list[Difference]:
    """Where two keyings differ (录入差异), in the words of the reader.

    Args:
        also: further columns that must be looked at, because what is chosen needs them.
    """
    instrument = instrument_of(paper.fieldwork.instrument)
    columns = list(dict.fromkeys([*differing(first, second), *also]))
    return [
        _difference(instrument, n, column, (first.get(column, ""), second.get(column, "")))
        for n, column in enumerate(columns)
    ]


def _difference(instrument: Instrument, n: int, column: str, keyed: tuple[str, str]) -> Difference:
    language = "en" if get_language() == "en" else "zh"
    question = instrument.by_key().get(column.removeprefix(ANSWER))
    own = {DAY: _("Day"), BEGAN: _("Began at"), ENDED: _("Ended at")}
    label = own.get(column, column.removeprefix(DRAWN))
    choices: list[AskedChoice] = []
    if column.startswith(ANSWER) and question is not None:
        label = instrument.text(question.label, language) or question.key
        choices = [
            AskedChoice(each.key, instrument.text(each.label, language), False)
            for each in instrument.choices_of(question)
        ]
    return Difference(
        column=column,
        name=f"column-{n}",
        label=label,
        first=keyed[0],
        second=keyed[1],
        first_text=_in_words(choices, keyed[0]),
        second_text=_in_words(choices, keyed[1]),
        choices=choices,
        is_many=_is_many(question) and bool(choices),
    )


def _is_many(question: FormQuestion | None) -> bool:
    return question is not None and question.kind is QuestionKind.SELECT_MULTIPLE


def _in_words(choices: Sequence[AskedChoice], value: str) -> str:
    words = {each.key: each.label for each in choices}
    named = [words.get(each, each) for each in value.split()] if words else [value]
    return "、".join(named) or "–"
