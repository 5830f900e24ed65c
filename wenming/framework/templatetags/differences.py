"""What lies between two editions in words: what stood there, and what stands there now."""

from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wenming.base.templatetags.figures import plain, words
from wenming.base.templatetags.labels import label
from wenming.base.wording.figures import DASH, OPS
from wenming.framework.queries.comparison import EditionDifference

register = template.Library()

CLASSES: Mapping[str, str] = {
    "new": "met",
    "gone": "",
    "harder": "not_met",
    "easier": "met",
    "points": "uncertain",
}
SIGNS: Mapping[str, str] = {
    "new": "+",
    "gone": "−",
    "moved": "→",
    "renamed": "≈",
    "points": "Δ",
    "harder": "↑",
    "easier": "↓",
    "changed": "≠",
}


@register.simple_tag
def change_badge(kind: str) -> SafeString:
    """The kind of a difference as sign and word."""
    return format_html(
        '<span class="badge {}"><span aria-hidden="true">{}</span>{}</span>',
        CLASSES.get(kind, ""),
        SIGNS.get(kind, ""),
        label(kind, "change"),
    )


@register.simple_tag
def old_side(difference: EditionDifference, titles: Mapping[str, object]) -> str:
    """What stood in the earlier edition."""
    return _said(difference.kind, difference.old, titles)


@register.simple_tag
def new_side(difference: EditionDifference, titles: Mapping[str, object]) -> str:
    """What stands in the later edition."""
    return _said(difference.kind, difference.new, titles)


def _said(kind: str, text: str, titles: Mapping[str, object]) -> str:
    """One side in the words of the page: names for keys, signs for operators, words for shapes."""
    if not text:
        return DASH
    if kind == "moved":
        return f"{words(titles.get(text, text))} {text}"
    if kind == "points":
        return _("%(points)s points") % {"points": plain(text)}
    if kind == "changed":
        return label(text, "shape")
    if kind in ("harder", "easier"):
        return _rule(text)
    return text


def _rule(text: str) -> str:
    """A limit (`A >= 80`), a number of conditions (`A 3`) or of criteria (`2`)."""
    grade, *rest = text.split(" ")
    if not rest:
        return ngettext("%(n)s criterion", "%(n)s criteria", int(grade)) % {"n": grade}
    if len(rest) == 1:
        said = ngettext("%(n)s condition", "%(n)s conditions", int(rest[0])) % {"n": rest[0]}
    else:
        said = f"{OPS.get(rest[0], rest[0])}{plain(rest[1])}"
    return _("grade %(grade)s: %(asks)s") % {"grade": grade, "asks": said}
