"""Small editions and verdicts for the tests of the core."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from wenming.core.framework import (
    Criterion,
    Dimension,
    Edition,
    Indicator,
    Item,
    OfficialDesign,
    SiteRule,
)
from wenming.core.rules import Grade, GradeLimit, Limit, NumberRule, Scale, Shape, Verdict
from wenming.core.scoring import Judged
from wenming.core.terms import Mark, Method, Op, Part, Words

SCALE = Scale(
    (Grade("A", Decimal(1)), Grade("B", Decimal("0.6")), Grade("C", Decimal(0))), "A", "C"
)
AT_LEAST_80 = NumberRule((GradeLimit("A", Limit(Op.AT_LEAST, Decimal(80))),))


def item(key: str, points: Decimal | int | str | None, rule: NumberRule = AT_LEAST_80) -> Item:
    """An item with one number against a limit."""
    criterion = Criterion(n=1, method=Method.STATISTIC, shape=Shape.NUMBER, rule=rule, unit="%")
    stated = None if points is None else Decimal(points)
    return Item(key, Words(key), stated, Mark.INVENTED, (criterion,))


def edition_of(
    points: Mapping[str, Decimal | int | str | None],
    *,
    total: Decimal | int | str = 100,
    indicators: Mapping[str, list[str]] | None = None,
) -> Edition:
    """An edition of one dimension; all items in one indicator unless `indicators` says how."""
    parts = indicators or {"1.1": list(points)}
    return Edition(
        key="test",
        title=Words("测试版"),
        scale=SCALE,
        dimensions=(
            Dimension(
                "1",
                Words("一"),
                Part.BASIC,
                tuple(
                    Indicator(key, Words(key), tuple(item(each, points[each]) for each in keys))
                    for key, keys in parts.items()
                ),
            ),
        ),
        totals={Part.BASIC: Decimal(total)},
        site_rule=SiteRule(Decimal("0.8"), Decimal("0.8"), {"critical": 2, "major": 2, "minor": 1}),
        official=OfficialDesign(1000, Decimal(1)),
    )


def judged(rate: str | None, *, applies: bool = True) -> Judged:
    """A verdict with this rate; None is untested."""
    if rate is None:
        return Judged(Verdict(is_met=None), applies)
    exact = Fraction(rate)
    return Judged(Verdict(is_met=exact == 1, rate=exact), applies)
