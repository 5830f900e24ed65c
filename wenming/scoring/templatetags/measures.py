"""A measure against its limit, in the height of a table row or in one short line."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wenming.base.templatetags.figures import (
    limit,
    measured,
    plain,
    spread,
)
from wenming.base.templatetags.labels import label
from wenming.base.wording.figures import OPS
from wenming.core.framework.checklist import CheckLine, Judgement
from wenming.scoring.models import ItemResult
from wenming.scoring.queries import Counts

register = template.Library()

Plain = Mapping[str, Any]
IN_PERCENT = frozenset({"sites", "documents"})
COUNTED = frozenset({"conditions", "all_or_nothing"})


@register.filter
def deciding(item: Plain) -> Plain:
    """The criterion that decided the item: the worst that was tested, else the first."""
    criteria = item.get("criteria") or [{}]
    tested = [each for each in criteria if each.get("state") in ("met", "not_met")]
    found: Plain = min(
        tested,
        key=lambda each: (each["state"] == "met", 1 if each.get("rate") is None else each["rate"]),
        default=criteria[0],
    )
    return found


@register.filter
def charted(item: Plain) -> Plain | None:
    """The item with the unit that its value is printed in; None where a chart says nothing."""
    criterion = deciding(item)
    shape = criterion.get("shape", "")
    is_silent = shape in COUNTED or shape == "deduction" or item.get("state") == "untested"
    if item.get("value") is None or is_silent:
        return None
    return {**item, "unit": "%"} if shape in IN_PERCENT else item


@register.filter
def over_runs(history: Sequence[ItemResult]) -> list[tuple[str, Plain]]:
    """The runs in which an item was measured in the unit of the latest, the earliest first.

    Empty where fewer than two were: nothing is drawn then.
    """
    charts = [(_run_name(each), charted(each.detail)) for each in reversed(history)]
    drawn = [(name, chart) for name, chart in charts if chart is not None]
    same = [(name, chart) for name, chart in drawn if chart.get("unit") == drawn[-1][1].get("unit")]
    return same if len(same) > 1 else []


def _run_name(row: ItemResult) -> str:
    if row.run.result_number:
        return _("Result %(number)s") % {"number": row.run.result_number}
    return _("Run %(number)s") % {"number": row.run.number}


@register.inclusion_tag("scoring/parts/measure.html")
def measure(item: Plain) -> dict[str, Any]:
    """A value against its limit in the height of a table row."""
    criterion = deciding(item)
    shown = charted(item)
    context: dict[str, Any] = {"state": item["state"], "chart": shown}
    if item["state"] == "untested":
        context["is_partly_tested"] = criterion.get("state") != "untested"
    elif shown:
        unit = shown.get("unit") or ""
        context |= {
            "value": measured(shown["value"], unit),
            "spread": spread(shown),
            "limit": limit(shown["limit"], unit) if shown.get("limit") else "",
        }
    elif item.get("value") is not None:
        context |= _counted(item, criterion)
    return context


@register.simple_tag
def rule_line(given: Plain, unit: str = "") -> SafeString:
    """What one grade asks for."""
    if given.get("op"):
        return format_html("{}", limit(given, unit))
    if given.get("all_of"):
        numbers = ", ".join(str(n) for n in given["all_of"])
        return format_html("{}", _("conditions %(numbers)s met") % {"numbers": numbers})
    asked = ngettext(
        "at least %(n)s condition met", "at least %(n)s conditions met", given.get("met") or 0
    )
    return format_html("{}", asked % {"n": given.get("met")})


@register.simple_tag
def gate_limit(gate: Plain) -> str:
    """The limit of a gate, as printed."""
    return f"{OPS.get(gate['op'], '')}{plain(gate['limit'])}"


@register.simple_tag
def line_limit(line: CheckLine) -> str:
    """What a line of a checklist asks for; shares are printed in percent."""
    if line.limit is None:
        return ""
    is_share = line.judgement is Judgement.SHARE
    value = line.limit.value * 100 if is_share else line.limit.value
    return f"{OPS[line.limit.op]}{measured(value, '%' if is_share else '')}"


@register.filter
def yes_share(counts: Counts) -> float | None:
    """The share of the base that counts for the item, without weights."""
    return counts.yes / counts.base if counts.base else None


@register.filter
def criterion_unit(criterion: Plain) -> str:
    """The unit that the limits of a criterion are printed in."""
    return "%" if criterion.get("shape") in IN_PERCENT else str(criterion.get("unit") or "")


@register.simple_tag
def sampling_line(criterion: Plain) -> str:
    """What the estimate of a criterion rests on; empty where nothing was sampled."""
    if not criterion.get("interval_kind"):
        return ""
    said = [f"n={plain(criterion['n'])}", label(criterion["interval_kind"], "interval")]
    if criterion.get("df") is not None:
        said.append(f"df={plain(criterion['df'])}")
    if criterion.get("deff") is not None:
        said.append(_("design effect %(deff)s") % {"deff": plain(criterion["deff"])})
    lonely = criterion.get("detail", {}).get("lonely_strata")
    if lonely:
        text = ngettext(
            "%(n)s lonely stratum (%(policy)s)", "%(n)s lonely strata (%(policy)s)", len(lonely)
        )
        said.append(text % {"n": len(lonely), "policy": criterion["detail"]["lonely_used"]})
    return " · ".join(said)


def _counted(item: Plain, criterion: Plain) -> dict[str, Any]:
    if criterion.get("shape") in COUNTED:
        text = _("%(met)s of %(all)s conditions met")
        return {"counted": text % {"met": plain(item["value"]), "all": item.get("n") or "–"}}
    unit = item.get("unit") or ""
    return {"counted": _("%(value)s shortfalls") % {"value": measured(item["value"], unit)}}
