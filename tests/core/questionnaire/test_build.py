"""An instrument from its rows: every mistake at once, each at its place."""

import pytest

from tests.core.questionnaire.building import YES_NO, instrument, mistakes, question, rows
from wenming.core.framework.canonical import digest
from wenming.core.questionnaire import (
    Instrument,
    asked_questions,
    build_instrument,
    instrument_rows,
)

FED = {"choices": "yn", "item": "B1.1.1", "yes": "yes", "no": "no"}


def whole() -> Instrument:
    return instrument(
        question("home", "group", **{"label:en": "Home"}),
        question("age", "integer", within="home", required="yes", constraint=". >= 15 and . < 120"),
        question(
            "sat", "select_one", within="home", relevant="${age} >= 18", hint="", **FED,
        ),
        question("why", "text", relevant="${sat} = 'no'", **{"message:zh": "请写明"}),
        question("double", "calculate", calculation="${age} * 2"),
    )  # fmt: skip


def test_rows_of_an_instrument_build_the_same_instrument() -> None:
    built = whole()
    tables = {name: rows(name, each) for name, each in instrument_rows(built).items()}
    again = build_instrument(tables)
    assert again == built
    assert digest(again) == digest(built)


def test_every_mistake_is_told_with_its_line_and_column() -> None:
    assert mistakes(
        question("1st"),
        question("weight"),
        question("a", "select_one"),
        question("b", "select_one", choices="none"),
        question("c", relevant="${nobody} = 1"),
        question("d", relevant="${a} >"),
        question("e", relevant="3 + 4"),
        question("f", "text", choices="yn"),
        question("f"),
    ) == [
        ("question_name_wrong", 2, "key"),
        ("question_name_reserved", 3, "key"),
        ("cell_blank", 4, "choices"),
        ("choice_list_missing", 5, "choices"),
        ("question_unknown", 6, "relevant"),
        ("expression_not_understood", 7, "relevant"),
        ("expression_not_a_question", 8, "relevant"),
        ("choices_not_needed", 9, "choices"),
        ("key_twice", 10, "key"),
    ]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"item": "B1.1.1"}, "item_needs_select_one"),
        ({"yes": "yes"}, "counting_without_item"),
        ({"relevant": ". = 'x'"}, "expression_without_own_answer"),
        ({"relevant": "${n} and ${s} = 'yes'"}, "expression_bare_answer"),
        ({"relevant": "${n}"}, "expression_bare_answer"),
        ({"relevant": "${s} = 'maybe'"}, "choice_unknown"),
        ({"relevant": "selected(${s}, 'maybe')"}, "choice_unknown"),
        ({"relevant": "${words} != ''"}, "question_without_answer"),
        ({"relevant": "if(${s}, 1, 2) = 1"}, "expression_not_supported"),
        ({"kind": "calculate"}, "cell_blank"),
        ({"kind": "nothing"}, "not_one_of"),
        ({"within": "n"}, "group_of_question_unknown"),
        ({"label:zh": ""}, "cell_blank"),
        ({"required": "maybe"}, "not_yes_or_no"),
    ],
)
def test_one_thing_wrong_is_one_mistake(cells: dict[str, str], code: str) -> None:
    others = (
        question("n", "integer"),
        question("s", "select_one", choices="yn"),
        question("words", "note"),
    )
    assert [found[0] for found in mistakes(*others, question("q") | cells)] == [code]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"yes": ""}, "cell_blank"),
        ({"yes": "yes oui"}, "choice_unknown"),
        ({"no": "no yes"}, "choice_counts_twice"),
    ],
)
def test_what_counts_must_be_a_choice_and_on_one_side(cells: dict[str, str], code: str) -> None:
    assert [found[0] for found in mistakes(question("q", "select_one", **FED | cells))] == [code]


