"""The quality of a survey: who was reached, what was left open, what the weights are worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language

from wenming.core.lifecycle import SheetState
from wenming.core.questionnaire import (
    FormQuestion,
    Instrument,
    ItemResponse,
    SheetMark,
    item_responses,
)
from wenming.stats.weighting import WeightReport, weight_report
from wenming.survey.models import Fieldwork
from wenming.survey.queries.instruments import instrument_of
from wenming.survey.queries.members import weight_of
from wenming.survey.queries.sheets import marks_of


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A sheet of a round as far as its quality is concerned (质量核查的答卷)."""

    pk: UUID
    state: str
    interviewer: UUID | None
    name: str
    took: timedelta
    day: date
    answers: Mapping[str, str]
    drawn: Mapping[str, str]
    marks: Sequence[SheetMark]

    @property
    def is_aside(self) -> bool:
        """Whether it was set aside."""
        return self.state == SheetState.SET_ASIDE


@dataclass(frozen=True, slots=True)
class ShownResponse:
    """How fully a question was answered, with its text (题目作答情况)."""

    text: str
    response: ItemResponse


@dataclass(frozen=True, slots=True)
class StateCounts:
    """How many sheets came in, by what became of them (答卷数量)."""

    accepted: int
    received: int
    set_aside: int

    @property
    def looked_at(self) -> int:
        """Those that were not set aside: the base of every figure of the page."""
        return self.accepted + self.received

    @property
    def total(self) -> int:
        """All that came in."""
        return self.looked_at + self.set_aside


def looked_at(fieldwork: Fieldwork) -> list[LookedAt]:
    """All sheets of a round (答卷), those set aside among them, with their marks."""
    marks = marks_of(fieldwork)
    rows = fieldwork.sheets.order_by("started_at", "pk").values_list(
        "pk", "state", "interviewer_id", "interviewer__name",
        "started_at", "ended_at", "answers", "drawn",
    )  # fmt: skip
    return [
        LookedAt(
            pk, state, person, name or "", ended - started, timezone.localdate(ended),
            answers, drawn, marks.get(pk, ()),
        )
        for pk, state, person, name, started, ended, answers, drawn in rows
    ]  # fmt: skip


def counts_of(sheets: Sequence[LookedAt]) -> StateCounts:
    """How many sheets there are by state (答卷数量)."""
    states = [sheet.state for sheet in sheets]
    return StateCounts(
        accepted=states.count(SheetState.ACCEPTED),
        received=states.count(SheetState.RECEIVED),
        set_aside=states.count(SheetState.SET_ASIDE),
    )


def responses_of(fieldwork: Fieldwork, sheets: Sequence[LookedAt]) -> list[ShownResponse]:
    """How fully each question was answered (题目无应答) on sheets that were not set aside.

    Source:
        docs/methods/interviewers.md, section 1.
    """
    instrument = instrument_of(fieldwork.instrument)
    given = [(sheet.answers, sheet.day) for sheet in sheets if not sheet.is_aside]
    return [
        ShownResponse(question_text(instrument, each.question), each)
        for each in item_responses(instrument, given)
    ]


def weights_of(fieldwork: Fieldwork, sheets: Sequence[LookedAt]) -> WeightReport | None:
    """What the weights of the sheets are worth (权数概况); None where the design has none.

    Source:
        docs/methods/interviewers.md, section 4.
    """
    if not fieldwork.weights:
        return None
    written = [weight_of(fieldwork, sheet.drawn) for sheet in sheets if not sheet.is_aside]
    return weight_report([weight for text in written if (weight := _number(text)) is not None])


def question_text(instrument: Instrument, question: FormQuestion) -> str:
    """A question in the language of the reader (题干), or its key where it has no text."""
    language = "en" if get_language() == "en" else "zh"
    return instrument.text(question.label, language) or question.key


def _number(text: str) -> float | None:
    try:
        return float(Decimal(text.strip()))
    except InvalidOperation:
        return None
