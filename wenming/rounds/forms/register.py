"""Forms of the register: what is said of a site, when it goes out of use, a workbook."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wenming.base import wording
from wenming.base.access import city_of, person
from wenming.base.forms import DeskForm, KeptFileField
from wenming.base.models import Unit
from wenming.base.templatetags.figures import words
from wenming.core.permissions import Capability
from wenming.files.datum import BadCoordinates, Datum, Located, locate
from wenming.rounds.forms.places import DATUMS
from wenming.rounds.models import RegisteredSite
from wenming.rounds.queries.collections import checklists_in_force, titles_in
from wenming.rounds.services.sites import SiteDetails

Choice = tuple[str, str]


class SiteForm(DeskForm):
    """What the register says of a site."""

    title = forms.CharField(label=gettext_lazy("Name of the site"), max_length=200)
    key = forms.CharField(
        label=gettext_lazy("Number of the site"),
        max_length=40,
        help_text=gettext_lazy("Unique in the city; it stands on its code and in every round."),
    )
    site_type = forms.ChoiceField(label=gettext_lazy("Site type"))
    more_types = forms.MultipleChoiceField(
        label=gettext_lazy("Further checklists"),
        required=False,
        help_text=gettext_lazy("Where more than one checklist is used there."),
    )
    county = forms.CharField(label=gettext_lazy("County"), required=False, max_length=100)
    street = forms.CharField(label=gettext_lazy("Street"), required=False, max_length=100)
    address = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=200)
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Unit of the site"),
        required=False,
        empty_label=gettext_lazy("none"),
    )
    keeper = forms.CharField(
        label=gettext_lazy("Responsible person"), required=False, max_length=50
    )
    keeper_phone = forms.CharField(label=gettext_lazy("Telephone"), required=False, max_length=40)
    size = forms.DecimalField(
        label=gettext_lazy("Size"),
        required=False,
        help_text=gettext_lazy("What a draw by size goes by, such as households; above 0."),
    )
    datum = forms.ChoiceField(label=gettext_lazy("The numbers are"), choices=DATUMS)
    longitude = forms.FloatField(label=gettext_lazy("Longitude"), required=False)
    latitude = forms.FloatField(label=gettext_lazy("Latitude"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Remark"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    place: Located | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        city = city_of(self.request)
        types = titles_in(checklists_in_force(city))
        choices = [(key, words(title)) for key, title in types.items()]
        for name in ("site_type", "more_types"):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
        unit = self.fields["unit"]
        if isinstance(unit, forms.ModelChoiceField):
            seen = Unit.objects.visible_to(person(self.request)).for_city(city)
            unit.queryset = seen.filter(is_active=True).order_by("pinyin", "pk")

    def clean_size(self) -> Any:
        """A size is above 0."""
        size = self.cleaned_data["size"]
        if size is not None and size <= 0:
            raise forms.ValidationError(_("A size is a number above 0."))
        return size

    def clean(self) -> dict[str, Any]:
        """Both numbers or none, and a place on earth."""
        cleaned = super().clean()
        east, north = cleaned.get("longitude"), cleaned.get("latitude")
        wrong = {"longitude", "latitude", "datum"} & self.errors.keys()
        if wrong or (east is None and north is None):
            return cleaned
        if east is None or north is None:
            missing = "longitude" if east is None else "latitude"
            self.add_error(missing, _("Give both numbers, or neither of them."))
            return cleaned
        try:
            self.place = locate(east, north, Datum(cleaned["datum"]))
        except BadCoordinates as refused:
            self.add_error("longitude", _said(refused))
        return cleaned

    @property
    def details(self) -> SiteDetails:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        same = (
            "key", "title", "site_type", "more_types", "address", "county", "street", "unit",
            "keeper", "keeper_phone", "size", "note",
        )  # fmt: skip
        return SiteDetails(place=self.place, **{name: said[name] for name in same})


def _said(refused: BadCoordinates) -> str:
    return wording.refusal(refused, get_language() or "zh")


def site_as_typed(site: RegisteredSite) -> Mapping[str, Any]:
    """A site as its form shows it (表单初值)."""
    same = (
        "key", "title", "site_type", "more_types", "address", "county", "street", "keeper",
        "keeper_phone", "size", "note",
    )  # fmt: skip
    return {name: getattr(site, name) for name in same} | {
        "unit": site.unit_id,
        "datum": site.datum or Datum.GCJ02.value,
        "longitude": site.given_longitude,
        "latitude": site.given_latitude,
    }


class RetireForm(DeskForm):
    """From when on a site is no site any more."""

    day = forms.DateField(label=gettext_lazy("From which day on"))


class RegisterFileForm(DeskForm):
    """A workbook of sites."""

    file = KeptFileField(label=gettext_lazy("Workbook (.xlsx)"), opened_by=Capability.EDIT_REGISTER)
