"""Forms of the matrix: which part of it to show, which cells to change, and what to set in them."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wenming.base import wording
from wenming.base.models import Group, Unit
from wenming.core.terms import Role
from wenming.framework.models import ResponsibilityPlan
from wenming.framework.queries.matrix import ANY_FAULT, ITEM_FAULTS, MatrixFilter
from wenming.framework.services.assigning import Assignment

NOBODY = "none"
BETWEEN = "|"
"""Stands between item and unit in a single cell."""

Choice = tuple[str, str]


class MatrixFilterForm(forms.Form):
    """Which part of the matrix to show; an unknown value is dropped, not an error page."""

    text = forms.CharField(
        required=False,
        max_length=100,
        label=gettext_lazy("Search items"),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    dimension = forms.ChoiceField(required=False, label=gettext_lazy("Dimension"))
    group = forms.ChoiceField(required=False, label=gettext_lazy("Working group"))
    unit = forms.ChoiceField(required=False, label=gettext_lazy("Unit"))
    role = forms.ChoiceField(required=False, label=gettext_lazy("Role"))
    fault = forms.ChoiceField(required=False, label=gettext_lazy("Finding"))
    columns = forms.ChoiceField(required=False, label=gettext_lazy("Columns"))

    def __init__(
        self, given: Any, *, plan: ResponsibilityPlan, dimensions: list[Choice], units: list[Choice]
    ) -> None:
        super().__init__(given, label_suffix="")
        language = get_language() or "zh"
        groups = Group.objects.for_city(plan.city).order_by("position", "key")
        self._choose("group", [(group.key, group.title_zh) for group in groups])
        self._choose("dimension", dimensions)
        self._choose("unit", units)
        self._choose("role", role_choices())
        faults = [(each.value, wording.label("plan_fault", each, language)) for each in ITEM_FAULTS]
        self._choose("fault", [(ANY_FAULT, _("Any finding")), *faults])
        usual = _("Units and counties") if plan.is_draft else _("Units with a part")
        columns = [("part", _("Units with a part")), ("all", _("All, with streets"))]
        self._choose("columns", columns[0 if plan.is_draft else 1 :], everything=usual)

    def _choose(self, name: str, choices: list[Choice], *, everything: str = "") -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", everything or _("All")), *choices]

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
    """Cells to change: every chosen item for every chosen unit, or single cells."""

    version = forms.IntegerField(min_value=0)
    items = forms.MultipleChoiceField(required=False)
    units = forms.ModelMultipleChoiceField(queryset=Unit.objects.none(), required=False)
    role = forms.ChoiceField()

    def __init__(self, given: Any, *, plan: ResponsibilityPlan, keys: list[str]) -> None:
        super().__init__(given)
        units = Unit.objects.for_city(plan.city).select_related("group")
        self.of_city = {str(unit.pk): unit for unit in units}
        self.fields["items"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]
        self.fields["units"].queryset = units  # type: ignore[attr-defined]
        self.fields["role"].choices = [*role_choices(), (NOBODY, NOBODY)]  # type: ignore[attr-defined]
        self.keys = set(keys)

    def clean(self) -> dict[str, Any]:
        """Read the single cells; one that the plan or the city has not is refused."""
        cleaned = super().clean() or self.cleaned_data
        written = self.data.getlist("cells") if isinstance(self.data, QueryDict) else []
        pairs = [(item, unit) for item, _sign, unit in (one.partition(BETWEEN) for one in written)]
        if any(item not in self.keys or unit not in self.of_city for item, unit in pairs):
            self.add_error(None, "cell")
        cleaned["pairs"] = pairs
        return cleaned

    @property
    def assignments(self) -> list[Assignment]:
        """What is to be changed; empty when nothing was chosen."""
        chosen = self.cleaned_data
        role = None if chosen["role"] == NOBODY else Role(chosen["role"])
        single = [Assignment(item, self.of_city[unit], role) for item, unit in chosen["pairs"]]
        return single + [
            Assignment(item, unit, role) for item in chosen["items"] for unit in chosen["units"]
        ]


class TermsForm(forms.Form):
    """Deadline and target grade for the chosen items; a blank field leaves them alone."""

    version = forms.IntegerField(min_value=0)
    items = forms.MultipleChoiceField(
        error_messages={"required": gettext_lazy("Tick at least one item.")}
    )
    units = forms.ModelMultipleChoiceField(queryset=Unit.objects.none(), required=False)
    due = forms.DateField(
        required=False,
        error_messages={"invalid": gettext_lazy("The deadline is not a date; write 2026-12-31.")},
    )
    target = forms.CharField(required=False, max_length=20)
    no_due = forms.BooleanField(required=False)
    no_target = forms.BooleanField(required=False)

    def __init__(self, given: Any, *, plan: ResponsibilityPlan, keys: list[str]) -> None:
        super().__init__(given)
        self.fields["items"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]
        self.fields["units"].queryset = Unit.objects.for_city(plan.city)  # type: ignore[attr-defined]

    @property
    def terms(self) -> dict[str, object]:
        """What is to be set, by name; empty when nothing is."""
        said = self.cleaned_data
        found: dict[str, object] = {}
        if said["due"] or said["no_due"]:
            found["due"] = None if said["no_due"] else said["due"]
        if said["target"] or said["no_target"]:
            found["target"] = "" if said["no_target"] else said["target"]
        return found
