"""Forms that say what a sealed draw is made from: sites of the register, or a list of one's own."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy

from wenming.base.access import city_of, person
from wenming.base.forms import DeskForm, KeptFileField
from wenming.base.templatetags.figures import words
from wenming.core.lifecycle import CollectionState
from wenming.core.permissions import Capability
from wenming.core.terms import Words
from wenming.rounds.models import Collection, RegisteredSite
from wenming.rounds.queries.draw_frames import DrawFrame, FrameColumns, RegisterWish

NO_STRATA = ("", gettext_lazy("none: one draw from the whole list"))
REGISTER_NAMES: Mapping[str, Any] = {
    "site_type": gettext_lazy("Site type"),
    "county": gettext_lazy("County"),
    "street": gettext_lazy("Street"),
    "title": gettext_lazy("Name"),
    "key": gettext_lazy("Number of the site"),
}


class RoundChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in stubs only
    """Rounds by their title."""

    def label_from_instance(self, obj: Any) -> str:
        """The title in the language of the page."""
        return words(obj.title)


class WhatForm(DeskForm):
    """What both ways of drawing ask first: for which round, and what is taken for certain."""

    collection = RoundChoice(
        label=gettext_lazy("For the round"),
        queryset=Collection.objects.none(),
        required=False,
        empty_label=gettext_lazy("no round"),
    )
    certain = forms.CharField(
        label=gettext_lazy("Taken for certain"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Their numbers, parted by blanks or commas; they need no luck."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        city = city_of(self.request)
        seen = Collection.objects.visible_to(person(self.request), Capability.DRAW).for_city(city)
        field = self.fields["collection"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = seen.exclude(state=CollectionState.CLOSED).order_by("-period_from")

    @property
    def keys(self) -> Sequence[str]:
        """What is taken for certain."""
        typed = self.cleaned_data["certain"]
        for mark in ",，、;；":
            typed = typed.replace(mark, " ")
        return list(dict.fromkeys(typed.split()))


class RegisterFrameForm(WhatForm):
    """Which sites of the register are drawn from, and by what they are parted."""

    site_types = forms.MultipleChoiceField(
        label=gettext_lazy("Site types"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: all."),
    )
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("Counties"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: all."),
    )
    strata = forms.ChoiceField(
        label=gettext_lazy("Parted into strata by"),
        required=False,
        choices=[NO_STRATA, *list(REGISTER_NAMES.items())[:3]],
        help_text=gettext_lazy("Each stratum is drawn by itself, with a number of its own."),
    )
    cluster = forms.ChoiceField(
        label=gettext_lazy("In two stages"),
        required=False,
        choices=[
            ("", gettext_lazy("no: sites are drawn at once")),
            ("street", gettext_lazy("first streets, then sites in them")),
        ],
    )
    field_order = ("collection", "site_types", "areas", "strata", "cluster", "certain")

    def offer(self, rows: "QuerySet[RegisteredSite]", titles: Mapping[str, Words]) -> None:
        """Only types and counties that the register has."""
        language = "en" if get_language() == "en" else "zh"
        used = sorted(set(rows.order_by().values_list("site_type", flat=True).distinct()))
        counties = sorted(set(rows.order_by().values_list("county", flat=True).distinct()) - {""})
        named = [(k, titles[k].in_language(language) if k in titles else k) for k in used]
        self.fields["site_types"].choices = named  # type: ignore[attr-defined]
        self.fields["areas"].choices = [(c, c) for c in counties]  # type: ignore[attr-defined]

    @property
    def wish(self) -> RegisterWish:
        """The sites that are drawn from."""
        said = self.cleaned_data
        return RegisterWish(site_types=said["site_types"], areas=said["areas"])

    @property
    def columns(self) -> FrameColumns:
        """What the columns of the register mean for this draw."""
        said = self.cleaned_data
        return FrameColumns(
            "key", name="title", strata=said["strata"], cluster=said["cluster"], certain=self.keys
        )


class ListFileForm(DeskForm):
    """A list of one's own to draw from."""

    file = KeptFileField(
        label=gettext_lazy("List"),
        opened_by=Capability.VIEW_DRAW,
        help_text=gettext_lazy(
            "CSV or XLSX: one row for each community, household or street; the first row names "
            "the columns."
        ),
    )


class ListFrameForm(WhatForm):
    """What the columns of a list mean."""

    key = forms.ChoiceField(
        label=gettext_lazy("Number of a row"),
        help_text=gettext_lazy("Each row has one of its own, such as the number of a household."),
    )
    name = forms.ChoiceField(label=gettext_lazy("Name of a row"), required=False)
    strata = forms.ChoiceField(label=gettext_lazy("Parted into strata by"), required=False)
    cluster = forms.ChoiceField(
        label=gettext_lazy("In two stages"),
        required=False,
        help_text=gettext_lazy("First these, then rows in each, such as communities, households."),
    )
    field_order = ("collection", "key", "name", "strata", "cluster", "certain")

    def offer(self, frame: DrawFrame) -> None:
        """The columns of the list."""
        own = [(name, name) for name in frame.columns]
        none = [("", gettext_lazy("none"))]
        offered = {
            "key": own, "name": none + own, "strata": [NO_STRATA, *own],
            "cluster": [("", gettext_lazy("no: rows are drawn at once")), *own],
        }  # fmt: skip
        for field, choices in offered.items():
            self.fields[field].choices = choices  # type: ignore[attr-defined]

    @property
    def columns(self) -> FrameColumns:
        """What the columns mean for this draw."""
        said = self.cleaned_data
        return FrameColumns(
            said["key"], name=said["name"], strata=said["strata"], cluster=said["cluster"],
            certain=self.keys,
        )  # fmt: skip
