"""On random designs, estimates equal those of the independent package svy."""

import warnings
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from tests.stats.reference_values import close
from wenming.stats.survey import (
    Design,
    Estimate,
    Options,
    domains,
    estimate_mean,
    estimate_ratio,
    estimate_share,
    estimate_total,
)

polars = pytest.importorskip("polars")
svy = pytest.importorskip("svy")

few = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True)
class Case:
    """A random sample in both forms."""

    frame: object
    ours: Design
    theirs: object


@st.composite
def cases(draw: st.DrawFn) -> Case:
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    units = random.integers(2, 6, draw(st.integers(1, 5)))
    stage = draw(st.sampled_from(["none", "one", "two"]))
    stratum = np.repeat(np.arange(len(units)), units)
    size = random.integers(2, 7, len(stratum))
    population = {"N": (units + random.integers(0, 9, len(units)))[stratum], "M": size + 5}
    row = np.repeat(np.arange(len(stratum)), size)
    columns = {name: values[row] for name, values in population.items()}
    columns |= {"s": stratum[row], "p": row, "h": np.arange(len(row))}
    columns["w"] = random.uniform(1.5, 9, len(row))
    columns["x"] = random.normal(50, 9, len(row)) + 5 * stratum[row]
    columns["z"] = random.uniform(1, 2, len(row))
    columns["y"] = (random.random(len(row)) < random.uniform(0.2, 0.8)).astype(float)
    columns["y"][:2] = 0, 1
    columns["d"] = random.integers(0, 2, len(row))
    fpc = {"none": [], "one": ["N"], "two": ["N", "M"]}[stage]
    sizes = {"none": None, "one": "N", "two": svy.PopSize(psu="N", ssu="M")}[stage]
    frame = polars.DataFrame(columns)
    second = {"ssu": "h"} if stage == "two" else {}
    design = svy.Design(stratum="s", psu="p", wgt="w", pop_size=sizes, **second)
    ours = Design.from_columns(
        lonely="fail",
        weights=columns["w"],
        strata=[columns["s"]],
        clusters=[columns["p"], columns["h"]],
        fpc=[columns[name] for name in fpc],
    )
    return Case(frame, ours, svy.Sample(data=frame, design=design))


def agree(found: Estimate, known: object, *, deff: str | None = "deff_wor") -> None:
    assert close([found.estimate, found.se], [known.est, known.se], size=found.estimate)
    assert (found.n, found.df) == (known.n, known.df)
    if found.df >= 1 and found.se > 0:
        assert close([found.low, found.high], [known.lci, known.uci], size=found.estimate)
    if deff is not None and getattr(found, deff) is not None:
        assert close(getattr(found, deff), known.deff, size=1e-3)


@few
@given(cases())
def test_means_totals_and_ratios_equal_svy(case: Case) -> None:
    x, z = case.frame["x"], case.frame["z"]
    theirs = case.theirs.estimation
    agree(estimate_mean(case.ours, x), theirs.mean("x", deff="wor").estimates[0])
    wr = theirs.total("x", deff="wr").estimates[0]
    agree(estimate_total(case.ours, x), wr, deff="deff_wr")
    agree(estimate_ratio(case.ours, x, z), theirs.ratio("x", "z").estimates[0], deff=None)


@few
@given(cases(), st.sampled_from(["logit", "beta"]))
def test_shares_and_their_intervals_equal_svy(case: Case, kind: str) -> None:
    method = {"logit": "logit", "beta": "korn-graubard"}[kind]
    found = estimate_share(case.ours, case.frame["y"], options=Options(interval=kind))
    known = case.theirs.estimation.prop("y", ci_method=method, deff="wor").estimates
    agree(found, next(level for level in known if level.y_level == 1))


@few
@given(cases())
def test_domains_equal_svy(case: Case) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        known = case.theirs.estimation.mean("x", by="d", deff="wor").estimates
        totals = case.theirs.estimation.total("x", by="d").estimates
    for index, mask in enumerate(domains(case.frame["d"]).values()):
        agree(estimate_mean(case.ours, case.frame["x"], domain=mask), known[index])
        agree(estimate_total(case.ours, case.frame["x"], domain=mask), totals[index], deff=None)


@few
@given(cases())
def test_missing_answers_equal_svy(case: Case) -> None:
    missing = case.frame["d"].to_numpy() == 1
    if missing.all():
        return
    answers = np.where(missing, np.nan, case.frame["x"].to_numpy())
    frame = case.frame.with_columns(polars.Series("x", answers).fill_nan(None))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sample = svy.Sample(data=frame, design=case.theirs.design)
        try:
            known = sample.estimation.mean("x", deff="wr", drop_nulls=True).estimates[0]
        except svy.MethodError:  # one answer of each cluster: no variance to compare against
            reject()
    agree(estimate_mean(case.ours, answers), known, deff="deff_wr")
