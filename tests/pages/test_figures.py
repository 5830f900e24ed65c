"""How figures are printed, and where charts put them."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from wenming.base.templatetags import figures
from wenming.scoring.templatetags import charts, measures, verdicts


@pytest.mark.parametrize(
    ("value", "unit", "printed"),
    [
        (50.3127, "%", "50.3%"),
        (79.05, "%", "79.05%"),
        (100, "%", "100%"),
        (13.18, "人/万台车", "13.18 人/万台车"),
        (2000, "", "2,000"),
        (-0.5, "", "−0.5"),
        (None, "%", "–"),
    ],
)
def test_a_measured_value_is_printed_with_its_unit(
    value: float | None, unit: str, printed: str
) -> None:
    assert figures.measured(value, unit) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [(0, "<0.1%"), (1, ">99.9%"), (0.0004, "<0.1%"), (0.132, "13%"), (0.029, "2.9%"), (None, "–")],
)
def test_a_probability_is_never_a_certainty(value: float | None, printed: str) -> None:
    assert figures.probability(value) == printed


def test_untested_is_a_dash_and_never_zero() -> None:
    assert figures.points(None) == "–"
    assert figures.points(Decimal(0)) == "0.00"


def test_points_round_halves_to_the_even_digit() -> None:
    assert [figures.points(value) for value in (0.125, 0.135, 1.005)] == ["0.12", "0.14", "1.00"]


@pytest.mark.parametrize(
    ("language", "printed"),
    [("zh-hans", "2026年12月31日（星期四）"), ("en", "Thu 31 Dec 2026")],
)
def test_a_day_has_its_weekday(language: str, printed: str) -> None:
    with override(language):
        assert figures.day(date(2026, 12, 31)) == printed
        assert figures.day("2026-12-31") == printed


ITEM = {
    "state": "not_met",
    "value": 50.3,
    "unit": "%",
    "low": 47.2,
    "high": 53.4,
    "n": 1024,
    "gap": -29.7,
    "p_true": 0.0,
    "p_repeat": 0.002,
    "limit": {"grade": "A", "op": ">=", "value": 80, "mark": "public"},
    "criteria": [
        {"shape": "number", "method": "survey", "unit": "%", "state": "not_met", "rate": 0}
    ],
}


def test_a_verdict_tells_value_interval_limit_gap_and_both_probabilities() -> None:
    with override("zh-hans"):
        told = re.sub(r"<[^>]+>", "", verdicts.verdict(ITEM))
    assert told == (
        "1,024 份有效答卷中，达到的占 50.3%（加权，90% 区间 47.2%–53.4%）。"
        "A 级标准为 ≥80%，相差 29.7 个百分点。"
        "就抽样结果而言，这座城市真正达标的概率为 &lt;0.1%。换一次正式测评，判为达标的概率为 0.2%。"
    )


def test_an_untested_item_is_neither_met_nor_zero() -> None:
    untested = {"state": "untested", "criteria": [{"shape": "number", "state": "untested"}]}
    with override("zh-hans"):
        assert "不计入得分" in verdicts.verdict(untested)
        assert measures.measure(untested)["chart"] is None


def test_a_chart_puts_the_limit_where_it_is() -> None:
    drawn = charts.interval_chart(ITEM)
    limit = re.search(r'class="limit" x1="([\d.]+)%"', drawn)
    dot = re.search(r'class="dot" cx="([\d.]+)%"', drawn)
    assert limit
    assert dot
    assert float(limit[1]) == pytest.approx(2 + 0.96 * 80, abs=0.01)
    assert float(dot[1]) == pytest.approx(2 + 0.96 * 50.3, abs=0.01)
    assert "style=" not in drawn


def test_a_chart_of_nothing_is_nothing() -> None:
    assert charts.interval_chart({"value": None}) == ""
    assert charts.dot_line({"value": None}) == ""
    assert charts.score_axis(None, None, None, 100) == ""


def test_text_in_a_chart_cannot_become_markup() -> None:
    drawn = charts.interval_chart({**ITEM, "unit": "<b>"})
    assert "<b>" not in drawn


def test_text_in_a_verdict_cannot_become_markup() -> None:
    said = verdicts.verdict({**ITEM, "limit": {**ITEM["limit"], "grade": "<i>"}})  # type: ignore[dict-item]
    assert "<i>" not in said
