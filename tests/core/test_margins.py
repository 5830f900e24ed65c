"""Margins that are wrong are refused with their place; groups hold both ends."""

from collections.abc import Sequence

import pytest

from tests.engine.building import Cells, answers, edition, evidence, survey_item, survey_tables
from wenming.base import wording
from wenming.core.errors import BadInput
from wenming.core.evidence import Margin, RakingPlan

OF = edition(survey_item())


def tables(*groups: Cells, **design: object) -> dict[str, Sequence[Cells]]:
    rows = [
        each | {"sex": "f" if n % 2 else "m", "age": 20 + n} for n, each in enumerate(answers(9, 7))
    ]
    return {**survey_tables(rows, **design), "margins": list(groups)}


def group(name: str, total: object = 50, column: str = "sex") -> Cells:
    return {"column": column, "group": name, "total": total, "source": "census"}


def ages(*names: str) -> list[Cells]:
    return [group(name, column="age") for name in names]


SEXES = (group("f"), group("m"))


def plan_of(given: dict[str, Sequence[Cells]]) -> RakingPlan:
    survey = evidence(OF, None, **given).survey
    assert survey is not None
    assert survey.raking is not None
    return survey.raking


@pytest.mark.parametrize(
    ("given", "code", "place"),
    [
        (tables(group("f"), group("m", 0)), "margin_total_not_above_zero", ("margins.csv", 3)),
        (tables(group("f"), group("m", -1)), "margin_total_not_above_zero", ("margins.csv", 3)),
        (tables(group("f"), group("m", "viele")), "not_a_number", ("margins.csv", 3)),
        (tables(group("f"), group("m", "")), "cell_blank", ("margins.csv", 3)),
        (tables(group("f"), group("f")), "margin_groups_overlap", ("margins.csv", 3)),
        (tables(*ages("18..40", "40..")), "margin_groups_overlap", ("margins.csv", 3)),
        (tables(*ages("..40", "alt")), "margin_groups_mixed", ("margins.csv", 3)),
        (tables(*ages("..10", "40..20")), "margin_range_reversed", ("margins.csv", 3)),
        (tables(group("f", 100)), "margin_answer_uncovered", ("answers.csv", 2)),
        (tables(group("f", column="town")), "answer_column_unknown", ("margins.csv", 2)),
        (tables(*SEXES, group("..99", 90, "age")), "margin_sums_differ", ("margins.csv", 4)),
        (tables(*SEXES, missing="f"), "margin_group_missing", ("margins.csv", 2)),
        (tables(trim_upper=2), "trim_without_margins", ("design.csv", 2)),
        (tables(*SEXES, trim_upper="0.9"), "trim_bound_wrong", ("design.csv", 2)),
        (tables(*SEXES, trim_lower="1"), "trim_bound_wrong", ("design.csv", 2)),
    ],
)
def test_a_wrong_margin_is_named_by_file_and_line(
    given: dict[str, Sequence[Cells]], code: str, place: tuple[str, int]
) -> None:
    with pytest.raises(BadInput) as refused:
        evidence(OF, None, **given)
    problem = next(each for each in refused.value.problems if each.code == code)
    assert (problem.place.file, problem.place.line) == place
    for language in ("zh", "en"):
        assert "–" not in wording.sentence(code, problem.facts, language)


def test_a_number_is_in_the_group_that_holds_it_with_both_ends() -> None:
    (margin,) = plan_of(tables(*ages("..29", "30..44", "45.5.."))).margins
    found = {age: margin.group_of(age) for age in ("29", "29.5", "30", "44", "45", "45.5", "x", "")}
    assert found == {
        "29": "..29", "29.5": None, "30": "30..44", "44": "30..44", "45": None, "45.5": "45.5..",
        "x": None, "": None,
    }  # fmt: skip


def test_groups_of_answers_are_the_answers_themselves() -> None:
    first: Margin = plan_of(tables(*SEXES)).margins[0]
    assert (first.group_of("f"), first.group_of("F"), first.total) == ("f", None, 100)
