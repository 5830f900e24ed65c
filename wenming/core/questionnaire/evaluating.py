"""What an expression comes to for the answers of one sheet, as XPath 1.0 and ODK define it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal

from wenming.core.questionnaire.expressions import Expression
from wenming.core.questionnaire.patterns import matches

Value = bool | Decimal | str

_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_EPOCH = date(1970, 1, 1).toordinal()
_NOTHING = Decimal("NaN")
_EXACT = Context(prec=28, traps=[])
"""Numbers are exact decimals; what has no value is "not a number", never an error."""

_ARITHMETIC: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": _EXACT.add,
    "-": _EXACT.subtract,
    "*": _EXACT.multiply,
    "div": _EXACT.divide,
    "mod": _EXACT.remainder,
}
_ORDER: Mapping[str, frozenset[Decimal]] = {
    "<": frozenset({Decimal(-1)}),
    "<=": frozenset({Decimal(-1), Decimal(0)}),
    ">": frozenset({Decimal(1)}),
    ">=": frozenset({Decimal(1), Decimal(0)}),
}


@dataclass(frozen=True, slots=True)
class AnswerScope:
    """What an expression can look at (求值范围).

    Attributes:
        answers: text by the name of the question; what is not there is blank.
        today: the day on which the sheet is filled in.
        own: the answer that `.` stands for.
    """

    answers: Mapping[str, str]
    today: date
    own: str = ""


def is_true(expression: Expression, scope: AnswerScope) -> bool:
    """Whether the expression holds."""
    return _truth(evaluate(expression, scope))


def evaluate(expression: Expression, scope: AnswerScope) -> Value:
    """The value of an expression: true or false, a number, or a text.

    Answers are texts; where a number is needed they are read as one, days as days since
    1970-01-01, and what is neither is "not a number", which compares false with everything.

    Source:
        docs/reference/questionnaire.md, "Expressions".
    """
    kind = expression.kind
    match kind:
        case "number":
            return Decimal(expression.value)
        case "text":
            return expression.value
        case "name":
            return scope.answers.get(expression.value, "")
        case "self":
            return scope.own
        case "negative":
            return _number(evaluate(expression.parts[0], scope)).copy_negate()
        case "call":
            return _call(expression, scope)
        case "or":
            return any(is_true(part, scope) for part in expression.parts)
        case "and":
            return all(is_true(part, scope) for part in expression.parts)
    left, right = (evaluate(part, scope) for part in expression.parts)
    return _joined(kind, left, right)


def _joined(kind: str, left: Value, right: Value) -> Value:
    if kind in {"=", "!="}:
        return _equal(left, right) is (kind == "=")
    numbers = _number(left), _number(right)
    if kind in _ORDER:
        order = _EXACT.compare(*numbers)
        return not order.is_nan() and order in _ORDER[kind]
    return _ARITHMETIC[kind](*numbers)


def as_answer(value: Value) -> str:
    """A value as the answer of a calculated question."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    return format(_EXACT.normalize(value), "f") if value.is_finite() else ""


def _call(expression: Expression, scope: AnswerScope) -> Value:
    texts = [str(evaluate(part, scope)) for part in expression.parts if part.kind != "call"]
    match expression.value:
        case "true" | "false":
            return expression.value == "true"
        case "today":
            return Decimal(scope.today.toordinal() - _EPOCH)
        case "date":
            return _number(texts[0])
        case "not":
            return not is_true(expression.parts[0], scope)
        case "selected":
            return texts[1] in texts[0].split()
        case "count-selected":
            return Decimal(len(texts[0].split()))
        case "string-length":
            return Decimal(len(texts[0]))
    return matches(texts[1], texts[0])


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return _truth(left) is _truth(right)
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        return _number(left) == _number(right)
    return left == right


def _truth(value: Value) -> bool:
    if isinstance(value, Decimal):
        return value != 0 and not value.is_nan()
    return bool(value)


def _number(value: Value) -> Decimal:
    if isinstance(value, str):
        return _read(value.strip())
    return Decimal(value)


def _read(text: str) -> Decimal:
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    if _DAY.fullmatch(text):
        try:
            return Decimal(date.fromisoformat(text).toordinal() - _EPOCH)
        except ValueError:
            return _NOTHING
    return _NOTHING
