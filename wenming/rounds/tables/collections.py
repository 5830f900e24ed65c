"""The list of rounds."""

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenming.base.tables import Column, Empty, Table, TableFilter
from wenming.base.templatetags.labels import label
from wenming.core.lifecycle import CollectionState
from wenming.core.permissions import Capability
from wenming.core.terms import RoundKind
from wenming.rounds.models import Collection


class CollectionFilter(TableFilter):
    """Which rounds to list."""

    text = forms.CharField(label=_("Search"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind of round"))
    state = forms.ChoiceField(label=pgettext_lazy("of a matter", "State"))

    def offer(self) -> None:
        """Every kind and every state."""
        self.choices_of("kind", [(each.value, label(each, "round_kind")) for each in RoundKind])
        states = [(each.value, label(each, "collection_state")) for each in CollectionState]
        self.choices_of("state", states)

    def narrow(self, rows: "QuerySet[Collection]") -> "QuerySet[Collection]":
        """The rounds that fit."""
        chosen = dict(self.chosen)
        text = chosen.pop("text", None)
        if text is not None:
            rows = rows.filter(title_zh__icontains=text) | rows.filter(key__icontains=text)
        return rows.filter(**chosen)


COLLECTIONS = Table(
    key="collections",
    title=_("Rounds in work"),
    columns=(
        Column("title", pgettext_lazy("a wave of assessment", "Round"), kind="words"),
        Column("kind", _("Kind of round"), label="round_kind", sort="kind"),
        Column(
            "state",
            pgettext_lazy("of a matter", "State"),
            label="collection_state",
            sort="state",
            template="rounds/collections/state_cell.html",
        ),
        Column("period_from", pgettext_lazy("of a round", "First day"), kind="day",
               sort="period_from"),
        Column("period_to", pgettext_lazy("of a round", "Last day"), kind="day", sort="period_to"),
        Column("assessed_on", _("Assessment"), kind="day", sort="assessed_on", is_optional=True),
        Column("key", _("Short name"), sort="key"),
    ),
    sort="-period_from",
    filters=CollectionFilter,
    address=lambda row: reverse("rounds:collection", args=[row.pk]),
    empty=Empty(
        _("No round yet"),
        _("Plan the first one: its edition, its days, how many sites, and who works in it."),
        "rounds:collection_new",
        _("Plan a round"),
        Capability.MANAGE_ROUNDS,
    ),
)  # fmt: skip
