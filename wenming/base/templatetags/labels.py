"""The words for codes: states, methods, marks, roles, outcomes; and badges that carry them."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from wenming.base import wording

register = template.Library()

OUTCOME_BADGES = {
    "conform": ("met", "✓"),
    "accepted": ("met", "✓"),
    "not_conform": ("not_met", "✗"),
    "rejected": ("not_met", "✗"),
    "pending": ("uncertain", "…"),
}

DIVISIONS = {
    "county": gettext_lazy("county"),
    "street": gettext_lazy("street"),
    "community": gettext_lazy("community"),
    "sex": gettext_lazy("sex"),
    "age_group": gettext_lazy("age group"),
}


@register.filter
def division(column: str) -> str:
    """The word for a column that divides the answer sheets, where it has a common name."""
    return str(DIVISIONS.get(column, column))


@register.filter
def label(code: str, kind: str) -> str:
    """The word for a code of some kind; a code without a word is shown as it is."""
    return wording.label(kind, code, _language())


@register.simple_tag
def state_badge(state: str, grade: str = "") -> SafeString:
    """The state of an item as sign and word, with its grade where it has one."""
    word = label(state, "state")
    if grade:
        word = pgettext("state and grade", "%(state)s · %(grade)s") % {
            "state": word,
            "grade": grade,
        }
    return _badge(state, wording.sign(state), word)


@register.simple_tag
def uncertain_badge(certain: object) -> SafeString:
    """A sign beside a state that the sample does not settle; empty where it does."""
    return (
        _badge("uncertain", wording.sign("uncertain"), _("Uncertain"))
        if certain is False
        else SafeString("")
    )


@register.simple_tag
def mark_badge(mark: str) -> SafeString:
    """Where a limit comes from."""
    return _badge("", "", label(mark, "mark")) if mark else SafeString("")


@register.simple_tag
def outcome_badge(outcome: str, kind: str = "outcome") -> SafeString:
    """What was seen, or what the review came to."""
    css, sign = OUTCOME_BADGES.get(outcome, ("", "–"))
    return _badge(css, sign, label(outcome, kind))


@register.simple_tag
def holds_badge(holds: bool | None) -> SafeString:
    """Whether a gate holds, does not hold, or is not known."""
    css, sign, code = {
        True: ("met", "✓", "true"),
        False: ("not_met", "✗", "false"),
        None: ("", "–", "unknown"),
    }[holds]
    return _badge(css, sign, label(code, "holds"))


@register.simple_tag
def sentence(code: str, facts: Mapping[str, Any]) -> str:
    """A coded fact as a sentence in the language of the page."""
    return wording.sentence(code, facts, _language())


def _language() -> str:
    return "en" if get_language() == "en" else "zh"


def _badge(css: str, sign: str, word: object) -> SafeString:
    if not sign:
        return format_html('<span class="badge {}">{}</span>', css, word)
    return format_html(
        '<span class="badge {}"><span aria-hidden="true">{}</span>{}</span>', css, sign, word
    )
