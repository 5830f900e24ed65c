"""What a reader may choose: filters of items; every choice is in the address."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from wenming.base.models import Unit
from wenming.base.templatetags.figures import words
from wenming.base.templatetags.labels import label
from wenming.core.terms import Method, Part, State
from wenming.scoring.queries import ItemFilter, SeenRun

Choice = tuple[str, str]
NO_LEAD = "none"


class ChosenForm(forms.Form):
    """Choices that stand in the address of a page (所选条件)."""

    @property
    def chosen(self) -> dict[str, str]:
        """The valid choices by name, without those left open."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class FilterForm(ChosenForm):
    """Filters of the items of a run (筛选); an unknown value is dropped, not an error page."""

    text = forms.CharField(required=False, max_length=100)
    state = forms.ChoiceField(required=False)
    certain = forms.ChoiceField(required=False)
    part = forms.ChoiceField(required=False)
    dimension = forms.ChoiceField(required=False)
    group = forms.ChoiceField(required=False)
    lead = forms.ChoiceField(required=False)
    method = forms.ChoiceField(required=False)
    site_type = forms.ChoiceField(required=False)

    def __init__(self, given: Mapping[str, Any], *, seen: SeenRun) -> None:
        super().__init__(given, label_suffix="")
        self.fields["text"].label = _("Search")
        self.fields["text"].widget.attrs = {
            "placeholder": _("Name, key or pinyin initials"),
            "type": "search",
        }
        for name, (title, everything, choices) in _offered(seen).items():
            field = self.fields[name]
            field.label = title
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", everything), *choices]

    @property
    def wanted(self) -> ItemFilter:
        """The same for the query."""
        chosen = self.chosen
        lead = chosen.pop("lead", "")
        return ItemFilter(
            is_uncertain=bool(chosen.pop("certain", "")),
            without_lead=lead == NO_LEAD,
            unit=UUID(lead) if lead not in ("", NO_LEAD) else None,
            **chosen,
        )


def _offered(seen: SeenRun) -> dict[str, tuple[str, str, Sequence[Choice]]]:
    """Title, word for everything, and choices of each filter."""
    summary = seen.run.summary
    leads = Unit.objects.filter(pk__in=seen.items.values("lead")).order_by("pinyin")
    held = _held(seen)
    return {
        "state": (_("State"), _("All states"), _coded(State, "state")),
        "certain": (_("Certainty"), _("All"), [("no", _("Only uncertain"))]),
        "part": (_("Part"), _("Both parts"), _coded(Part, "part")),
        "dimension": (
            _("Dimension"),
            _("All dimensions"),
            _keyed(summary["dimensions"], "key", held["dimension"]),
        ),
        "group": (
            _("Working group"),
            _("All groups"),
            _keyed(summary["groups"], "group", held["group"]),
        ),
        "lead": (
            _("Lead unit"),
            _("All units"),
            [(NO_LEAD, _("No lead unit")), *((str(unit.pk), unit.name) for unit in leads)],
        ),
        "method": (_("Method"), _("All methods"), _coded(Method, "method")),
        "site_type": (
            _("Site type"),
            _("All site types"),
            _keyed(summary["site_types"], "site_type", held["site_type"]),
        ),
    }


def _coded(codes: Iterable[Any], kind: str) -> list[Choice]:
    return [(code.value, label(code.value, kind)) for code in codes]


def _held(seen: SeenRun) -> Mapping[str, Collection[str] | None]:
    """The keys among the items that a person sees; None for all where they see the city."""
    if seen.is_whole:
        return {"dimension": None, "group": None, "site_type": None}
    rows = list(seen.items.values_list("dimension", "group", "site_types"))
    return {
        "dimension": {dimension for dimension, *_others in rows},
        "group": {group for _first, group, _last in rows},
        "site_type": {each for *_others, site_types in rows for each in site_types},
    }


def _keyed(
    rows: Iterable[Mapping[str, Any]], key: str, held: Collection[str] | None
) -> list[Choice]:
    known = [row for row in rows if row[key] and (held is None or row[key] in held)]
    return [(row[key], words(row["title"])) for row in known]
