"""The worked examples of `docs/methods/estimation.md` and `uncertainty.md`, to the digit."""

from fractions import Fraction
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from tests.stats.reference_values import design, sample, yes_no
from wenming.stats.bootstrap import resample_psus, shrink
from wenming.stats.grades import (
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
from wenming.stats.survey import (
    Design,
    Options,
    covariance_of_means,
    estimate_mean_of,
    estimate_share,
    estimate_total,
    post_stratify,
)
from wenming.stats.survey.intervals import t_quantile
from wenming.stats.totals import Outcomes, convolve

METHODS = Path(__file__).parents[2] / "docs" / "methods"
EIGHTY = Fraction(4, 5)


def section(page: str, number: int) -> str:
    """One numbered section of a page."""
    text = (METHODS / f"{page}.md").read_text(encoding="utf-8")
    return text.split(f"\n## {number}. ")[1].split("\n## ")[0]


def satisfied(counts: list[int]) -> list[float]:
    return [float(household < count) for count in counts for household in range(5)]


FIRST, SECOND = satisfied([5, 4, 4, 3, 5, 4, 2, 3]), satisfied([4, 4, 5, 3, 4, 5, 3, 3])
COMMUNITIES = Design.from_columns(
    lonely="fail",
    weights=[30.0] * 20 + [50.0] * 20,
    strata=[["东"] * 20 + ["西"] * 20],
    clusters=[[community for community in range(8) for _ in range(5)]],
)


def test_a_share_with_its_error_and_design_effects() -> None:
    found = estimate_share(COMMUNITIES, FIRST)
    assert f"**{found.estimate:g}**" in section("estimation", 2)
    for figure in (f"{found.se:.6f}", found.df, f"{found.deff_wr:.6f}", f"{found.deff_wor:.6f}"):
        assert f"**{figure}**" in section("estimation", 3)


def test_filtering_first_gives_the_error_that_the_page_warns_of() -> None:
    schools, ours = sample("apiclus1"), design("apiclus1")
    high, y = schools.words("stype") == "H", schools.numbers("api00")
    right = estimate_total(ours, y, domain=high)
    clusters = [schools.words("dnum")[high]]
    filtered = Design.from_columns(
        lonely="fail",
        weights=schools.numbers("pw")[high],
        clusters=clusters,
        fpc=[schools.numbers("fpc")[high]],
    )
    wrong = estimate_total(filtered, y[high])
    for found in (right, wrong):
        assert f"{found.se:,.0f}" in section("estimation", 2)


def test_two_stages() -> None:
    houses = Design.from_columns(
        lonely="fail",
        strata=[["a"] * 6 + ["b"] * 6],
        clusters=[[1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2], [*range(12)]],
        fpc=[[10] * 6 + [4] * 6, [9] * 12],
    )
    found = estimate_total(houses, [3, 5, 4, 8, 6, 7, 1, 2, 3, 4, 4, 1])
    for figure in (f"{found.estimate:.0f}", f"{found.se**2:.0f}", f"{found.se:.6f}"):
        assert f"**{figure}**" in section("estimation", 3)


@pytest.mark.parametrize("kind", ["logit", "beta", "wilson", "mean"])
def test_intervals(kind: str) -> None:
    found = estimate_share(COMMUNITIES, FIRST, options=Options(interval=kind))
    assert f"| {kind} | **{found.low:.6f}** | **{found.high:.6f}** |" in section("estimation", 4)
    assert f"**{found.n_eff:.6f}**" in section("estimation", 4)


def test_the_mean_of_two_questions() -> None:
    found = estimate_mean_of(COMMUNITIES, [FIRST, SECOND])
    matrix, page = covariance_of_means(COMMUNITIES, [FIRST, SECOND]), section("estimation", 5)
    for figure in (f"{matrix[0, 1]:.9f}", f"{found.estimate:.6f}", f"{found.se:.6f}"):
        assert f"**{figure}**" in page
    assert f"{matrix[0, 0]:.9f} + {matrix[1, 1]:.9f}" in page


def test_post_stratification() -> None:
    sexes = ["女", "男"] * 20
    known = post_stratify(COMMUNITIES, sexes, {"男": 900, "女": 700})
    found, page = estimate_share(known, FIRST), section("estimation", 6)
    assert f"**{found.estimate:g}**, its standard error becomes **{found.se:.6f}**" in page
    east, west = known.weights[:2], known.weights[20:22]
    assert [*east, *west] == [26.25, 33.75, 43.75, 56.25]


def test_effective_size() -> None:
    page = section("uncertainty", 1)
    assert f"**{effective_size(1024, 1.8, 40):.6f}**" in page
    assert f"({t_quantile(0.95, 1023):.6f} ÷ {t_quantile(0.95, 40):.6f})" in page


CITY = Survey(0.82, effective_size(1024, 1.8, 40))
NEXT = Official(300, 1.5)


def test_the_truth_and_the_next_test() -> None:
    assert f"**{p_true(CITY, '>=', EIGHTY):.6f}**" in section("uncertainty", 2)
    assert f"**{p_repeat(CITY, '>=', EIGHTY, official=NEXT):.6f}**" in section("uncertainty", 3)


def test_sites() -> None:
    found, page = Sites(17, 20, 25), section("uncertainty", 4)
    assert f"**{sites_p_true(found, '>=', EIGHTY):.6f}**" in page
    assert f"**{sites_p_repeat(found, '>=', EIGHTY, official=Official(10)):.6f}**" in page
    assert sites_p_true(Sites(20, 25, 25), ">=", EIGHTY) == 1


def test_grades() -> None:
    scale = [Threshold("A", ">=", EIGHTY), Threshold("B", ">=", Fraction(3, 5))]
    for question in (partial(p_true, CITY), partial(p_repeat, CITY, official=NEXT)):
        found = grade_probabilities(scale, question, lowest="C")
        text = f"A **{found['A']:.6f}**, B **{found['B']:.6f}**"
        assert text in " ".join(section("uncertainty", 5).split())


def test_the_total_of_two_items() -> None:
    one = Outcomes((Fraction(2), Fraction(1), Fraction(0)), (0.7, 0.2, 0.1))
    other = Outcomes((Fraction(3), Fraction(3, 2), Fraction(0)), (0.5, 0.4, 0.1))
    found, page = convolve([one, other]), section("uncertainty", 6)
    assert found.step == Fraction(1, 2)
    assert f"**{found.mean:g}**" in page
    assert f"**{found.chances[-1]:.2f}**, P(0) = **{found.chances[0]:.2f}**" in page
    low, high = found.interval()
    assert f"from **{float(low):g}** to **{float(high):g}**" in page
    thin = sites_p_true(Sites(5, 5, 50), ">=", Fraction(1))
    assert f"the other 45 pass,\ntoo: **{thin:.6f}**" in page


def test_the_stream_of_the_bootstrap() -> None:
    assert f"**{', '.join(map(str, counts_of_five_sites()))}**" in section("uncertainty", 7)


def test_a_finite_register_shrinks_the_multipliers() -> None:
    found = shrink(np.array([[0.0, 2.0]]), np.array([0.25, 0.25]))[0]
    assert f"**{found[0]:g}** and **{found[1]:g}**" in section("uncertainty", 7)
    assert (shrink(np.array([[0.0, 2.0]]), np.zeros(2)) == 1).all()


def test_the_jackknife_warning() -> None:
    found = estimate_share(design("apistrat"), yes_no("apistrat", "schwide"))
    chance = stats.norm.cdf(0.80, found.estimate, found.se)
    assert f"**{chance:.3f}**" in section("uncertainty", 7)


def test_the_page_redraws_the_bootstrap_in_plain_python() -> None:
    """The recipe of section 7, followed with nothing but the standard library."""
    from hashlib import shake_256

    seed = b"wenming"
    head = b"wenming-bootstrap-1" + len(seed).to_bytes(8, "big") + seed
    stream = shake_256(head + b"stratum" + (0).to_bytes(8, "big")).digest(4 * 4)
    picks = [int.from_bytes(stream[i : i + 4], "big") * 5 >> 32 for i in range(0, 16, 4)]
    counts = [picks.count(site) for site in range(5)]
    assert counts == counts_of_five_sites()
    assert sum(counts) == 4


def counts_of_five_sites() -> list[int]:
    multipliers, _ = resample_psus(["x"] * 5, list("12345"), replicates=1, seed=b"wenming")
    return [round(each * 4 / 5) for each in multipliers[0]]
