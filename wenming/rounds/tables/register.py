"""The list of the register of sites."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wenming.base.tables import Action, Column, Empty, Paper, Table, TableFilter
from wenming.base.templatetags.figures import words
from wenming.core.permissions import Capability
from wenming.core.terms import Words
from wenming.rounds.models import RegisterQuerySet


class RegisterFilter(TableFilter):
    """Which sites of the register to list."""

    text = forms.CharField(label=_("Search"), max_length=60)
    site_type = forms.ChoiceField(label=_("Site type"))
    county = forms.ChoiceField(label=_("County"))
    street = forms.ChoiceField(label=_("Street"))
    unit = forms.ChoiceField(label=_("Unit of the site"))
    placed = forms.ChoiceField(
        label=_("Location"), choices=[("yes", _("known")), ("no", _("not known yet"))]
    )
    use = forms.ChoiceField(
        label=_("In the register"), choices=[("now", _("in use")), ("gone", _("taken out"))]
    )

    rows: Any = None
    titles: Mapping[str, Words] | None = None

    def offer(self) -> None:
        """Only what the sites that one sees have."""
        seen = self.rows.order_by()
        types = sorted(set(seen.values_list("site_type", flat=True)))
        titles = self.titles or {}
        named = [(key, words(titles.get(key, Words(key)))) for key in types]
        self.choices_of("site_type", named)
        for name in ("county", "street"):
            values = sorted(set(seen.values_list(name, flat=True)) - {""})
            self.choices_of(name, [(value, value) for value in values])
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
            elif name == "use":
                rows = rows.filter(retired_on__isnull=value == "now")
            else:
                rows = rows.filter(**{name: value})
        return rows


def filter_of(seen: RegisterQuerySet, titles: Mapping[str, Words]) -> type[RegisterFilter]:
    """The filter of the register as one person sees it (点位筛选)."""
    return type("RegisterFilterHere", (RegisterFilter,), {"rows": seen, "titles": titles})


def register_table(seen: RegisterQuerySet, titles: Mapping[str, Words]) -> Table:
    """The list of the register as one person sees it (点位库列表)."""
    return Table(
        key="register",
        title=_("Register of sites"),
        columns=_columns(titles),
        sort="name",
        filters=filter_of(seen, titles),
        address=lambda site: reverse("rounds:register_site", args=[site.pk]),
        opens_in_drawer=True,
        actions=(
            Action(
                "labels",
                _("QR code sheet"),
                "rounds:register_label_ticked",
                capability=Capability.VIEW_EVIDENCE,
            ),
        ),
        papers=(Paper(_("QR code sheet"), "rounds:register_labels"),),
        empty=Empty(
            _("No site in the register"),
            _("Import the sites from Excel or add the first one; a unit sees its own sites only."),
            "rounds:register_import",
            _("Import"),
            Capability.EDIT_REGISTER,
        ),
    )


def _columns(titles: Mapping[str, Words]) -> tuple[Column, ...]:
    return (
        Column("name", _("Site"), sort="pinyin"),
        Column(
            "site_type",
            _("Site type"),
            kind="words",
            value=lambda site: titles.get(site.site_type, Words(site.site_type)),
            sort="site_type",
        ),
        Column("county", _("County"), sort="county", is_optional=True),
        Column("street", _("Street"), sort="street"),
        Column("unit_name", _("Unit of the site"), sort="unit__pinyin"),
        Column("keeper", _("Responsible person"), sort="keeper"),
        Column("key", _("Number of the site"), sort="key"),
        Column("size", _("Size"), kind="number", sort="size", is_optional=True),
        Column("address", _("Address"), is_optional=True),
        Column("retired_on", _("Taken out"), kind="day", sort="retired_on", is_optional=True),
    )
