"""The list of what people said in their own words."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wenming.base import wording
from wenming.base.tables import Column, Empty, Listed, Table, TableFilter
from wenming.core.lifecycle import SheetState
from wenming.survey.queries.open_answers import OpenAnswer


class OpenAnswerFilter(TableFilter):
    """Which open answers to list."""

    text = forms.CharField(label=_("Search"), max_length=60)
    question = forms.ChoiceField(label=_("Question"))
    state = forms.ChoiceField(label=_("State of the sheet"))

    questions: Sequence[tuple[str, str]] = ()

    def offer(self) -> None:
        """The open questions of the questionnaire, and the states of a sheet."""
        language = "en" if get_language() == "en" else "zh"
        self.choices_of("question", self.questions)
        states = [
            (each.value, wording.label("sheet_state", each.value, language)) for each in SheetState
        ]
        self.choices_of("state", states)

    def narrow(self, rows: Listed[OpenAnswer]) -> Any:
        """The answers that fit."""
        chosen = self.chosen
        text = str(chosen.get("text", "")).casefold()
        question, state = chosen.get("question"), chosen.get("state")
        return rows.kept(
            lambda each: (
                text in each.answer.casefold()
                and question in (None, each.key)
                and state in (None, each.state)
            )
        )


def open_table(questions: Sequence[tuple[str, str]]) -> Table:
    """The list of open answers (开放题答案), without anything that tells who answered.

    Args:
        questions: key and text of the open questions.
    """
    return Table(
        key="open-answers",
        title=_("Open answers"),
        columns=(
            Column("started_at", _("Began at"), kind="moment", sort="started_at"),
            Column("question", _("Question"), sort="position"),
            Column("answer", _("Answer"), sort="answer"),
            Column(
                "state",
                _("State of the sheet"),
                label="sheet_state",
                sort="state",
                template="survey/sheet_state.html",
            ),
            Column("interviewer", _("Interviewer"), sort="interviewer", is_optional=True),
            Column("sheet", _("Number of the sheet"), is_optional=True),
        ),
        sort="question",
        filters=type("OpenAnswerFilterHere", (OpenAnswerFilter,), {"questions": questions}),
        address=lambda row: reverse("survey:answers", args=[row.sheet]),
        empty=Empty(
            _("Nobody said anything in their own words yet"),
            _("Answers to questions without choices are listed here once sheets came in."),
        ),
    )
