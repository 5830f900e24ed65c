"""Marks figures that do not sit well with earlier ones (合理性核查); marks, never refusals."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

JUMP = Fraction(3, 10)
SLIPS = (10, 100, 1000, 10_000)
NEAR = Fraction(1, 10)
PERCENT = frozenset({"%", "％"})
_WHOLE = 100


class Oddity(StrEnum):
    """What is odd about a figure (合理性提示)."""

    OUT_OF_PERCENT = "out_of_percent"  # 百分比超出 0–100
    UNIT_SLIP = "unit_slip"  # 疑似单位不一致
    JUMP = "jump"  # 变动超过三成
    SAME = "same"  # 与上期完全相同


@dataclass(frozen=True, slots=True)
class OddFigure:
    """An oddity with the earlier figure that shows it (核查结果).

    Attributes:
        period, earlier: of the figure before; "" and None where none is needed.
        change: relative change in percent against it; None where it cannot be said.
    """

    oddity: Oddity
    period: str = ""
    earlier: Decimal | None = None
    change: Fraction | None = None


def oddities(
    value: Decimal, *, measure: str, period: str, before: Mapping[str, Decimal]
) -> list[OddFigure]:
    """What is odd about a figure beside the latest one before it (合理性核查).

    Args:
        measure: in what it is counted.
        period: as 2025 or 2025-09; periods are compared as text, longer ones with their like.
        before: earlier figures of the same by period.

    Source:
        docs/methods/statistics.md, "What is marked".
    """
    found = []
    if measure.strip() in PERCENT and not 0 <= value <= _WHOLE:
        found.append(OddFigure(Oddity.OUT_OF_PERCENT))
    likes = [each for each in before if each < period and len(each) == len(period)]
    if not likes:
        return found
    last = max(likes)
    earlier = before[last]
    if value == earlier:
        return [*found, OddFigure(Oddity.SAME, last, earlier, Fraction(0))]
    if earlier == 0:
        return found
    change = (Fraction(value) - Fraction(earlier)) / abs(Fraction(earlier))
    if _slipped(abs(Fraction(value) / Fraction(earlier))):
        found.append(OddFigure(Oddity.UNIT_SLIP, last, earlier, change * _WHOLE))
    elif abs(change) > JUMP:
        found.append(OddFigure(Oddity.JUMP, last, earlier, change * _WHOLE))
    return found


def _slipped(ratio: Fraction) -> bool:
    """Whether one figure is about 10, 100, 1000 or 10000 times the other."""
    if ratio == 0:
        return False
    larger = max(ratio, 1 / ratio)
    return any(abs(larger / slip - 1) <= NEAR for slip in SLIPS)
