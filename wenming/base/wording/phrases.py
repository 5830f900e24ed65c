"""Parts of sentences: facts as they are read, lists, and what other rooms say in English."""

from collections.abc import Mapping, Sequence
from datetime import date

from wenming.base.language import ENGLISH, short, translate
from wenming.base.language import marked as _
from wenming.base.wording.figures import DASH, exact, limit, printed, share
from wenming.base.wording.labels import LABELS

Facts = Mapping[str, object]

_LISTED = 8
_LONGEST = 120
_LABELLED = {
    "method": "method",
    "mark": "mark",
    "state": "state",
    "data": "figure",
    "post": "post",
    "held": "post",
    "wanted": "post",
    "rows_of": "rows_of",
}
_SPOKEN = frozenset({"expected", "because", "found", "problem", "reason", "role"})
PHRASES = (
    _("text"),
    _("list"),
    _("mapping"),
    _("nothing"),
    _("mapping values are not allowed here"),
    _("could not find expected ':'"),
    _("while scanning a simple key"),
    _("found character '\\t' that cannot start any token"),
    _("found unexpected end of stream"),
    _("selected"),
    _("replacement"),
)
"""What other rooms say in plain English inside a fact, so that it has its Chinese."""

SYSTEM_ERRORS = {
    "ENOENT": _("there is no such folder"),
    "EACCES": _("no permission"),
    "EPERM": _("no permission"),
    "EROFS": _("no permission"),
    "EISDIR": _("it is a folder"),
    "ENOSPC": _("the disk is full"),
    "ENAMETOOLONG": _("the path is too long"),
    "ENOTDIR": _("a part of the path is not a folder"),
    "EIO": _("reading fails"),
}


def readable(facts: Facts, language: str) -> dict[str, str]:
    """Every fact as text for a sentence; in English `round_en` stands for `round` where given."""
    words = {name: told(name, value, language) for name, value in facts.items()}
    if short(language) == ENGLISH:
        given = [name for name in facts if facts.get(f"{name}_en")]
        words |= {name: words[f"{name}_en"] for name in given}
    return words


def told(name: str, value: object, language: str) -> str:
    """One fact as text: numbers in the field's form, codes as words, cells in quotes."""
    if value is None:
        return DASH
    if isinstance(value, str):
        return _text(name, value, language)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return listing([f"{key} {each}" for key, each in value.items()], language)
    if isinstance(value, Sequence):
        return listing([told("", each, language) for each in value], language)
    return printed(value) if exact(value) is not None else str(value)


def listing(words: Sequence[str], language: str) -> str:
    """Words in a row; a long row is cut, and says by how much."""
    between = ", " if short(language) == ENGLISH else "、"
    start = between.join(words[:_LISTED])
    if len(words) <= _LISTED:
        return start or DASH
    message = translate(_("{start} … (+{more})"), language)
    return message.format(start=start, more=len(words) - _LISTED)


def span(least: str, most: str, language: str) -> str:
    """A range of numbers in words; either end may be open."""
    message = _("{least} to {most}") if least and most else _("{least} or more")
    if not least:
        message = _("{most} or less")
    return translate(message, language).format(least=least, most=most)


def limits(rows: object, unit: str, language: str) -> str:
    """The limits of each grade with their sources: `A 级 ≥80%（公开）`."""
    if not isinstance(rows, Sequence):
        return ""
    message = translate(_("grade {grade} {limit} ({mark})"), language)
    words = [
        message.format(
            grade=row["grade"],
            limit=limit(row["op"], row["value"], unit),
            mark=translate(LABELS["mark"][row["mark"]], language).lower(),
        )
        for row in rows
    ]
    return listing(words, language)


def verdict(facts: Facts, language: str) -> str:
    """What was made of a measurement: `判为 A 级，达标`."""
    grade, rate = str(facts.get("grade") or ""), facts.get("rate")
    met = facts.get("met", facts.get("state") == "met")
    if facts.get("tested") is False:
        message = _("nothing can be said yet")
    elif grade:
        message = (
            _("judged as met: grade {grade}") if met else _("judged as not met: grade {grade}")
        )
    elif rate is not None and exact(rate) not in (0, 1):
        message = _("earns {share} of the points")
    else:
        message = _("judged as met") if met else _("judged as not met")
    return translate(message, language).format(grade=grade, share=share(rate))


def clauses(parts: Sequence[str], language: str) -> str:
    """Clauses that each stand on their own, as one sentence."""
    joined = parts[0]
    for part in parts[1:]:
        joined = translate(_("{first}; {second}"), language).format(first=joined, second=part)
    return translate(_("{clauses}."), language).format(clauses=joined)


def printable(text: str) -> str:
    """Text on one line, without signs that a terminal would obey."""
    line = "".join(sign if sign.isprintable() else _escaped(sign) for sign in text)
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"


def _escaped(sign: str) -> str:
    return " " if sign in "\n\t\u00a0\u3000" else f"\\u{ord(sign):04x}"


def _text(name: str, value: str, language: str) -> str:
    kind = _LABELLED.get(name, "")
    if value in LABELS.get(kind, {}):
        word = translate(LABELS[kind][value], language)
        return word.lower() if kind == "mark" else word
    if name in _SPOKEN:
        return translate(SYSTEM_ERRORS.get(value, value), language) if value else DASH
    return f"“{printable(value)}”" if name == "value" else printable(value) or DASH
