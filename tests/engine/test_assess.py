"""From evidence to a published result: each method, each state, and what is never done."""

import random
from typing import Any

import pytest

from tests.engine.building import (
    answers,
    assessed,
    checklists,
    edition,
    evidence,
    only_item,
    sites_item,
    survey_item,
    survey_tables,
)
from wenming.core.errors import BadInput
from wenming.engine import as_json, assess

MINOR = {"key": "r-1", "item": "P", "judge": "count", "op": "<=", "value": 0}
CRITICAL = {"key": "r-2", "item": "P", "judge": "pass_fail", "severity": "critical"}


def sites(passing: int, failing: int, *, unvisited: int = 0) -> dict[str, list[dict[str, Any]]]:
    """A register of roads and one observation on each that was visited."""
    count = passing + failing + unvisited
    register = [{"site": f"s{n:03d}", "site_type": "road"} for n in range(count)]
    seen = [
        {"site": f"s{n:03d}", "line": "r-1", "value": 0 if n < passing else 3}
        for n in range(passing + failing)
    ]
    return {"sites": register, "observations": seen}


def test_80_of_100_answers_meet_80_percent_exactly() -> None:
    _, result = assessed(edition(survey_item()), **survey_tables(answers(80, 20)))
    item = only_item(result)
    assert (item["state"], item["grade"], item["value"], item["n"]) == ("met", "A", 80, 100)
    assert item["gap"] == 0
    assert item["certain"] is False
    assert item["low"] < 80 < item["high"]


@pytest.mark.parametrize(("yes", "no"), [(10, 0), (0, 10)])
def test_shares_of_0_and_1_have_an_interval(yes: int, no: int) -> None:
    item = only_item(assessed(edition(survey_item()), **survey_tables(answers(yes, no)))[1])
    assert item["high"] - item["low"] > 10
    assert item["interval_kind"] == "beta"
    assert 0 < item["p_true"] < 1


def test_missing_answers_are_outside_the_base() -> None:
    tables = survey_tables(answers(50, 50, missing=100))
    item = only_item(assessed(edition(survey_item()), **tables)[1])
    assert (item["value"], item["n"]) == (50, 100)


def test_no_answers_at_all_is_untested_and_never_zero() -> None:
    tables = survey_tables(answers(0, 0, missing=40))
    _, result = assessed(edition(survey_item()), **tables)
    item = only_item(result)
    assert (item["state"], item["score"], item["value"]) == ("untested", None, None)
    assert (result["score"], result["coverage"]) == (None, 0)


def test_several_questions_of_an_item_are_averaged() -> None:
    sheets = [{**each, "q2": "是"} for each in answers(60, 40)]
    tables = survey_tables(sheets)
    questions = [*tables["questions"], {"column": "q2", "item": "S", "yes": "是"}]
    item = only_item(assessed(edition(survey_item()), **{**tables, "questions": questions})[1])
    assert item["value"] == 80
    assert item["criteria"][0]["questions"] == ["q1", "q2"]


def test_a_figure_stands_for_a_survey_that_was_not_ours() -> None:
    figures = [{"item": "S", "value": "50.3", "unit": "%"}]
    item = only_item(assessed(edition(survey_item()), statistics=figures)[1])
    assert (item["state"], item["gap"], item["n"], item["p_true"]) == ("not_met", -29.7, None, None)


def test_figures_of_two_years_are_averaged() -> None:
    figures = [
        {"item": "S", "value": "70", "period": "2024"},
        {"item": "S", "value": "91", "period": "2025"},
    ]
    assert only_item(assessed(edition(survey_item()), statistics=figures)[1])["value"] == 80.5


def test_a_lonely_cluster_is_never_silent() -> None:
    sheets = [*answers(40, 40), {"sheet": "x", "layer": 9, "village": 1, "w": 1, "q1": "是"}]
    with pytest.raises(BadInput) as error:
        assessed(edition(survey_item()), **survey_tables(sheets, lonely="fail"))
    assert (error.value.problems[0].code, error.value.problems[0].place.line) == ("lonely_unit", 82)
    _, result = assessed(edition(survey_item()), **survey_tables(sheets, lonely="adjust"))
    detail = only_item(result)["criteria"][0]["detail"]
    assert (detail["lonely_used"], detail["lonely_strata"]) == ("adjust", ["9"])


