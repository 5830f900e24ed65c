"""What a sample says about a grade: of the city as it is, and of the next test."""

from fractions import Fraction
from functools import partial
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from wenming.stats.counts import beta_binomial, meeting
from wenming.stats.grades import (
    BadSample,
    Official,
    Sites,
    Survey,
    Threshold,
    effective_size,
    grade_probabilities,
    p_repeat,
    p_true,
    sites_p_repeat,
    sites_p_true,
)

EIGHTY, SIXTY = Fraction(4, 5), Fraction(3, 5)
ABC = [Threshold("A", ">=", EIGHTY), Threshold("B", ">=", SIXTY)]
operators = st.sampled_from([">", ">=", "<", "<="])
limits = st.fractions(0, 1, max_denominator=100)


@st.composite
def some_sites(draw: st.DrawFn) -> Sites:
    register = draw(st.integers(1, 40))
    visited = draw(st.integers(0, register))
    return Sites(draw(st.integers(0, visited)), visited, register)


surveys = st.builds(Survey, st.floats(0, 1), st.floats(0, 3000))


def test_a_sample_is_never_worth_more_than_it_has() -> None:
    assert effective_size(100, 0.5, 99) == 100
    assert effective_size(100, 2.0, 99) == 50
    assert effective_size(100, 2.0, 0) == 0
    ratio = stats.t.ppf(0.975, 99) / stats.t.ppf(0.975, 7)
    assert effective_size(100, 2.0, 7) == pytest.approx(50 * ratio**2, rel=1e-12)


def test_exactly_eighty_of_a_hundred_meets_eighty_percent() -> None:
    assert meeting(">=", EIGHTY, 100) == (80, 100)
    assert meeting(">", EIGHTY, 100) == (81, 100)
    assert meeting("<", EIGHTY, 100) == (0, 79)
    assert meeting("<=", EIGHTY, 100) == (0, 80)


@given(operators, limits, st.integers(1, 300))
def test_meeting_is_decided_on_integers(op: str, limit: Fraction, m: int) -> None:
    first, last = meeting(op, limit, m)
    compare = {
        ">": Fraction.__gt__,
        ">=": Fraction.__ge__,
        "<": Fraction.__lt__,
        "<=": Fraction.__le__,
    }[op]
    assert [k for k in range(m + 1) if compare(Fraction(k, m), limit)] == [*range(first, last + 1)]


@given(st.integers(0, 200), st.floats(0.5, 500), st.floats(0.5, 500))
def test_beta_binomial_equals_scipy(m: int, yes: float, no: float) -> None:
    expected = stats.betabinom.pmf(np.arange(m + 1), m, yes, no)
    assert beta_binomial(m, yes, no) == pytest.approx(expected, abs=1e-11)


@given(surveys, limits)
def test_the_truth_meets_a_limit_or_its_opposite(survey: Survey, limit: Fraction) -> None:
    assert p_true(survey, ">=", limit) + p_true(survey, "<", limit) == pytest.approx(1)


@given(surveys, limits, st.integers(1, 400), st.floats(0.5, 4))
def test_a_test_meets_a_limit_or_its_opposite(
    survey: Survey, limit: Fraction, m: int, deff: float
) -> None:
    chance = partial(p_repeat, survey, limit=limit, official=Official(m, deff))
    assert chance(">=") + chance("<") == pytest.approx(1)
    assert chance(">") + chance("<=") == pytest.approx(1)


@given(st.floats(0, 0.9), st.floats(0, 0.1), st.floats(1, 2000), limits)
def test_doing_better_is_never_less_likely_to_meet(
    share: float, more: float, n_eff: float, limit: Fraction
) -> None:
    worse, better = Survey(share, n_eff), Survey(share + more, n_eff)
    official = Official(100, 1.5)
    assert p_true(better, ">=", limit) >= p_true(worse, ">=", limit) - 1e-12
    repeat = [p_repeat(s, ">=", limit, official=official) for s in (worse, better)]
    assert repeat[1] >= repeat[0] - 1e-12


def test_the_next_test_is_less_certain_than_the_truth() -> None:
    """Its own sampling is added once, not twice: neither the plug-in nor a sharp truth."""
    survey = Survey(0.82, 1000)
    assert p_true(survey, ">=", EIGHTY) == pytest.approx(stats.beta(820.5, 180.5).sf(0.8))
    assert p_true(survey, ">=", EIGHTY) > 0.94
    assert 0.5 < p_repeat(survey, ">=", EIGHTY, official=Official(300)) < 0.9


