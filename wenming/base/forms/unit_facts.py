"""Forms for what belongs to a unit: other names, liaison persons, what is in place."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy, pgettext_lazy

from wenming.base.forms import DeskForm
from wenming.base.services.unit_facts import LiaisonDetails, Span

IN_PLACE = {"yes": True, "no": False, "": None}


class SpanForm(DeskForm):
    """From when until when something holds; either end may stay open."""

    first = forms.DateField(label=gettext_lazy("From"), required=False)
    last = forms.DateField(label=pgettext_lazy("the last day", "Until"), required=False)

    @property
    def span(self) -> Span:
        """The days that were typed."""
        return Span(self.cleaned_data["first"], self.cleaned_data["last"])


class AliasForm(SpanForm):
    """Another name by which papers know a unit."""

    name = forms.CharField(
        label=gettext_lazy("Other name"),
        max_length=100,
        help_text=gettext_lazy("Imports and the search find the unit by it, too."),
    )
    field_order = ("name", "first", "last")


class LiaisonForm(SpanForm):
    """Who speaks for a unit."""

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=50)
    post_title = forms.CharField(
        label=pgettext_lazy("in an office", "Position"), max_length=100, required=False
    )
    phone = forms.RegexField(
        r"^[0-9+() \-]{5,30}$",
        label=gettext_lazy("Telephone"),
        required=False,
        error_messages={"invalid": gettext_lazy("Only digits, blanks, hyphens, brackets and +.")},
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    field_order = ("name", "post_title", "phone", "email", "first", "last")

    @property
    def details(self) -> LiaisonDetails:
        """What was typed, as the service takes it; an account that is linked stays linked."""
        said = self.cleaned_data
        names = ("name", "post_title", "phone", "email")
        return LiaisonDetails(**{name: said[name] for name in names}, span=self.span)


class RemoveForm(DeskForm):
    """Nothing is asked but whether it is meant."""


class ProvisionForm(DeskForm):
    """Whether a unit's body, people or funds are in place, and as of when."""

    in_place = forms.ChoiceField(
        label=gettext_lazy("In place"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("yes", gettext_lazy("Yes")),
            ("no", gettext_lazy("No")),
            ("", gettext_lazy("Not known")),
        ],
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Such as the number of the paper, the names, or the sum."),
    )
    as_of = forms.DateField(label=gettext_lazy("As of"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_of"].initial = localdate

    @property
    def said(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        given = self.cleaned_data
        return {
            "in_place": IN_PLACE[given["in_place"]],
            "note": given["note"],
            "day": given["as_of"],
        }
