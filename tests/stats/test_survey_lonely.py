"""A stratum with one unit is never passed over in silence."""

import numpy as np
import pytest

from tests.stats.reference_values import REFERENCE, close, sample
from wenming.stats.survey import (
    Design,
    Lonely,
    Options,
    estimate_mean,
    estimate_ratio,
    estimate_total,
)
from wenming.stats.survey.errors import LonelyUnit, UnknownPolicy

POLICIES = ["remove", "certainty", "adjust", "average"]
PEOPLE = sample("lonely")
Y, B = PEOPLE.numbers("y"), PEOPLE.numbers("b")


def build(lonely: str, *, rows: object = slice(None), fpc: bool = False) -> Design:
    return Design.from_columns(
        lonely=lonely,
        weights=PEOPLE.numbers("w")[rows],
        strata=[PEOPLE.words("stratum")[rows]],
        clusters=[PEOPLE.words("psu")[rows]],
        fpc=[PEOPLE.numbers("N")[rows]] if fpc else [],
    )


def test_the_policy_is_never_chosen_for_the_caller() -> None:
    with pytest.raises(TypeError):
        Design.from_columns(weights=[1, 1])  # type: ignore[call-arg]
    with pytest.raises(UnknownPolicy):
        Design.from_columns(lonely="ignore", weights=[1, 1])


def test_the_policy_fail_names_stratum_and_stage() -> None:
    with pytest.raises(LonelyUnit) as refusal:
        build("fail")
    assert refusal.value.facts == {"stratum": "3", "stage": 1, "row": 16}


@pytest.mark.parametrize("policy", POLICIES)
def test_each_policy_equals_the_reference_and_is_reported(policy: str) -> None:
    known, design = REFERENCE["lonely_psu"][policy], build(policy)
    found = {
        "mean_y": estimate_mean(design, Y),
        "mean_b": estimate_mean(design, B),
        "total_y": estimate_total(design, Y),
    }
    for name, estimate in found.items():
        assert close([estimate.estimate, estimate.se], [known[name]["estimate"], known[name]["se"]])
        assert close([estimate.low, estimate.high], known[name]["ci_t"][0])
        assert (estimate.df, estimate.lonely_used) == (known["degf"], Lonely(policy))
        assert estimate.lonely_strata == ("3",)
        if "deff" in known[name]:
            assert close(estimate.deff_wor, known[name]["deff"])
    ratio = estimate_ratio(design, B, Y)
    assert close([ratio.estimate, ratio.se], [known["ratio"]["estimate"], known["ratio"]["se"]])


def test_a_unit_that_is_there_by_certainty_is_not_lonely() -> None:
    known = REFERENCE["lonely_psu"]["certainty_by_fpc"]["mean_y"]
    found = estimate_mean(build("fail", fpc=True), Y)
    assert close([found.estimate, found.se], [known["estimate"], known["se"]])
    assert found.lonely_used is None


@pytest.mark.parametrize("policy", ["fail", *POLICIES])
@pytest.mark.parametrize("adjust", [False, True])
def test_a_unit_alone_in_the_domain_equals_the_reference(policy: str, *, adjust: bool) -> None:
    known = REFERENCE["lonely_domain"][f"{policy}_adjustdomain_{str(adjust).upper()}"]
    rows = PEOPLE.words("stratum") != "3"
    design, domain = build(policy, rows=rows), PEOPLE.numbers("dom")[rows] == 1
    options = Options(domain_lonely=adjust)
    for name, estimator in {"mean_y": estimate_mean, "total_y": estimate_total}.items():
        found = estimator(design, Y[rows], domain=domain, options=options)
        assert close([found.estimate, found.se], [known[name]["estimate"], known[name]["se"]])
        assert close([found.low, found.high], known[name]["ci_t"][0])
        assert found.df == known["degf"]
        assert found.lonely_strata == (("4",) if adjust else ())


def test_average_has_nothing_to_average_over_when_all_are_lonely() -> None:
    design = Design.from_columns(lonely="average", weights=[1, 1], strata=[["a", "b"]])
    with pytest.raises(LonelyUnit):
        estimate_mean(design, np.array([1.0, 2.0]))
