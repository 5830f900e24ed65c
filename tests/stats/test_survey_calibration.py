"""Calibrated weights and their variances equal the reference values."""

import numpy as np
import pytest

from tests.stats.reference_values import REFERENCE, close, design, sample
from wenming.stats.survey import (
    Design,
    calibrate,
    domains,
    estimate_mean,
    estimate_total,
    post_stratify,
    rake,
    trim,
)
from wenming.stats.survey.errors import BadTotals, ColumnsOfUnequalLength

SCHOOLS, STRATIFIED = sample("apiclus1"), sample("apistrat")
INPUTS = REFERENCE["calibration_inputs"]
TYPES = {row["stype"]: row["Freq"] for row in INPUTS["pop_stype"]}
WIDE = {row["sch.wide"]: row["Freq"] for row in INPUTS["pop_schwide"]}


def regression_on(*columns: str) -> Design:
    known = {"one": np.ones(len(SCHOOLS.rows)), "api99": SCHOOLS.numbers("api99")}
    known |= {f"stype{t}": (SCHOOLS.words("stype") == t).astype(float) for t in "HM"}
    totals = {"one": INPUTS["totals"]["(Intercept)"]} | INPUTS["totals"]
    matrix = np.column_stack([known[column] for column in columns])
    return calibrate(design("apiclus1"), matrix, [totals[column] for column in columns])


def calibrated(name: str) -> Design:
    stype, wide = SCHOOLS.words("stype"), SCHOOLS.words("sch.wide")
    if name == "poststrat_stype":
        return post_stratify(design("apiclus1"), stype, TYPES)
    if name == "poststrat_strat":
        return post_stratify(design("apistrat_nofpc"), STRATIFIED.words("sch.wide"), WIDE)
    if name == "rake_tight":
        return rake(design("apiclus1"), [(stype, TYPES), (wide, WIDE)])
    if name == "greg_stype":
        return regression_on("one", "stypeH", "stypeM")
    return trim(regression_on("one", "stypeH", "stypeM", "api99"), upper=60)[0]


COVERED = ["poststrat_stype", "poststrat_strat", "rake_tight", "greg_stype", "trim"]


@pytest.mark.parametrize("name", COVERED)
def test_calibrated_weights_and_estimates_equal_the_reference(name: str) -> None:
    known, ours = REFERENCE["calibration"][name], calibrated(name)
    schools = STRATIFIED if name == "poststrat_strat" else SCHOOLS
    weights = known["weights"]
    assert close(
        [ours.weights.sum(), ours.weights.min(), ours.weights.max()],
        [weights["sum"], weights["min"], weights["max"]],
    )
    assert close(np.quantile(ours.weights, [0, 0.25, 0.5, 0.75, 1]), weights["q"])
    for key, estimator, variable in [
        ("mean", estimate_mean, "api00"),
        ("total", estimate_total, "enroll"),
    ]:
        found, value = estimator(ours, schools.numbers(variable)), known[key]
        assert close(
            [found.estimate, found.se, found.deff_wor, found.low, found.high],
            [value["estimate"], value["se"], value["deff"], *value["ci_t"][0]],
        )
    masks = domains(schools.words("stype"))
    for row, (label, mask) in zip(known["by"], masks.items(), strict=True):
        found = estimate_mean(ours, schools.numbers("api00"), domain=mask)
        assert row["stype"] == label
        assert close([found.estimate, found.se], [row["api00"], row["se"]])
    for index, mask in enumerate(masks.values()):
        found = estimate_total(ours, mask.astype(float))
        assert close(found.estimate, known["stype"]["estimate"][index])
        assert close(found.se, known["stype"]["se"][index], size=found.estimate)


def test_raking_reaches_every_total() -> None:
    ours = calibrated("rake_tight")
    for column, totals in {"stype": TYPES, "sch.wide": WIDE}.items():
        for label, mask in domains(SCHOOLS.words(column)).items():
            assert close(ours.weights[mask].sum(), totals[label], rel=2e-10)


def test_margins_that_contradict_each_other_are_refused() -> None:
    margins = [(SCHOOLS.words("stype"), TYPES), (SCHOOLS.words("sch.wide"), {"No": 1, "Yes": 2})]
    with pytest.raises(BadTotals):
        rake(design("apiclus1"), margins)


def test_totals_must_name_the_groups_of_the_sample() -> None:
    with pytest.raises(BadTotals):
        post_stratify(design("apiclus1"), SCHOOLS.words("stype"), {"E": 1, "H": 1})


def test_totals_that_cannot_be_reached_are_refused() -> None:
    one = np.ones((len(SCHOOLS.rows), 1))
    with pytest.raises(BadTotals):
        calibrate(design("apiclus1"), np.hstack([one, one]), [6194, 6000])
    with pytest.raises(ColumnsOfUnequalLength):
        calibrate(design("apiclus1"), one, [6194, 6000])
    with pytest.raises(BadTotals):
        post_stratify(design("apiclus1"), SCHOOLS.words("stype"), TYPES | {"E": 0})
    square = Design.from_columns(lonely="fail", weights=[1.0, 1.0, 1.0])
    crossed = [(["a", "b", "b"], {"a": 1, "b": 9}), (["c", "d", "d"], {"c": 5, "d": 5})]
    with pytest.raises(BadTotals):
        rake(square, crossed, rounds=20)


def test_trimming_says_what_it_changed() -> None:
    before = regression_on("one", "stypeH", "stypeM", "api99")
    after, report = trim(before, upper=60)
    assert report.trimmed == np.count_nonzero(before.weights > 60)
    assert report.moved == pytest.approx((before.weights[before.weights > 60] - 60).sum())
    assert report.largest == (before.weights.max(), 60)
    assert report.spread[1] < report.spread[0]
    assert after.weights.sum() == pytest.approx(before.weights.sum())


def test_strict_trimming_repeats_until_no_weight_is_outside() -> None:
    before = regression_on("one", "stypeH", "stypeM", "api99")
    assert trim(before, upper=40)[0].weights.max() > 40
    assert trim(before, upper=40, strict=True)[0].weights.max() <= 40
    with pytest.raises(BadTotals):
        trim(before, upper=1)
