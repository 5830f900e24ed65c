"""A verdict in sentences: what was found, what the rule asks, and how sure one can be."""

from collections.abc import Callable, Mapping
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wenming.base.templatetags.figures import distance, limit, measured, plain, probability
from wenming.scoring.templatetags.measures import COUNTED, criterion_unit, deciding, rule_line

register = template.Library()

Plain = Mapping[str, Any]


@register.simple_tag
def verdict(item: Plain) -> SafeString:
    """The verdict in sentences with every number that it rests on."""
    if item["state"] == "untested" and deciding(item).get("state") != "untested":
        return _say(
            _(
                "Only a part of the evidence was brought, so that nothing can be said yet. "
                "The item counts neither as met nor as 0: "
                "it stands outside the score and lowers the coverage."
            )
        )
    if item["state"] == "untested":
        return _say(
            _(
                "This round brought no evidence for this item. It counts neither as met nor as 0: "
                "it stands outside the score and lowers the coverage."
            )
        )
    if item["state"] == "not_applicable":
        return _say(_("This item does not apply to the city; the others share its points."))
    criterion = deciding(item)
    found = _FOUND.get(criterion.get("shape", ""), _found_number)(item, criterion)
    return _joined([found, _against(item, criterion), *_chances(item)])


@register.simple_tag
def found_line(criterion: Plain) -> SafeString:
    """What was found for one criterion of several; empty where nothing was."""
    if criterion.get("value") is None:
        return SafeString("")
    found = _FOUND.get(criterion.get("shape", ""), _found_number)
    return found(criterion, criterion)


def _found_number(item: Plain, criterion: Plain) -> SafeString:
    unit = item.get("unit") or ""
    if criterion["method"] == "survey" and item.get("n"):
        return _say(
            _(
                "Of %(n)s valid answers, %(value)s count for the item "
                "(90 %% interval %(low)s to %(high)s, weighted)."
            ),
            n=f"{item['n']:,}",
            value=measured(item["value"], unit),
            low=measured(item["low"], unit),
            high=measured(item["high"], unit),
        )
    if criterion["method"] == "inspection" and item.get("n"):
        text = {
            "max": _("At %(n)s sites the highest figure seen is %(value)s."),
            "sum": _("At %(n)s sites the figures seen add up to %(value)s."),
        }.get(
            criterion["detail"].get("aggregate", ""),
            _("At %(n)s sites the mean of the figures seen is %(value)s."),
        )
        return _say(text, n=item["n"], value=measured(item["value"], unit))
    return _say(_("The figure is %(value)s."), value=measured(item["value"], unit))


def _found_sites(item: Plain, criterion: Plain) -> SafeString:
    seen = criterion["detail"]
    text = _(
        "Of %(register)s sites %(visited)s were visited, and %(passing)s of these pass: %(value)s."
    )
    return _say(
        text,
        register=seen.get("register", "–"),
        visited=seen.get("visited", "–"),
        passing=seen.get("passing", "–"),
        value=measured(item["value"], "%"),
    )


def _found_conditions(item: Plain, criterion: Plain) -> SafeString:
    states = [each["state"] for each in criterion["conditions"]]
    text = _(
        "Of %(all)s conditions %(met)s are met, %(not_met)s are not, "
        "%(unknown)s were not looked at."
    )
    return _say(
        text,
        all=len(states),
        met=states.count(True),
        not_met=states.count(False),
        unknown=states.count(None),
    )


def _found_documents(item: Plain, criterion: Plain) -> SafeString:
    seen = criterion["detail"]
    return _say(
        _(
            "Of %(required)s required documents %(accepted)s were accepted and "
            "%(rejected)s rejected."
        ),
        required=criterion["required"],
        accepted=seen.get("accepted", "–"),
        rejected=seen.get("rejected", "–"),
    )


def _found_rating(item: Plain, criterion: Plain) -> SafeString:
    return _say(
        _("%(n)s assessors gave a mean mark of %(value)s out of %(top)s."),
        n=item.get("n") or "–",
        value=measured(item["value"], ""),
        top=plain(criterion.get("rule", {}).get("top")),
    )


_FOUND: Mapping[str, Callable[[Plain, Plain], SafeString]] = {
    "sites": _found_sites,
    "conditions": _found_conditions,
    "all_or_nothing": _found_conditions,
    "documents": _found_documents,
    "rating": _found_rating,
}


def _against(item: Plain, criterion: Plain) -> SafeString:
    bound = item.get("limit")
    if not bound or item.get("gap") is None:
        return _asked(criterion)
    unit = criterion_unit(criterion)
    required = {"grade": bound["grade"], "limit": limit(bound, unit)}
    if float(item["gap"]) == 0:
        return _say(
            _("Grade %(grade)s asks for %(limit)s; the value lies exactly on it."), **required
        )
    size = distance(item["gap"], unit)
    if unit == "%":
        apart = ngettext("%(gap)s percentage point", "%(gap)s percentage points", 2) % {"gap": size}
    else:
        apart = f"{size} {unit}".strip()
    is_kept = item["state"] == "met" or criterion["state"] == "met"
    text = (
        _("Grade %(grade)s asks for %(limit)s, kept with %(apart)s to spare.")
        if is_kept
        else _("Grade %(grade)s asks for %(limit)s; %(apart)s are missing.")
    )
    return _say(text, apart=apart, **required)


def _asked(criterion: Plain) -> SafeString:
    """What the best grade asks for, where it is no number."""
    if criterion.get("shape") not in COUNTED or not criterion["limits"]:
        return SafeString("")
    best = criterion["limits"][0]
    text = _("Grade %(grade)s asks for: %(rule)s.")
    return _say(text, grade=best["grade"], rule=rule_line(best))


def _chances(item: Plain) -> list[SafeString]:
    said = []
    if item.get("p_true") is not None:
        said.append(
            _say(
                _(
                    "Given the sample, the city really meets the standard with a "
                    "probability of %(p)s."
                ),
                p=probability(item["p_true"]),
            )
        )
    if item.get("p_repeat") is not None:
        said.append(
            _say(
                _("Another official test would find it met with a probability of %(p)s."),
                p=probability(item["p_repeat"]),
            )
        )
    return said


def _say(text: str, **facts: object) -> SafeString:
    """A sentence with its facts in bold; everything is escaped."""
    bold = {name: format_html("<b>{}</b>", value) for name, value in facts.items()}
    escaped = conditional_escape(text)
    return mark_safe(escaped % bold)  # noqa: S308 (both parts are escaped)


def _joined(sentences: list[SafeString]) -> SafeString:
    gap = " " if get_language() == "en" else ""
    return mark_safe(gap.join(each for each in sentences if each))  # noqa: S308 (all escaped)
