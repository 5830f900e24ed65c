"""Numbers as the field writes them: 50.3%, 1,024, −29.7, ≥80%, 50.3%（±3.1，n=1,024）."""

from decimal import Decimal
from fractions import Fraction

from wenming.base.language import marked as _
from wenming.base.language import translate
from wenming.core.rounding import publish

MINUS = "−"
DASH = "–"
PERCENT = "%"
OPS = {">": ">", ">=": "≥", "<": "<", "<=": "≤"}
_SKEW = Fraction(1, 10)

Number = Fraction | Decimal | int | float | str | None


def exact(value: object) -> Fraction | None:
    """A published number exactly; None where there is none."""
    if value is None or value == "" or isinstance(value, bool):
        return None
    if isinstance(value, Fraction | Decimal | int):
        return Fraction(value)
    return Fraction(str(value))


def printed(value: object, places: int = 2, *, fixed: bool = False) -> str:
    """A number with at most so many decimals; a dash where there is none.

    Args:
        value: a published number.
        fixed: keep zeros at the end, so that columns stand below each other.
    """
    found = exact(value)
    if found is None:
        return DASH
    text = f"{abs(publish(found, places)):,f}"
    if "." in text and not fixed:
        text = text.rstrip("0").rstrip(".")
    return MINUS + text if publish(found, places) < 0 else text


def signed(value: object, places: int = 2, *, fixed: bool = False) -> str:
    """A number with its sign, as differences are written; zero has none."""
    text = printed(value, places, fixed=fixed)
    return f"+{text}" if (exact(value) or 0) > 0 and text.strip("0.") else text


def places_of(value: object) -> int:
    """Decimals of a percentage: two for a figure that has no more, one for an estimate."""
    return 2 if ((exact(value) or Fraction(0)) * 100).denominator == 1 else 1


def is_skewed(value: Fraction, low: Fraction, high: Fraction) -> bool:
    """Whether the ends of an interval are not equally far, so that ± would mislead."""
    return abs((high - value) - (value - low)) > _SKEW


def amount(value: object, unit: str = "") -> str:
    """A measured value with its unit: `50.3%`, `13.18 人/万台车`."""
    if exact(value) is None:
        return DASH
    if unit == PERCENT:
        return f"{printed(value, places_of(value))}%"
    return f"{printed(value)} {unit}".strip()


def share(value: object, places: int = 1) -> str:
    """A share of 1 as a percentage."""
    found = exact(value)
    return DASH if found is None else f"{printed(found * 100, places)}%"


def probability(value: object) -> str:
    """A probability in percent, never written as a certainty that nobody has."""
    found = exact(value)
    if found is None:
        return DASH
    if 0 < found < Fraction(1, 1000):
        return "<0.1%"
    if Fraction(999, 1000) < found < 1:
        return ">99.9%"
    return share(found)


def limit(op: str, value: object, unit: str = "") -> str:
    """A limit with its operator: `≥80%`."""
    return f"{OPS.get(op, op)}{amount(value, unit)}"


def interval(low: object, high: object, unit: str = "") -> str:
    """The two ends of an interval; the unit stands once, behind the second."""
    places = 1 if unit == PERCENT else 2
    return f"{printed(low, places)}{DASH}{amount(high, unit)}"


def estimate(
    value: object, unit: str, *, ends: tuple[object, object], n: object, language: str
) -> str:
    """An estimate as it must always be shown: `50.3%（±3.1，n=1,024）`.

    An interval that is not the same on both sides is written with its two ends.

    Args:
        value: in the unit.
        unit: as printed.
        ends: lower and upper end of the interval, None where there is none.
        n: how many were counted; None where it is said elsewhere.
        language: `zh` or `en`.
    """
    facts = {"value": amount(value, unit), "n": printed(n, 0)}
    at, low, high = exact(value), exact(ends[0]), exact(ends[1])
    if at is None or low is None or high is None or low == high:
        message = _("{value} (n={n})") if n is not None else "{value}"
    elif is_skewed(at, low, high):
        facts |= {"low": printed(low, 1), "high": printed(high, 1)}
        message = (
            _("{value} ({low}–{high}, n={n})") if n is not None else _("{value} ({low}–{high})")
        )
    else:
        facts["half"] = printed((high - low) / 2, 1)
        message = _("{value} (±{half}, n={n})") if n is not None else _("{value} (±{half})")
    return translate(message, language).format(**facts)
