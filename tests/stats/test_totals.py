"""The range of a total: exact where it can be, and the same on every machine."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.stats.reference_values import design, sample, yes_no
from wenming.stats.bootstrap import BadResample, replicate_means, resample_psus
from wenming.stats.grades import Survey, p_true
from wenming.stats.survey import estimate_share
from wenming.stats.totals import (
    BadOutcome,
    Distribution,
    Outcomes,
    Range,
    convolve,
    from_replicates,
    wider,
)

GOLDEN_MULTIPLIERS = [[2.0, 0.0, 0.0, 0.0, 3.0], [0.0, 2.0, 0.0, 1.5, 1.5]]

points = st.fractions(0, 12, max_denominator=8)


@st.composite
def some_outcomes(draw: st.DrawFn) -> Outcomes:
    values = draw(st.lists(points, min_size=1, max_size=3))
    shares = draw(st.lists(st.integers(1, 9), min_size=len(values), max_size=len(values)))
    return Outcomes(tuple(values), tuple(share / sum(shares) for share in shares))


def chances(distribution: Distribution) -> dict[Fraction, float]:
    return {
        distribution.start + cell * distribution.step: chance
        for cell, chance in enumerate(distribution.chances.tolist())
        if chance > 0
    }


@given(st.lists(some_outcomes(), max_size=5))
def test_convolution_equals_an_enumeration_of_all_outcomes(items: list[Outcomes]) -> None:
    expected: dict[Fraction, float] = {}
    for combination in product(*(zip(i.points, i.chances, strict=True) for i in items)):
        value = sum((points for points, _ in combination), Fraction(0))
        chance = float(np.prod([chance for _, chance in combination]))
        expected[value] = expected.get(value, 0.0) + chance
    found = convolve(items)
    assert found.error == 0
    assert chances(found) == pytest.approx(expected)


@given(st.lists(some_outcomes(), min_size=1, max_size=5), st.randoms())
def test_the_order_of_items_does_not_matter(items: list[Outcomes], random) -> None:
    shuffled = random.sample(items, len(items))
    assert chances(convolve(shuffled)) == pytest.approx(chances(convolve(items)))


@given(st.lists(some_outcomes(), min_size=1, max_size=5))
def test_a_grid_too_large_is_binned_and_says_how_far_off_it_may_be(items: list[Outcomes]) -> None:
    exact, binned = convolve(items), convolve(items, largest_grid=1)
    assert binned.error <= len(items) * Fraction(1, 20_000)
    for one, other in zip(exact.interval(), binned.interval(), strict=True):
        assert abs(one - other) <= binned.error
    assert abs(exact.mean - binned.mean) <= float(binned.error) + 1e-9


def test_a_quantile_is_a_total_that_can_happen() -> None:
    coin = Outcomes((Fraction(0), Fraction(1)), (0.5, 0.5))
    ten = convolve([coin] * 10)
    expected = tuple(Fraction(int(stats.binom.ppf(q, 10, 0.5))) for q in (0.05, 0.95))
    assert ten.interval() == expected
    assert ten.mean == pytest.approx(5)
    assert convolve([]).interval() == (0, 0)


def test_chances_that_are_no_distribution_are_refused() -> None:
    for wrong in (
        Outcomes((Fraction(1),), (0.5,)),
        Outcomes((), ()),
        Outcomes((Fraction(1), Fraction(2)), (1.5, -0.5)),
    ):
        with pytest.raises(BadOutcome):
            convolve([wrong])


def test_the_wider_interval_is_shown_and_named() -> None:
    narrow, wide = (
        Range(Fraction(70), Fraction(72), "convolution"),
        Range(Fraction(69), Fraction(72), "bootstrap"),
    )
    assert wider(narrow, wide) is wide
    assert wider(wide, narrow) is wide


def test_replicates_give_the_ranks_they_promise() -> None:
    assert from_replicates([Fraction(k) for k in range(100, 0, -1)]) == (Fraction(5), Fraction(96))
    assert from_replicates([Fraction(3)]) == (Fraction(3), Fraction(3))
    with pytest.raises(BadOutcome):
        from_replicates([])


def test_a_jackknife_would_call_a_shaky_grade_certain() -> None:
    """Deleting one school of 200 never changes the grade; the chance of the other one is 1 in 8."""
    schools, answers = design("apistrat"), yes_no("apistrat", "schwide")
    strata = sample("apistrat").words("stype")
    found = estimate_share(schools, answers)
    grades = set()
    for left_out in range(schools.rows):
        kept = np.arange(schools.rows) != left_out
        same = strata == strata[left_out]
        factor = np.where(same, same.sum() / (same.sum() - 1), 1.0) * kept
        weights = schools.weights * factor
        grades.add(bool((weights * answers).sum() / weights.sum() >= 0.80))
    assert grades == {True}
    assert stats.norm.cdf(0.80, found.estimate, found.se) == pytest.approx(0.125, abs=1e-3)
    ours = p_true(Survey(found.estimate, found.n_eff), "<", Fraction(4, 5))
    assert 0.1 < ours < 0.25


def test_the_bootstrap_stream_is_the_same_everywhere() -> None:
    multipliers, units = resample_psus(
        ["b", "a", "b", "a", "b"], [1, 1, 2, 2, 3], replicates=2, seed=b"wenming"
    )
    assert units.tolist() == [2, 0, 3, 1, 4]
    assert multipliers.tolist() == GOLDEN_MULTIPLIERS


def test_rows_may_come_in_any_order() -> None:
    strata, psus = np.array(["a", "a", "b", "b", "b", "c"]), np.array([1, 2, 1, 2, 2, 9])
    order = np.array([5, 3, 0, 2, 4, 1])
    one, units = resample_psus(strata, psus, replicates=4, seed=b"s")
    other, shuffled = resample_psus(strata[order], psus[order], replicates=4, seed=b"s")
    assert (one[:, units[order]] == other[:, shuffled]).all()
    assert (one[:, units[5]] == 1).all()


def test_rao_wu_weights_keep_each_stratum_and_find_its_variance() -> None:
    strata = np.repeat(["a", "b"], [4, 10])
    y = np.arange(14.0) ** 1.5
    multipliers, units = resample_psus(strata, np.arange(14), replicates=20_000, seed=b"v")
    for mask in (strata == "a", strata == "b"):
        assert np.allclose(multipliers[:, units[mask]].sum(axis=1), mask.sum())
    totals = multipliers[:, units] @ y
    exact = sum(n * y[m].var(ddof=1) for n, m in ((4, strata == "a"), (10, strata == "b")))
    assert totals.mean() == pytest.approx(y.sum(), rel=0.01)
    assert totals.var() == pytest.approx(exact, rel=0.05)


def test_replicated_means_spread_as_taylor_says() -> None:
    schools, strata = design("apistrat_nofpc"), sample("apistrat").words("stype")
    answers = np.column_stack([yes_no("apistrat", "schwide"), yes_no("apistrat", "gt700")])
    answers[::9, 1] = np.nan
    multipliers, units = resample_psus(strata, np.arange(200), replicates=4000, seed=b"t")
    means = replicate_means(answers, schools.weights, units=units, multipliers=multipliers)
    for question in (0, 1):
        taylor = estimate_share(schools, answers[:, question])
        assert means[:, question].mean() == pytest.approx(taylor.estimate, abs=0.002)
        assert means[:, question].std() == pytest.approx(taylor.se, rel=0.04)


def test_nothing_cannot_be_resampled() -> None:
    with pytest.raises(BadResample):
        resample_psus(["a"], ["b"], replicates=0, seed=b"")
