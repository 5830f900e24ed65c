"""The table behind `wenming estimate`: levels, domains, and cells that cannot be read."""

import pytest

from tests.stats.reference_values import REFERENCE, close, sample
from wenming.stats.survey import CellError, EstimateRequest, Options, Row, estimate_table
from wenming.stats.survey.errors import LonelyUnit, NothingAnswered

SCHOOLS = {
    name: [row[name] for row in sample("apistrat").rows] for name in sample("apistrat").rows[0]
}
DESIGN = {"weights": "pw", "strata": ("stype",), "fpc": ("fpc",), "lonely": "fail"}


def estimate(columns: dict[str, list[str]] = SCHOOLS, **request: object) -> list[Row]:
    return estimate_table(columns, EstimateRequest(**(DESIGN | request)))


def test_numbers_and_words_equal_the_reference() -> None:
    rows = estimate(
        means=("api00", "sch.wide"), totals=("enroll",), ratios=(("api.stu", "enroll"),)
    )
    known = REFERENCE["svymean"]["apistrat"]
    assert [(r.statistic, r.variable, r.level) for r in rows] == [
        ("mean", "api00", ""),
        ("mean", "sch.wide", "No"),
        ("mean", "sch.wide", "Yes"),
        ("total", "enroll", ""),
        ("ratio", "api.stu/enroll", ""),
    ]
    expected = [
        *[known["api00"][key] for key in ("estimate", "se", "deff")],
        *[known["sch.wide"][key][1] for key in ("estimate", "se", "deff")],
    ]
    assert close([rows[0].estimate, rows[0].se, rows[0].deff, *_figures(rows[2])], expected)
    assert rows[2].interval_kind == "logit"
    assert close(
        _figures(rows[4])[:2], [REFERENCE["svyratio"]["apistrat"][k] for k in ("estimate", "se")]
    )


def _figures(row: Row) -> list[float | None]:
    return [row.estimate, row.se, row.deff]


def test_every_domain_has_a_row() -> None:
    rows = estimate(means=("api00",), by=("stype", "sch.wide"))
    known = REFERENCE["svyby"]["apistrat"]["api00_by_stype_schwide"]["table"]
    assert [dict(row.by) for row in rows] == [
        {"stype": a, "sch.wide": b} for a in "EHM" for b in ("No", "Yes")
    ]
    for line in known:
        by = (("stype", line["stype"]), ("sch.wide", line["sch.wide"]))
        row = next(row for row in rows if row.by == by)
        assert close(
            [row.estimate, row.se, row.deff], [line["api00"], line["se"], line["DEff.api00"]]
        )


def test_the_kind_of_interval_is_for_shares() -> None:
    rows = estimate(means=("api00", "sch.wide"), options=Options(interval="wilson"))
    assert [row.interval_kind for row in rows] == ["mean", "wilson", "wilson"]


def test_weights_come_from_the_population_sizes_when_none_are_given() -> None:
    rows = estimate(means=("api00",), weights=None)
    assert close(rows[0].estimate, 662.2873631593, rel=1e-6)
    plain = estimate_table(SCHOOLS, EstimateRequest(means=("api00",), lonely="fail"))
    assert plain[0].estimate == pytest.approx(sample("apistrat").numbers("api00").mean())
    assert plain[0].deff is None


def small(**changes: list[str]) -> dict[str, list[str]]:
    table = {
        "y": ["1", "0", "NA", "1"],
        "word": ["是", "否", "", "是"],
        "s": ["a", "a", "b", "b"],
        "w": ["1", "2", "3", "4"],
        "N": ["9", "9", "8", "8"],
    }
    return table | changes


WRONG = [
    ({"y": ["1", "0", "x", "1"]}, (2, "y", "not_a_number", "x")),
    ({"y": ["1", "0", "1_0", "1"]}, (2, "y", "not_a_number", "1_0")),
    ({"w": ["1", "", "3", "4"]}, (1, "w", "missing", "")),
    ({"w": ["1", "many", "3", "4"]}, (1, "w", "not_a_number", "many")),
    ({"w": ["1", "2", "3", "-4"]}, (3, "w", "below_zero", "-4")),
    ({"s": ["a", "a", "NA", "b"]}, (2, "s", "missing", "NA")),
    ({"N": ["9", "9", "8", "0"]}, (3, "N", "not_above_zero", "0")),
    ({"N": ["9", "9", "8", "7"]}, (3, "N", "varies_in_stratum", "7")),
    ({"N": ["1", "1", "8", "8"]}, (0, "N", "below_sample", "1")),
]


@pytest.mark.parametrize(("changes", "place"), WRONG)
def test_a_wrong_cell_is_named_by_row_and_column(
    changes: dict[str, list[str]], place: tuple[int, str, str, str]
) -> None:
    request = EstimateRequest(means=("y",), weights="w", strata=("s",), fpc=("N",), lonely="remove")
    with pytest.raises(CellError) as refusal:
        estimate_table(small(**changes), request)
    error = refusal.value
    assert (error.row, error.column, error.problem, error.value) == place


def test_a_column_that_does_not_exist_is_named() -> None:
    with pytest.raises(CellError) as refusal:
        estimate_table(small(), EstimateRequest(means=("z",), lonely="fail"))
    assert (refusal.value.row, refusal.value.column) == (None, "z")


def test_missing_answers_and_words_in_chinese() -> None:
    rows = estimate_table(
        small(), EstimateRequest(means=("y", "word"), totals=("word",), weights="w", lonely="fail")
    )
    found = {(row.statistic, row.variable, row.level): row.estimate for row in rows}
    assert found == pytest.approx(
        {
            ("mean", "y", ""): 5 / 7,
            ("mean", "word", "否"): 2 / 7,
            ("mean", "word", "是"): 5 / 7,
            ("total", "word", "否"): 2,
            ("total", "word", "是"): 5,
        }
    )
    assert {row.n for row in rows} == {3}


def test_rows_without_a_label_belong_to_no_domain() -> None:
    request = EstimateRequest(totals=("w",), by=("word",), lonely="fail")
    rows = estimate_table(small(), request)
    assert [(dict(row.by)["word"], row.estimate) for row in rows] == [("否", 2.0), ("是", 5.0)]


def test_a_domain_in_which_nobody_answered_has_no_row() -> None:
    rows = estimate_table(
        small(s=["a", "a", "b", "a"]), EstimateRequest(means=("y",), by=("s",), lonely="fail")
    )
    assert [row.by for row in rows] == [(("s", "a"),)]


def test_an_empty_question_and_a_lonely_unit_are_refused() -> None:
    with pytest.raises(NothingAnswered):
        estimate_table(small(y=["NA"] * 4), EstimateRequest(means=("y",), lonely="fail"))
    request = EstimateRequest(means=("y",), strata=("s",), clusters=("s",), lonely="fail")
    with pytest.raises(LonelyUnit):
        estimate_table(small(), request)
