"""Forms of panels: calling one together, rating, opening it again."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wenming.base.forms import DeskForm
from wenming.base.models import User
from wenming.inspection.models import PanelItem, PanelRating
from wenming.inspection.queries.panels import RatedItem
from wenming.inspection.services.panels import GivenMark


def _language() -> str:
    return "en" if get_language() == "en" else "zh"


class PanelForm(DeskForm):
    """What a panel rates, when, and who sits in it."""

    title = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("Such as the route or the hall.")
    )
    held_on = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}))
    items = forms.MultipleChoiceField(label=_("Items"), widget=forms.CheckboxSelectMultiple)
    people = forms.ModelMultipleChoiceField(
        label=_("Assessors"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those who are assigned to the round as assessors."),
    )

    def offer(self, items: Iterable[RatedItem], people: Any) -> None:
        """What there is to choose from."""
        self.fields["items"].choices = [  # type: ignore[attr-defined]
            (each.key, f"{each.key} {each.title.in_language(_language())}") for each in items
        ]
        self.fields["people"].queryset = people  # type: ignore[attr-defined]
        self.fields["people"].label_from_instance = lambda each: each.name  # type: ignore[attr-defined]


class RatingForm(DeskForm):
    """A mark and a short remark for each item."""

    because = forms.CharField(
        label=_("Why the marks are corrected"), max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("The reason is kept and shown with the earlier marks."),
    )  # fmt: skip

    def offer(self, items: Sequence[PanelItem], given: Mapping[Any, PanelRating]) -> None:
        """The items with what was given before; a reason only where something was."""
        self.rated = {f"m{n}": item for n, item in enumerate(items)}
        reason = self.fields.pop("because")
        for name, item in self.rated.items():
            before = given.get(item.pk)
            top = f"{item.top:f}"
            self.fields[name] = forms.DecimalField(
                label=f"{item.item} {item.title.in_language(_language())}",
                min_value=0, max_value=item.top, initial=before and f"{before.mark:f}",
                max_digits=12, decimal_places=2,
                widget=forms.NumberInput({"inputmode": "decimal", "class": "mark"}),
                help_text=_("From 0 to %(top)s.") % {"top": top},
            )  # fmt: skip
            self.fields[f"{name}_remark"] = forms.CharField(
                label=_("Remark"), max_length=200, required=False,
                initial=before.remark if before else "",
            )  # fmt: skip
        if given:
            self.fields["because"] = reason

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """Mark and remark of each item, for the page."""
        return [(self[name], self[f"{name}_remark"]) for name in self.rated]

    @property
    def marks(self) -> dict[str, GivenMark]:
        """What was given, once it is valid (评分)."""
        given = self.cleaned_data
        return {
            item.item: GivenMark(given[name], given[f"{name}_remark"])
            for name, item in self.rated.items()
        }


class ReopenPanelForm(DeskForm):
    """Why a session is opened again."""

    because = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 3}),
        help_text=_("The panel reads it. The marks were seen by all, and the result will say so."),
    )  # fmt: skip
