"""Figures as people write them in a form or a cell: 1,234, 50.3%, 440多, 城建组14项、秩序组5项."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

PERCENT = "%"
MOST_DIGITS = 24
_NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_PARTED = re.compile(r"[\n、;；]|[,，](?!\d{3}(?!\d))")
_PART = re.compile(r"(?P<part>.*?)[\s:：=]*(?P<value>-?\d[\d,]*(\.\d+)?)\s*[^\d\s]{0,4}")
_AND_MORE = re.compile(r"(多|余|以上|\+)$")
_LISTED = re.compile(r"[、;；]")


@dataclass(frozen=True, slots=True)
class ReadValue:
    """A value as it was written (所写数值), every digit kept.

    Attributes:
        is_percent: a percent sign stands behind it.
        is_more: “more than” stands behind it, so that it is a lower bound.
    """

    value: Decimal
    is_percent: bool = False
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class ReadParts:
    """The parts of a figure as they were written (所写分项).

    Attributes:
        parts: name and value (every digit kept), in their order.
        wrong: place, from 1, and text of each part without a name or a number.
    """

    parts: Sequence[tuple[str, str]]
    wrong: Sequence[tuple[int, str]] = ()


def read_number(written: str) -> Decimal | None:
    """A number with every digit (数值); full-width digits and thousands are read.

    Returns:
        None when it is no number.
    """
    text = unicodedata.normalize("NFKC", written).replace(" ", "")
    if not _NUMBER.fullmatch(text) or len(text) > MOST_DIGITS:
        return None
    return Decimal(text.replace(",", ""))


def read_value(written: str) -> ReadValue | None:
    """A number as `read_number`; a percent sign and “more than” behind it are understood (数值).

    Returns:
        None when it is no number.
    """
    text = unicodedata.normalize("NFKC", written).strip()
    plain = _AND_MORE.sub("", text).strip()
    bare = plain.removesuffix(PERCENT)
    number = _AND_MORE.sub("", bare).strip()
    value = read_number(number)
    return None if value is None else ReadValue(value, bare != plain, plain + number != text + bare)


def read_parts(written: str) -> ReadParts:
    """The parts of a figure (分项), one a line or in one sentence: 城建组14项、秩序组5项."""
    parts, wrong = [], []
    for place, piece in enumerate(_PARTED.split(written), start=1):
        text = piece.strip().rstrip("。.")
        if not text:
            continue
        found = _PART.fullmatch(unicodedata.normalize("NFKC", text))
        if found is None or not found["part"].strip():
            wrong.append((place, text))
        else:
            name = text[: len(found["part"])] if len(found["part"]) <= len(text) else ""
            parts.append((name.strip() or found["part"].strip(), found["value"].replace(",", "")))
    return ReadParts(parts, wrong)


def read_listed(written: str) -> tuple[str, ...]:
    """The things that a figure counts (所列事项): one a line, or in one line parted by 、 or ;."""
    pieces = written.splitlines() if "\n" in written.strip() else _LISTED.split(written)
    return tuple(piece.strip() for piece in pieces if piece.strip())
