"""A questionnaire as a page shows it: numbered questions with their choices and conditions."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from wenming.base import wording
from wenming.core.questionnaire import (
    FormQuestion,
    Instrument,
    Labels,
    as_text,
    question_numbers,
    readable,
)
from wenming.core.questionnaire.expressions import Expression

_WORDS = ("question", "self", "and", "or", "not", "selected", "true", "false", "today")


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text in the language of the reader (题干), with the others and what lacks one."""

    text: str
    others: Sequence[str]
    lacks: Sequence[str]


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One entry of a questionnaire as it is read (题目清单).

    Attributes:
        number: of what a person answers, from 1; None for the rest.
        depth: how many groups it stands in.
        relevant, constraint: readable, with the expression as written; "" for none.
    """

    question: FormQuestion
    number: int | None
    depth: int
    label: ShownText
    hint: str
    choices: Sequence[tuple[str, ShownText]]
    relevant: str
    relevant_written: str
    constraint: str
    constraint_written: str

    @property
    def is_group(self) -> bool:
        """Whether it is the heading of a group."""
        return self.question.kind == "group"


def lines_of(instrument: Instrument) -> list[ShownLine]:
    """The entries of a questionnaire (题目清单) in the reader's language, in order."""
    numbers = question_numbers(instrument)
    return [
        _line(instrument, question, numbers.get(question.key)) for question in instrument.questions
    ]


def _line(instrument: Instrument, question: FormQuestion, number: int | None) -> ShownLine:
    return ShownLine(
        question=question,
        number=number,
        depth=len(instrument.groups_of(question)),
        label=shown_text(instrument, question.label),
        hint=instrument.text(question.hint, _language()),
        choices=[
            (choice.key, shown_text(instrument, choice.label))
            for choice in instrument.choices_of(question)
        ],
        relevant=_read(question.relevant, instrument),
        relevant_written=as_text(question.relevant) if question.relevant else "",
        constraint=_read(question.constraint, instrument),
        constraint_written=as_text(question.constraint) if question.constraint else "",
    )


def shown_text(instrument: Instrument, labels: Labels) -> ShownText:
    """A text for the reader (题干), with its other languages and those that lack it."""
    text = instrument.text(labels, _language())
    others = [labels[code] for code in instrument.languages if labels.get(code, text) != text]
    lacks = [code for code in instrument.languages if labels and not labels.get(code)]
    return ShownText(text, others, lacks)


def _read(expression: Expression | None, instrument: Instrument) -> str:
    if expression is None:
        return ""
    language = _language()
    words = {word: wording.label("expression", word, language) for word in _WORDS}
    return readable(expression, instrument, language=language, words=words)


def _language() -> str:
    return "en" if get_language() == "en" else "zh"
