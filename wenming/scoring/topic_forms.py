"""What a topic report can be about: only what the person sees whole."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenming.base.templatetags.figures import words
from wenming.scoring.queries import SeenRun
from wenming.scoring.queries.areas import seen_by_area
from wenming.scoring.queries.topic import (
    TopicOf,
    TopicScope,
    groups_within,
    street_key,
    units_within,
)

Blocks = list[tuple[str, list[TopicScope]]]


class TopicForm(forms.Form):
    """What the report is about; an unknown scope is refused, not replaced by another."""

    about = forms.ChoiceField(label=gettext_lazy("The report is about"))

    def __init__(self, given: Mapping[str, Any], *, seen: SeenRun) -> None:
        self.blocks = offered(seen)
        super().__init__(given or None, label_suffix="")
        field = self.fields["about"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (title, [(scope.address, scope.name) for scope in scopes])
                for title, scopes in self.blocks
            ]

    @property
    def scope(self) -> TopicScope | None:
        """The scope that was chosen, the first without a choice; None where it is not offered."""
        every = [scope for _title, scopes in self.blocks for scope in scopes]
        if not self.is_bound:
            return next(iter(every), None)
        if not self.is_valid():
            return None
        wanted = self.cleaned_data["about"]
        return next((scope for scope in every if scope.address == wanted), None)


def offered(seen: SeenRun) -> Blocks:
    """The scopes that the person may have a report of, by kind."""
    summary = seen.run.summary
    units = [TopicScope(TopicOf.UNIT, str(unit.pk), unit.name) for unit in units_within(seen)]
    groups = groups_within(seen)
    of_groups = [
        TopicScope(TopicOf.GROUP, row["group"], words(row["title"]))
        for row in summary["groups"]
        if row["group"] and (groups is None or row["group"] in groups)
    ]
    blocks: Blocks = [(_("Working group"), of_groups), (_("Unit"), units)]
    if seen.is_whole:
        city = TopicScope(TopicOf.CITY, "", _("The whole city"))
        dimensions = [
            TopicScope(TopicOf.DIMENSION, row["key"], words(row["title"]))
            for row in summary["dimensions"]
        ]
        streets = [
            TopicScope(TopicOf.STREET, street_key(area), f"{area.county} {area.street}".strip())
            for area in seen_by_area(seen.run, by_street=True)
            if area.street
        ]
        blocks = [
            (_("City"), [city]),
            (_("Dimension"), dimensions),
            *blocks,
            (_("Street"), streets),
        ]
    return [block for block in blocks if block[1]]
