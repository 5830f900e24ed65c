"""Long lists of choices: each choice says by which letters it is found beside its name."""

from typing import Any

from django import forms

from wenming.base.models import pinyin_key

LONG_CHOICE = 12
"""Choices from which on a field is searched instead of scrolled."""


class SearchedSelect(forms.Select):
    """A list of choices that a script lets people search by name, pinyin initials and code."""

    def __init__(self, attrs: Any = None, choices: Any = ()) -> None:
        super().__init__({**(attrs or {}), "data-search": ""}, choices)

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One choice with the pinyin of its name."""
        option = super().create_option(*args, **kwargs)
        option["attrs"]["data-find"] = pinyin_key(str(option["label"]))
        return option


def search_if_long(field: forms.Field) -> None:
    """Let a field with many choices be searched."""
    widget = field.widget
    if type(widget) is forms.Select and len(list(widget.choices)) > LONG_CHOICE:
        field.widget = SearchedSelect(widget.attrs, widget.choices)
        field.widget.is_required = widget.is_required
