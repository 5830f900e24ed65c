"""Estimates equal the reference values of `reference/`, each to 1e-9."""

import numpy as np
import pytest

from tests.stats.reference_values import (
    DESIGNS,
    REFERENCE,
    answers,
    close,
    design,
    sample,
    yes_no,
)
from wenming.stats.survey import (
    Estimate,
    Options,
    covariance_of_means,
    domains,
    estimate_mean,
    estimate_ratio,
    estimate_share,
    estimate_total,
)

MEANS = [(name, variable) for name in DESIGNS for variable in REFERENCE["svymean"][name]]
TOTALS = [(name, variable) for name in DESIGNS for variable in REFERENCE["svytotal"][name]]
SHARES = [(name, question) for name in DESIGNS for question in REFERENCE["svyciprop"][name]]
SHARE_TABLES = {"schwide_by_stype": "sch.wide", "gt700_by_stype": "gt700"}


def listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def assert_equal(found: Estimate, known: dict[str, object], index: int = 0) -> None:
    size = found.estimate
    assert close(found.estimate, listed(known["estimate"])[index])
    assert close(found.se, listed(known["se"])[index], size=size)
    assert close([found.low, found.high], known["ci_t"][index])
    assert found.df == known["df"]
    if "deff" in known:
        assert close(found.deff_wor, listed(known["deff"])[index], size=1)


@pytest.mark.parametrize("name", DESIGNS)
def test_the_design_has_the_units_strata_and_weights_of_the_reference(name: str) -> None:
    known, ours = REFERENCE["designs"][name], design(name)
    stage = ours.stages[0]
    assert ours.rows == known["n"]
    assert ours.degrees(ours.weights > 0) == known["degf"]
    assert (stage.units.size, stage.strata.size) == (known["n_psu"], known["n_strata"])
    assert close(ours.weights.sum(), known["sum_weights"])


@pytest.mark.parametrize(("name", "variable"), MEANS)
def test_means_equal_the_reference(name: str, variable: str) -> None:
    known = REFERENCE["svymean"][name][variable]
    columns = answers(name, variable)
    assert [*columns] == listed(known["names"])
    for index, y in enumerate(columns.values()):
        assert_equal(estimate_mean(design(name), y), known, index)
    matrix = covariance_of_means(design(name), [*columns.values()])
    assert close(matrix, known["vcov"], size=np.max(np.abs(matrix)) + 1e-6)


@pytest.mark.parametrize(("name", "variable"), TOTALS)
def test_totals_equal_the_reference(name: str, variable: str) -> None:
    known = REFERENCE["svytotal"][name][variable]
    for index, y in enumerate(answers(name, variable).values()):
        assert_equal(estimate_total(design(name), y), known, index)


@pytest.mark.parametrize("name", DESIGNS)
def test_ratios_equal_the_reference(name: str) -> None:
    schools = sample(name.removesuffix("_nofpc"))
    found = estimate_ratio(design(name), schools.numbers("api.stu"), schools.numbers("enroll"))
    known = REFERENCE["svyratio"][name]
    assert close(
        [found.estimate, found.se, found.deff_wor], [known["estimate"], known["se"], known["deff"]]
    )
    assert close([found.low, found.high], known["ci_t"][0])


@pytest.mark.parametrize("name", DESIGNS)
@pytest.mark.parametrize("table", ["api00_by_stype", "enroll_total_by_stype", *SHARE_TABLES])
def test_domains_by_one_factor_equal_the_reference(name: str, table: str) -> None:
    estimator = estimate_total if "total" in table else estimate_mean
    columns = answers(name, SHARE_TABLES.get(table, table.split("_", maxsplit=1)[0]))
    masks = domains(sample(name.removesuffix("_nofpc")).words("stype"))
    for row in REFERENCE["svyby"][name][table]["table"]:
        for column, y in columns.items():
            suffix = f".{column}" if len(columns) > 1 else ""
            found = estimator(design(name), y, domain=masks[row["stype"]])
            assert close([found.estimate, found.se], [row[column], row[f"se{suffix}"]])
            assert close(found.deff_wor, row[f"DEff.{column}"])
            assert close(found.se / found.estimate, row[f"cv{suffix}"])


