"""Laws of estimation: order, domains, stages, edges, and what is refused."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.stats.reference_values import close, design, sample
from wenming.stats.survey import (
    Design,
    IntervalKind,
    Options,
    domains,
    estimate_levels,
    estimate_mean,
    estimate_mean_of,
    estimate_ratio,
    estimate_share,
    estimate_total,
)
from wenming.stats.survey.errors import (
    BadPopulation,
    BadWeight,
    ColumnsOfUnequalLength,
    DesignValueMissing,
    DesignWithoutRows,
    NotAShare,
    NothingAnswered,
    UnknownPolicy,
)
from wenming.stats.survey.intervals import wilson

HOUSES = {
    "strata": [["a"] * 6 + ["b"] * 6],
    "clusters": [[1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2], [*range(12)]],
    "fpc": [[10] * 6 + [4] * 6, [9] * 12],
}
ANSWERS = [3.0, 5.0, 4.0, 8.0, 6.0, 7.0, 1.0, 2.0, 3.0, 4.0, 4.0, 1.0]


def two_stages(order: list[int] | None = None) -> Design:
    rows = order or [*range(12)]
    columns = {k: [[column[r] for r in rows] for column in v] for k, v in HOUSES.items()}
    return Design.from_columns(lonely="fail", **columns)


def test_two_stages_by_hand() -> None:
    """docs/methods/estimation.md, section 3: weights from the sizes, both stages counted."""
    design = two_stages()
    assert design.weights.tolist() == [15.0] * 6 + [6.0] * 6
    found = estimate_total(design, ANSWERS)
    totals = np.array([180.0, 315.0, 36.0, 54.0])
    first = 2 * (1 - 2 / 10) * (67.5**2 * 2) + 2 * (1 - 2 / 4) * (9.0**2 * 2)
    within = [np.var(15 * np.array(v), ddof=1) for v in ([3, 5, 4], [8, 6, 7])]
    within += [np.var(6 * np.array(v), ddof=1) for v in ([1, 2, 3], [4, 4, 1])]
    later = (1 - 3 / 9) * 3
    second = 0.2 * later * (within[0] + within[1]) + 0.5 * later * (within[2] + within[3])
    assert found.estimate == totals.sum() == 585.0
    assert close(found.se**2, first + second)


def test_stages_without_a_population_size_are_taken_as_complete() -> None:
    one = Design.from_columns(
        lonely="fail",
        strata=HOUSES["strata"],
        clusters=HOUSES["clusters"],
        fpc=HOUSES["fpc"][:1],
    )
    assert len(one.stages) == 1
    assert one.weights.tolist() == [5.0] * 6 + [2.0] * 6


def test_fractions_say_the_same_as_population_sizes() -> None:
    fractions = [[0.2] * 6 + [0.5] * 6, [3 / 9] * 12]
    other = Design.from_columns(lonely="fail", **(HOUSES | {"fpc": fractions}))
    one, two = (estimate_mean(d, ANSWERS) for d in (two_stages(), other))
    assert close([one.estimate, one.se], [two.estimate, two.se])


@settings(deadline=None)
@given(st.permutations(range(12)))
def test_the_order_of_rows_changes_no_bit(order: list[int]) -> None:
    shuffled, y = two_stages(order), [ANSWERS[row] for row in order]
    assert estimate_mean(shuffled, y) == estimate_mean(two_stages(), ANSWERS)
    assert estimate_total(shuffled, y) == estimate_total(two_stages(), ANSWERS)


def test_the_order_of_schools_changes_no_bit() -> None:
    schools, order = sample("apistrat"), np.random.default_rng(3).permutation(200)
    shuffled = Design.from_columns(
        lonely="fail",
        weights=schools.numbers("pw")[order],
        strata=[schools.words("stype")[order]],
        fpc=[schools.numbers("fpc")[order]],
    )
    y = schools.numbers("api00")
    assert estimate_mean(shuffled, y[order]) == estimate_mean(design("apistrat"), y)


def test_filtering_first_would_be_wrong_and_there_is_no_door_to_it() -> None:
    schools, ours = sample("apiclus1"), design("apiclus1_nofpc")
    high = schools.words("stype") == "H"
    right = estimate_total(ours, schools.numbers("api00"), domain=high)
    filtered = Design.from_columns(
        lonely="fail", weights=schools.numbers("pw")[high], clusters=[schools.words("dnum")[high]]
    )
    wrong = estimate_total(filtered, schools.numbers("api00")[high])
    assert right.estimate == pytest.approx(wrong.estimate)
    assert wrong.se < 0.8 * right.se
    with pytest.raises(ColumnsOfUnequalLength):
        estimate_total(ours, schools.numbers("api00")[high])
    public = {name for name in dir(ours) if not name.startswith("_")}
    assert not public & {"filter", "subset", "take", "where", "query"}


def test_domains_share_the_total_between_them() -> None:
    schools, ours = sample("apistrat"), design("apistrat")
    masks = domains(schools.words("cname"))
    parts = [estimate_total(ours, schools.numbers("enroll"), domain=m) for m in masks.values()]
    whole = estimate_total(ours, schools.numbers("enroll"))
    assert sum(part.estimate for part in parts) == pytest.approx(whole.estimate)
    assert sum(part.n for part in parts) == whole.n


@pytest.mark.parametrize(("answer", "low", "high"), [(0.0, 0.0, 0.0183), (1.0, 0.9817, 1.0)])
def test_shares_of_none_and_all_have_an_interval(answer: float, low: float, high: float) -> None:
    found = estimate_share(design("apisrs"), np.full(200, answer))
    assert (found.se, found.deff_wr, found.interval_kind) == (0.0, None, IntervalKind.BETA)
    assert [found.low, found.high] == pytest.approx([low, high], abs=1e-4)


def test_auto_says_which_interval_it_took() -> None:
    y = np.arange(200) % 2.0
    few = np.arange(200) < 29
    assert estimate_share(design("apisrs"), y).interval_kind is IntervalKind.LOGIT
    assert estimate_share(design("apisrs"), y, domain=few).interval_kind is IntervalKind.BETA
    none = estimate_share(design("apisrs"), 0 * y, options=Options(interval="logit"))
    assert none.interval_kind is IntervalKind.BETA
    assert estimate_mean(design("apisrs"), y * 3).interval_kind is IntervalKind.MEAN


def test_wilson_equals_the_published_example() -> None:
    """PROC SURVEYFREQ's formula on apistrat's sch.wide; the size there is not capped at n."""
    found = wilson(0.827948011415823, 240.323975763605, level=0.95)
    assert [found.low, found.high] == pytest.approx([0.775167, 0.870410], abs=5e-7)


def test_wilson_holds_its_share_to_the_last_digit() -> None:
    levels = np.linspace(0.5, 0.99, 500)
    found = [(wilson(share, n, level=level), share) for share in (0.0, 1.0) for n in (6, 7, 13.5)
             for level in levels]  # fmt: skip
    assert all(each.low <= share <= each.high for each, share in found)


@pytest.mark.parametrize("kind", ["beta", "wilson", "logit"])
@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from([0.0, 1.0]), min_size=6, max_size=40), st.floats(0.5, 0.99))
def test_intervals_of_shares_stay_between_0_and_1(kind: str, y: list[float], level: float) -> None:
    ours = Design.from_columns(lonely="fail", weights=np.ones(len(y)))
    found = estimate_share(ours, y, options=Options(interval=kind, level=level))
    assert 0 <= found.low <= found.estimate <= found.high <= 1
    assert found.low < found.high


def test_one_unit_gives_no_degrees_of_freedom_and_no_false_certainty() -> None:
    ours = Design.from_columns(lonely="remove", weights=[1.0] * 40, clusters=[[7] * 40])
    y = np.arange(40) % 2.0
    mean, share = estimate_mean(ours, y), estimate_share(ours, y)
    assert mean.df == 0
    assert np.isnan([mean.low, mean.high]).all()
    assert (share.n_eff, share.low, share.high) == (0.0, 0.0, 1.0)


@pytest.mark.parametrize("kind", ["auto", "logit", "beta", "wilson"])
def test_a_share_without_degrees_of_freedom_may_be_anything(kind: str) -> None:
    ours = Design.from_columns(
        lonely="adjust", weights=[1.0] * 80, strata=[["a", "b"] * 40], clusters=[["a", "b"] * 40]
    )
    found = estimate_share(ours, np.arange(80) % 4 == 0, options=Options(interval=kind))
    assert (found.df, found.low, found.high) == (0, 0.0, 1.0)
    assert found.se > 0


def test_the_mean_of_several_shares_counts_their_covariance() -> None:
    ours, y = design("apistrat"), np.arange(200) % 2.0
    same = estimate_mean_of(ours, [y, y, y])
    alone = estimate_share(ours, y)
    assert [same.estimate, same.se] == pytest.approx([alone.estimate, alone.se])
    opposite = estimate_mean_of(ours, [y, 1 - y])
    assert opposite.estimate == 0.5
    assert opposite.se == pytest.approx(0, abs=1e-15)


def test_each_question_of_a_mean_keeps_its_own_base() -> None:
    ours = Design.from_columns(lonely="fail", weights=np.ones(40))
    one, two = np.arange(40) % 2.0, np.where(np.arange(40) < 10, 1.0, np.nan)
    found = estimate_mean_of(ours, [one, two])
    assert found.estimate == pytest.approx(0.75)
    assert (found.n, found.base) == (10, 40)


def test_levels_of_a_question_sum_to_one_over_those_who_answered() -> None:
    ours = Design.from_columns(lonely="fail", weights=[1.0, 2.0, 3.0, 4.0])
    found = estimate_levels(ours, ["yes", "no", "", "rather"])
    assert {k: v.estimate for k, v in found.items()} == pytest.approx(
        {"no": 2 / 7, "rather": 4 / 7, "yes": 1 / 7}
    )


REFUSED: list[tuple[type[Exception], Callable[[], object]]] = [
    (DesignWithoutRows, lambda: Design.from_columns(lonely="fail")),
    (DesignWithoutRows, lambda: Design.from_columns(lonely="fail", weights=[])),
    (ColumnsOfUnequalLength, lambda: built(weights=[1, 2], strata=[["a"]])),
    (DesignValueMissing, lambda: built(weights=[1, 2], strata=[["a", None]])),
    (DesignValueMissing, lambda: built(weights=[1, 2], clusters=[[1.0, float("nan")]])),
    (BadWeight, lambda: built(weights=[1, -2])),
    (BadWeight, lambda: built(weights=[0, 0])),
    (BadWeight, lambda: built(weights=[1, float("nan")])),
    (BadPopulation, lambda: built(fpc=[[5, 6]])),
    (BadPopulation, lambda: built(fpc=[[1.5, 1.5]])),
    (BadPopulation, lambda: built(fpc=[[0.5, 5]])),
    (BadPopulation, lambda: built(fpc=[[0, 5]])),
    (UnknownPolicy, lambda: Options(interval="guess")),
    (NothingAnswered, lambda: estimate_mean(built(weights=[1, 2]), [np.nan, np.nan])),
    (NothingAnswered, lambda: estimate_ratio(built(weights=[1, 2]), [1, 1], [0, 0])),
    (NothingAnswered, lambda: estimate_mean_of(built(weights=[1, 2]), [])),
    (NotAShare, lambda: estimate_share(built(weights=[1, 2]), [0, 2])),
    (
        NotAShare,
        lambda: estimate_mean(built(weights=[1, 2]), [0, 2], options=Options(interval="beta")),
    ),
    (
        ColumnsOfUnequalLength,
        lambda: estimate_mean(built(weights=[1, 2]), [1, 2], domain=np.array([True])),
    ),
]


def built(**columns: object) -> Design:
    return Design.from_columns(lonely="remove", **columns)


@pytest.mark.parametrize(("error", "attempt"), REFUSED)
def test_what_makes_no_sense_is_refused(
    error: type[Exception], attempt: Callable[[], object]
) -> None:
    with pytest.raises(error):
        attempt()
