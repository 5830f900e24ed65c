"""Exact values and estimates as the numbers of the published result."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from wenming.core.rounding import ESTIMATE_PLACES, publish
from wenming.core.terms import Words

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]


def number(value: Fraction | Decimal | float | int | None) -> int | float | None:
    """A number to publish: exact values to 10 decimals, estimates to 9; whole ones as integers."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, float):
        rounded = round(value, ESTIMATE_PLACES)
        return rounded + 0.0 if rounded == rounded else None
    published = publish(Fraction(value))
    whole = published.to_integral_value()
    return int(whole) if whole == published else float(published)


def plain_facts(facts: Mapping[str, object]) -> dict[str, Plain]:
    """Facts with every number published."""
    return {key: plain_fact(value) for key, value in facts.items()}


def plain_fact(value: object) -> Plain:
    """One fact as a published number, a text, a list or a dictionary."""
    if isinstance(value, str | bool) or value is None:
        return value
    if isinstance(value, Fraction | Decimal | float | int):
        return number(value)
    if isinstance(value, Mapping):
        return plain_facts({str(key): each for key, each in value.items()})
    if isinstance(value, list | tuple):
        return [plain_fact(each) for each in value]
    return str(value)


def words(value: Words) -> dict[str, Plain]:
    """A name in both languages."""
    return {"zh": value.zh, "en": value.en}
