"""docs/methods/interviewers.md: two groups compared, against scipy and published values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from wenming.stats.contingency import GroupTestKind, compare_groups, holm
from wenming.stats.counts import BadSample

counts = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=6)


def test_the_worked_example_of_the_page() -> None:
    found = compare_groups([24, 5, 1], [90, 70, 40])
    assert found is not None
    assert (found.kind, found.df, found.pooled) == (GroupTestKind.CHI_SQUARE, 2, ())
    assert (round(found.statistic or 0, 3), round(found.p, 6)) == (13.201, 0.001359)
    sparse = compare_groups([9, 1, 0, 0], [20, 50, 3, 2])
    assert sparse is not None
    assert (sparse.kind, sparse.pooled) == (GroupTestKind.FISHER, (0, 2, 3))
    assert round(sparse.p, 6) == 0.000897


def test_with_enough_answers_it_is_pearsons_test() -> None:
    ours, theirs = [30, 22, 15], [60, 21, 40]
    found = compare_groups(ours, theirs)
    known = stats.chi2_contingency([ours, theirs], correction=False)
    assert found is not None
    assert (found.statistic, found.p) == pytest.approx((known.statistic, known.pvalue), rel=1e-12)
    assert found.df == known.dof


@pytest.mark.parametrize("table", [([3, 1], [1, 3]), ([1, 6], [8, 3]), ([0, 4], [30, 2])])
def test_two_sparse_choices_are_tested_exactly(table: tuple[list[int], list[int]]) -> None:
    found = compare_groups(*table)
    assert found is not None
    assert (found.kind, found.statistic) == (GroupTestKind.FISHER, None)
    assert found.p == pytest.approx(stats.fisher_exact(table).pvalue, rel=1e-9)


def test_fishers_own_tea() -> None:
    """Fisher (1935): three of four cups told right; two-sided 34 of 70."""
    found = compare_groups([3, 1], [1, 3])
    assert found is not None
    assert found.p == 34 / 70


def test_rare_choices_are_counted_as_one_and_told() -> None:
    found = compare_groups([20, 10, 1, 2], [25, 20, 4, 7])
    assert found is not None
    known = stats.chi2_contingency([[20, 10, 3], [25, 20, 11]], correction=False)
    assert (found.kind, found.pooled, found.df) == (GroupTestKind.CHI_SQUARE, (2, 3), 2)
    assert found.p == pytest.approx(known.pvalue, rel=1e-12)


def test_where_nothing_can_differ_there_is_no_test() -> None:
    assert compare_groups([5, 0], [9, 0]) is None
    assert compare_groups([0, 0], [9, 3]) is None
    for wrong in (([1], [1, 2]), ([-1, 2], [3, 4])):
        with pytest.raises(BadSample):
            compare_groups(*wrong)


@given(counts)
def test_a_chance_lies_between_0_and_1_whichever_group_comes_first(
    table: list[tuple[int, int]],
) -> None:
    ours, theirs = ([pair[side] for pair in table] for side in (0, 1))
    one, other = compare_groups(ours, theirs), compare_groups(theirs, ours)
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert 0 <= one.p <= 1
        assert (one.kind, one.pooled) == (other.kind, other.pooled)
        assert one.p == pytest.approx(other.p, rel=1e-9)


def test_holm_as_r_reckons_it() -> None:
    """p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm") of R; and not in order."""
    found = holm([0.01, 0.02, 0.03, 0.04, 0.05])
    assert found == pytest.approx((0.05, 0.08, 0.09, 0.09, 0.09))
    assert holm([0.04, 0.01, 0.9]) == pytest.approx((0.08, 0.03, 0.9))
    assert holm([]) == ()


@given(st.lists(st.floats(0, 1, allow_nan=False), min_size=1, max_size=12))
def test_correcting_never_makes_a_difference_likelier(chances: list[float]) -> None:
    found = holm(chances)
    assert all(p <= corrected <= 1 for p, corrected in zip(chances, found, strict=True))
    assert min(found) <= min(chances) * len(chances) + 1e-12
