"""Building an edition: every mistake in the rows is told at once, with its place."""

from typing import Any

import pytest

from tests.engine.building import checklists, edition, sites_item, survey_item
from wenming.core.errors import BadInput
from wenming.core.framework import edition_hash
from wenming.core.rules import ConditionsRule

TWO = ({"text_zh": "甲"}, {"text_zh": "乙"})


def with_criterion(**criterion: object) -> dict[str, Any]:
    return {"key": "X", "criteria": [criterion]}


def conditions(*limits: dict[str, object]) -> dict[str, Any]:
    return with_criterion(shape="conditions", conditions=TWO, limits=limits)


def codes(*items: dict[str, Any], **more: Any) -> list[str]:
    with pytest.raises(BadInput) as error:
        edition(*items, **more)
    return [problem.code for problem in error.value.problems]


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (conditions({"grade": "A", "met": 3}), "met_out_of_range"),
        (conditions({"grade": "A", "all_of": "1;5"}), "condition_unknown"),
        (conditions({"grade": "D", "met": 1}), "not_one_of"),
        (conditions(), "criterion_without_limits"),
        (with_criterion(shape="all_or_nothing"), "criterion_without_conditions"),
        (with_criterion(shape="ladder"), "not_one_of"),
        (with_criterion(shape="ratio"), "number_needed"),
        (with_criterion(shape="sites", method="inspection"), "cell_blank"),
        (survey_item(limits=[{"grade": "A", "op": ">=", "value": "viel"}]), "not_a_number"),
        (survey_item(limits=[{"grade": "A", "op": "≥", "value": 80}]), "not_one_of"),
        (sites_item(limits=[{"grade": "A", "op": ">=", "value": 500}]), "number_out_of_range"),
        (
            survey_item(
                limits=[
                    {"grade": "A", "op": ">=", "value": 70},
                    {"grade": "B", "op": ">=", "value": 80},
                ]
            ),
            "limits_out_of_order",
        ),
        ({**survey_item(), "points": 0}, "points_zero"),
        ({**survey_item(), "points": "-1"}, "number_out_of_range"),
        ({**survey_item(), "indicator": "nowhere"}, "unknown_key"),
        ({**survey_item(), "group": "nobody"}, "unknown_key"),
        ({**survey_item(), "shifted_tiers": "north"}, "unknown_key"),
        ({"key": "X", "criteria": []}, "item_without_criterion"),
        (
            with_criterion(
                shape="all_or_nothing", conditions=[{"text_zh": "甲", "method": "survey"}]
            ),
            "condition_limit_needed",
        ),
    ],
)
def test_each_mistake_is_named(item: dict[str, Any], code: str) -> None:
    assert code in codes(item)


def test_all_mistakes_are_told_at_once() -> None:
    wrong = with_criterion(shape="ratio")
    assert sorted(codes(wrong, {**survey_item(), "points": "x"}, survey_item())) == [
        "key_twice",
        "not_a_number",
        "number_needed",
    ]


def test_a_scale_must_know_its_own_grades() -> None:
    assert codes(survey_item(), head={"met": "Z"}) == ["not_one_of"]


def test_conditions_keep_their_order_and_a_named_subset() -> None:
    found = edition(conditions({"grade": "B", "all_of": "2"}, {"grade": "A", "met": 2}))
    item = found.item("X")
    assert item is not None
    rule = item.criteria[0].rule
    assert isinstance(rule, ConditionsRule)
    assert [(test.grade, test.at_least, test.all_of) for test in rule.tests] == [
        ("A", 2, frozenset()),
        ("B", 0, frozenset({2})),
    ]


def test_the_hash_names_the_content() -> None:
    first, same = edition(survey_item()), edition(survey_item())
    other = edition(survey_item(limits=[{"grade": "A", "op": ">=", "value": 81}]))
    assert edition_hash(first) == edition_hash(same) != edition_hash(other)


def test_the_hash_does_not_mind_how_a_number_is_written() -> None:
    one, other = ({**survey_item(), "points": points} for points in ("10", "10.00"))
    assert edition_hash(edition(one)) == edition_hash(edition(other))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"key": "r-1", "item": "P", "judge": "count", "op": "<="}, "cell_blank"),
        ({"key": "r-1", "item": "P", "judge": "guess"}, "not_one_of"),
        ({"key": "r-1", "item": "P", "severity": "awful"}, "not_one_of"),
    ],
)
def test_each_mistake_in_a_checklist_is_named(line: dict[str, object], code: str) -> None:
    with pytest.raises(BadInput) as error:
        checklists(line)
    assert code in [problem.code for problem in error.value.problems]
