"""What people said in their own words, one line for each answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from wenming.core.questionnaire import FormQuestion, Instrument, QuestionKind
from wenming.survey.models import Fieldwork, Sheet
from wenming.survey.queries.instruments import instrument_of
from wenming.survey.queries.quality import question_text


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """One answer to a question without choices (开放题答案).

    Attributes:
        position: of the question among the open ones, from 1.
    """

    pk: str
    sheet: UUID
    key: str
    position: int
    question: str
    answer: str
    state: str
    started_at: datetime
    interviewer: str


def open_questions(instrument: Instrument) -> list[FormQuestion]:
    """The questions that are answered in one's own words (开放题), in the order of the form."""
    return [each for each in instrument.questions if each.kind is QuestionKind.TEXT]


def open_answers(fieldwork: Fieldwork, sheets: QuerySet[Sheet]) -> Iterator[OpenAnswer]:
    """All that was said in people's own words (开放题答案); blank ones are no answers.

    Args:
        sheets: those that the reader sees; those set aside are listed with their state.
    """
    instrument = instrument_of(fieldwork.instrument)
    questions = [
        (n, each.key, question_text(instrument, each))
        for n, each in enumerate(open_questions(instrument), start=1)
    ]
    rows = sheets.order_by("started_at", "pk").values_list(
        "pk", "state", "started_at", "interviewer__name", "answers"
    )
    for pk, state, started, name, answers in rows:
        for n, key, text in questions:
            answer = str(answers.get(key, "")).strip()
            if answer:
                yield OpenAnswer(
                    f"{pk}:{key}", pk, key, n, text, answer, state, started, name or ""
                )