def test_each_choice_counts_for_or_against_or_is_named_as_missing() -> None:
    choices = [*YES_NO, {"list": "yn", "key": "dk", "label:zh": "不清楚"}]
    fed = question("q", "select_one", **FED)
    assert [found[0] for found in mistakes(fed, choices=choices)] == ["choice_counts_nowhere"]
    assert mistakes(fed, choices=choices, missing="dk") == []
    assert mistakes(question("q", "select_one", **FED | {"no": ""}), choices=choices) == []


@pytest.mark.parametrize("name", ["wm_start", "WM_mine"])
def test_names_that_a_form_of_a_round_adds_are_refused(name: str) -> None:
    choices = [each | {"list": name} for each in YES_NO]
    asked = question("wm", "select_one", choices=name)
    assert mistakes(question(name)) == [("question_name_reserved", 2, "key")]
    assert mistakes(asked, choices=choices) == [("list_name_reserved", 2, "list")]


def test_questions_that_wait_for_each_other_are_told_once() -> None:
    found = mistakes(
        question("a", "integer", relevant="${b} = 1"),
        question("b", "integer", relevant="${c} = 1"),
        question("c", "integer", relevant="${a} = 1"),
    )
    assert [code for code, _line, _column in found] == ["question_circle"]


def test_a_group_that_waits_for_its_own_member_is_a_circle() -> None:
    found = mistakes(
        question("g", "group", relevant="${a} = 1"), question("a", "integer", within="g")
    )
    assert [code for code, _line, _column in found] == ["question_circle"]


@pytest.mark.parametrize(
    ("relevant", "is_never"),
    [
        ("${s} = 'yes' and ${s} = 'no'", True),
        ("${m} = 'yes' and ${m} = 'no'", True),
        ("selected(${m}, 'yes') and selected(${m}, 'no')", False),
        ("${n} > 5 and ${n} < 3", True),
        ("${n} > 5 and ${n} < 6", False),
        ("false()", True),
        ("${n} + 1 > 5 and ${n} < 3", False),
        ("${s} != 'yes'", False),
        ("not(${s} = '' or ${s} = 'yes' or ${s} = 'no')", True),
    ],
)
def test_a_question_that_no_answer_brings_up_is_told(relevant: str, is_never: bool) -> None:
    found = mistakes(
        question("s", "select_one", choices="yn"),
        question("m", "select_multiple", choices="yn"),
        question("n", "decimal"),
        question("q", relevant=relevant),
    )
    assert [code for code, _line, _column in found] == ["question_never_asked"] * is_never


def test_the_condition_of_a_group_counts_for_its_members() -> None:
    found = mistakes(
        question("s", "select_one", choices="yn"),
        question("g", "group", relevant="${s} = 'yes'"),
        question("q", within="g", relevant="${s} = 'no'"),
    )
    assert found == [("question_never_asked", 4, "relevant")]


def test_groups_hold_together() -> None:
    assert mistakes(question("g", "group"))[0][0] == "group_empty"
    torn = mistakes(question("g", "group"), question("a", within="g"), question("b"),
                    question("c", within="g"))  # fmt: skip
    assert torn == [("group_torn", 5, "within")]


def test_choices_have_no_blanks_and_stand_once() -> None:
    choices = [*YES_NO, YES_NO[0], {"list": "yn", "key": "a b", "label:zh": "甲"}]
    found = mistakes(question("q", "select_one", choices="yn"), choices=choices)
    assert [code for code, _line, _column in found] == ["choice_twice", "choice_key_with_blank"]


def test_a_missing_text_falls_back_to_the_first_language() -> None:
    built = whole()
    home = built.by_key()["home"]
    assert (built.text(home.label, "en"), built.text(home.label, "ug")) == ("Home", "题目home")
    assert built.text(built.title, "en") == "居民问卷"


def test_a_form_without_questions_is_refused() -> None:
    assert [code for code, _line, _column in mistakes()] == ["questions_missing"]


def test_groups_of_a_question_are_named_from_outside_in() -> None:
    built = instrument(
        question("g", "group"), question("h", "group", within="g"), question("q", within="h")
    )
    assert [each.key for each in built.groups_of(built.by_key()["q"])] == ["g", "h"]
    assert asked_questions
