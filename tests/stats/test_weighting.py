"""docs/methods/interviewers.md, section 4: what unequal weights cost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenming.stats.weighting import weight_report


def test_the_worked_example_of_the_page() -> None:
    found = weight_report([1] * 6 + [3] * 2)
    assert found is not None
    assert (found.n, found.total, found.smallest, found.largest) == (8, 12, 1, 3)
    assert (round(found.cv, 4), found.effective, found.spread) == (
        0.5774, 6, pytest.approx(4 / 3),
    )  # fmt: skip


def test_without_a_weight_above_zero_there_is_nothing_to_say() -> None:
    assert weight_report([]) is None
    assert weight_report([0, 0]) is None


@given(st.lists(st.floats(0.01, 1000), min_size=1, max_size=30))
def test_effective_n_is_n_over_the_spread(weights: list[float]) -> None:
    found = weight_report(weights)
    assert found is not None
    assert found.effective == pytest.approx(found.n / found.spread)
    assert found.effective <= found.n * (1 + 1e-9)
