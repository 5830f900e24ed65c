"""Answers raked to margins: the worked example, what is refused to be raked, and the replicates."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.engine.building import (
    Cells,
    answers,
    assessed,
    edition,
    evidence,
    only_item,
    survey_item,
    survey_tables,
)
from tests.stats.test_worked_examples import section
from wenming.base import wording
from wenming.core.framework import Checklists
from wenming.engine.answers import Answers
from wenming.engine.index import Index
from wenming.engine.replicates import Replicates
from wenming.engine.report_raking import plain_raking
from wenming.stats.bootstrap import replicate_means

OF = edition(survey_item())
SEXES = (("男", 900), ("女", 700))
AGES = (("18..39", 800), ("40..", 800))
THREE = (("男", 900), ("女", 600), ("其他", 100))
SATISFIED = (5, 4, 4, 3, 5, 4, 2, 3)
Tables = dict[str, Sequence[Cells]]


def margins(**groups: Sequence[tuple[str, object]]) -> list[Cells]:
    return [
        {"column": column, "group": name, "total": total, "source": "普查"}
        for column, each in groups.items()
        for name, total in each
    ]


def households() -> list[dict[str, object]]:
    """Forty households; the fifth of each community did not say its sex."""
    rows: list[dict[str, object]] = []
    for community, satisfied in enumerate(SATISFIED):
        for house, age in enumerate((25, 62, 37, 48, 80)):
            n = community * 5 + house
            layer, weight = ("东", 30) if community < 4 else ("西", 50)
            sex = "" if house == 4 else ("女", "男")[n % 2]
            answer = "是" if house < satisfied else "否"
            rows.append(
                {"sheet": f"{n:02}", "layer": layer, "village": community, "w": weight,
                 "sex": sex, "age": age, "q1": answer}
            )  # fmt: skip
    return rows


def tables(rows: list[dict[str, object]] | None = None, **design: object) -> Tables:
    found = dict(survey_tables(rows or households(), **design))
    return found | {"margins": margins(sex=SEXES, age=AGES)}


def answers_of(given: Tables) -> Answers:
    read = evidence(OF, None, **given)
    found = Answers.of(read.answers, read.survey)
    assert found is not None
    return found


def test_the_worked_example_of_raking() -> None:
    found = answers_of(tables())
    assert found.raking is not None
    told, page = plain_raking(found.raking), section("estimation", 6)
    (sex, age), factor = told["margins"], told["factor"]
    (men, young) = sex["groups"][0], age["groups"][0]
    assert sex["unanswered"] == 8
    assert f"**{men['before']:g} %**, 18..39 **{young['before']:g} %**" in page
    assert f"after: **{men['after']:g} %** and **{young['after']:g} %**" in page
    assert f"**{factor['smallest']:g}** to **{factor['largest']:g}**" in page
    for worth in told["effective"].values():
        assert f"**{worth:.2f}**" in page
    share = found.estimate(found.survey.questions)
    assert share is not None
    assert f"**{share.estimate:.6f}**" in page
    assert f"to **{share.se:.6f}**" in page
    assert found.design.weights.sum() == pytest.approx(1600)


def test_the_published_result_and_its_reasons_say_that_answers_were_raked() -> None:
    _, result = assessed(OF, **tables())
    item = only_item(result)
    assert result["raking"]["applied"] is True
    assert item["value"] == pytest.approx(75.664063, abs=1e-6)
    reason = item["reasons"][1]["parts"][0]["parts"][0]
    said = wording.sentence(reason["code"], reason["facts"], "en")
    assert said == "The answers are weighted to the population margins of sex, age."
    _, plain = assessed(OF, **{name: each for name, each in tables().items() if name != "margins"})
    assert "raking" not in plain
    assert "raked" not in only_item(plain)["criteria"][0]["detail"]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (
            {"margins": margins(sex=[*SEXES[:1], ("女", 600), ("其他", 100)])},
            "group_without_sheets",
        ),
        ({"margins": margins(sex=SEXES, twin=[("男", 1), ("女", 1599)])}, "margins_contradict"),
    ],
)
def test_what_cannot_be_reached_leaves_the_design_weights_and_says_why(
    changed: Tables, why: str
) -> None:
    rows = [each | {"twin": each["sex"]} for each in households()]
    _, result = assessed(OF, **(tables(rows) | changed))
    item, told = only_item(result), result["raking"]
    assert (told["applied"], told["why"]) == (False, why)
    assert item["value"] == pytest.approx(73.75)
    reason = item["reasons"][1]["parts"][0]["parts"][0]
    said = wording.sentence(reason["code"], reason["facts"], "zh")
    assert reason["code"] == "answers_not_raked"
    assert said != wording.sentence("answers_not_raked", {}, "zh")
    assert told["warnings"][0]["code"] == "answers_not_raked"


def test_trimming_keeps_weights_inside_the_bounds_and_is_reported() -> None:
    found = answers_of(tables(trim_upper="1.5", trim_lower="0.6"))
    weights = found.design.weights / found.design.weights.mean()
    assert weights.max() <= 1.5 + 1e-12
    assert weights.min() >= 0.6 - 1e-12
    assert found.raking is not None
    told = plain_raking(found.raking)
    assert (told["trim"]["lower"], told["trim"]["upper"]) == (0.6, 1.5)
    assert told["trim"]["largest"]["before"] > told["trim"]["largest"]["after"]
    assert told["margins"][0]["groups"][0]["after"] != 56.25


def test_numbers_outside_all_groups_keep_their_weight_and_are_counted() -> None:
    rows = households()
    rows[0]["age"] = 12
    raking = answers_of(tables(rows)).raking
    assert raking is not None
    (_, age), codes = raking.margins, [code for code, _ in raking.warnings]
    assert (age.unanswered, age.outside) == (1, 1)
    assert "raking_sheets_outside" in codes


def spread_of(found: Answers, given: Tables) -> float:
    index = replace(Index.of(OF, evidence(OF, None, **given), Checklists({})), answers=found)
    drawn = Replicates.of(index, count=200, seed=b"test")
    assert drawn.people is not None
    assert drawn.cluster_of_row is not None
    means = replicate_means(
        found.yes["q1"][:, None], found.design.weights, units=drawn.cluster_of_row,
        multipliers=drawn.people,
    )  # fmt: skip
    return float(np.std(means))


def test_replicates_are_raked_again_so_that_what_margins_fix_does_not_vary() -> None:
    given: dict[str, Any] = dict(survey_tables(answers(55, 45)))
    rows = [each | {"group": each["q1"]} for each in given["answers"]]
    given |= {"answers": rows, "margins": margins(group=[("是", 70), ("否", 30)])}
    found = answers_of(given)
    assert spread_of(found, given) < 1e-9
    assert spread_of(replace(found, raking=None), given) > 0.01
