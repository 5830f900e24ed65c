"""Visits of the round: what two inspectors saw at each site, line by line."""

from collections.abc import Iterator
from typing import Any

from wenming.demo.dice import Dice
from wenming.demo.register import DemoSite
from wenming.demo.remarks import remark_for

COLUMNS = (
    "site", "line", "time", "outcome", "value", "inspector", "remark", "photo",
)  # fmt: skip

NOT_VISITED = frozenset({"shelter", "rescue_centre"})
"""Types that this round left out, so that what looks there stays untested."""

_VISITED_SHARE = 0.92
_ALWAYS = 5
_DAYS = 40

# How often a line fails at an ordinary site, by the item that it feeds.
_FAILS = {
    "B1.2.1": 0.0, "B1.2.2": 0.04, "B1.2.4": 0.0, "B2.1.2": 0.0, "B2.1.3": 0.0,
    "B2.2.3": 0.06, "B2.2.5": 0.03, "B2.3.2": 0.05, "B2.5.4": 0.0, "B2.6.1": 0.03,
    "B3.2.2": 0.03, "B3.2.3": 0.10, "B3.2.4": 0.0, "B3.2.5": 0.03, "B3.2.6": 0.035,
    "B3.3.1": 0.035, "B3.3.3": 0.10, "B3.3.4": 0.0, "B4.1.2": 0.12, "B4.1.4": 0.0,
    "B4.1.5": 0.0, "B4.2.1": 0.04, "B4.2.3": 0.05, "B4.3.4": 0.02, "B4.4.1": 0.14,
    "B4.5.3": 0.0, "B4.5.4": 0.04, "B4.5.7": 0.0, "B4.5.8": 0.06, "B4.8.1": 0.12,
    "B4.8.2": 0.28, "B4.8.3": 0.0, "B4.8.4": 0.06, "B4.8.5": 0.05, "B5.2.2": 0.03,
    "B5.3.1": 0.14, "B5.3.2": 0.10, "B5.3.3": 0.10, "B5.3.4": 0.26, "B5.3.5": 0.05,
    "B5.3.6": 0.0, "B5.3.7": 0.06, "B5.4.1": 0.10, "B5.4.2": 0.05, "B5.5.1": 0.05,
    "B5.5.4": 0.05, "B5.6.2": 0.0, "B5.8.1": 0.02, "B7.2.3": 0.0, "B7.3.1": 0.03, "S.4.1": 0.03,
    "B2.5.3": 0.0, "B5.5.3": 0.0,
}  # fmt: skip

# Some kinds of places are kept better than others.
_TYPES = {
    "gov_hall": 0.3, "service_window": 0.5, "culture_venue": 0.4, "park": 0.6, "hospital": 0.7,
    "station": 0.7, "back_street": 1.6, "urban_fringe": 1.7, "urban_village": 1.8,
    "farmers_market": 1.6, "small_shops": 1.5, "restaurant": 1.3, "residential": 1.2,
}  # fmt: skip

_LEVELS = ((0.55, 0.25), (0.33, 1.0), (0.12, 3.5))  # share of sites, factor on the failures
_MOST = 0.85
_NOT_OBSERVED = 0.025
_NOT_APPLICABLE = 0.02
_WITH_PHOTO = 0.7

# Numbers seen: the largest or smallest that is believable for lines that are not counted from 0.
_RANGES = {
    "hospital-13": ((4, 15), (16, 22)),
    "gov_hall-15": ((5, 20), (21, 35)),
    "hotline-01": ((1, 20), (31, 45)),
    "scenic-12": ((45, 80), (90, 150)),
}


def visited(sites: tuple[DemoSite, ...], seed: int) -> list[DemoSite]:
    """The sites that the round visits: all of small types, a sample of the others."""
    dice = Dice(seed, "visited")
    chosen = []
    for site_type in dict.fromkeys(site.site_type for site in sites):
        of_type = [site for site in sites if site.site_type == site_type]
        if site_type in NOT_VISITED:
            continue
        count = len(of_type) if len(of_type) <= _ALWAYS else int(len(of_type) * _VISITED_SHARE)
        chosen += sorted(dice.some_of(of_type, count), key=lambda site: site.key)
    return chosen


def observations(
    sites: list[DemoSite], lines: dict[str, list[dict[str, Any]]], seed: int
) -> Iterator[tuple[str, ...]]:
    """One row for each line of the checklist of each visited site."""
    for site in sites:
        dice = Dice(seed, f"visit/{site.key}")
        level = _level(dice) * _TYPES.get(site.site_type, 1.0)
        pair = dice.number(1, 12)
        day, minute = dice.number(0, _DAYS - 1), dice.number(0, 9 * 60)
        for n, line in enumerate(lines[site.site_type]):
            time = _time(day, minute + 2 * n)
            outcome, value, failed = _seen(dice, line, level)
            yield (
                site.key,
                line["key"],
                time,
                outcome,
                value,
                f"甲{pair:02d}乙{pair:02d}",
                remark_for(line["item"], dice) if failed else "",
                f"{line['key']}_{site.key}.jpg" if failed and dice.happens(_WITH_PHOTO) else "",
            )


def _level(dice: Dice) -> float:
    drawn = dice.share()
    for share, factor in _LEVELS:
        if drawn < share:
            return factor
        drawn -= share
    return _LEVELS[-1][1]


def _seen(dice: Dice, line: dict[str, Any], level: float) -> tuple[str, str, bool]:
    """Outcome, value and whether the line failed; the outcome is blank where the value decides."""
    drawn = dice.share()
    if drawn < _NOT_OBSERVED:
        return "not_observed", "", False
    if drawn < _NOT_OBSERVED + _NOT_APPLICABLE:
        return "not_applicable", "", False
    failed = dice.happens(min(_MOST, _FAILS[line["item"]] * level))
    if line["judge"] == "pass_fail" or line["key"] == "intersection-01":
        return "not_conform" if failed else "conform", "", failed
    if line["judge"] == "share":
        return "", _share(dice, float(line["value"]), failed=failed), failed
    return "", str(_count(dice, line, failed=failed)), failed


def _share(dice: Dice, limit: float, *, failed: bool) -> str:
    least = round(limit * 100)
    percent = dice.number(least * 7 // 10, least - 1) if failed else dice.number(least, 100)
    return f"{percent / 100:.2f}"


def _count(dice: Dice, line: dict[str, Any], *, failed: bool) -> int:
    if line["key"] in _RANGES:
        return dice.number(*_RANGES[line["key"]][1 if failed else 0])
    if line["op"] == ">=":
        limit = int(line["value"])
        return dice.number(0, limit - 1) if failed else dice.number(limit, limit + 4)
    return dice.number(1, 6) if failed else 0


def _time(day: int, minute: int) -> str:
    """A working time from 08:00 on one of the days of the period, which begins on 12 October."""
    month, date = (10, 12 + day) if day < 20 else (11, day - 19)
    return f"2026-{month:02d}-{date:02d}T{8 + minute // 60:02d}:{minute % 60:02d}"
