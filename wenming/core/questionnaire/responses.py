"""How fully a question was answered: put to how many, answered by how many, left open how."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from wenming.core.questionnaire.evaluating import AnswerScope, is_true
from wenming.core.questionnaire.model import FormQuestion, Instrument


@dataclass(frozen=True, slots=True)
class ItemResponse:
    """How fully one question was answered (题目作答情况).

    Attributes:
        asked: sheets on which it was put.
        answered: of these, with an answer that says something.
        unknowing: of these, with a choice that means "no answer" (不知道、拒答).
    """

    question: FormQuestion
    asked: int
    answered: int
    unknowing: int

    @property
    def blank(self) -> int:
        """Sheets on which it was put and nothing was written."""
        return self.asked - self.answered - self.unknowing

    @property
    def open_share(self) -> Fraction | None:
        """Share of those asked who gave no answer (无应答率); None when nobody was asked."""
        return Fraction(self.asked - self.answered, self.asked) if self.asked else None


def item_responses(
    instrument: Instrument, sheets: Iterable[tuple[Mapping[str, str], date]]
) -> tuple[ItemResponse, ...]:
    """How fully each question was answered (题目无应答), in the order of the form.

    Args:
        sheets: the settled answers of each and the day on which it was filled in.

    Source:
        docs/methods/interviewers.md, section 1.
    """
    given = list(sheets)
    return tuple(
        _response(instrument, question, given)
        for question in instrument.questions
        if question.kind.is_asked
    )


def says_something(instrument: Instrument, question: FormQuestion, answer: str) -> bool:
    """Whether an answer is neither blank nor a choice that means "no answer" (有效作答)."""
    if not question.kind.is_select:
        return bool(answer.strip())
    return any(word not in instrument.missing for word in answer.split())


def _response(
    instrument: Instrument,
    question: FormQuestion,
    sheets: Iterable[tuple[Mapping[str, str], date]],
) -> ItemResponse:
    around = (*instrument.groups_of(question), question)
    needed = [each.relevant for each in around if each.relevant is not None]
    texts = [
        answers.get(question.key, "")
        for answers, day in sheets
        if all(is_true(each, AnswerScope(answers, day)) for each in needed)
    ]
    answered = sum(says_something(instrument, question, text) for text in texts)
    blank = sum(not text.strip() for text in texts)
    return ItemResponse(question, len(texts), answered, len(texts) - answered - blank)
