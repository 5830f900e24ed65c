"""Filters of the tree of items; a value that is not offered is dropped, not an error page."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from wenming.base.models import Unit, User
from wenming.base.templatetags.figures import words
from wenming.base.templatetags.labels import label
from wenming.core.terms import Mark, Method, Part
from wenming.framework.models import Edition, Responsibility
from wenming.framework.models.editions import ItemQuerySet
from wenming.framework.queries.headings import headings_of
from wenming.framework.queries.plans import plan_in_force

Choice = tuple[str, str]
CODED = (("part", Part), ("method", Method), ("mark", Mark))
COLUMNS = ("part", "dimension", "group", "mark")


class TreeFilter(forms.Form):
    """What a reader may narrow the tree of items by (筛选)."""

    text = forms.CharField(required=False, max_length=100)
    part = forms.ChoiceField(required=False)
    dimension = forms.ChoiceField(required=False)
    group = forms.ChoiceField(required=False)
    method = forms.ChoiceField(required=False)
    mark = forms.ChoiceField(required=False)
    unit = forms.ChoiceField(required=False)

    def __init__(self, given: Mapping[str, Any], *, edition: Edition, user: User) -> None:
        super().__init__(given, label_suffix="", auto_id="filter-%s")
        self.edition, self.plan, self.user = edition, plan_in_force(edition), user
        self.fields["text"].label = _("Search")
        self.fields["text"].widget.attrs = {
            "placeholder": _("Words, pinyin initials or key"),
            "type": "search",
        }
        for kind, members in CODED:
            self._offer(kind, [(each.value, label(each.value, kind)) for each in members])
        headings = headings_of(edition).dimensions
        self._offer("dimension", [(each.key, words(each.title)) for each in headings])
        groups = edition.content.get("groups", ())
        self._offer("group", [(row["key"], _title(row)) for row in groups])
        self._offer("unit", self._units())
        titles = {
            "part": _("Part"),
            "dimension": _("Dimension"),
            "group": _("Working group"),
            "method": _("Method"),
            "mark": _("Weakest source"),
            "unit": _("Unit"),
        }
        for name, title in titles.items():
            self.fields[name].label = title

    @property
    def chosen(self) -> dict[str, str]:
        """The valid choices by name, without those left open."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, items: ItemQuerySet) -> ItemQuerySet:
        """The items that fit what was chosen."""
        chosen = self.chosen
        items = items.filter(**{name: chosen[name] for name in COLUMNS if name in chosen})
        if "method" in chosen:
            items = items.filter(methods__contains=[chosen["method"]])
        if "unit" in chosen:
            rows = self._rows().filter(unit=UUID(chosen["unit"]))
            items = items.filter(key__in=rows.values("item"))
        return items.found_by(chosen.get("text", ""))

    def _offer(self, name: str, choices: list[Choice]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", _("All")), *choices]

    def _rows(self) -> Any:
        seen = Responsibility.objects.visible_to(self.user).for_city(self.edition.city)
        return seen.filter(plan=self.plan).order_by()

    def _units(self) -> list[Choice]:
        if self.plan is None:
            return []
        units = Unit.objects.for_city(self.edition.city).filter(pk__in=self._rows().values("unit"))
        return [(str(unit.pk), words(unit.title)) for unit in units.order_by("pinyin")]


def _title(row: Mapping[str, str]) -> str:
    return words({"zh": row.get("title_zh", ""), "en": row.get("title_en", "")})
