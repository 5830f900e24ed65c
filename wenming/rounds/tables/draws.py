"""The list of sealed draws; no drawn site stands in it."""

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wenming.base import wording
from wenming.base.tables import Column, Empty, Table, TableFilter
from wenming.core.lifecycle import DrawState
from wenming.core.permissions import Capability
from wenming.rounds.models import SealedDraw


class DrawFilter(TableFilter):
    """Which draws to list."""

    text = forms.CharField(label=_("Search"), max_length=64)
    state = forms.ChoiceField(label=pgettext_lazy("of a matter", "State"))

    def offer(self) -> None:
        """Sealed and public."""
        language = "en" if get_language() == "en" else "zh"
        states = [(each.value, wording.label("draw_state", each, language)) for each in DrawState]
        self.choices_of("state", states)

    def narrow(self, rows: "QuerySet[SealedDraw]") -> "QuerySet[SealedDraw]":
        """The draws that fit: by name or by the beginning of the commitment."""
        chosen = dict(self.chosen)
        text = chosen.pop("text", None)
        if text is not None:
            named = rows.filter(title__icontains=text)
            rows = named | rows.filter(commitment__startswith=text.lower())
        return rows.filter(**chosen)


DRAWS = Table(
    key="draws",
    title=_("Sealed draws"),
    columns=(
        Column("title", _("Name of the draw"), sort="title"),
        Column(
            "collection.title",
            pgettext_lazy("a wave of assessment", "Round"),
            kind="words",
            sort="collection__title_zh",
        ),
        Column(
            "state",
            pgettext_lazy("of a matter", "State"),
            label="draw_state",
            sort="state",
            template="rounds/draws/state_cell.html",
        ),
        Column("made_at", _("Drawn"), kind="moment", sort="made_at"),
        Column("made_by.name", _("Drawn by"), sort="made_by__pinyin"),
        Column("revealed_at", _("Made public"), kind="moment", sort="revealed_at"),
        Column("commitment", _("Commitment"), sort="commitment", is_optional=True),
    ),
    sort="-made_at",
    filters=DrawFilter,
    address=lambda row: reverse("rounds:draw", args=[row.pk]),
    empty=Empty(
        _("No draw of which you are a member"),
        _(
            "Draws are seen by their teams only; what was announced of them stands on a public "
            "page."
        ),
        "rounds:draw_new",
        _("Draw"),
        Capability.DRAW,
    ),
)
