"""Forms of responsibilities: what part of the matrix to show, and what to change in it."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wenming.base import wording
from wenming.base.forms import DeskForm, KeptFileField
from wenming.base.models import City, Group, Unit
from wenming.core.permissions import Capability
from wenming.core.terms import Role
from wenming.framework.models import ResponsibilityPlan
from wenming.framework.queries.plans import MatrixFilter

NOBODY = "none"
Choice = tuple[str, str]


class MatrixFilterForm(forms.Form):
    """Which part of the matrix to show; an unknown value is dropped, not an error page."""

    text = forms.CharField(required=False, max_length=100, label=gettext_lazy("Search"))
    group = forms.ChoiceField(required=False, label=gettext_lazy("Working group"))
    dimension = forms.ChoiceField(required=False, label=gettext_lazy("Dimension"))
    role = forms.ChoiceField(required=False, label=gettext_lazy("Role"))
    all_units = forms.BooleanField(
        required=False, label=gettext_lazy("Also units without any role")
    )
    only_faults = forms.BooleanField(
        required=False, label=gettext_lazy("Only items without a lead, or with several")
    )

    def __init__(self, given: Any, *, plan: ResponsibilityPlan, dimensions: list[Choice]) -> None:
        super().__init__(given, label_suffix="")
        groups = Group.objects.for_city(plan.city).order_by("position", "key")
        self._choose("group", [(group.key, group.title_zh) for group in groups])
        self._choose("dimension", dimensions)
        self._choose("role", role_choices())

    def _choose(self, name: str, choices: list[Choice]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("All")), *choices]

    @property
    def wanted(self) -> MatrixFilter:
        """The valid choices for the query."""
        self.is_valid()
        return MatrixFilter(**{name: each for name, each in self.cleaned_data.items() if each})


def role_choices() -> list[Choice]:
    """The roles with their words in the language of the page."""
    language = get_language() or "zh"
    return [(role.value, wording.label("role", role, language)) for role in Role]


class AssignForm(forms.Form):
    """Cells to change: every chosen item for every chosen unit."""

    version = forms.IntegerField(min_value=0)
    items = forms.MultipleChoiceField()
    units = forms.ModelMultipleChoiceField(queryset=Unit.objects.none())
    role = forms.ChoiceField()

    def __init__(self, given: Any, *, plan: ResponsibilityPlan, keys: list[str]) -> None:
        super().__init__(given)
        self.fields["items"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]
        units = Unit.objects.for_city(plan.city).filter(is_active=True)
        self.fields["units"].queryset = units  # type: ignore[attr-defined]
        self.fields["role"].choices = [*role_choices(), (NOBODY, NOBODY)]  # type: ignore[attr-defined]

    @property
    def chosen_role(self) -> Role | None:
        """The role to give; None takes the units off the items."""
        chosen = self.cleaned_data["role"]
        return None if chosen == NOBODY else Role(chosen)


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
