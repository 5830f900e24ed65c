"""What is odd about a figure beside earlier ones, to the digit of docs/methods/statistics.md."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from wenming.core.plausibility import Oddity, oddities

BEFORE = {"2023": Decimal("9.8"), "2024": Decimal("10.0"), "2024-09": Decimal("3")}


def found(value: str, measure: str = "人/万台车", before=BEFORE) -> list[Oddity]:
    odd = oddities(Decimal(value), measure=measure, period="2025", before=before)
    return [each.oddity for each in odd]


def test_the_worked_example() -> None:
    odd = oddities(Decimal("6.5"), measure="", period="2025", before=BEFORE)
    assert [(o.oddity, o.period, o.earlier, o.change) for o in odd] == [
        (Oddity.JUMP, "2024", Decimal("10.0"), Fraction(-35))
    ]


def test_each_rule_and_its_edge() -> None:
    assert found("13.0") == []  # exactly three tenths more
    assert found("13.01") == [Oddity.JUMP]
    assert found("10") == [Oddity.SAME]
    assert found("102") == [Oddity.UNIT_SLIP]
    assert found("0.1") == [Oddity.UNIT_SLIP]
    assert found("101", "%", {}) == [Oddity.OUT_OF_PERCENT]
    assert found("5", before={"2026": Decimal(1)}) == []
    assert found("5", before={"2024": Decimal(0)}) == []


@given(value=st.decimals(0, 100, allow_nan=False, places=2))
def test_without_earlier_figures_a_percentage_is_never_odd(value: Decimal) -> None:
    assert oddities(value, measure="%", period="2025", before={}) == []
