"""The list of the answer sheets of a round."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wenming.base import wording
from wenming.base.models import User
from wenming.base.tables import Action, Column, Empty, Table, TableFilter
from wenming.core.lifecycle import SheetState
from wenming.core.permissions import Capability
from wenming.core.questionnaire import SheetMark
from wenming.core.terms import SheetSource
from wenming.rounds.models import Collection
from wenming.survey.models import Sheet

Marks = Mapping[UUID, Sequence[SheetMark]]


class SheetFilter(TableFilter):
    """Which sheets of a round to list."""

    state = forms.ChoiceField(label=pgettext_lazy("of a matter", "State"))
    source = forms.ChoiceField(label=_("How it was asked"))
    interviewer = forms.ChoiceField(label=_("Interviewer"))
    mark = forms.ChoiceField(label=_("Odd about it"))

    collection: Collection | None = None
    marks: Marks | None = None

    def offer(self) -> None:
        """What the sheets of the round have."""
        language = "en" if get_language() == "en" else "zh"
        for name, kind, codes in (
            ("state", "sheet_state", SheetState),
            ("source", "sheet_source", SheetSource),
            ("mark", "sheet_mark", SheetMark),
        ):
            named = [(code.value, wording.label(kind, code.value, language)) for code in codes]
            self.choices_of(name, named)
        asked = Sheet.objects.filter(fieldwork__collection=self.collection).values("interviewer")
        people = User.objects.filter(pk__in=asked).order_by("pinyin")
        self.choices_of("interviewer", [(str(each.pk), each.name) for each in people])

    def narrow(self, rows: Any) -> Any:
        """The sheets that fit."""
        chosen = dict(self.chosen)
        mark = chosen.pop("mark", "")
        if mark:
            rows = rows.filter(pk__in=[pk for pk, has in (self.marks or {}).items() if mark in has])
        return rows.filter(**chosen)


def sheets_table(collection: Collection, marks: Marks) -> Table:
    """The list of the sheets of a round (答卷列表), without anything that tells who answered."""

    def odd(sheet: Sheet) -> str:
        language = "en" if get_language() == "en" else "zh"
        return "、".join(
            wording.label("sheet_mark", each.value, language) for each in marks.get(sheet.pk, ())
        )

    return Table(
        key="sheets",
        title=_("Answer sheets"),
        columns=_columns(odd),
        sort="-started_at",
        filters=type("SheetFilterHere", (SheetFilter,), {"collection": collection, "marks": marks}),
        address=lambda row: reverse("survey:answers", args=[row.pk]),
        actions=(
            Action(
                "accept",
                _("Let them count"),
                "survey:accept_sheets",
                capability=Capability.EDIT_QUESTIONNAIRE,
            ),
        ),
        empty=Empty(
            _("No answer sheet came in yet"),
            _("Once interviewers send sheets, they are listed here to be checked."),
        ),
    )


def _columns(odd: Callable[[Sheet], str]) -> tuple[Column, ...]:
    return (
        Column("started_at", _("Began at"), kind="moment", sort="started_at"),
        Column("minutes", _("Minutes"), kind="number", value=_minutes),
        Column("source", _("How it was asked"), label="sheet_source", sort="source"),
        Column(
            "state",
            pgettext_lazy("of a matter", "State"),
            label="sheet_state",
            sort="state",
            template="survey/sheet_state.html",
        ),
        Column("drawn", _("Drawn as"), value=_drawn),
        Column("interviewer.name", _("Interviewer"), sort="interviewer__pinyin"),
        Column("odd", _("Odd about it"), value=odd),
        Column("because", _("Why it does not count"), is_optional=True),
        Column("received_at", _("Came in"), kind="moment", sort="received_at", is_optional=True),
        Column("instance", _("Number of the sheet"), is_optional=True),
    )


def _minutes(sheet: Sheet) -> int:
    return round((sheet.ended_at - sheet.started_at).total_seconds() / 60)


def _drawn(sheet: Sheet) -> str:
    """Strata and clusters of the design but for the last stage, which is a household."""
    work = sheet.fieldwork
    return " · ".join(str(sheet.drawn.get(each, "")) for each in [*work.strata, *work.clusters[:1]])
