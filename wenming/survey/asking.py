"""A questionnaire as a form that is filled in on a page: the web and paper share it.

Which questions appear is worked out here, never by script: the form comes back with the further
ones until nothing new appears and nothing is wrong.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import get_language

from wenming.base import wording
from wenming.core.errors import Problem
from wenming.core.questionnaire import (
    FormQuestion,
    Instrument,
    QuestionKind,
    answer_problems,
    asked_questions,
)

PREFIX = "q-"
SHOWN = "shown"
ACKNOWLEDGED = "OK"
_TYPED = {
    QuestionKind.INTEGER, QuestionKind.DECIMAL, QuestionKind.DATE, QuestionKind.GEOPOINT,
}  # fmt: skip
_MODES = {QuestionKind.INTEGER: "numeric", QuestionKind.DECIMAL: "decimal"}


@dataclass(frozen=True, slots=True)
class AskedChoice:
    """One choice as it is offered (可选项)."""

    key: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One entry of a form that is filled in (作答题目).

    Attributes:
        number: from 1, of the questions that appear; 0 for headings and notes.
        value: as it was typed.
        mistakes: sentences that stand beside it.
        is_new: it appears because of the other answers, and was not there before.
    """

    question: FormQuestion
    number: int
    label: str
    hint: str
    choices: Sequence[AskedChoice]
    value: str
    mistakes: Sequence[str]
    is_new: bool

    @property
    def name(self) -> str:
        """Of its field."""
        return PREFIX + self.question.key

    @property
    def widget(self) -> str:
        """How it is asked: radio, checks, tick, area, line, note or heading."""
        kind = self.question.kind
        if kind is QuestionKind.TEXT:
            return "area" if "multiline" in self.question.appearance else "line"
        named = {
            QuestionKind.SELECT_ONE: "radio",
            QuestionKind.SELECT_MULTIPLE: "checks",
            QuestionKind.ACKNOWLEDGE: "tick",
            QuestionKind.NOTE: "note",
            QuestionKind.GROUP: "heading",
        }
        return named.get(kind, "line")

    @property
    def input_type(self) -> str:
        """Of a line."""
        return "date" if self.question.kind is QuestionKind.DATE else "text"

    @property
    def input_mode(self) -> str:
        """Which keys a phone shows for a line; "" for all of them."""
        return _MODES.get(self.question.kind, "")


class AnswerForm:
    """A questionnaire that is being filled in (作答表单).

    Attributes:
        today: the day on which it is filled in.
        has_photographs: whether questions for a photograph are asked, as the file's name.
        more_problems: mistakes that were found when it was taken in.
    """

    def __init__(
        self,
        instrument: Instrument,
        given: QueryDict | None,
        *,
        today: date,
        has_photographs: bool = False,
    ) -> None:
        self.instrument, self.given, self.today = instrument, given, today
        self.has_photographs = has_photographs
        self.more_problems: list[Problem] = []

    @cached_property
    def typed(self) -> dict[str, str]:
        """Everything that was typed, also for questions that do not appear now."""
        return {
            question.key: _typed(question, self.given)
            for question in self.instrument.questions
            if question.kind.is_asked and self.given is not None
        }

    @cached_property
    def asked(self) -> tuple[FormQuestion, ...]:
        """What appears for these answers."""
        asked = asked_questions(self.instrument, self.typed, today=self.today)
        return tuple(each for each in asked if each.kind.is_shown and self._is_possible(each))

    @cached_property
    def answers(self) -> dict[str, str]:
        """The answers to what appears; blank ones are left out."""
        keys = (each.key for each in self.asked)
        return {key: self.typed[key] for key in keys if self.typed.get(key)}

    @cached_property
    def newly(self) -> frozenset[str]:
        """Keys of what appears because of the answers, and was not on the form that was sent."""
        if self.given is None:
            return frozenset()
        before = set(self.given.get(SHOWN, "").split())
        return frozenset(each.key for each in self.asked if each.key not in before)

    @property
    def new_lines(self) -> Sequence[AskedLine]:
        """The questions among them."""
        return [line for line in self.lines if line.is_new and line.number]

    @property
    def problems(self) -> Sequence[Problem]:
        """What is wrong with the answers, but for new questions, which nobody has seen yet."""
        if self.given is None:
            return ()
        found = [each for each in self._found if each.place.column not in self.newly]
        return [*found, *self.more_problems]

    @cached_property
    def _found(self) -> Sequence[Problem]:
        return answer_problems(self.instrument, self.answers, today=self.today)

    @property
    def is_complete(self) -> bool:
        """Whether it was sent, with everything answered that had to be."""
        return self.given is not None and not self.newly and not self.problems

    @property
    def shown(self) -> str:
        """The keys of what appears, as the form sends them back."""
        return " ".join(each.key for each in self.asked)

    @property
    def kept(self) -> Iterable[tuple[str, str]]:
        """What was typed for questions that do not appear now: it waits, should they return."""
        hidden = set(self.typed) - {each.key for each in self.asked}
        return [(PREFIX + key, self.typed[key]) for key in sorted(hidden) if self.typed[key]]

    @property
    def wrong_lines(self) -> Sequence[AskedLine]:
        """The questions with a mistake, for the summary on top."""
        return [line for line in self.lines if line.mistakes]

    @cached_property
    def lines(self) -> Sequence[AskedLine]:
        """Everything that appears, in the reader's language."""
        language = "en" if get_language() == "en" else "zh"
        wrong: dict[str, list[Problem]] = {}
        for problem in self.problems:
            wrong.setdefault(problem.place.column, []).append(problem)
        lines, number = [], 0
        for question in self.asked:
            number += question.kind.is_asked
            shown = number if question.kind.is_asked else 0
            mistakes = [
                self._sentence(question, each, language) for each in wrong.get(question.key, ())
            ]
            lines.append(self._line(question, shown, mistakes, language))
        return lines

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Say beside the questions what was found when the sheet was to be taken in (退回填写)."""
        self.more_problems = [each for each in problems if each not in self._found]
        self.__dict__.pop("lines", None)

    def _is_possible(self, question: FormQuestion) -> bool:
        return self.has_photographs or question.kind is not QuestionKind.IMAGE

    def _line(
        self, question: FormQuestion, number: int, mistakes: Sequence[str], language: str
    ) -> AskedLine:
        value = self.typed.get(question.key, "")
        chosen = {value} if question.kind is QuestionKind.SELECT_ONE else set(value.split())
        text = self.instrument.text
        return AskedLine(
            question=question,
            number=number,
            label=text(question.label, language) or question.key,
            hint=text(question.hint, language),
            choices=[
                AskedChoice(each.key, text(each.label, language) or each.key, each.key in chosen)
                for each in self.instrument.choices_of(question)
            ],
            value=value,
            mistakes=mistakes,
            is_new=question.key in self.newly,
        )

    def _sentence(self, question: FormQuestion, problem: Problem, language: str) -> str:
        own = self.instrument.text(question.constraint_message, language)
        if problem.code == "answer_refused" and own:
            return own
        return wording.sentence(problem.code, problem.facts, language)


def _typed(question: FormQuestion, given: QueryDict) -> str:
    """What was sent for a question; digits of another width become plain ones."""
    values = [each.replace("\x00", "").strip() for each in given.getlist(PREFIX + question.key)]
    if question.kind is QuestionKind.SELECT_MULTIPLE:
        return " ".join(dict.fromkeys(word for each in values for word in each.split()))
    value = values[-1] if values else ""
    return unicodedata.normalize("NFKC", value) if question.kind in _TYPED else value
