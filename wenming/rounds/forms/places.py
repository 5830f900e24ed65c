"""Forms and filters of sites and of the map."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wenming.base import wording
from wenming.base.forms import DeskForm, KeptFileField
from wenming.base.tables import TableFilter
from wenming.core.permissions import Capability
from wenming.files.datum import Datum
from wenming.rounds.models import LayerKind

DATUMS = [
    (Datum.WGS84.value, _("WGS-84 (GPS)")),
    (Datum.CGCS2000.value, _("CGCS2000 (national)")),
    (Datum.GCJ02.value, _("GCJ-02 (AutoNavi, Tencent)")),
    (Datum.BD09.value, _("BD-09 (Baidu)")),
]


NOTHING_RECORDED = "-"
"""Chooses the sites of which no county or no street is recorded."""


class SiteFilter(TableFilter):
    """Which sites of a round are shown, and in which datum their places are written."""

    text = forms.CharField(label=_("Search"), max_length=60)
    site_type = forms.ChoiceField(label=_("Site type"))
    county = forms.ChoiceField(label=_("County"))
    street = forms.ChoiceField(label=_("Street"))
    unit = forms.ChoiceField(label=_("Unit of the site"))
    placed = forms.ChoiceField(
        label=_("Location"), choices=[("yes", _("known")), ("no", _("not known yet"))]
    )
    datum = forms.TypedChoiceField(
        label=_("Coordinates in"), choices=[("", DATUMS[0][1]), *DATUMS[1:]]
    )

    rows: Any = None
    titles: Any = None

    def offer(self) -> None:
        """Only what the sites that one sees have."""
        seen = self.rows.order_by()
        types = sorted(set(seen.values_list("site_type", flat=True)))
        self.choices_of("site_type", [(key, self._title(key)) for key in types])
        for name in ("county", "street"):
            values = sorted(set(seen.values_list(name, flat=True)))
            named = [(value, value) for value in values if value]
            if "" in values:
                named.append((NOTHING_RECORDED, str(_("not recorded"))))
            self.choices_of(name, named)
        units = seen.exclude(unit=None).values_list("unit", "unit__name", "unit__pinyin")
        listed = sorted(units.distinct(), key=lambda each: each[2])
        self.choices_of("unit", [(str(pk), name) for pk, name, _pinyin in listed])

    def narrow(self, rows: QuerySet[Any]) -> Any:
        """The sites that fit."""
        for name, value in self.chosen.items():
            if name == "text":
                rows = rows.named(value)  # type: ignore[attr-defined]
            elif name == "placed":
                rows = rows.filter(datum="") if value == "no" else rows.exclude(datum="")
            elif name in ("county", "street") and value == NOTHING_RECORDED:
                rows = rows.filter(**{name: ""})
            elif name != "datum":
                rows = rows.filter(**{name: value})
        return rows

    @property
    def wished_datum(self) -> Datum:
        """In which datum places are written."""
        return Datum(self.chosen.get("datum", Datum.WGS84.value))

    def _title(self, key: str) -> str:
        title = self.titles.get(key)
        return title.in_language("en" if get_language() == "en" else "zh") if title else key


class PlaceForm(DeskForm):
    """Where a site is; empty numbers take its place away."""

    longitude = forms.FloatField(
        label=_("Longitude"), required=False, help_text=_("Degrees east, such as 120.123456.")
    )
    latitude = forms.FloatField(
        label=_("Latitude"), required=False, help_text=_("Degrees north, such as 35.123456.")
    )
    datum = forms.ChoiceField(
        label=_("The numbers are"),
        choices=DATUMS,
        help_text=_(
            "What a phone's map shows is GCJ-02, what Baidu shows is BD-09. Both numbers are kept "
            "as you give them and converted where they are used."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Both numbers or none."""
        cleaned = super().clean()
        numbers = [cleaned.get("longitude"), cleaned.get("latitude")]
        if not self.errors and (numbers[0] is None) != (numbers[1] is None):
            missing = "longitude" if numbers[0] is None else "latitude"
            self.add_error(missing, str(_("Give both numbers, or neither of them.")))
        return cleaned


class LayerForm(DeskForm):
    """A layer of the city's own map, from a GeoJSON file."""

    title = forms.CharField(label=_("Name of the layer"), max_length=60)
    kind = forms.ChoiceField(label=_("It shows"))
    datum = forms.ChoiceField(
        label=_("Its coordinates are"),
        choices=DATUMS,
        help_text=_("Converted to WGS-84 when it is stored; the file stays as you brought it."),
    )
    file = KeptFileField(
        label=_("GeoJSON file"),
        opened_by=Capability.VIEW_ORGANISATION,
        help_text=_("Areas, lines or points (RFC 7946), at most 20 megabytes."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "zh"
        kinds = [(kind.value, wording.label("layer_kind", kind, language)) for kind in LayerKind]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
