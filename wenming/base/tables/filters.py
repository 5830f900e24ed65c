"""Filters of a list: a form in the address; a value that is not offered is dropped."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from wenming.base.choosing import search_if_long
from wenming.base.models import City, User


class TableFilter(forms.Form):
    """What a reader may narrow a list by (筛选).

    Attributes:
        user, city: who looks, and where.
    """

    def __init__(self, given: Mapping[str, Any], *, user: User, city: City) -> None:
        super().__init__(given, label_suffix="", auto_id="filter-%s")
        self.user, self.city = user, city
        self.offer()
        for name, field in self.fields.items():
            field.required = False
            if type(field) is forms.ChoiceField:
                offered = [each for each in list(field.widget.choices) if each[0] != ""]
                field.choices = [("", _("All")), *offered]
            search_if_long(field)
            if name == "text":
                field.widget.input_type = "search"

    def offer(self) -> None:
        """Settle what depends on the person or the city; nothing by default."""

    def choices_of(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        """Offer these choices in a field."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)

    @property
    def chosen(self) -> dict[str, Any]:
        """The valid choices by name, without those left open."""
        self.is_valid()
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if value not in (None, "", False, [])
        }

    @property
    def written(self) -> dict[str, list[str]]:
        """The same as an address holds them."""
        chosen = self.chosen
        return {
            bound.html_name: [str(each) for each in _listed(bound.data)]
            for bound in self
            if bound.name in chosen
        }

    def narrow(self, rows: Any) -> Any:
        """The rows that fit what was chosen."""
        return rows


def _listed(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else [value]
