"""Forms of comparisons: which two editions, and which differences are shown."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _

from wenming.base.templatetags.labels import label
from wenming.core.terms import Part
from wenming.framework.models import Edition
from wenming.framework.queries.comparison import KINDS, EditionDifference
from wenming.framework.templatetags.rules import named


class CompareForm(forms.Form):
    """Two editions, and what of their differences is wanted; unknown values are dropped."""

    before = forms.ChoiceField(required=False)
    after = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(required=False)
    part = forms.ChoiceField(required=False)
    text = forms.CharField(required=False, max_length=100)

    def __init__(self, given: Mapping[str, Any], *, editions: Sequence[Edition]) -> None:
        super().__init__(given, label_suffix="", auto_id="compare-%s")
        self.editions = {str(edition.pk): edition for edition in editions}
        states = {key: label(each.state, "edition_state") for key, each in self.editions.items()}
        named_editions = [
            (key, _("%(name)s (%(state)s)") % {"name": named(each), "state": states[key]})
            for key, each in self.editions.items()
        ]
        self._offer("before", _("Earlier edition"), _("Choose an edition"), named_editions)
        self._offer("after", _("Later edition"), _("Choose an edition"), named_editions)
        kinds = [(kind, label(kind, "change")) for kind in KINDS]
        self._offer("kind", _("Kind of difference"), _("All"), kinds)
        parts = [(part.value, label(part.value, "part")) for part in Part]
        self._offer("part", _("Part"), _("Both parts"), parts)
        self.fields["text"].label = _("Search")
        self.fields["text"].widget.attrs = {"placeholder": _("Name or key"), "type": "search"}

    @property
    def pair(self) -> tuple[Edition, Edition] | None:
        """The two editions; None as long as they are not two."""
        self.is_valid()
        before, after = (self.cleaned_data.get(name, "") for name in ("before", "after"))
        if not before or not after or before == after:
            return None
        return self.editions[before], self.editions[after]

    @property
    def address(self) -> str:
        """The two editions as an address holds them."""
        self.is_valid()
        return urlencode({name: self.cleaned_data.get(name, "") for name in ("before", "after")})

    @property
    def is_same(self) -> bool:
        """Whether the same edition was chosen twice."""
        self.is_valid()
        before = self.cleaned_data.get("before")
        return bool(before) and before == self.cleaned_data.get("after")

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that are set, by name."""
        self.is_valid()
        names = ("kind", "part", "text")
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name)}

    def narrow(self, differences: Sequence[EditionDifference]) -> list[EditionDifference]:
        """The differences that fit the filters."""
        chosen = self.chosen
        text = chosen.get("text", "").strip().lower()
        return [
            each
            for each in differences
            if chosen.get("kind", each.kind) == each.kind
            and chosen.get("part", each.item.part.value) == each.item.part.value
            and text in _words_of(each)
        ]

    def _offer(
        self, name: str, title: str, everything: str, choices: Sequence[tuple[str, str]]
    ) -> None:
        field: Any = self.fields[name]
        field.label, field.choices = title, [("", everything), *choices]


def _words_of(difference: EditionDifference) -> str:
    item = difference.item.item
    return f"{item.key} {item.title.zh} {item.title.en}".lower()
