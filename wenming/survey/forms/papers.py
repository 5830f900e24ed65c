"""The forms of paper entry: the head of a paper, and what is settled where two keyings differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from wenming.base import wording
from wenming.base.forms import DeskForm
from wenming.core.errors import Problem
from wenming.core.questionnaire import asked_questions
from wenming.survey.models import PaperSheet
from wenming.survey.queries.instruments import instrument_of
from wenming.survey.queries.papers import Difference, differences_of
from wenming.survey.services.papers import ANSWER, PaperContent, content_of

COLUMN = "drawn-"
FIRST, SECOND, OTHER = "1", "2", "3"


class PaperHeadForm(DeskForm):
    """What stands on a paper beside the answers: when, and how the respondent was drawn."""

    day = forms.DateField(label=_("Day"))
    began = forms.TimeField(
        label=_("Began at"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    ended = forms.TimeField(
        label=_("Ended at"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )

    def ask_for(self, columns: Sequence[str]) -> None:
        """The columns of the design that each sheet needs (抽样列)."""
        for column in columns:
            self.fields[COLUMN + column] = forms.CharField(label=column, max_length=100)

    def content(self, answers: Mapping[str, str]) -> PaperContent:
        """What was keyed, with the answers (录入内容); only of a form without mistakes."""
        given = self.cleaned_data
        drawn = {
            name.removeprefix(COLUMN): given[name].strip()
            for name in self.fields
            if name.startswith(COLUMN)
        }
        return PaperContent(given["day"], given["began"], given["ended"], drawn, answers)


@dataclass(frozen=True, slots=True)
class SettledLine:
    """One difference with what was chosen (裁定)."""

    difference: Difference
    chosen: str
    other: str
    others: Sequence[str]
    mistake: str


class SettleForm:
    """What stands on a paper, where two keyings differ (裁定表单).

    Attributes:
        further: columns that must be looked at as well, because what was chosen needs them.
        errors: sentences above the form.
    """

    def __init__(
        self,
        paper: PaperSheet,
        both: tuple[Mapping[str, str], Mapping[str, str]],
        given: QueryDict | None,
    ) -> None:
        self.paper, self.both, self.given = paper, both, given
        known = {ANSWER + key for key in instrument_of(paper.fieldwork.instrument).by_key()}
        asked = given.getlist("further") if given is not None else []
        self.further = [each for each in asked if each in known]
        self.mistakes: dict[str, str] = {}
        self.errors: list[str] = []

    @property
    def lines(self) -> list[SettledLine]:
        """Each difference with what was chosen so far."""
        first, second = self.both
        return [
            self._line(each)
            for each in differences_of(self.paper, first, second, also=self.further)
        ]

    def content(self) -> PaperContent | None:
        """What was settled (裁定结果), with what both keyed alike; None where it is not whole."""
        columns = dict(self.both[0])
        for line in self.lines:
            column = line.difference.column
            value = {
                FIRST: line.difference.first, SECOND: line.difference.second, OTHER: line.other,
            }.get(line.chosen)  # fmt: skip
            if value is None:
                self.mistakes[column] = gettext("Choose what stands on the paper.")
                continue
            columns[column] = value
        if self.mistakes:
            return None
        try:
            content = content_of(columns)
        except ValueError:
            self.errors.append(gettext("Write days as 2026-10-01 and times as 09:30."))
            return None
        return self._as_asked(content)

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Ask for the answers with which something is wrong, with the reason (退回裁定)."""
        language = get_language() or "zh"
        for problem in problems:
            column = ANSWER + problem.place.column
            self.mistakes[column] = wording.sentence(problem.code, problem.facts, language)
            self.further.append(column)

    def _as_asked(self, content: PaperContent) -> PaperContent:
        """Without answers to questions that what was chosen does not bring up."""
        instrument = instrument_of(self.paper.fieldwork.instrument)
        asked = asked_questions(instrument, content.answers, today=content.day)
        keys = {each.key for each in asked}
        answers = {key: text for key, text in content.answers.items() if key in keys}
        return PaperContent(content.day, content.began, content.ended, content.drawn, answers)

    def _line(self, difference: Difference) -> SettledLine:
        chosen, others = "", list[str]()
        if self.given is not None:
            chosen = self.given.get(difference.name, "")
            others = [each.strip() for each in self.given.getlist(f"{difference.name}-other")]
        mistake = self.mistakes.get(difference.column, "")
        return SettledLine(difference, chosen, " ".join(filter(None, others)), others, mistake)