def test_a_lonely_policy_has_no_default() -> None:
    with pytest.raises(BadInput) as error:
        assessed(edition(survey_item()), **survey_tables(answers(4, 4), lonely=""))
    assert error.value.problems[0].place.column == "lonely"


@pytest.mark.parametrize(
    ("passing", "failing", "expected"), [(5, 0, "A"), (4, 1, "B"), (3, 2, "C")]
)
def test_the_numbers_seen_decide_a_line_and_the_ladder_the_item(
    passing: int, failing: int, expected: str
) -> None:
    _, result = assessed(edition(sites_item()), checklists(MINOR), **sites(passing, failing))
    item = only_item(result)
    assert item["grade"] == expected
    assert (item["p_true"], item["certain"]) == (1 if expected == "A" else 0, True)


def test_a_sample_of_sites_is_not_a_census() -> None:
    tables = sites(5, 0, unvisited=75)
    item = only_item(assessed(edition(sites_item(sample=5)), checklists(MINOR), **tables)[1])
    assert item["state"] == "met"
    assert item["certain"] is False
    assert 0 < item["p_true"] < item["p_repeat"] < 1
    assert item["low"] < 100 == item["high"]


def test_a_critical_line_fails_the_site_and_what_was_not_observed_counts_neither_way() -> None:
    lists = checklists(MINOR, CRITICAL)
    tables = sites(2, 0)
    first = {"site": "s000", "line": "r-2", "outcome": "not_conform"}
    second = {"site": "s001", "line": "r-2", "outcome": "not_observed"}
    seen = [*tables["observations"], first, second]
    _, result = assessed(edition(sites_item()), lists, sites=tables["sites"], observations=seen)
    detail = only_item(result)["criteria"][0]["detail"]
    assert (detail["passing"], detail["visited"], detail["checks"]) == (1, 2, 3)


def test_conditions_of_one_item_come_from_several_methods() -> None:
    conditions = [
        {"text_zh": "有文件", "method": "documents"},
        {"text_zh": "现场合格", "method": "inspection"},
        {"text_zh": "群众知晓", "method": "survey", "op": ">=", "value": 80},
        {"text_zh": "案件数", "method": "statistic", "op": "<=", "value": 0},
    ]
    criterion = {
        "shape": "conditions",
        "site_types": "road",
        "conditions": conditions,
        "limits": [{"grade": "A", "met": 4}, {"grade": "B", "met": 3}],
    }
    of = edition({"key": "P", "criteria": [criterion]})
    tables = survey_tables(answers(90, 10))
    question = {"column": "q1", "item": "P", "condition": 3, "yes": "是"}
    everything = {
        **tables,
        "questions": [question],
        **sites(9, 1),
        "documents": [{"document": "d1", "item": "P", "condition": 1, "outcome": "accepted"}],
        "statistics": [{"item": "P", "condition": 4, "value": 2}],
    }
    item = only_item(assessed(of, checklists(MINOR), **everything)[1])
    assert [each["state"] for each in item["criteria"][0]["conditions"]] == [True] * 3 + [False]
    assert (item["grade"], item["value"], item["n"]) == ("B", 3, 4)
    chances = item["criteria"][0]["probabilities"]["true"]
    assert sum(chances.values()) == pytest.approx(1)


def test_a_method_that_the_round_does_not_use_leaves_its_items_untested() -> None:
    of = edition(survey_item())
    plan = [{"key": "r1", "city_zh": "演示市", "methods": "documents"}]
    item = only_item(assessed(of, **survey_tables(answers(90, 10)), round=plan)[1])
    assert item["state"] == "untested"


