"""Wrong cells of a round: each is named by file, line and column, and all at once."""

from collections.abc import Mapping, Sequence

import pytest

from tests.engine.building import (
    answers,
    checklists,
    edition,
    evidence,
    sites_item,
    survey_item,
    survey_tables,
)
from wenming.core.errors import BadInput

RATED = {"key": "R", "criteria": [{"shape": "rating", "method": "overall", "top": 5}]}
OF = edition(survey_item(), sites_item(), RATED, tiers=["west"])
LINES = checklists(
    {"key": "r-1", "item": "P", "judge": "count", "op": "<=", "value": 0},
    {"key": "r-2", "item": "P", "judge": "share", "op": ">=", "value": "0.9"},
    {"key": "m-1", "item": "P", "judge": "pass_fail", "site_type": "market"},
)
SITES = [{"site": "s1", "site_type": "road"}]


def seen(**cells: object) -> dict[str, Sequence[Mapping[str, object]]]:
    right = {"site": "s1", "line": "r-1", "value": 0}
    return {"sites": SITES, "observations": [right, {**right, **cells}]}


def sheets(**cells: object) -> dict[str, Sequence[Mapping[str, object]]]:
    rows = answers(8, 8)
    rows[1].update(cells)
    tables = survey_tables(rows, fpc="N")
    for row in rows:
        row.setdefault("N", 100)
    return {**tables, "questions": [{**tables["questions"][0], "no": "否"}]}


@pytest.mark.parametrize(
    ("tables", "code", "file", "column"),
    [
        ({"statistics": [{}, {"item": "Z", "value": 1}]}, "item_unknown", "statistics", "item"),
        ({"statistics": [{}, {"item": "S", "value": "x"}]}, "not_a_number", "statistics", "value"),
        (
            {"statistics": [{}, {"item": "S", "value": 1, "condition": 2}]},
            "condition_unknown",
            "statistics",
            "condition",
        ),
        (
            {"documents": [{}, {"document": "d", "item": "S", "outcome": "ok"}]},
            "not_one_of",
            "documents",
            "outcome",
        ),
        (
            {"panel": [{}, {"item": "R", "assessor": "甲", "mark": 6}]},
            "number_out_of_range",
            "panel",
            "mark",
        ),
        (
            {"responsibility": [{}, {"item": "S", "unit": "甲局", "role": "boss"}]},
            "not_one_of",
            "responsibility",
            "role",
        ),
        (
            {"responsibility": [{}, {"item": "S", "unit": "甲", "role": "lead", "target": "D"}]},
            "not_one_of",
            "responsibility",
            "target",
        ),
        (
            {"responsibility": [{}, {"item": "S", "unit": "甲", "role": "lead", "group": "无"}]},
            "group_unknown",
            "responsibility",
            "group",
        ),
        (seen(site="s9"), "site_unknown", "observations", "site"),
        (seen(line="r-9"), "line_unknown", "observations", "line"),
        (seen(line="m-1"), "line_of_other_type", "observations", "line"),
        (seen(line="r-2", value=95), "number_out_of_range", "observations", "value"),
        (seen(value=-1), "number_out_of_range", "observations", "value"),
        (seen(value="", outcome="fine"), "not_one_of", "observations", "outcome"),
        (seen(value=""), "outcome_or_value", "observations", "outcome"),
        (seen(time="gestern"), "not_a_time", "observations", "time"),
        (
            {"sites": [*SITES, {"site": "s2", "site_type": "moon"}]},
            "site_type_unknown",
            "sites",
            "site_type",
        ),
        ({"sites": [*SITES, *SITES]}, "key_twice", "sites", "site"),
        (
            {"statistics": [{"item": "S", "value": 1, "period": "2025"}] * 2},
            "key_twice",
            "statistics",
            "period",
        ),
        (sheets(sheet=""), "cell_blank", "answers", "sheet"),
        (sheets(q1="知到"), "not_one_of", "answers", "q1"),
        (sheets(w=""), "cell_blank", "answers", "w"),
        (sheets(w="-2"), "number_out_of_range", "answers", "w"),
        (sheets(layer=""), "cell_blank", "answers", "layer"),
        (sheets(N="many"), "not_a_number", "answers", "N"),
        (sheets(sheet="00000"), "key_twice", "answers", "sheet"),
    ],
)
def test_a_wrong_cell_is_named_by_file_line_and_column(
    tables: Mapping[str, Sequence[Mapping[str, object]]], code: str, file: str, column: str
) -> None:
    with pytest.raises(BadInput) as error:
        evidence(OF, LINES, **tables)
    found = [(p.code, p.place.file, p.place.line, p.place.column) for p in error.value.problems]
    assert (code, f"{file}.csv", 3, column) in found


def test_a_unit_with_two_roles_for_one_item_names_the_later_line() -> None:
    rows = [{"item": "S", "unit": "甲局", "role": role} for role in ("lead", "supporting")]
    with pytest.raises(BadInput) as error:
        evidence(OF, LINES, responsibility=rows)
    problem = error.value.problems[0]
    assert (problem.code, problem.place.line, problem.facts["first_line"]) == ("key_twice", 3, 2)


def test_mistakes_of_several_files_are_told_together() -> None:
    with pytest.raises(BadInput) as error:
        evidence(OF, LINES, **seen(line="r-9"), statistics=[{"item": "Z", "value": "x"}])
    assert {problem.place.file for problem in error.value.problems} == {
        "observations.csv",
        "statistics.csv",
    }


def test_what_is_right_is_not_refused() -> None:
    assert len(evidence(OF, LINES, **seen(), **sheets()).sites) == 1
