"""Marks on answer sheets that a person should look at; nothing is dropped because of one."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import StrEnum

from wenming.core.questionnaire.model import Instrument, QuestionKind

SPEEDING_PART = 3
"""A sheet is marked that took less than the third part of the median."""
FEWEST_SHEETS = 10
"""With fewer sheets their median says nothing."""
FEWEST_ALIKE = 6
"""So many questions with the same choices, answered alike, make a straight line."""


class SheetMark(StrEnum):
    """Why a person should look at an answer sheet (答卷疑点)."""

    SPEEDER = "speeder"  # 作答过快
    STRAIGHT_LINE = "straight_line"  # 答案雷同


def is_straight_line(instrument: Instrument, answers: Mapping[str, str]) -> bool:
    """Whether all questions that share a list of choices were answered alike.

    Args:
        answers: text by key of the question; blank ones stand aside.

    Source:
        docs/reference/questionnaire.md, "Marks on sheets".
    """
    given: dict[str, list[str]] = {}
    for question in instrument.questions:
        answer = answers.get(question.key, "")
        if question.kind is QuestionKind.SELECT_ONE and answer:
            given.setdefault(question.choices, []).append(answer)
    return any(len(each) >= FEWEST_ALIKE and len(set(each)) == 1 for each in given.values())


def speeders(durations: Sequence[timedelta]) -> tuple[bool, ...]:
    """Which sheets took less than a third of the (upper) median of all.

    Args:
        durations: from the beginning to the end of each sheet.

    Returns:
        As long as `durations` and in its order; nobody with fewer than ten sheets.

    Source:
        docs/reference/questionnaire.md, "Marks on sheets".
    """
    if len(durations) < FEWEST_SHEETS:
        return (False,) * len(durations)
    usual = sorted(durations)[len(durations) // 2]
    return tuple(each * SPEEDING_PART < usual for each in durations)
