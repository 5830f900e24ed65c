"""Which sheets fall into a cell, which cells a questionnaire can have, and how full one is."""

import pytest

from tests.core.questionnaire.building import instrument, question
from wenming.core.questionnaire import (
    QuotaProgress,
    fits,
    is_possible_cell,
    outside,
    quota_questions,
)

FORM = instrument(
    question("local", "select_one", choices="yn"),
    question("age", "integer"),
    question("many", "select_multiple", choices="yn"),
    question("why"),
)
YOUNG = {"local": "yes", "age": ["18", "29"]}


@pytest.mark.parametrize(
    ("answers", "falls"),
    [
        ({"local": "yes", "age": "18"}, True),
        ({"local": "yes", "age": "29"}, True),
        ({"local": "yes", "age": "30"}, False),
        ({"local": "no", "age": "20"}, False),
        ({"local": "yes"}, False),
        ({"local": "yes", "age": "NaN"}, False),
    ],
)
def test_both_ends_of_a_range_belong_to_it(answers: dict[str, str], falls: bool) -> None:
    assert fits(YOUNG, answers) is falls
    assert outside([YOUNG], answers) is not falls


def test_a_range_may_be_open() -> None:
    assert fits({"age": ["60", None]}, {"age": "99"})
    assert not fits({"age": [None, "17"]}, {"age": "18"})


@pytest.mark.parametrize(
    "cell",
    [
        {}, {"gone": "yes"}, {"local": "maybe"}, {"local": ["1", "2"]}, {"age": "yes"},
        {"age": ["29", "18"]}, {"age": [None, None]}, {"age": ["x", None]}, {"many": "yes"},
        {"why": "x"}, {"age": ["1"]},
    ],
)  # fmt: skip
def test_a_cell_that_the_questionnaire_cannot_have_is_seen(cell: dict[str, object]) -> None:
    assert not is_possible_cell(cell, FORM)  # type: ignore[arg-type]
    assert is_possible_cell(YOUNG, FORM)


def test_one_choice_and_numbers_make_cells() -> None:
    assert quota_questions(FORM) == {"local": False, "age": True}


def test_what_waits_fills_a_cell_and_what_was_set_aside_does_not() -> None:
    part, over = QuotaProgress(5, 2, 1, aside=4), QuotaProgress(5, 4, 3)
    assert (part.left, part.over, part.is_full) == (2, 0, False)
    assert (over.left, over.over, over.is_full) == (0, 2, True)
