"""The lists of questionnaires."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wenming.base import wording
from wenming.base.tables import Column, Empty, Table, TableFilter
from wenming.core.lifecycle import InstrumentState
from wenming.core.permissions import Capability
from wenming.survey.models import Instrument


class InstrumentFilter(TableFilter):
    """Which questionnaires to list."""

    text = forms.CharField(label=_("Search"), max_length=60)
    state = forms.ChoiceField(label=pgettext_lazy("of a matter", "State"))

    def offer(self) -> None:
        """The states with their words."""
        language = get_language() or "zh"
        states = [
            (s.value, wording.label("instrument_state", s.value, language)) for s in InstrumentState
        ]
        self.choices_of("state", states)

    def narrow(self, rows: QuerySet[Any]) -> Any:
        """The questionnaires that fit."""
        text = self.chosen.get("text")
        if text:
            rows = rows.filter(
                Q(title_zh__icontains=text) | Q(title_en__icontains=text) | Q(key__icontains=text)
            )
        if self.chosen.get("state"):
            rows = rows.filter(state=self.chosen["state"])
        return rows


def _questions(row: Instrument) -> int:
    return row.n_questions


INSTRUMENTS = Table(
    key="questionnaires",
    title=_("Questionnaires"),
    columns=(
        Column("title", _("Questionnaire"), kind="words", sort="title_zh"),
        Column("version", _("Version"), sort="version"),
        Column(
            "state",
            pgettext_lazy("of a matter", "State"),
            label="instrument_state",
            sort="state",
            template="survey/instrument_state.html",
        ),
        Column("questions", _("Questions"), kind="number", value=_questions),
        Column("rounds", _("Rounds"), kind="number", sort="rounds"),
        Column("key", _("Short name"), sort="key"),
        Column("created_by.name", _("Made by"), is_optional=True),
        Column("created_at", _("Created"), kind="moment", sort="created_at"),
    ),
    sort="-created_at",
    filters=InstrumentFilter,
    address=lambda row: reverse("survey:instrument", args=[row.pk]),
    empty=Empty(
        _("No questionnaire yet"),
        _("Bring one as an XLSForm workbook."),
        "survey:instrument_import",
        _("Import a questionnaire"),
        Capability.EDIT_QUESTIONNAIRE,
    ),
)
