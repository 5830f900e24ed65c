"""Versions compared question by question, and conditions in words."""

import pytest

from tests.core.questionnaire.building import instrument, question
from wenming.core.questionnaire import compare_instruments, parse, readable

WORDS = {"question": "Q{n}", "self": "it", "selected": "has", "not": "not ({x})"}


def test_versions_differ_by_name_text_choices_and_order() -> None:
    before = instrument(
        question("a"), question("b", "select_one", choices="yn"), question("c"), question("d")
    )
    other = [{"list": "yn", "key": "yes", "label:zh": "是"}]
    after = instrument(
        question("d"),
        question("a", required="true"),
        question("b", "select_one", choices="yn"),
        question("e"),
        choices=other,
    )
    told = [(c.kind, c.question.key, tuple(c.parts)) for c in compare_instruments(before, after)]
    assert told == [
        ("moved", "d", ()),
        ("changed", "a", ("required",)),
        ("changed", "b", ("options",)),
        ("added", "e", ()),
        ("removed", "c", ()),
    ]
    assert compare_instruments(before, before) == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("${b} = 'no'", "Q2 = “否”"),
        ("${b} != 'no' and ${a} >= 18", "Q2 ≠ “否” and Q1 ≥ 18"),
        ("(${a} > 1 or ${a} < 0) and . != ''", "(Q1 > 1 or Q1 < 0) and it ≠ “”"),
        ("selected(${c}, 'yes')", "Q3 has “是”"),
        ("not(${b} = 'no')", "not (Q2 = “否”)"),
        ("string-length(${a}) - 1 > -2", "string-length(Q1) − 1 > −2"),
    ],
)
def test_a_condition_is_said_in_words(written: str, said: str) -> None:
    form = instrument(
        question("note", "note"),
        question("a", "integer"),
        question("b", "select_one", choices="yn"),
        question("c", "select_multiple", choices="yn"),
    )
    assert readable(parse(written), form, language="zh", words=WORDS) == said
