"""How fully questions were answered: asked, answered, "does not know", blank."""

from datetime import date
from fractions import Fraction

from tests.core.questionnaire.building import YES_NO, instrument, question
from wenming.core.questionnaire import item_responses

DAY = date(2026, 10, 8)
CHOICES = [*YES_NO, {"list": "yn", "key": "dk", "label:zh": "不知道", "label:en": "No idea"}]
FORM = instrument(
    question("sat", "select_one", choices="yn"),
    question("more", "group", relevant="${sat} = 'no'"),
    question("why", within="more"),
    question("which", "select_multiple", choices="yn", within="more", relevant="${why} != ''"),
    question("said", "note"),
    choices=CHOICES,
    missing="dk",
)


def counted(*sheets: dict[str, str]) -> dict[str, tuple[int, int, int, int]]:
    found = item_responses(FORM, [(sheet, DAY) for sheet in sheets])
    return {
        each.question.key: (each.asked, each.answered, each.unknowing, each.blank) for each in found
    }


def test_who_was_not_asked_left_nothing_open() -> None:
    found = counted(
        {"sat": "yes"}, {"sat": "dk"}, {}, {"sat": "no"}, {"sat": "no", "why": "dk"},
        {"sat": "no", "why": "排队", "which": "dk"}, {"sat": "no", "why": "远", "which": "yes dk"},
    )  # fmt: skip
    assert found == {
        "sat": (7, 5, 1, 1),
        "why": (4, 3, 0, 1),  # a text that reads like the choice is an answer
        "which": (3, 1, 1, 1),
    }


def test_the_share_is_of_those_who_were_asked() -> None:
    sat, why, _which = item_responses(FORM, [({"sat": "yes"}, DAY), ({}, DAY)])
    assert sat.open_share == Fraction(1, 2)
    assert why.open_share is None
