"""One answer sheet against its instrument."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.questionnaire.building import YES_NO, instrument, question
from wenming.core.questionnaire import answer_problems, asked_questions, settled_answers

TODAY = date(2026, 11, 26)
FORM = instrument(
    question("age", "integer", required="true", constraint=". >= 15 and . <= 110"),
    question("served", "select_multiple", choices="yn"),
    question("more", "group", relevant="selected(${served}, 'yes')"),
    question("sat", "select_one", within="more", choices="yn", required="true"),
    question("why", "text", within="more", relevant="${sat} = 'no'", required="true"),
    question("born", "date", constraint=". <= today()"),
    question("income", "decimal"),
    question("home", "geopoint"),
    question("ok", "acknowledge"),
    question("late", "calculate", calculation="${age} - 18"),
    question("bye", "note", relevant="${why} != ''"),
)


def wrong(**answers: str) -> list[tuple[str, str]]:
    problems = answer_problems(FORM, answers, today=TODAY)
    return [(problem.code, problem.place.column) for problem in problems]


def test_a_sheet_without_mistakes_has_none() -> None:
    assert wrong(age="40", served="yes no", sat="no", why="排队太久", born="1986-01-01",
                 income="1e4", home="31.2 121.5 3 5", ok="OK") == []  # fmt: skip


@pytest.mark.parametrize(
    ("key", "answer", "code"),
    [
        ("age", "", "answer_missing"),
        ("age", "14", "answer_refused"),
        ("age", "15.5", "answer_of_other_kind"),
        ("age", "x" * 6000, "answer_too_long"),
        ("served", "no maybe", "answer_unknown_choice"),
        ("served", "no no", "answer_chosen_twice"),
        ("sat", "yes", "answer_not_asked_for"),
        ("born", "2026-11-27", "answer_refused"),
        ("born", "20260101", "answer_of_other_kind"),
        ("income", "NaN", "answer_of_other_kind"),
        ("home", "91 0", "answer_of_other_kind"),
        ("home", "31.2,121.5", "answer_of_other_kind"),
        ("ok", "yes", "answer_of_other_kind"),
        ("nobody", "x", "answer_to_unknown_question"),
    ],
)
def test_a_wrong_answer_is_told_at_its_question(key: str, answer: str, code: str) -> None:
    assert wrong(**{"age": "40"} | {key: answer}) == [(code, key)]


def test_members_of_a_group_are_asked_only_with_their_group() -> None:
    assert wrong(age="40", served="yes") == [("answer_missing", "sat")]
    assert wrong(age="40", served="yes", sat="no") == [("answer_missing", "why")]
    assert wrong(age="40", served="no") == []


def test_what_is_not_asked_is_blank_for_the_other_conditions() -> None:
    answers = {"age": "40", "served": "no", "sat": "no", "why": "旧答案"}
    assert settled_answers(FORM, answers, today=TODAY) == {
        "age": "40", "served": "no", "late": "22",
    }  # fmt: skip
    asked = [each.key for each in asked_questions(FORM, answers, today=TODAY)]
    assert asked == ["age", "served", "born", "income", "home", "ok", "late"]


def test_a_later_answer_may_decide_an_earlier_question() -> None:
    form = instrument(
        question("first", relevant="${last} = 'yes'"),
        question("last", "select_one", choices=YES_NO[0]["list"]),
    )
    asked = asked_questions(form, {"last": "yes"}, today=TODAY)
    assert [each.key for each in asked] == ["first", "last"]


words = st.sampled_from(["", "yes", "no", "yes no", "40", "7", "x", "2026-01-01", "31 121"])


@given(st.fixed_dictionaries({each.key: words for each in FORM.questions}))
def test_settled_answers_stay_settled_and_were_all_asked(answers: dict[str, str]) -> None:
    settled = settled_answers(FORM, answers, today=TODAY)
    asked = {each.key for each in asked_questions(FORM, answers, today=TODAY)}
    assert set(settled) <= asked
    given_again = {key: text for key, text in settled.items() if key != "late"}
    assert settled_answers(FORM, given_again, today=TODAY) == settled
    assert not [each for each in answer_problems(FORM, given_again, today=TODAY)
                if each.code == "answer_not_asked_for"]  # fmt: skip
