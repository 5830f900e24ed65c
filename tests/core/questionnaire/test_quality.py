"""Marks on answer sheets: who was too quick, and who answered everything alike."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.core.questionnaire.building import instrument, question
from wenming.core.questionnaire.quality import is_straight_line, speeders

FORM = instrument(
    *(question(f"q{n}", "select_one", choices="yn") for n in range(7)), question("why")
)


def minutes(*numbers: int) -> list[timedelta]:
    return [timedelta(minutes=number) for number in numbers]


def test_less_than_a_third_of_the_median_is_too_quick() -> None:
    times = minutes(12, 12, 12, 12, 12, 12, 12, 12, 4, 3)
    assert speeders(times) == (*[False] * 9, True)


def test_few_sheets_say_nothing() -> None:
    assert speeders(minutes(12, 12, 12, 1)) == (False,) * 4
    assert speeders([]) == ()


def test_six_alike_make_a_straight_line_and_blanks_stand_aside() -> None:
    alike = {f"q{n}": "yes" for n in range(6)}
    assert is_straight_line(FORM, alike)
    assert is_straight_line(FORM, alike | {"q6": "", "why": "yes"})
    assert not is_straight_line(FORM, alike | {"q6": "no"})
    assert not is_straight_line(FORM, alike | {"q5": ""})


@given(st.lists(st.integers(1, 500), min_size=10, max_size=60), st.integers(2, 9))
def test_the_clock_unit_and_slower_sheets_do_not_matter(times: list[int], factor: int) -> None:
    marked = speeders(minutes(*times))
    assert speeders(minutes(*(each * factor for each in times))) == marked
    slowest = max(times)
    assert not any(m for m, each in zip(marked, times, strict=True) if each == slowest)
    assert sum(marked) <= len(times) / 2
