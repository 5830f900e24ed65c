"""The phone judges answers, quotas and draws without network exactly as the server does."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.core.questionnaire.building import instrument, question
from tests.node import run_node
from wenming.api.rooms.survey_forms import ExpressionShown, QuestionnaireShown
from wenming.core.questionnaire import (
    AnswerScope,
    Instrument,
    answer_problems,
    asked_questions,
    evaluate,
    fits,
    is_true,
    parse,
    settled_answers,
)
from wenming.core.questionnaire.evaluating import as_answer
from wenming.stats.sampling.household import Adult, drawn_adult, household_order

HERE = Path(__file__).parent
FRONTEND = HERE.parent.parent / "frontend"
TODAY = date(2026, 11, 27)
ANSWERS = {
    "age": "34", "n": "0.1", "half": "2.50", "zero": "0", "minus": "-7", "big": "123456789",
    "wide": "\uff11\uff12", "day": "2024-02-29", "no_day": "2023-02-29", "several": "a b  c",
    "word": "城东 é😀", "code": "AB-12", "lines": "a\nb",
}  # fmt: skip
EXPRESSIONS = """
    ${age} >= 18 and ${age} < 60 | ${age} + ${n} = 34.1 | ${n} + 0.2 = 0.3 | ${n} * 3 = 0.3
    ${age} div 3 | 1 div 3 | 2 div 3 | 10 div 4 | 1 div 0 | -1 div 0 | 0 div 0 | 1 div 0 > ${big}
    ${age} mod 5 | ${minus} mod 5 | 5 mod ${minus} | 5.5 mod 0 | ${minus} mod 0.3 | -${zero}
    -${minus} | ${half} | ${half} * 1 | ${half} = 2.5 | ${big} * ${big} * ${big} * ${big}
    ${big} * ${big} * ${big} * ${big} + 1 - ${n} | 1000 * 1000 | 0.0000001 * 0.5 | ${wide} = 12
    ${wide} * 2 | ${day} + 1 | ${no_day} = ${no_day} | ${no_day} > 0 | ${day} < today()
    today() - ${day} | date('2026-11-27') = today() | ${day} = date('2024-02-29') | ${gone} = ''
    ${gone} > 0 | ${gone} + 1 | not(${age} > 40) | not(${gone} != '') | true() = (${age} > 3)
    false() or ${age} = 34 | selected(${several}, 'b') | selected(${several}, 'a b')
    count-selected(${several}) = 3 | count-selected(${gone}) | string-length(${word})
    string-length(${gone}) = 0 | regex(${code}, '[A-Z]{2}-\\d+') | regex(${code}, 'AB')
    regex(${word}, '.+\\s.*') | regex(${lines}, 'a.b') | regex(${lines}, 'a\\sb')
    regex(${code}, '[\\w-]+') | regex(${wide}, '\\d+') | regex(${code}, '(AB¦CD)-[0-9]{1,2}')
    regex(${code}, 'A.\\-1\\d') | regex(${several}, '[^]]+') | regex(${code}, 'A{,2}B-12')
    regex(${age}, '3{1}4') | ${age} != 34 | ${age} = '34' | '34.0' = ${age} | 34.0 = ${age}
    ${code} = 'AB-12' | . = 5 | . > ${age} | -. | . + 1 | (1 + 2) * 3 - 4 div 2 | 1 - -1
    7 mod 2.5 | 1 = 1 = 1 | 'x' = true() | '' = false() | 0 = false() | 2 > 1 > 0 | ${age} * -1
    3 - 3 | 0 * -1 | 1.50 + 1.50 | 12345678901234567890 * 12345678901234567890
    99999999999999999999999999995 + 0 | 10000000000000000000000000005 div 10 | 1 div 7 * 7 = 1
