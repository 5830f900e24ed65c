"""Small charts drawn on the server as SVG; beside each stands its table or its text.

Positions are percentages of the width, so that the same drawing fits a desk and a phone
without its letters growing or shrinking, and no style attribute is needed.
"""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from wenming.base.templatetags.figures import Number, limit, measured, points

register = template.Library()

EDGE = 2.0
NEAR_EDGE = 12.0
HISTORY_LINE = 40
"""Height in pixels of one run in the chart of an item's history."""


@register.simple_tag
def score_axis(score: Number, low: Number, high: Number, full: Number) -> SafeString:
    """The score on its axis with the interval of an independent test."""
    if score is None or full is None:
        return SafeString("")
    ends = [float(end) for end in (score, low, high) if end is not None]
    start, stop = _round_ends(min(ends), max(ends), float(full))
    axis = _Axis(start, stop)
    said = gettext("Score %(score)s, interval %(low)s to %(high)s, on an axis from %(a)s to %(b)s")
    label = said % {
        "score": points(score),
        "low": points(low),
        "high": points(high),
        "a": start,
        "b": stop,
    }
    return format_html(
        '<svg class="score" width="100%" height="62" role="img" aria-label="{}">{}{}{}{}{}</svg>',
        label,
        axis.drawn(y=22, unit=""),
        axis.whisker(low, high, y=22, thick=10),
        axis.dot(score, y=22, radius=7),
        axis.end(low, points(low, 1), y=10, anchor="end"),
        axis.end(high, points(high, 1), y=10, anchor="start"),
    )


@register.simple_tag
def interval_chart(item: Mapping[str, Any]) -> SafeString:
    """A measured value with interval and limit, large enough to explain a verdict."""
    value, unit = item.get("value"), item.get("unit") or ""
    if value is None:
        return SafeString("")
    bound = item.get("limit") or {}
    axis = _Axis(*_span(item))
    said = gettext("Value %(value)s, interval %(low)s to %(high)s, limit %(limit)s") % {
        "value": measured(value, unit),
        "low": measured(item.get("low"), unit),
        "high": measured(item.get("high"), unit),
        "limit": limit(bound, unit),
    }
    name = gettext("Grade %(grade)s %(limit)s") % {
        "grade": bound.get("grade", ""),
        "limit": limit(bound, unit),
    }
    return format_html(
        '<svg width="100%" height="92" role="img" aria-label="{}">{}{}{}{}{}{}</svg>',
        said,
        axis.drawn(y=56, unit=unit),
        axis.whisker(item.get("low"), item.get("high"), y=56, thick=10),
        axis.limit(bound.get("value"), top=20, bottom=70),
        axis.dot(value, y=56, radius=6),
        axis.text(bound.get("value"), name, y=14, css="limit-label"),
        axis.text(value, measured(value, unit), y=40, css="dot-label"),
    )


@register.simple_tag
def history_chart(items: Sequence[tuple[str, Mapping[str, Any]]]) -> SafeString:
    """How a value went over runs, one line each on a common axis; a table stands beside it.

    Args:
        items: name of the run and the item as `measures.charted` gives it, the earliest first;
            all in one unit.
    """
    unit = items[-1][1].get("unit") or ""
    ends = [_span(item) for _, item in items]
    axis = _Axis(min(low for low, _ in ends), max(high for _, high in ends))
    said = [f"{name} {measured(item['value'], unit)}" for name, item in items]
    lines = [
        (
            format_html('<text class="run" x="0" y="{}">{}</text>', y, name),
            axis.line(y=y + 12),
            axis.whisker(item.get("low"), item.get("high"), y=y + 12, thick=8),
            axis.limit((item.get("limit") or {}).get("value"), top=y + 3, bottom=y + 21),
            axis.dot(item["value"], y=y + 12, radius=5),
            axis.text(item["value"], measured(item["value"], unit), y=y, css="dot-label"),
        )
        for y, (name, item) in zip(count(16, HISTORY_LINE), items, strict=False)
    ]
    bottom = HISTORY_LINE * len(items)
    return format_html(
        '<svg class="history" width="100%" height="{}" role="img" aria-label="{}">{}{}</svg>',
        bottom + 22,
        gettext("Value over the runs: %(values)s") % {"values": " · ".join(said)},
        format_html_join("", "{}{}{}{}{}{}", lines),
        axis.ticks(y=bottom - 12, unit=unit),
    )


@register.simple_tag
def dot_line(item: Mapping[str, Any]) -> SafeString:
    """The same in the height of a table row; the figures stand beside it."""
    value = item.get("value")
    if value is None:
        return SafeString("")
    axis = _Axis(*_span(item))
    return format_html(
        '<svg class="dotline" height="18" aria-hidden="true">{}{}{}{}</svg>',
        axis.line(y=9),
        axis.whisker(item.get("low"), item.get("high"), y=9, thick=6),
        axis.limit((item.get("limit") or {}).get("value"), top=1, bottom=17),
        axis.dot(value, y=9, radius=4),
    )


