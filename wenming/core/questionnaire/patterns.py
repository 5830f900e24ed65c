"""Patterns in `regex()`: compiled once, and none that could keep a server busy."""

import re
from functools import lru_cache

from wenming.core.questionnaire.expressions import ExpressionNotSupported, ExpressionNotUnderstood

LONGEST_PATTERN = 200
LONGEST_TEXT = 500
"""A longer text matches no pattern."""

_REPEATED = re.compile(r"(?<!\\)(?:\\\\)*(?:[*+]|\{\d+,\})")
_REPEATED_GROUP = re.compile(r"\)(?:[*+]|\{\d+(?:,\d*)?\})")
_FOREIGN = re.compile(r"\(\?|\\[1-9]")
_MOST_REPEATED = 4


def refuse_pattern(pattern: str) -> None:
    """Refuse a pattern that is wrong, or that may take for ever on some text.

    Raises:
        ExpressionNotUnderstood: it is no regular expression.
        ExpressionNotSupported: it repeats a group, looks around, refers back, is very long, or
            repeats without end more than four times.
    """
    foreign = _FOREIGN.search(pattern) or _REPEATED_GROUP.search(pattern)
    if foreign:
        raise ExpressionNotSupported(what=f"regex: {foreign[0]}", at=foreign.start() + 1)
    if len(pattern) > LONGEST_PATTERN or len(_REPEATED.findall(pattern)) > _MOST_REPEATED:
        raise ExpressionNotSupported(what="regex: " + pattern[:20] + "…", at=1)
    try:
        re.compile(pattern)
    except re.error as wrong:
        raise ExpressionNotUnderstood(found=pattern, at=(wrong.pos or 0) + 1) from wrong


def matches(pattern: str, text: str) -> bool:
    """Whether the whole text is of the pattern, as ODK defines `regex()`."""
    return len(text) <= LONGEST_TEXT and _compiled(pattern).fullmatch(text) is not None


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)
