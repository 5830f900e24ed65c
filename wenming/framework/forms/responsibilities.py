"""Forms of responsibilities: bringing a file, issuing a plan, objecting, ruling."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from wenming.base.forms import DeskForm, KeptFileField
from wenming.base.models import City, Unit
from wenming.core.permissions import Capability


class FileForm(DeskForm):
    """A workbook of responsibilities."""

    file = KeptFileField(
        label=gettext_lazy("Workbook (XLSX)"), opened_by=Capability.ASSIGN_RESPONSIBILITIES
    )


class IssueForm(DeskForm):
    """The second confirmation before a plan is issued, naming it."""

    title = forms.CharField(
        label=gettext_lazy("Title of the plan"),
        max_length=200,
        help_text=gettext_lazy("As it will stand on the sheets that the units receive."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ObjectionForm(DeskForm):
    """What a unit says against one of its responsibilities."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "Which regulation or division of work says that this is not your unit's task?"
        ),
    )
    wished_unit = forms.ModelChoiceField(
        label=gettext_lazy("Unit that should answer instead"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=gettext_lazy("No proposal"),
        widget=forms.Select(attrs={"data-search": ""}),
    )

    def choose_among(self, city: City, *, without: UUID) -> None:
        """Offer every active unit of the city but one's own."""
        units = Unit.objects.for_city(city).filter(is_active=True).exclude(pk=without)
        field = self.fields["wished_unit"]
        field.queryset = units.order_by("pinyin")  # type: ignore[attr-defined]


class RulingForm(DeskForm):
    """How the office rules on an objection."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Ruling"),
        choices=[
            ("uphold", gettext_lazy("Upheld: the responsibility is changed")),
            ("dismiss", gettext_lazy("Dismissed: the responsibility stays")),
        ],
        widget=forms.RadioSelect,
    )
    given_to = forms.ModelChoiceField(
        label=gettext_lazy("The responsibility goes to"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=gettext_lazy("nobody; the item is discussed in the draft"),
        widget=forms.Select(attrs={"data-search": ""}),
        help_text=gettext_lazy("Only where the objection is upheld."),
    )
    ruling = forms.CharField(
        label=gettext_lazy("Reason of the ruling"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def choose_among(self, city: City, *, without: UUID) -> None:
        """Offer every active unit of the city but the one that objects."""
        units = Unit.objects.for_city(city).filter(is_active=True).exclude(pk=without)
        field = self.fields["given_to"]
        field.queryset = units.order_by("pinyin")  # type: ignore[attr-defined]
