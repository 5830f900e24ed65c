"""Times as people say them, deadlines with a word, and what a form or list needs to be drawn."""

from datetime import datetime, timedelta

from django import template
from django.forms import BoundField
from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from wenming.base import wording
from wenming.base.accounts.visits import browser_name
from wenming.base.models import InboxEntry
from wenming.base.queries.inbox import Due, due_of
from wenming.base.wording.figures import DASH

register = template.Library()
HOUR_S, DAY_S, WEEK_S = 3600, 86_400, 7 * 86_400


@register.filter
def moment(value: datetime | None) -> str:
    """A day with its time, as tables write it."""
    if value is None:
        return DASH
    # Translators: how a moment is written, in Django's date format characters.
    return dateformat.format(timezone.localtime(value), pgettext("moment", "j M Y H:i"))


@register.filter
def browser(said: str) -> str:
    """What a browser said of itself, as people call it."""
    return browser_name(said)


@register.filter
def ago(value: datetime | None) -> SafeString | str:
    """How long ago something was when it is near, else the day; the exact time on hover."""
    if value is None:
        return DASH
    seconds = int((timezone.now() - value).total_seconds())
    shown = _near(seconds) if 0 <= seconds < WEEK_S else moment(value)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', value.isoformat(), moment(value), shown
    )


@register.simple_tag
def due_badge(value: datetime | None) -> SafeString | str:
    """A deadline with its weekday; one that is over with a sign and a word."""
    if value is None:
        return SafeString("")
    local = timezone.localtime(value)
    # Translators: how a deadline is written, in Django's date format characters.
    day = dateformat.format(local, pgettext("deadline", "D j M, H:i"))
    if due_of(value, now=timezone.localtime()) != Due.OVERDUE:
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), day)
    seconds = int((timezone.now() - value).total_seconds())
    return format_html(
        '<time class="badge not_met" datetime="{}" title="{}">'
        '<span aria-hidden="true">!</span>{}</time>',
        value.isoformat(),
        day,
        _overdue(seconds),
    )


@register.filter
def minutes(value: int | None) -> str:
    """The time that something usually takes."""
    if not value:
        return ""
    return ngettext("about %(n)s minute", "about %(n)s minutes", value) % {"n": value}


@register.filter
def duration(value: timedelta) -> str:
    """A length of time in the unit that fits it."""
    seconds = max(1, round(value.total_seconds()))
    if seconds < 100:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    if seconds < 100 * 60:
        n = round(seconds / 60)
        return ngettext("%(n)s minute", "%(n)s minutes", n) % {"n": n}
    n = round(seconds / HOUR_S)
    return ngettext("%(n)s hour", "%(n)s hours", n) % {"n": n}


def _near(seconds: int) -> str:
    if seconds < 60:
        return _("just now")
    if seconds < HOUR_S:
        n = seconds // 60
        return ngettext("%(n)s minute ago", "%(n)s minutes ago", n) % {"n": n}
    if seconds < DAY_S:
        n = seconds // HOUR_S
        return ngettext("%(n)s hour ago", "%(n)s hours ago", n) % {"n": n}
    n = seconds // DAY_S
    return ngettext("%(n)s day ago", "%(n)s days ago", n) % {"n": n}


def _overdue(seconds: int) -> str:
    if seconds < DAY_S:
        n = max(1, seconds // HOUR_S)
        return ngettext("Overdue by %(n)s hour", "Overdue by %(n)s hours", n) % {"n": n}
    n = seconds // DAY_S
    return ngettext("Overdue by %(n)s day", "Overdue by %(n)s days", n) % {"n": n}


@register.simple_tag
def asked_why(entry: InboxEntry) -> str:
    """Why something is asked, where its code has such a sentence."""
    code = f"{entry.code}_why"
    if code not in wording.SENTENCES:
        return ""
    return wording.sentence(code, entry.facts, get_language() or "zh")


@register.simple_tag
def unit_beside(field: BoundField) -> str:
    """The unit that is printed beside a field; empty for none."""
    units = getattr(field.form, "units_of", {})
    return str(units.get(field.name, ""))
