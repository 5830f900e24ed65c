"""The days of the week as a calendar heads its columns."""

from django import template
from django.utils.translation import pgettext

register = template.Library()


@register.simple_tag
def translate_weekday(number: int) -> str:
    """One sign for a day of the week; 0 is Monday."""
    return (
        pgettext("Monday", "M"),
        pgettext("Tuesday", "T"),
        pgettext("Wednesday", "W"),
        pgettext("Thursday", "T"),
        pgettext("Friday", "F"),
        pgettext("Saturday", "S"),
        pgettext("Sunday", "S"),
    )[number]