@pytest.mark.parametrize("name", DESIGNS)
def test_domains_by_two_factors_equal_the_reference(name: str) -> None:
    schools = sample(name.removesuffix("_nofpc"))
    first, second = domains(schools.words("stype")), domains(schools.words("sch.wide"))
    for row in REFERENCE["svyby"][name]["api00_by_stype_schwide"]["table"]:
        mask = first[row["stype"]] & second[row["sch.wide"]]
        found = estimate_mean(design(name), schools.numbers("api00"), domain=mask)
        assert close(
            [found.estimate, found.se, found.deff_wor], [row["api00"], row["se"], row["DEff.api00"]]
        )


@pytest.mark.parametrize("name", DESIGNS)
def test_a_domain_has_its_own_degrees_of_freedom(name: str) -> None:
    known, schools = REFERENCE["domain_subset"][name], sample(name.removesuffix("_nofpc"))
    domain = schools.words("comp.imp") == "Yes"
    mean = estimate_mean(design(name), schools.numbers("api00"), domain=domain)
    total = estimate_total(design(name), schools.numbers("enroll"), domain=domain)
    ratio = estimate_ratio(
        design(name), schools.numbers("api.stu"), schools.numbers("enroll"), domain=domain
    )
    assert (mean.n, mean.df) == (known["n"], known["degf"])
    assert_equal(mean, known["mean"])
    assert_equal(total, known["total"])
    assert close([ratio.estimate, ratio.se], [known["ratio"]["estimate"], known["ratio"]["se"]])


@pytest.mark.parametrize(("name", "question"), SHARES)
def test_korn_graubard_intervals_equal_the_reference(name: str, question: str) -> None:
    known = REFERENCE["korn_graubard"][name][question]
    found = estimate_share(design(name), yes_no(name, question), options=Options(interval="beta"))
    assert close([found.estimate, found.n_eff], [known["p"], known["n_eff"]])
    assert close(found.se, known["se"], size=1)
    assert close([found.low, found.high], known["ci"], size=1e-3)
    assert (found.n, found.df) == (known["n"], known["df"])


@pytest.mark.parametrize(("name", "question"), SHARES)
def test_logit_and_wald_intervals_of_shares_equal_the_reference(name: str, question: str) -> None:
    known = REFERENCE["svyciprop"][name][question]
    y = yes_no(name, question)
    mean = estimate_share(design(name), y, options=Options(interval="mean"))
    assert close([mean.low, mean.high], known["mean"]["ci"])
    if question in ("all", "none"):
        return
    logit = estimate_share(design(name), y, options=Options(interval="logit"))
    assert close([logit.low, logit.high], known["xlogit"]["ci"])
    assert close([logit.low, logit.high], known["logit"]["ci"], rel=1e-8)
    assert close([logit.estimate, logit.se], [known["mean"]["p"], known["mean"]["se"]], size=1)


@pytest.mark.parametrize("name", DESIGNS)
def test_intervals_of_shares_in_a_domain_equal_the_reference(name: str) -> None:
    known = REFERENCE["svyciprop_domain_H"][name]
    high = sample(name.removesuffix("_nofpc")).words("stype") == "H"
    for kind, block in {"logit": "xlogit", "mean": "mean"}.items():
        options = Options(interval=kind)
        found = estimate_share(design(name), yes_no(name, "schwide"), domain=high, options=options)
        assert close([found.estimate, found.se], [known[block]["p"], known[block]["se"]])
        assert close([found.low, found.high], known[block]["ci"])
        assert (found.n, found.df) == (known[block]["n"], known[block]["df"])
    options = Options(interval="beta")
    found = estimate_share(design(name), yes_no(name, "schwide"), domain=high, options=options)
    if found.n_eff < found.n:
        assert close([found.low, found.high], known["beta"]["ci"])
