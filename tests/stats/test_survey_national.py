"""Many cities at once give the figures of one city at a time."""

import numpy as np
import pytest

from tests.stats.reference_values import close
from wenming.stats.survey import Design, estimate_share
from wenming.stats.survey.errors import (
    BadWeight,
    ColumnsOfUnequalLength,
    DesignWithoutRows,
    LonelyUnit,
    NotAShare,
    NothingAnswered,
)
from wenming.stats.survey.national import NO_ANSWER, estimate_many

ROWS, QUESTIONS = 240, 5


def columns(*, missing: bool) -> dict[str, np.ndarray]:
    random = np.random.default_rng(11)
    answers = (random.random((3 * ROWS, QUESTIONS)) < 0.7).astype(np.uint8)
    answers[:ROWS, 0] = 1
    if missing:
        answers[random.random(answers.shape) < 0.1] = NO_ANSWER
    psu = np.tile(np.arange(ROWS) // 8, 3)
    city = np.repeat([4, 7, 9], ROWS)
    weights = random.uniform(1, 9, 3 * ROWS)
    return {"answers": answers, "city": city, "stratum": psu // 6, "psu": psu, "weights": weights}


@pytest.mark.parametrize("missing", [False, True])
@pytest.mark.parametrize("shuffled", [False, True])
def test_all_cities_agree_with_one_city_at_a_time(*, missing: bool, shuffled: bool) -> None:
    work = columns(missing=missing)
    if shuffled:
        order = np.random.default_rng(2).permutation(3 * ROWS)
        work = {name: column[order] for name, column in work.items()}
    found = estimate_many(**work)
    assert found.cities.tolist() == [4, 7, 9]
    for line, city in enumerate(found.cities):
        rows = work["city"] == city
        design = Design.from_columns(
            lonely="fail",
            weights=work["weights"][rows],
            strata=[work["stratum"][rows]],
            clusters=[work["psu"][rows]],
        )
        for question in range(QUESTIONS):
            answers = work["answers"][rows, question]
            y = np.where(answers == NO_ANSWER, np.nan, answers)
            one = estimate_share(design, y)
            assert close(found.share[line, question], one.estimate, rel=1e-12)
            assert close(found.se[line, question], one.se, rel=1e-12, size=1e-3)
            assert close(found.deff_wor[line, question], one.deff_wor or np.nan) or not one.se
            assert close(found.deff_wr[line, question], one.deff_wr or np.nan) or not one.se
            assert (found.n[line, question], found.df[line]) == (one.n, one.df)
            assert close(found.base[line, question], one.base)


def test_everybody_saying_yes_has_no_design_effect() -> None:
    found = estimate_many(**columns(missing=False))
    assert (found.share[0, 0], found.se[0, 0]) == (1, 0)
    assert np.isnan(found.deff_wor[0, 0])


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"answers": np.full((3 * ROWS, 1), 2, dtype=np.uint8)}, NotAShare),
        ({"answers": np.full((3 * ROWS, 1), NO_ANSWER, dtype=np.uint8)}, NothingAnswered),
        ({"answers": np.empty((0, 0), dtype=np.uint8)}, DesignWithoutRows),
        ({"weights": np.zeros(3 * ROWS)}, BadWeight),
        ({"psu": np.zeros(3, dtype=np.int64)}, ColumnsOfUnequalLength),
        ({"psu": np.zeros(3 * ROWS, dtype=np.int64)}, LonelyUnit),
    ],
)
def test_columns_that_make_no_design_are_refused(
    change: dict[str, np.ndarray], error: type[Exception]
) -> None:
    with pytest.raises(error):
        estimate_many(**(columns(missing=False) | change))
