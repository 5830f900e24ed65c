"""Sharing a total among strata."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wenming.stats.sampling import DrawError
from wenming.stats.sampling.allocation import neyman_weights, share_total, variance_of

units = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 40), min_size=1)


@st.composite
def questions(draw: st.DrawFn) -> tuple[dict[str, int], dict[str, int], int, int]:
    available = draw(units)
    weights = {name: draw(st.integers(1, 60)) for name in available}
    minimum = draw(st.integers(0, 6))
    least = sum(min(minimum, count) for count in available.values())
    total = draw(st.integers(least, sum(available.values())))
    return weights, available, total, minimum


def test_worked_example() -> None:
    """docs/methods/draws.md, section 4."""
    available = {"东城": 8, "西城": 6}
    assert share_total(available, available=available, total=7, minimum=2) == {"东城": 4, "西城": 3}
    assert share_total(available, available=available, total=8, minimum=2) == {"东城": 5, "西城": 3}


@given(questions())
def test_shares_add_up_within_their_bounds(question) -> None:
    weights, available, total, minimum = question
    shares = share_total(weights, available=available, total=total, minimum=minimum)
    assert sum(shares.values()) == total
    for name, share in shares.items():
        assert min(minimum, available[name]) <= share <= available[name]


@given(questions())
def test_a_larger_stratum_never_gets_fewer(question) -> None:
    _, available, total, minimum = question
    shares = share_total(available, available=available, total=total, minimum=minimum)
    for one in available:
        for other in available:
            if available[one] > available[other]:
                assert shares[one] >= shares[other]


@given(questions())
def test_equal_shares_differ_by_one_at_most_where_there_is_room(question) -> None:
    _, available, total, minimum = question
    equal = dict.fromkeys(available, 1)
    shares = share_total(equal, available=available, total=total, minimum=minimum)
    roomy = [share for name, share in shares.items() if share < available[name]]
    assert max(roomy, default=0) - min(roomy, default=0) <= 1


@given(questions(), st.integers(1, 9))
def test_only_ratios_of_weights_matter(question, factor: int) -> None:
    weights, available, total, minimum = question
    scaled = {name: weight * factor for name, weight in weights.items()}
    one = share_total(weights, available=available, total=total, minimum=minimum)
    assert share_total(scaled, available=available, total=total, minimum=minimum) == one


@given(questions())
def test_shares_stay_within_one_of_the_exact_quota_when_no_bound_binds(question) -> None:
    weights, available, total, _ = question
    quotas = {n: Fraction(total * w, sum(weights.values())) for n, w in weights.items()}
    assume(all(quota <= available[name] for name, quota in quotas.items()))
    shares = share_total(weights, available=available, total=total, minimum=0)
    assert all(abs(shares[name] - quota) < 1 for name, quota in quotas.items())


def test_what_a_full_stratum_cannot_take_goes_to_the_others() -> None:
    shares = share_total(
        {"a": 98, "b": 1, "c": 1}, available={"a": 4, "b": 50, "c": 50}, total=14, minimum=1
    )
    assert shares == {"a": 4, "b": 5, "c": 5}


def test_a_stratum_smaller_than_the_minimum_is_taken_whole() -> None:
    available = {"a": 1, "b": 30}
    assert share_total(available, available=available, total=9, minimum=3) == {"a": 1, "b": 8}


def test_neyman_follows_size_times_spread() -> None:
    available = {"a": 100, "b": 300}
    weights = neyman_weights({"a": Fraction(9), "b": Fraction(1)}, available=available)
    assert weights["a"] == weights["b"]
    assert share_total(weights, available=available, total=40, minimum=2) == {"a": 20, "b": 20}


def test_the_divisor_of_the_spread_is_one_less_than_the_units() -> None:
    assert variance_of([Fraction(n) for n in (1, 2, 3, 4)]) == Fraction(5, 3)
    assert variance_of([Fraction(7)]) == 0


@given(st.dictionaries(st.sampled_from("abc"), st.fractions(0, 10), min_size=1))
def test_neyman_weights_are_exact_to_sixty_four_bits(variances: dict[str, Fraction]) -> None:
    weights = neyman_weights(variances, available=dict.fromkeys(variances, 1))
    for one in variances:
        for other in variances:
            if variances[one] >= variances[other]:
                assert weights[one] >= weights[other]
            if variances[one] == 4 * variances[other]:
                assert abs(weights[one] - 2 * weights[other]) <= 2


@pytest.mark.parametrize(
    ("total", "minimum", "code", "facts"),
    [
        (12, 0, "allocation_exceeds_frame", {"total": 12, "available": 11}),
        (3, 2, "allocation_below_minimum", {"total": 3, "needed": 4}),
        (9, 0, "allocation_without_spread", {"left": 3}),
    ],
)
def test_a_total_that_cannot_be_shared_is_refused(
    total: int, minimum: int, code: str, facts: dict
) -> None:
    with pytest.raises(DrawError) as refusal:
        share_total({"a": 1, "b": 0}, available={"a": 6, "b": 5}, total=total, minimum=minimum)
    assert (refusal.value.code, refusal.value.facts) == (code, facts)
