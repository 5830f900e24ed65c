"""Forms of the organisation tree: what is said of a unit, and what is done with it."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wenming.base import wording
from wenming.base.access import city_of, person
from wenming.base.forms import DeskForm
from wenming.base.models import CityQuerySet, Group, Unit, UnitKind
from wenming.base.services.organisation import UnitDetails

Choice = tuple[str, str]
LONGEST_NAME = 100


def kind_choices() -> list[Choice]:
    """The kinds of units in the language of the page."""
    language = get_language() or "zh"
    return [(kind.value, wording.label("unit_kind", kind, language)) for kind in UnitKind]


def units_of(request: HttpRequest) -> CityQuerySet[Unit]:
    """The units in being that the person sees, as a phone book sorts them."""
    seen = Unit.objects.visible_to(person(request)).for_city(city_of(request))
    return seen.filter(is_active=True).order_by("pinyin", "pk")


def groups_of(request: HttpRequest) -> CityQuerySet[Group]:
    """The working groups that the person sees, in their order."""
    seen = Group.objects.visible_to(person(request)).for_city(city_of(request))
    return seen.order_by("position", "key")


class UnitForm(DeskForm):
    """What is said of a unit."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy(
            "As in the paper that founded it. It sorts and is found by its pinyin."
        ),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=kind_choices)
    group = forms.ModelChoiceField(
        Group.objects.none(),
        label=gettext_lazy("Working group"),
        required=False,
        empty_label=gettext_lazy("none"),
    )
    name_en = forms.CharField(
        label=gettext_lazy("English name"), max_length=200, required=False,
        help_text=gettext_lazy("Unofficial; shown to readers of English."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "group", groups_of(self.request))

    @property
    def details(self) -> UnitDetails:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return UnitDetails(
            said["name"], UnitKind(said["kind"]), group=said["group"], name_en=said["name_en"]
        )


class NewUnitForm(UnitForm):
    """What is said of a unit when it is set up."""

    parent = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Below which unit"),
        required=False,
        empty_label=gettext_lazy("at the top of the tree"),
    )
    field_order = ("name", "kind", "parent", "group", "name_en")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "parent", units_of(self.request))


class RenameForm(DeskForm):
    """The new name of a unit, and from when on it bears it."""

    name = forms.CharField(label=gettext_lazy("New name"), max_length=LONGEST_NAME)
    day = forms.DateField(
        label=gettext_lazy("From which day on"),
        help_text=gettext_lazy("The old name stays as a former name until the day before."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = localdate


class MoveForm(DeskForm):
    """Where a unit is put in the tree."""

    parent = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Below which unit"),
        required=False,
        empty_label=gettext_lazy("at the top of the tree"),
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "parent", units_of(self.request).exclude(path__startswith=unit.path))


class MergeForm(DeskForm):
    """Into which unit another one is merged; it is named once more."""

    into = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Into which unit"))
    day = forms.DateField(label=gettext_lazy("From which day on"))
    is_meant = forms.BooleanField()

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "into", units_of(self.request).exclude(pk=unit.pk))
        self.fields["day"].initial = localdate
        self.fields["is_meant"].label = _("I mean it: %(unit)s is merged and dissolved.") % {
            "unit": unit.name
        }


class DissolveForm(DeskForm):
    """Why a unit is dissolved; it is named once more."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Such as the number of the paper that dissolves it. It stays in the audit."
        ),
    )
    is_meant = forms.BooleanField()

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_meant"].label = _("I mean it: %(unit)s is dissolved.") % {"unit": unit.name}


class ReactivateForm(DeskForm):
    """Nothing is asked but whether it is meant."""


def _offer(form: forms.Form, name: str, rows: CityQuerySet[Any]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows
