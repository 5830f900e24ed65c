"""Filters of the lists of responsibilities and objections."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from wenming.base import wording
from wenming.base.models import Group
from wenming.base.tables import TableFilter
from wenming.core.lifecycle import ObjectionState
from wenming.framework.forms.matrix import role_choices


class RowFilter(TableFilter):
    """Which responsibilities to list."""

    text = forms.CharField(required=False, label=gettext_lazy("Search"))
    role = forms.ChoiceField(required=False, label=gettext_lazy("Role"))
    group = forms.ChoiceField(required=False, label=gettext_lazy("Working group"))

    def offer(self) -> None:
        """Choices that depend on the city."""
        groups = Group.objects.for_city(self.city).order_by("position")
        self.choices_of("role", role_choices())
        self.choices_of("group", [(group.key, group.title_zh) for group in groups])

    def narrow(self, rows: Any) -> Any:
        """The rows that fit."""
        chosen = self.chosen
        if text := chosen.get("text"):
            fits = Q(item__icontains=text) | Q(unit_name__icontains=text)
            rows = rows.filter(fits | Q(unit__pinyin__contains=text.lower()))
        if "role" in chosen:
            rows = rows.filter(role=chosen["role"])
        if "group" in chosen:
            rows = rows.filter(group_key=chosen["group"])
        return rows


class ObjectionFilter(TableFilter):
    """Which objections to list."""

    state = forms.ChoiceField(required=False, label=pgettext_lazy("of a matter", "State"))

    def offer(self) -> None:
        """The states with their words."""
        language = get_language() or "zh"
        self.choices_of(
            "state",
            [
                (s.value, wording.label("objection_state", s.value, language))
                for s in ObjectionState
            ],
        )

    def narrow(self, rows: Any) -> Any:
        """The rows that fit."""
        return rows.filter(**{name: value for name, value in self.chosen.items() if value})
