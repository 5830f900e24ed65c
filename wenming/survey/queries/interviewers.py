"""What each interviewer brought in, and whether their answers differ from all the others'."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from operator import itemgetter
from statistics import median
from uuid import UUID

from django.utils.translation import get_language

from wenming.core.questionnaire import (
    FormQuestion,
    Instrument,
    QuestionKind,
    SheetMark,
    item_responses,
    says_something,
)
from wenming.stats.contingency import GroupTest, compare_groups, holm
from wenming.survey.models import Fieldwork
from wenming.survey.queries.instruments import instrument_of
from wenming.survey.queries.quality import LookedAt, question_text

FEWEST_ANSWERS = 10
"""With fewer answers on either side an interviewer is not compared."""
FLAGGED_BELOW = 0.05
"""A difference is flagged whose corrected p is smaller."""
MOST_PLACES = 3


@dataclass(frozen=True, slots=True)
class InterviewerFigures:
    """What an interviewer brought in (调查员情况).

    Attributes:
        person: None, and `name` "", for sheets without an interviewer.
        sheets: those that were not set aside; the base of all that follows.
        places: the outermost strata or clusters in which they asked, at most three.
        usual: median of how long a sheet took; None without a sheet.
        asked, left_open: questions put, and those without an answer, over all sheets.
    """

    person: UUID | None
    name: str
    sheets: int
    set_aside: int
    places: Sequence[str]
    more_places: int
    usual: timedelta | None
    speeders: int
    straight_lines: int
    asked: int
    left_open: int

    @property
    def quick_share(self) -> Fraction | None:
        """Share of the sheets that were filled in too quickly."""
        return Fraction(self.speeders, self.sheets) if self.sheets else None

    @property
    def alike_share(self) -> Fraction | None:
        """Share of the sheets that were answered all alike."""
        return Fraction(self.straight_lines, self.sheets) if self.sheets else None

    @property
    def open_share(self) -> Fraction | None:
        """Share of the questions put that got no answer."""
        return Fraction(self.left_open, self.asked) if self.asked else None


@dataclass(frozen=True, slots=True)
class Side:
    """How many took the choice that differs most, of how many (一方的作答)."""

    took: int
    of: int

    @property
    def share(self) -> Fraction:
        """As a share."""
        return Fraction(self.took, self.of)


Pair = tuple[Side, Side]
"""An interviewer and all others."""


@dataclass(frozen=True, slots=True)
class AnswerDifference:
    """One interviewer against all others in one question (调查员作答差异).

    Attributes:
        choice: the one whose shares lie furthest apart.
        corrected: the p-value after Holm over all tests of the page.
    """

    interviewer: str
    question: str
    choice: str
    own: Side
    others: Side
    test: GroupTest
    corrected: float = 1.0

    @property
    def is_flagged(self) -> bool:
        """Whether chance alone hardly explains it."""
        return self.corrected < FLAGGED_BELOW

    @property
    def raw_written(self) -> str:
        """The p-value of this test alone, as it is printed."""
        return _p(self.test.p)

    @property
    def corrected_written(self) -> str:
        """The corrected p-value, as it is printed."""
        return _p(self.corrected)


def interviewers_of(fieldwork: Fieldwork, sheets: Sequence[LookedAt]) -> list[InterviewerFigures]:
    """What each interviewer brought in (调查员情况), by name; those set aside counted apart.

    Source:
        docs/methods/interviewers.md, section 2.
    """
    instrument = instrument_of(fieldwork.instrument)
    column = next(iter([*fieldwork.strata, *fieldwork.clusters]), "")
    own: dict[UUID | None, list[LookedAt]] = {}
    for sheet in sheets:
        own.setdefault(sheet.interviewer, []).append(sheet)
    return sorted(
        (_figures(instrument, each, column) for each in own.values()),
        key=lambda each: (not each.name, each.name),
    )


def differences_of(fieldwork: Fieldwork, sheets: Sequence[LookedAt]) -> list[AnswerDifference]:
    """Each interviewer against all others in each closed question (调查员作答差异).

    Sheets set aside, sheets that nobody asked, and answers that say nothing stand aside.

    Returns:
        Every comparison that could be made, the least likely by chance first.

    Source:
        docs/methods/interviewers.md, section 3.
    """
    instrument = instrument_of(fieldwork.instrument)
    asked = [sheet for sheet in sheets if sheet.interviewer is not None and not sheet.is_aside]
    found = [
        difference
        for question in instrument.questions
        for difference in _differences(instrument, question, asked)
    ]
    corrected = holm([each.test.p for each in found])
    shown = [replace(each, corrected=p) for each, p in zip(found, corrected, strict=True)]
    return sorted(shown, key=lambda each: each.test.p)


def _figures(instrument: Instrument, sheets: Sequence[LookedAt], column: str) -> InterviewerFigures:
    kept = [sheet for sheet in sheets if not sheet.is_aside]
    answers = item_responses(instrument, [(sheet.answers, sheet.day) for sheet in kept])
    places = sorted({place for sheet in kept if (place := str(sheet.drawn.get(column, "")))})
    return InterviewerFigures(
        person=sheets[0].interviewer,
        name=sheets[0].name,
        sheets=len(kept),
        set_aside=len(sheets) - len(kept),
        places=places[:MOST_PLACES],
        more_places=max(0, len(places) - MOST_PLACES),
        usual=median(sheet.took for sheet in kept) if kept else None,  # type: ignore[type-var]
        speeders=sum(SheetMark.SPEEDER in sheet.marks for sheet in kept),
        straight_lines=sum(SheetMark.STRAIGHT_LINE in sheet.marks for sheet in kept),
        asked=sum(each.asked for each in answers),
        left_open=sum(each.asked - each.answered for each in answers),
    )


def _differences(
    instrument: Instrument, question: FormQuestion, sheets: Sequence[LookedAt]
) -> Iterator[AnswerDifference]:
    if not question.kind.is_select:
        return
    taken: dict[UUID | None, Counter[str]] = {sheet.interviewer: Counter() for sheet in sheets}
    answered: Counter[UUID | None] = Counter()
    for sheet in sheets:
        answer = sheet.answers.get(question.key, "")
        if says_something(instrument, question, answer):
            taken[sheet.interviewer].update(answer.split())
            answered[sheet.interviewer] += 1
    names = sorted({sheet.interviewer: sheet.name for sheet in sheets}.items(), key=itemgetter(1))
    everybody, of = sum(taken.values(), Counter()), answered.total()
    for choices in _spreads(instrument, question):
        for person, name in names:
            if min(answered[person], of - answered[person]) < FEWEST_ANSWERS:
                continue
            sides = [
                (Side(own, answered[person]), Side(everybody[key] - own, of - answered[person]))
                for key in choices
                for own in (taken[person][key],)
            ]
            furthest = max(range(len(sides)), key=lambda n: _gap(sides[n]))
            test = compare_groups(*_counts(sides))
            if test is not None:
                text = question_text(instrument, question)
                word = list(choices.values())[furthest]
                yield AnswerDifference(name, text, word, *sides[furthest], test)


def _spreads(instrument: Instrument, question: FormQuestion) -> Iterator[Mapping[str, str]]:
    """The choices to compare by, with their words; of several choices each one for itself."""
    language = "en" if get_language() == "en" else "zh"
    words = {
        choice.key: instrument.text(choice.label, language) or choice.key
        for choice in instrument.choices_of(question)
        if choice.key not in instrument.missing
    }
    if question.kind is QuestionKind.SELECT_ONE:
        yield words
    else:
        yield from ({key: word} for key, word in words.items())


def _counts(sides: Sequence[Pair]) -> tuple[list[int], list[int]]:
    """The answers of both by choice; one choice alone is taken or not."""
    if len(sides) == 1:
        own, others = sides[0]
        return [own.took, own.of - own.took], [others.took, others.of - others.took]
    return [own.took for own, _ in sides], [others.took for _, others in sides]


def _p(value: float) -> str:
    return "<0.001" if value < 0.001 else f"{value:.3f}"


def _gap(pair: Pair) -> Fraction:
    own, others = pair
    return abs(own.share - others.share)
