"""Figures as they are printed: points, measured values, probabilities, days, names.

An estimate is never printed as if it were exact, and what is not known is a dash, never 0.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.utils import dateformat
from django.utils.dateparse import parse_date
from django.utils.translation import get_language, pgettext

from wenming.base.wording import figures as written
from wenming.base.wording.figures import DASH, PERCENT
from wenming.core.terms import Words

register = template.Library()

Number = Decimal | int | float | str | None


@register.filter
def words(given: object) -> str:
    """A name as `{zh, en}` in the language of the page, Chinese where there is no English."""
    language = "en" if get_language() == "en" else "zh"
    if isinstance(given, Words):
        return given.in_language(language)
    if isinstance(given, Mapping):
        chosen = given.get(language) or given.get("zh") or given.get("en") or ""
        return str(chosen)
    return str(given or "")


@register.filter
def points(value: Number, places: int = 2) -> str:
    """Points with two decimals; a dash where there are none."""
    return written.printed(value, places, fixed=True)


@register.filter
def signed(value: Number, places: int = 2) -> str:
    """Points with their sign, as parts of a sum are written."""
    return written.signed(value, places, fixed=True)


@register.filter
def plain(value: Number) -> str:
    """A number without needless zeros: 9, 13.18, 2,000; at most two decimals."""
    return written.printed(value)


@register.filter
def as_given(value: Decimal) -> str:
    """A reported figure with every digit that was given: 42, 85.30; never in powers of ten."""
    return f"{value:f}"


@register.filter
def measured(value: Number, unit: str = "") -> str:
    """A measured value with its unit: 50.3%, 13.18 人/万台车."""
    return written.amount(value, unit)


@register.filter
def share(value: Number, places: int = 1) -> str:
    """A share of 1 as a percentage."""
    return written.share(value, places)


@register.filter
def probability(value: Number) -> str:
    """A probability in percent, never written as a certainty that nobody has."""
    exact = written.exact(value)
    if exact is None:
        return DASH
    if exact < Fraction(1, 1000):
        return "<0.1%"
    if exact > Fraction(999, 1000):
        return ">99.9%"
    is_middling = Fraction(1, 10) <= exact <= Fraction(9, 10)
    return written.share(exact, 0 if is_middling else 1)


@register.filter
def limit(given: Mapping[str, Any] | None, unit: str = "") -> str:
    """A limit with its operator and unit: ≥80%, <10 人/万台车."""
    if not given or given.get("value") is None:
        return DASH
    return written.limit(str(given.get("op", "")), given["value"], unit)


@register.filter
def spread(item: Mapping[str, Any]) -> str:
    """The interval of an item: ±2.4, or both ends where they are not equally far; else empty."""
    value, low, high = (written.exact(item.get(name)) for name in ("value", "low", "high"))
    if value is None or low is None or high is None or low == high:
        return ""
    if written.is_skewed(value, low, high):
        return written.interval(low, high, PERCENT).removesuffix(PERCENT)
    return f"±{written.printed((high - low) / 2, 1)}"


@register.filter
def distance(value: Number, unit: str = "") -> str:
    """The size of a gap without its sign, with as many decimals as a value of that unit has.

    The sentence around it says which side.
    """
    found = written.exact(value)
    if found is None:
        return DASH
    places = written.places_of(found) if unit == written.PERCENT else 2
    return written.printed(abs(found), places)


@register.filter
def day(value: object) -> str:
    """A day with its weekday, as deadlines are written."""
    found = _date(value)
    # Translators: how a day is written, in Django's date format characters.
    return DASH if found is None else dateformat.format(found, pgettext("day", "D j M Y"))


@register.filter
def short_day(value: object) -> str:
    """A day of the year at hand, for narrow columns."""
    found = _date(value)
    # Translators: how a day is written in a table, in Django's date format characters.
    return DASH if found is None else dateformat.format(found, pgettext("short day", "j M Y"))


@register.filter
def entry(table: Mapping[str, Any] | None, key: str) -> object:
    """The entry of a table under a key that only the row knows."""
    return (table or {}).get(key)


def _date(value: object) -> date | None:
    if isinstance(value, date):
        return value
    return parse_date(value[:10]) if isinstance(value, str) and value else None