def test_a_design_effect_shrinks_the_official_sample() -> None:
    survey = Survey(0.85, 400)
    halved = p_repeat(survey, ">=", EIGHTY, official=Official(201, 2.0))
    assert halved == p_repeat(survey, ">=", EIGHTY, official=Official(100))


@given(some_sites(), operators, limits)
def test_a_full_census_of_sites_is_certain(sites: Sites, op: str, limit: Fraction) -> None:
    census = Sites(sites.passing, sites.visited, max(1, sites.visited))
    if census.visited == census.register:
        first, last = meeting(op, limit, census.register)
        assert sites_p_true(census, op, limit) == float(first <= census.passing <= last)


@given(some_sites(), operators, limits)
def test_drawing_the_whole_register_tells_the_truth(sites: Sites, op: str, limit: Fraction) -> None:
    repeat = sites_p_repeat(sites, op, limit, official=Official(sites.register))
    assert repeat == pytest.approx(sites_p_true(sites, op, limit), abs=1e-12)


@pytest.mark.parametrize(("passing", "visited"), [(2, 3), (0, 2), (4, 4)])
@pytest.mark.parametrize("m", [1, 3, 5])
def test_sites_equal_an_enumeration_of_every_register_and_draw(
    passing: int, visited: int, m: int
) -> None:
    """Every outcome of the sites not visited, and every draw of m sites, counted one by one."""
    register, known = 6, [1] * passing + [0] * (visited - passing)
    true = repeat = 0.0
    for rest in product([0, 1], repeat=register - visited):
        chance = sequence_chance(known, rest)
        sites = [*known, *rest]
        draws = [*combinations(sites, m)]
        true += chance * (Fraction(sum(sites), register) >= SIXTY)
        repeat += chance * sum(Fraction(sum(draw), m) >= SIXTY for draw in draws) / len(draws)
    found = Sites(passing, visited, register)
    assert sites_p_true(found, ">=", SIXTY) == pytest.approx(true, abs=1e-12)
    official = Official(m)
    assert sites_p_repeat(found, ">=", SIXTY, official=official) == pytest.approx(repeat, abs=1e-12)


def sequence_chance(known: list[int], rest: tuple[int, ...]) -> float:
    """Pólya's urn with ½ of each colour: site after site."""
    yes, no, chance = sum(known) + 0.5, len(known) - sum(known) + 0.5, 1.0
    for outcome in rest:
        chance *= (yes if outcome else no) / (yes + no)
        yes, no = yes + outcome, no + 1 - outcome
    return chance


@given(surveys, st.integers(1, 300))
def test_grades_of_both_questions_sum_to_one(survey: Survey, m: int) -> None:
    for question in (partial(p_true, survey), partial(p_repeat, survey, official=Official(m))):
        grades = grade_probabilities(ABC, question, lowest="C")
        assert [*grades] == ["A", "B", "C"]
        assert sum(grades.values()) == pytest.approx(1)
        assert min(grades.values()) >= 0


@given(some_sites(), st.integers(1, 30))
def test_grades_of_sites_sum_to_one(sites: Sites, m: int) -> None:
    repeat = partial(sites_p_repeat, sites, official=Official(m))
    for question in (partial(sites_p_true, sites), repeat):
        grades = grade_probabilities(ABC, question, lowest="C")
        assert sum(grades.values()) == pytest.approx(1)
        assert min(grades.values()) >= 0


def test_thresholds_that_do_not_contain_each_other_are_refused() -> None:
    question = partial(p_true, Survey(0.5, 10))
    for wrong in ([*reversed(ABC)], [ABC[0], Threshold("B", "<", SIXTY)]):
        with pytest.raises(BadSample):
            grade_probabilities(wrong, question, lowest="C")
    falling = [Threshold("A", "<", Fraction(1, 10)), Threshold("B", "<=", Fraction(1, 10))]
    assert [*grade_probabilities(falling, question, lowest="C")] == ["A", "B", "C"]


def test_impossible_samples_are_refused() -> None:
    with pytest.raises(BadSample):
        p_true(Survey(1.2, 10), ">=", EIGHTY)
    with pytest.raises(BadSample):
        p_true(Survey(0.5, 10), "=", EIGHTY)
    with pytest.raises(BadSample):
        p_repeat(Survey(0.5, 10), ">=", EIGHTY, official=Official(0))
    with pytest.raises(BadSample):
        sites_p_true(Sites(3, 2, 10), ">=", EIGHTY)
    with pytest.raises(BadSample):
        sites_p_true(Sites(2, 3, 10), "≥", EIGHTY)
    with pytest.raises(BadSample):
        sites_p_repeat(Sites(2, 3, 10), ">=", EIGHTY, official=Official(0))
