"""Expressions of a questionnaire (表达式): when a question is asked, and which answers it takes."""

from collections.abc import Iterator
from dataclasses import dataclass

from wenming.core.errors import DomainError

LONGEST = 1000
DEEPEST = 40

FUNCTIONS = {
    "true": 0,
    "false": 0,
    "today": 0,
    "not": 1,
    "date": 1,
    "count-selected": 1,
    "string-length": 1,
    "selected": 2,
    "regex": 2,
}
"""The functions that are understood, with the number of their arguments."""

LEVELS = (
    ("or",),
    ("and",),
    ("=", "!="),
    ("<", "<=", ">", ">="),
    ("+", "-"),
    ("*", "div", "mod"),
)
"""Operators by how tightly they bind, loosest first."""

_TRUTHS = frozenset({"or", "and", "=", "!=", "<", "<=", ">", ">="})
_TRUE_FUNCTIONS = frozenset({"true", "false", "not", "selected", "regex"})
_LOOSE_MINUS = len(LEVELS)


class ExpressionNotUnderstood(DomainError):
    """The text is no expression: something is missing or stands in the wrong place."""

    code = "expression_not_understood"


class ExpressionNotSupported(DomainError):
    """The text may be an expression of XLSForm, but not one of the part that is understood."""

    code = "expression_not_supported"


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression (表达式).

    Attributes:
        kind: `number`, `text`, `name`, `self`, `call`, `negative`, or an operator of `LEVELS`.
        value: the digits, the text, the name of a question or of a function; else "".
        parts: operands or arguments, in order.
    """

    kind: str
    value: str = ""
    parts: tuple["Expression", ...] = ()

    def walk(self) -> Iterator["Expression"]:
        """This expression and all that stand inside it."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def names(self) -> frozenset[str]:
        """The questions that it refers to."""
        return frozenset(each.value for each in self.walk() if each.kind == "name")

    @property
    def is_truth(self) -> bool:
        """Whether it is true or false by itself."""
        is_call = self.kind == "call" and self.value in _TRUE_FUNCTIONS
        return self.kind in _TRUTHS or is_call

    @property
    def is_answer(self) -> bool:
        """Whether it is nothing but an answer."""
        return self.kind in {"name", "self"}


def as_text(expression: Expression) -> str:
    """The expression as it is written in an XLSForm, with no more brackets than it needs."""
    return _written(expression, 0)


def _written(expression: Expression, least: int) -> str:
    match expression.kind:
        case "number":
            return expression.value
        case "text":
            mark = '"' if "'" in expression.value else "'"
            return f"{mark}{expression.value}{mark}"
        case "name":
            return f"${{{expression.value}}}"
        case "self":
            return "."
        case "call":
            inside = ", ".join(_written(part, 0) for part in expression.parts)
            return f"{expression.value}({inside})"
        case "negative":
            return f"-{_written(expression.parts[0], _LOOSE_MINUS)}"
    level = next(n for n, kinds in enumerate(LEVELS) if expression.kind in kinds)
    left, right = expression.parts
    text = f"{_written(left, level)} {expression.kind} {_written(right, level + 1)}"
    return f"({text})" if level < least else text


def shaky_answers(expression: Expression) -> tuple[Expression, ...]:
    """Answers that stand where true or false is expected.

    ODK Collect takes a blank answer for false there, a browser's XPath takes every answer for
    true, so that the same form would ask differently; `${a} != ''` says what is meant.
    """
    found = [expression] if expression.is_answer else []
    for each in expression.walk():
        is_joined = each.kind in {"or", "and"} or (each.kind, each.value) == ("call", "not")
        is_compared = each.kind in {"=", "!="} and any(part.is_truth for part in each.parts)
        if is_joined or is_compared:
            found += [part for part in each.parts if part.is_answer]
    return tuple(found)
