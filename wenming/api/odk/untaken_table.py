"""The list of forms that were not taken in."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wenming.api.odk.untaken import Titles, form_title, reason
from wenming.base import wording
from wenming.base.tables import Column, Empty, Table, TableFilter
from wenming.base.templatetags.figures import words
from wenming.core.lifecycle import SentFormState


class UntakenFilter(TableFilter):
    """Which forms to list."""

    state = forms.ChoiceField(label=pgettext_lazy("of a matter", "State"))
    round = forms.ChoiceField(
        label=_("Round"), help_text=_("With those that could not be read so far as to name one.")
    )

    titles: Titles | None = None

    def offer(self) -> None:
        """The states, and the rounds of the city."""
        language = "en" if get_language() == "en" else "zh"
        states = [
            (each.value, wording.label("sent_form_state", each.value, language))
            for each in SentFormState
        ]
        self.choices_of("state", states)
        self.choices_of(
            "round", [(str(pk), words(each)) for pk, each in (self.titles or {}).items()]
        )

    def narrow(self, rows: QuerySet[Any]) -> Any:
        """The forms that fit."""
        chosen = dict(self.chosen)
        if "round" in chosen:
            rows = rows.of_round(UUID(chosen["round"]))  # type: ignore[attr-defined]
        return rows.filter(state=chosen["state"]) if "state" in chosen else rows


def untaken_table(titles: Titles) -> Table:
    """The list of forms that were not taken in (未接收表单列表)."""
    return Table(
        key="forms-not-taken",
        title=_("Forms that were not taken in"),
        columns=_columns(titles),
        sort="-sent_at",
        filters=type("UntakenFilterHere", (UntakenFilter,), {"titles": titles}),
        address=lambda row: reverse("forms:untaken_form", args=[row.pk]),
        empty=Empty(
            _("Every form was taken in"),
            _("What ODK Collect and its like sent and was refused is kept and listed here."),
        ),
    )


def _columns(titles: Titles) -> tuple[Column, ...]:
    return (
        Column("sent_at", _("Came in"), kind="moment", sort="sent_at"),
        Column("sent_by.name", _("Sent by"), sort="sent_by__pinyin"),
        Column("form", _("Form"), value=lambda row: form_title(row, titles)),
        Column("reason", _("Why it was not taken in"), value=reason),
        Column("files", _("Files with it"), kind="number", sort="files"),
        Column(
            "state", pgettext_lazy("of a matter", "State"), label="sent_form_state", sort="state"
        ),
        Column("because", _("What came of it")),
        Column("settled_at", _("Settled at"), kind="moment", sort="settled_at", is_optional=True),
        Column("instance", _("Number of the sheet"), is_optional=True),
    )
