"""Forms of the desk for visits: planning them, and sending one back."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wenming.base.forms import DeskForm
from wenming.base.models import User
from wenming.inspection.models import SiteVisit, VisitRecord
from wenming.rounds.models import Collection, RegisteredSite

PREFIX = "line-"


class PlanForm(DeskForm):
    """Which sites a pair visits on which day."""

    sites = forms.ModelMultipleChoiceField(
        label=_("Sites"),
        queryset=RegisteredSite.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They are put in the order of a short way, from the first one on."),
    )
    first = forms.ModelChoiceField(label=_("First inspector"), queryset=User.objects.none())
    second = forms.ModelChoiceField(label=_("Second inspector"), queryset=User.objects.none())
    day = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}))
    route = forms.CharField(
        label=_("Route"), max_length=60, required=False, help_text=_("Such as “east line”.")
    )

    def offer(self, sites: Any, people: Any) -> None:
        """What there is to choose from."""
        self.fields["sites"].queryset = sites  # type: ignore[attr-defined]
        for name in ("first", "second"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]
            self.fields[name].label_from_instance = lambda each: each.name  # type: ignore[attr-defined]


class ReturnForm(DeskForm):
    """Why a visit goes back, and what is wrong with which line."""

    because = forms.CharField(
        label=_("What is to be corrected"), max_length=500, widget=forms.Textarea({"rows": 3})
    )

    def offer(self, records: list[VisitRecord], titles: Mapping[str, str]) -> None:
        """A remark for each line, the failing ones first."""
        for record in sorted(records, key=lambda each: each.outcome != "not_conform"):
            self.fields[f"{PREFIX}{record.line}"] = forms.CharField(
                label=titles.get(record.line, record.line), max_length=500, required=False
            )

    @property
    def remarks(self) -> dict[str, str]:
        """What was written, by line."""
        given = self.cleaned_data.items()
        return {name[len(PREFIX) :]: text for name, text in given if name.startswith(PREFIX)}


def return_form(
    given: Any, visit: SiteVisit, titles: Mapping[str, str], *, request: HttpRequest
) -> ReturnForm:
    """The form that sends a visit back (退回表单)."""
    form = ReturnForm(given, request=request, draft=f"visit-return-{visit.pk}")
    last = visit.sheets.order_by("-version").first()
    form.offer(list(last.records.order_by("position")) if last else [], titles)
    return form


def plan_form(given: Any, collection: Collection, *, request: HttpRequest) -> PlanForm:
    """The form that plans visits (安排考察表单)."""
    return PlanForm(given, request=request, draft=f"visits-{collection.pk}")
