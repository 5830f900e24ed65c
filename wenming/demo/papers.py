"""Documents handed in for the items and what their review came to."""

from collections.abc import Iterator, Mapping
from typing import Any

from wenming.demo.dice import Dice
from wenming.demo.source import Source

COLUMNS = (
    "document", "item", "condition", "requirement", "method", "title", "kind", "outcome",
    "reason", "reviewer", "date", "unit",
)  # fmt: skip

_REVIEWED = ("documents", "network", "briefing")
_KINDS = ("规范文件", "说明报告", "实景图片", "统计表格")
_REASONS = ("未盖章", "超出材料起止时间", "与要求不符", "图片无拍摄时间", "缺少落款日期")

# Conditions whose documents were all rejected.
_REJECTED = {
    ("B1.1.2", 3), ("B2.5.2", 2), ("B3.1.2", 3), ("B4.2.2", 2), ("B7.1.4", 4), ("B7.2.3", 3),
}  # fmt: skip

# Items whose documents still wait for review, so that they stay untested.
_PENDING = {"B1.2.3", "B3.2.1", "B7.3.2", "B7.4.1"}

# Items that do not apply to the city: nobody hands in anything.
_ASIDE = {"B4.7.1"}


def documents(source: Source, leads: Mapping[str, str], seed: int) -> Iterator[tuple[str, ...]]:
    """One or two documents for each condition and each required document.

    Args:
        leads: the unit that hands in, by item.
    """
    dice = Dice(seed, "documents")
    n = 0
    for item, condition, text, method in _wanted(source):
        if item in _ASIDE:
            continue
        for outcome in _outcomes(item, condition, dice):
            n += 1
            kind = dice.one_of(_KINDS)
            day = dice.number(0, 39)
            yield (
                f"D{n:04d}",
                item,
                str(condition or ""),
                "" if condition else text,
                method,
                f"{text.removeprefix('有')}（{kind}）",
                kind,
                outcome,
                dice.one_of(_REASONS) if outcome == "rejected" else "",
                "" if outcome == "pending" else f"审核{dice.number(1, 6):02d}",
                "" if outcome == "pending" else _day(day),
                leads.get(item, ""),
            )


def _wanted(source: Source) -> Iterator[tuple[str, int, str, str]]:
    """Item, condition (0 for a document of the item), what it shows, and the method."""
    for item, n, condition, method in source.conditions():
        if method in _REVIEWED:
            yield item["key"], n, condition["zh"], method
    for item in source.items():
        for criterion in item["criteria"]:
            if criterion["shape"] == "documents":
                yield item["key"], 0, _required(item), criterion["method"]


def _required(item: dict[str, Any]) -> str:
    return f"{item['title']['zh']}的证明材料"


def _outcomes(item: str, condition: int, dice: Dice) -> list[str]:
    """The outcomes of the documents for one condition, in the order they were handed in."""
    if item in _PENDING:
        return ["pending"]
    if (item, condition) in _REJECTED:
        return ["rejected"] * dice.number(1, 2)
    if dice.happens(0.15):
        return ["rejected", "accepted"]
    return ["accepted"] * (2 if dice.happens(0.3) else 1)


def _day(day: int) -> str:
    return f"2026-10-{12 + day:02d}" if day < 20 else f"2026-11-{day - 19:02d}"
