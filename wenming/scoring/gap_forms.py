"""Which part of the matrix of units and items to show; every choice is in the address."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenming.base.templatetags.figures import words
from wenming.scoring.forms import ChosenForm
from wenming.scoring.queries import SeenRun
from wenming.scoring.queries.gap_matrix import GapMatrixFilter

EVERY_ITEM = "all"


class GapMatrixForm(ChosenForm):
    """Filters of the matrix; an unknown value is dropped, not an error page."""

    dimension = forms.ChoiceField(required=False, label=gettext_lazy("Dimension"))
    group = forms.ChoiceField(required=False, label=gettext_lazy("Working group of the unit"))
    items = forms.ChoiceField(required=False, label=gettext_lazy("Items"))

    def __init__(self, given: Mapping[str, Any], *, seen: SeenRun) -> None:
        super().__init__(given, label_suffix="")
        summary = seen.run.summary
        dimensions = [(row["key"], words(row["title"])) for row in summary["dimensions"]]
        groups = [(row["group"], words(row["title"])) for row in summary["groups"] if row["group"]]
        self._choose("dimension", _("All dimensions"), dimensions)
        self._choose("group", _("All groups"), groups)
        self._choose("items", _("Not met or untested"), [(EVERY_ITEM, _("All items"))])

    def _choose(self, name: str, everything: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", everything), *choices]

    @property
    def wanted(self) -> GapMatrixFilter:
        """The same for the query."""
        chosen = self.chosen
        return GapMatrixFilter(
            dimension=chosen.get("dimension", ""),
            group=chosen.get("group", ""),
            everything=chosen.get("items") == EVERY_ITEM,
        )
