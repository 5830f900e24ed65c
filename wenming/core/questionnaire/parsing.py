"""Reads the text of an expression; what is not understood is refused with its position."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from wenming.core.questionnaire.expressions import (
    DEEPEST,
    FUNCTIONS,
    LEVELS,
    LONGEST,
    Expression,
    ExpressionNotSupported,
    ExpressionNotUnderstood,
)
from wenming.core.questionnaire.patterns import refuse_pattern

NAME = r"[A-Za-z_][A-Za-z0-9_.-]*"
_TOKEN = re.compile(
    rf"""\s*(?:
    (?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<answer>\$\{{\s*{NAME}\s*\}})
    |(?P<text>'[^']*'|"[^"]*")
    |(?P<word>{NAME})
    |(?P<sign>!=|<=|>=|[=<>+*(),.\-])
    )""",
    re.VERBOSE,
)
_FOREIGN = re.compile(r"(?:\$\{[^}]*\}?|/{1,2}|\.\.|[\[\]|@:$])")
_PARENT = re.compile(r"\s*\.\.")
_TEXT_FIRST = frozenset({"selected", "count-selected", "string-length", "regex"})


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    value: str
    at: int


def parse(text: str) -> Expression:
    """The expression that a text of an XLSForm means.

    Args:
        text: such as `${age} >= 18 and selected(${served}, 'window')`.

    Raises:
        ExpressionNotUnderstood: facts `found` and `at`, the position counted from 1.
        ExpressionNotSupported: facts `what` and `at`.

    Source:
        docs/reference/questionnaire.md, "Expressions"; XPath 1.0 as XLSForm uses it.
    """
    if len(text) > LONGEST:
        raise ExpressionNotSupported(what=f"> {LONGEST}", at=LONGEST)
    parser = _Parser(_tokens(text))
    found = parser.level(0)
    parser.end()
    _refuse_wrong_arguments(found)
    return found


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at, length = 0, len(text.rstrip())
    while at < length:
        match = None if _PARENT.match(text, at) else _TOKEN.match(text, at)
        if match is None or not match.lastgroup:
            _refuse_at(text, at)
            break
        kind = match.lastgroup
        tokens.append(_Token(kind, match[kind], match.start(kind) + 1))
        at = match.end()
    tokens.append(_Token("end", "", length + 1))
    return tokens


def _refuse_at(text: str, at: int) -> None:
    start = at + len(text[at:]) - len(text[at:].lstrip())
    foreign = _FOREIGN.match(text, start)
    if foreign:
        raise ExpressionNotSupported(what=foreign[0], at=start + 1)
    raise ExpressionNotUnderstood(found=text[start : start + 1], at=start + 1)


class _Parser:
    """Descends from the loosest operator to the tightest."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.position = 0
        self.depth = 0

    @property
    def next(self) -> _Token:
        return self.tokens[self.position]

    def end(self) -> None:
        if self.next.kind != "end":
            self.refuse()

    def refuse(self) -> None:
        raise ExpressionNotUnderstood(found=self.next.value, at=self.next.at)

    def level(self, level: int) -> Expression:
        if level == len(LEVELS):
            return self.negative()
        left = self.level(level + 1)
        while self.next.kind in {"sign", "word"} and self.next.value in LEVELS[level]:
            kind = self.take().value
            left = Expression(kind, parts=(left, self.level(level + 1)))
        return left

    def negative(self) -> Expression:
        if self.next.value == "-" and self.next.kind == "sign":
            self.take()
            return Expression("negative", parts=(self.deeper(self.negative),))
        return self.primary()

    def primary(self) -> Expression:
        token = self.take()
        match token.kind, token.value:
            case "number", digits:
                return Expression("number", digits)
            case "text", quoted:
                return Expression("text", quoted[1:-1])
            case "answer", name:
                return Expression("name", name[2:-1].strip())
            case "sign", ".":
                return Expression("self")
            case "sign", "(":
                inside = self.deeper(lambda: self.level(0))
                self.expect(")")
                return inside
            case "word", name:
                return self.call(name, token)
        self.position -= 1
        self.refuse()
        return Expression("self")

    def call(self, name: str, token: _Token) -> Expression:
        if self.next.value != "(" or self.next.kind != "sign":
            raise ExpressionNotUnderstood(found=name, at=token.at)
        if name not in FUNCTIONS:
            raise ExpressionNotSupported(what=f"{name}()", at=token.at)
        self.take()
        parts: list[Expression] = []
        while self.next.value != ")" or self.next.kind != "sign":
            if parts:
                self.expect(",")
            parts.append(self.deeper(lambda: self.level(0)))
        self.expect(")")
        if len(parts) != FUNCTIONS[name]:
            raise ExpressionNotUnderstood(found=f"{name}()", at=token.at)
        return Expression("call", name, tuple(parts))

    def deeper(self, read: Callable[[], Expression]) -> Expression:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionNotSupported(what=f"(…) > {DEEPEST}", at=self.next.at)
        found = read()
        self.depth -= 1
        return found

    def expect(self, sign: str) -> None:
        if self.next.kind != "sign" or self.next.value != sign:
            self.refuse()
        self.take()

    def take(self) -> _Token:
        token = self.next
        if token.kind != "end":
            self.position += 1
        elif self.position == len(self.tokens) - 1:
            self.refuse()
        return token


def _refuse_wrong_arguments(expression: Expression) -> None:
    """Only what every engine of XLSForm takes alike: answers and literal texts."""
    for each in expression.walk():
        if each.kind != "call":
            continue
        if each.value in _TEXT_FIRST and not each.parts[0].is_answer:
            raise ExpressionNotSupported(what=f"{each.value}(…)", at=1)
        if each.value in {"selected", "regex"} and each.parts[1].kind != "text":
            raise ExpressionNotSupported(what=f"{each.value}(…, …)", at=1)
        if each.value == "date" and each.parts[0].kind != "text":
            raise ExpressionNotSupported(what="date(…)", at=1)
        if each.value == "regex":
            refuse_pattern(each.parts[1].value)