@register.simple_tag
def points_bar(row: Mapping[str, Any]) -> SafeString:
    """Points earned, lost and untested as one bar; the figures stand beside it."""
    full = float(row.get("points") or 0)
    if not full:
        return SafeString("")
    earned = 100 * float(row.get("earned") or 0) / full
    lost = 100 * float(row.get("lost") or 0) / full
    return format_html(
        '<svg class="amount" width="100%" height="12" aria-hidden="true">'
        '<rect class="ground" width="100%" height="12"/>'
        '<rect class="earned" width="{}%" height="12"/>'
        '<rect class="lost" x="{}%" width="{}%" height="12"/></svg>',
        _digits(earned),
        _digits(earned),
        _digits(lost),
    )


@register.simple_tag
def share_bar(value: Number) -> SafeString:
    """A share of 1 as a bar."""
    if value is None:
        return SafeString("")
    return format_html(
        '<svg class="amount" width="100%" height="10" aria-hidden="true">'
        '<rect class="ground" width="100%" height="10"/>'
        '<rect class="earned" width="{}%" height="10"/></svg>',
        _digits(100 * min(1.0, max(0.0, float(value)))),
    )


class _Axis:
    """An axis from `start` to `stop` that knows where a value stands."""

    def __init__(self, start: float, stop: float) -> None:
        self.start = start
        self.stop = stop

    def at(self, value: Number) -> float:
        """Where a value stands, in percent of the width."""
        inside = (float(value or 0) - self.start) / (self.stop - self.start)
        return EDGE + (100 - 2 * EDGE) * min(1.0, max(0.0, inside))

    def line(self, *, y: int) -> SafeString:
        return format_html(
            '<line class="axis" x1="{}%" x2="{}%" y1="{}" y2="{}"/>', EDGE, 100 - EDGE, y, y
        )

    def drawn(self, *, y: int, unit: str) -> SafeString:
        """The line with five values below it."""
        return format_html("{}{}", self.line(y=y), self.ticks(y=y, unit=unit))

    def ticks(self, *, y: int, unit: str) -> SafeString:
        """Five values, to stand below a line."""
        step = (self.stop - self.start) / 4
        ticks = [self.start + step * n for n in range(5)]
        return format_html_join(
            "",
            "{}",
            ((self.text(tick, _tick(tick, unit), y=y + 28, css="tick"),) for tick in ticks),
        )

    def whisker(self, low: Number, high: Number, *, y: int, thick: int) -> SafeString:
        if low is None or high is None or low == high:
            return SafeString("")
        return format_html(
            '<line class="interval" x1="{}%" x2="{}%" y1="{}" y2="{}" stroke-width="{}"/>',
            _digits(self.at(low)),
            _digits(self.at(high)),
            y,
            y,
            thick,
        )

    def dot(self, value: Number, *, y: int, radius: int) -> SafeString:
        return format_html(
            '<circle class="dot" cx="{}%" cy="{}" r="{}"/>', _digits(self.at(value)), y, radius
        )

    def limit(self, value: Number, *, top: int, bottom: int) -> SafeString:
        if value is None:
            return SafeString("")
        x = _digits(self.at(value))
        return format_html(
            '<line class="limit" x1="{}%" x2="{}%" y1="{}" y2="{}"/>', x, x, top, bottom
        )

    def text(self, value: Number, written: str, *, y: int, css: str) -> SafeString:
        if value is None:
            return SafeString("")
        x = self.at(value)
        anchor = "start" if x < NEAR_EDGE else "end" if x > 100 - NEAR_EDGE else "middle"
        return format_html(
            '<text class="{}" x="{}%" y="{}" text-anchor="{}">{}</text>',
            css,
            _digits(x),
            y,
            anchor,
            written,
        )

    def end(self, value: Number, written: str, *, y: int, anchor: str) -> SafeString:
        """The value at one end of a whisker, written away from it."""
        if value is None:
            return SafeString("")
        x = _digits(self.at(value))
        return format_html('<text x="{}%" y="{}" text-anchor="{}">{}</text>', x, y, anchor, written)


def _span(item: Mapping[str, Any]) -> tuple[float, float]:
    """From 0 to 100 for percentages; else wide enough for value, limit and interval."""
    if item.get("unit") == "%":
        return 0.0, 100.0
    bound = (item.get("limit") or {}).get("value")
    seen = [float(x) for x in (item.get("value"), bound, item.get("high"), item.get("low")) if x]
    top = max([abs(x) for x in seen], default=1.0)
    return (-1.25 * top if min(seen, default=0.0) < 0 else 0.0), _nice(1.2 * top)


def _nice(value: float) -> float:
    """The next number that divides well by four."""
    unit = 4.0
    while unit < value:
        unit *= 10
    while unit / 10 >= value:
        unit /= 10
    for share in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8):
        if unit * share >= value:
            return unit * share
    return unit


def _round_ends(low: float, high: float, full: float) -> tuple[int, int]:
    """Whole tens of points around an interval, a multiple of four wide where it fits."""
    start = max(0, int(low - 4) // 4 * 4)
    stop = min(int(full), -(-int(high + 5) // 4) * 4)
    return (start, stop) if stop > start else (0, int(full) or 1)


def _tick(value: float, unit: str) -> str:
    written = f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{written}%" if unit == "%" else written


def _digits(value: float) -> str:
    return f"{value:.2f}"