def test_a_starred_item_is_easier_in_its_tier() -> None:
    of = edition({**survey_item(), "shifted_tiers": "west"}, tiers=["west"])
    plan = [{"key": "r1", "city_zh": "演示市", "tier": "west"}]
    figures = [{"item": "S", "value": 75}]
    assert only_item(assessed(of, statistics=figures)[1])["grade"] == "B"
    assert only_item(assessed(of, statistics=figures, round=plan)[1])["grade"] == "A"


def test_what_does_not_apply_stands_aside_with_its_reason() -> None:
    of = edition(survey_item(), sites_item())
    aside = [{"item": "S", "reason": "没有"}]
    _, result = assessed(of, checklists(MINOR), not_applicable=aside, **sites(5, 0))
    item = result["items"][0]
    assert (item["state"], item["points"], item["score"]) == ("not_applicable", None, None)
    assert item["reasons"][0]["facts"]["reason"] == "没有"
    assert (result["score"], result["coverage"]) == (100, 1)


def test_published_reasons_add_up() -> None:
    of = edition(survey_item(), sites_item())
    _, result = assessed(of, checklists(MINOR), **sites(4, 1), **survey_tables(answers(60, 40)))
    for item in result["items"]:
        pointed = [each["points"] for each in item["reasons"] if each["points"] is not None]
        assert sum(pointed) == pytest.approx(item["score"], abs=1e-9)


def test_shuffled_rows_give_the_same_digest() -> None:
    of = edition(survey_item(), sites_item())
    lists = checklists(MINOR)
    tables = {**sites(30, 9, unvisited=5), **survey_tables(answers(120, 61, missing=5))}
    first = assessed(of, lists, **tables)[1]
    for name in ("sites", "observations", "answers"):
        random.Random(7).shuffle(tables[name])
    again = as_json(assess(of, evidence(of, lists, **tables), lists))
    assert again["digest"] == first["digest"]


def test_one_changed_answer_changes_the_digest() -> None:
    of = edition(survey_item())
    first = assessed(of, **survey_tables(answers(80, 20)))[1]
    assert assessed(of, **survey_tables(answers(81, 19)))[1]["digest"] != first["digest"]


def test_the_total_shows_the_wider_of_two_intervals() -> None:
    of = edition(survey_item(), sites_item())
    tables = {**sites(20, 4, unvisited=40), **survey_tables(answers(74, 26))}
    _, result = assessed(of, checklists(MINOR), **tables)
    interval = result["interval"]
    widths = {name: interval[name][1] - interval[name][0] for name in ("convolution", "bootstrap")}
    assert widths[interval["chosen"]] == max(widths.values())
    assert [result["low"], result["high"]] == interval[interval["chosen"]]


def test_a_weight_that_is_no_number_is_named_by_line_and_column() -> None:
    sheets = answers(4, 4)
    sheets[2]["w"] = "x"
    with pytest.raises(BadInput) as error:
        assessed(edition(survey_item()), **survey_tables(sheets))
    place = error.value.problems[0].place
    assert (place.file, place.line, place.column) == ("answers.csv", 4, "w")


def test_only_counted_lines_make_a_number() -> None:
    lists = checklists(
        {"key": "c", "item": "N", "judge": "count", "op": "<=", "value": 0},
        {"key": "s", "item": "N", "judge": "share", "op": ">=", "value": "0.9"},
    )
    limits = [{"grade": "A", "op": "<=", "value": 3}]
    criterion = {"shape": "number", "method": "inspection", "site_types": "road", "limits": limits}
    register = [{"site": "a", "site_type": "road"}, {"site": "b", "site_type": "road"}]
    seen = [
        {"site": "a", "line": "c", "value": 2},
        {"site": "b", "line": "c", "value": 5},
        {"site": "b", "line": "s", "value": "0.95"},
    ]
    of = edition({"key": "N", "criteria": [criterion]})
    item = only_item(assessed(of, lists, sites=register, observations=seen)[1])
    assert (item["value"], item["n"], item["state"]) == (3.5, 2, "not_met")