"""
FORM = instrument(
    question("age", "integer", required="true", constraint=". >= 15 and . <= 110"),
    question("worker", "select_one", choices="yn", relevant="${age} >= 18", required="true"),
    question("job", "group", relevant="${worker} = 'yes'"),
    question("hours", "decimal", within="job", constraint=". < 100", required="true"),
    question("pay", "calculate", within="job", calculation="${hours} * 4"),
    question("tired", "acknowledge", within="job", relevant="${pay} > 160", required="true"),
    question("seen", "select_multiple", choices="yn"),
    question("since", "date", constraint=". <= today()"),
    question("where", "geopoint"),
    question("why", "text", relevant="${late} = 'no'"),
    question("late", "select_one", choices="yn", relevant="not(${worker} = 'no')"),
    question("hint", "note", relevant="selected(${seen}, 'no')"),
)
POSSIBLE: Mapping[str, Sequence[str]] = {
    "age": (
        "",
        "14",
        "17",
        "18",
        "40",
        "111",
        "forty",
        " 20 ",
        "\uff12\uff15",
        "3.5",
        "1234567890",
    ),
    "worker": ("", "yes", "no", "maybe", "yes no"),
    "hours": ("", "38.5", "40", "40.25", "1e2", "+7", "99.9", "1e16", "x", "-.5", "0.00"),
    "tired": ("", "OK", "ok"),
    "seen": ("", "yes", "no yes", "no no", "yes never"),
    "since": ("", "2026-11-27", "2026-11-28", "2026-1-1", "2025-02-29"),
    "where": ("", "30.1 120.2", "91 0", "30,1 120", "30.1 120.2 0 5", "-30 -181"),
    "why": ("", "太远", "x" * 5001),
    "late": ("", "yes", "no"),
}
CELLS: Sequence[Mapping[str, Any]] = (
    {"worker": "yes"}, {"age": ["18", "29"]}, {"age": [None, "17"], "worker": "no"},
    {"age": ["60", None]},
)  # fmt: skip


def texts() -> list[str]:
    """A bar parts two; within a pattern a broken one stands for it."""
    parts = EXPRESSIONS.replace("\n", "|").split("|")
    return [each.strip().replace("¦", "|") for each in parts if each.strip()]


def sheets() -> Iterator[dict[str, str]]:
    dice = random.Random(5)
    for _ in range(400):
        yield {key: dice.choice(each) for key, each in POSSIBLE.items() if dice.random() < 0.8}


def households() -> Iterator[tuple[UUID, list[Adult]]]:
    dice = random.Random(6)
    for _ in range(60):
        size = dice.randint(1, 9)
        ages = [dice.choice((18, 25, 44, 44, 71)) for _ in range(size)]
        instance = UUID(int=dice.getrandbits(128), version=4)
        yield instance, [Adult(age, dice.choice(("female", "male"))) for age in ages]


def test_the_phone_comes_to_the_same_as_the_server() -> None:
    phone = _asked_of_the_phone()
    for text, found in zip(texts(), phone["values"], strict=True):
        tree, scope = parse(text), AnswerScope(ANSWERS, TODAY, "5")
        assert found == [as_answer(evaluate(tree, scope)), is_true(tree, scope)], text
    for answers, found in zip(sheets(), phone["sheets"], strict=True):
        assert found == _judged(FORM, answers), answers
    pairs = [(cell, answers) for cell in CELLS for answers in sheets()]
    assert phone["cells"] == [fits(cell, answers) for cell, answers in pairs]
    for (instance, adults), found in zip(households(), phone["draws"], strict=True):
        assert found == [household_order(adults), drawn_adult(instance, adults)], instance


def _asked_of_the_phone() -> Any:
    form = QuestionnaireShown.of(FORM).model_dump()
    scope = {"answers": ANSWERS, "today": TODAY.isoformat(), "own": "5"}
    trees = [ExpressionShown.of(parse(text)) for text in texts()]
    given = {
        "values": [[tree.model_dump() if tree else None, scope] for tree in trees],
        "sheets": [[form, answers, TODAY.isoformat()] for answers in sheets()],
        "cells": [[cell, answers] for cell in CELLS for answers in sheets()],
        "draws": [
            [str(instance), [{"age": each.age, "sex": each.sex} for each in adults]]
            for instance, adults in households()
        ],
    }
    return run_node(HERE / "phone_rules.mjs", within=FRONTEND, given=given)


def _judged(form: Instrument, answers: Mapping[str, str]) -> list[Any]:
    settled = settled_answers(form, answers, today=TODAY)
    asked = sorted(each.key for each in asked_questions(form, answers, today=TODAY))
    wrong = answer_problems(form, answers, today=TODAY)
    return [settled, asked, [[each.place.column, each.code] for each in wrong]]
