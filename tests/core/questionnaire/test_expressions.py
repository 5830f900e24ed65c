"""Expressions: what is written is what is read, and means what XPath 1.0 says it means."""

import math
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from wenming.core.questionnaire import (
    AnswerScope,
    Expression,
    ExpressionNotSupported,
    ExpressionNotUnderstood,
    as_text,
    evaluate,
    is_true,
    parse,
)
from wenming.core.questionnaire.expressions import LEVELS

TODAY = date(2026, 11, 26)
NAMES = ("age", "sex", "a_b-c")
NAMES_IN_XPATH = {"age": "age", "sex": "sex", "a_b-c": "other"}

numbers = st.from_regex(r"\A(?:[0-9]{1,3}|[0-9]{1,2}\.[05])\Z").map(
    lambda digits: Expression("number", digits)
)
texts = st.sampled_from(["", "x", "18", "是", "a b", "it's"]).map(
    lambda text: Expression("text", text)
)
names = st.sampled_from(NAMES).map(lambda name: Expression("name", name))
constants = st.sampled_from(["true", "false"]).map(lambda name: Expression("call", name))


def joined(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    kinds = st.sampled_from([kind for level in LEVELS for kind in level])
    pairs = st.tuples(inner, inner)
    return st.one_of(
        st.builds(Expression, kinds, st.just(""), pairs),
        inner.map(lambda each: Expression("negative", parts=(each,))),
        inner.map(lambda each: Expression("call", "not", (each,))),
        names.map(lambda each: Expression("call", "string-length", (each,))),
    )


expressions = st.recursive(st.one_of(numbers, texts, names, constants), joined, max_leaves=12)
answers = st.fixed_dictionaries(
    {name: st.sampled_from(["", "0", "18", "17.5", "-3", "x", "a b", "是"]) for name in NAMES}
)


@given(expressions)
def test_what_is_written_reads_as_the_same(expression: Expression) -> None:
    assert parse(as_text(expression)) == expression


@settings(max_examples=300, deadline=None)
@given(expressions, answers)
def test_a_value_is_that_of_an_independent_xpath(
    expression: Expression, given_answers: dict[str, str]
) -> None:
    ours = evaluate(expression, AnswerScope(given_answers, TODAY))
    text = as_text(expression)
    for name in NAMES:
        text = text.replace(f"${{{name}}}", f"${name}")
    theirs = etree.XML("<r/>").xpath(
        text.replace("$a_b-c", "$other"), **{NAMES_IN_XPATH[n]: t for n, t in given_answers.items()}
    )
    if isinstance(ours, Decimal):
        assert isinstance(theirs, int | float)
        assert (
            ours.is_nan()
            if math.isnan(theirs)
            else math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9)
        )
    else:
        assert ours == theirs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("selected(${s}, 'a')", True),
        ("selected(${s}, 'ab')", False),
        ("count-selected(${s}) = 3", True),
        ("string-length(${s}) = 5", True),
        ("regex(., '[0-9]{11}')", True),
        ("regex(., '[0-9]{10}')", False),
        (". = 13800138000", True),
        ("${day} <= today()", True),
        ("${day} < date('2026-11-26')", False),
        ("${blank} < 1 or ${blank} >= 1", False),
        ("not(${blank} = '')", False),
        ("7 mod -3 = 1 and -7 mod 3 = -1 and 7 div 2 = 3.5", True),
        ("1 div 0 > 1000000", True),
        ("1 = 1 = true()", True),
        ("1 or 1 and 1 = 2", True),
        ("-2 + 3 * 2 = 4", True),
    ],
)
def test_functions_and_operators_mean_what_odk_says(text: str, expected: bool) -> None:
    scope = AnswerScope({"s": "a b c", "day": "2026-11-26"}, TODAY, own="13800138000")
    assert is_true(parse(text), scope) is expected


@pytest.mark.parametrize(
    ("text", "at"),
    [("", 1), ("(", 2), ("${a} >", 7), ("age > 3", 1), ("3 3", 3), (". = 'x", 5), ("not()", 1),
     ("and", 1), ("1 = = 2", 5), ("(1", 3), ("1)", 2)],
)  # fmt: skip
def test_what_is_no_expression_is_told_with_its_position(text: str, at: int) -> None:
    with pytest.raises(ExpressionNotUnderstood) as refused:
        parse(text)
    assert refused.value.facts["at"] == at


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("../x = 1", ".."),
        ("/data/x = 1", "/"),
        ("if(1, 2, 3) = 2", "if()"),
        ("${last-saved#x} = 1", "${last-saved#x}"),
        ("jr:choice-name(1)", ":"),
        ("selected('a', 'b')", "selected(…)"),
        ("selected(${a}, ${b})", "selected(…, …)"),
        ("regex(., '(a+)+')", "regex: )+"),
        ("regex(., '(?=a)')", "regex: (?"),
        ("1 | 2", "|"),
    ],
)
def test_what_is_not_supported_is_named(text: str, what: str) -> None:
    with pytest.raises(ExpressionNotSupported) as refused:
        parse(text)
    assert refused.value.facts["what"] == what


def test_deep_and_long_expressions_are_refused_and_do_not_break_the_reader() -> None:
    for text in ("(" * 500 + "1" + ")" * 500, "-" * 900 + "1", "1 + " * 400 + "1"):
        with pytest.raises(ExpressionNotSupported):
            parse(text)


def test_a_long_chain_of_conditions_is_read() -> None:
    expression = parse(" or ".join(f"${{q}} = '{n}'" for n in range(60)))
    assert is_true(expression, AnswerScope({"q": "59"}, TODAY))
