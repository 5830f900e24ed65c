"""Quotas of a survey (配额): cells by answers, which sheets fall into them, how full they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from wenming.core.questionnaire.model import Instrument, QuestionKind

Wish = str | Sequence[str | None]
"""What a cell asks of one question: a choice, or the lowest and highest number, None for open."""

Cell = Mapping[str, Wish]
"""Who is meant (配额单元): for each question that matters, what must be answered."""

_NUMBERS = frozenset({QuestionKind.INTEGER, QuestionKind.DECIMAL})
_ENDS = 2


@dataclass(frozen=True, slots=True)
class QuotaProgress:
    """How full a cell is (配额进度), in sheets.

    Attributes:
        waiting: came in and were not looked at yet; they are taken as if they will count.
        aside: were set aside and fill nothing.
    """

    wanted: int
    accepted: int = 0
    waiting: int = 0
    aside: int = 0

    @property
    def have(self) -> int:
        """Sheets that fill the cell."""
        return self.accepted + self.waiting

    @property
    def left(self) -> int:
        """How many are still to be asked."""
        return max(0, self.wanted - self.have)

    @property
    def over(self) -> int:
        """How many came in beyond what was wanted."""
        return max(0, self.have - self.wanted)

    @property
    def is_full(self) -> bool:
        """Whether nobody more needs to be asked."""
        return self.have >= self.wanted


def quota_questions(instrument: Instrument) -> Mapping[str, bool]:
    """Keys of the questions that can make a cell (可设配额题目), and which ask for numbers."""
    return {
        each.key: each.kind in _NUMBERS
        for each in instrument.questions
        if each.kind in _NUMBERS or each.kind is QuestionKind.SELECT_ONE
    }


def is_possible_cell(cell: Cell, instrument: Instrument) -> bool:
    """Whether a cell names questions, choices and ranges that the questionnaire has (单元检查)."""
    known, can = instrument.by_key(), quota_questions(instrument)
    if not cell or not set(cell) <= set(can):
        return False
    return all(
        _is_range(wish)
        if can[key]
        else wish in [choice.key for choice in instrument.choices_of(known[key])]
        for key, wish in cell.items()
    )


def fits(cell: Cell, answers: Mapping[str, str]) -> bool:
    """Whether a sheet falls into a cell (归入单元); both ends of a range belong to it."""
    return all(_fits(wish, answers.get(key, "")) for key, wish in cell.items())


def _fits(wish: Wish, answer: str) -> bool:
    if isinstance(wish, str):
        return answer == wish
    value = _number(answer)
    if value is None:
        return False
    low, high = (None if end is None else Decimal(end) for end in wish)
    return (low is None or value >= low) and (high is None or value <= high)


def _is_range(wish: Wish) -> bool:
    if isinstance(wish, str) or len(wish) != _ENDS or set(wish) == {None}:
        return False
    ends = [_number(end) for end in wish if end is not None]
    return None not in ends and ends == sorted(each for each in ends if each is not None)


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def outside(cells: Iterable[Cell], answers: Mapping[str, str]) -> bool:
    """Whether a sheet falls into none of these cells (未归入配额)."""
    return not any(fits(cell, answers) for cell in cells)
