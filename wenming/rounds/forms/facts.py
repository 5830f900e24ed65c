"""The form of a round's gates, and of the items that do not apply to the city."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from wenming.base.forms import DeskForm
from wenming.base.templatetags.figures import words
from wenming.core.framework import Edition
from wenming.core.framework.model import Gate
from wenming.framework.queries import edition_of
from wenming.rounds.models import Collection
from wenming.rounds.services.facts import GateSaid

_HOLDS = {"": None, "yes": True, "no": False}
_BLANK_ROWS = 3
_MOST_TEXT = 300


class FactsForm(DeskForm):
    """What is known of each gate, and a row for each item that does not apply."""

    gates_shown: Sequence[Gate] = ()
    rows = 0

    @property
    def gate_rows(self) -> Iterator[tuple[Gate, BoundField, BoundField]]:
        """Each gate with its two fields."""
        for n, gate in enumerate(self.gates_shown):
            yield gate, self[f"holds_{n}"], self[f"why_{n}"]

    @property
    def item_rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        """The fields of each item that does not apply, then some blank ones."""
        for n in range(self.rows):
            yield self[f"item_{n}"], self[f"because_{n}"]

    def clean(self) -> dict[str, Any]:
        """What is said has a reason, and no item stands twice."""
        cleaned = super().clean()
        for n in range(len(self.gates_shown)):
            if cleaned.get(f"holds_{n}") and not cleaned.get(f"why_{n}"):
                self.add_error(f"why_{n}", _("Say where this is known from."))
        seen: set[str] = set()
        for n in range(self.rows):
            item, because = cleaned.get(f"item_{n}"), cleaned.get(f"because_{n}")
            if item and not because:
                self.add_error(f"because_{n}", _("Say why the item does not apply."))
            if because and not item:
                self.add_error(f"item_{n}", _("Choose the item that this reason is for."))
            if item and item in seen:
                self.add_error(f"item_{n}", _("This item stands here twice."))
            seen.add(item or "")
        return cleaned

    @property
    def gates(self) -> Sequence[GateSaid]:
        """What was said of the gates."""
        said = self.cleaned_data
        return [
            GateSaid(gate.key, _HOLDS[said[f"holds_{n}"]], said[f"why_{n}"])
            for n, gate in enumerate(self.gates_shown)
        ]

    @property
    def aside(self) -> Mapping[str, str]:
        """Reasons by the key of an item that does not apply."""
        said = self.cleaned_data
        chosen = [n for n in range(self.rows) if said[f"item_{n}"]]
        return {said[f"item_{n}"]: said[f"because_{n}"] for n in chosen}


def facts_form(collection: Collection) -> type[FactsForm]:
    """The form of one round (门槛情况表), with the gates and items of its edition."""
    edition = edition_of(collection.edition)
    rows = len(collection.not_applicable) + _BLANK_ROWS
    fields: dict[str, Any] = {"gates_shown": tuple(edition.gates), "rows": rows}
    holds = [("", _("not known")), ("yes", _("holds")), ("no", _("does not hold"))]
    for n, gate in enumerate(edition.gates):
        title = words(gate.title)
        fields[f"holds_{n}"] = forms.ChoiceField(label=title, choices=holds, required=False)
        fields[f"why_{n}"] = _reason(_("%(gate)s: known from") % {"gate": title})
    items = [("", "–"), *_items(edition)]
    for n in range(rows):
        named = _("Item %(n)d that does not apply") % {"n": n + 1}
        fields[f"item_{n}"] = forms.ChoiceField(label=named, choices=items, required=False)
        fields[f"because_{n}"] = _reason(_("Reason for item %(n)d") % {"n": n + 1})
    return type("FactsFormHere", (FactsForm,), fields)


def facts_as_typed(collection: Collection) -> dict[str, Any]:
    """What is known of a round, as its form shows it (表单初值)."""
    known = {each["gate"]: each for each in collection.gates}
    shown = {True: "yes", False: "no", None: ""}
    typed: dict[str, Any] = {}
    for n, gate in enumerate(edition_of(collection.edition).gates):
        said = known.get(gate.key, {})
        typed[f"holds_{n}"], typed[f"why_{n}"] = shown[said.get("holds")], said.get("reason", "")
    for n, each in enumerate(collection.not_applicable):
        typed[f"item_{n}"], typed[f"because_{n}"] = each["item"], each["reason"]
    return typed


def _items(edition: Edition) -> Iterator[tuple[str, str]]:
    for _dimension, _indicator, item in edition.items():
        yield item.key, f"{item.key} {words(item.title)}"


def _reason(label: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=_MOST_TEXT, required=False)
