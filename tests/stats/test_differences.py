"""docs/methods/difference.md, its worked example, and what any difference must keep."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenming.stats.differences import Estimate, difference_interval

numbers = st.floats(0, 100, allow_nan=False)


@st.composite
def estimates(draw: st.DrawFn) -> Estimate:
    low, value, high = sorted((draw(numbers), draw(numbers), draw(numbers)))
    return value, low, high


def test_the_worked_example_of_the_page() -> None:
    low, high = difference_interval((80.2, 78.8, 80.6), (74.0, 72.5, 75.0))
    assert (round(low, 2), round(high, 2)) == (4.48, 7.75)


def test_symmetric_intervals_add_in_squares() -> None:
    assert difference_interval((10, 7, 13), (6, 2, 10)) == pytest.approx((4 - 5, 4 + 5))


@given(estimates(), estimates())
def test_the_other_way_round_is_its_mirror(later: Estimate, earlier: Estimate) -> None:
    low, high = difference_interval(later, earlier)
    back_low, back_high = difference_interval(earlier, later)
    assert (back_low, back_high) == pytest.approx((-high, -low))


@given(estimates(), estimates())
def test_it_is_no_narrower_than_either(later: Estimate, earlier: Estimate) -> None:
    low, high = difference_interval(later, earlier)
    widest = max(later[2] - later[1], earlier[2] - earlier[1])
    assert low <= later[0] - earlier[0] <= high
    assert high - low >= widest / 2**0.5 - 1e-9


@given(estimates(), numbers)
def test_a_number_that_is_known_adds_nothing(later: Estimate, known: float) -> None:
    _value, low, high = later
    assert difference_interval(later, (known, known, known)) == pytest.approx(
        (low - known, high - known), abs=1e-9
    )
