"""The form of a requirement, and the filters of the lists."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from wenming.base import wording
from wenming.base.forms import DeskForm
from wenming.base.models import Unit
from wenming.base.tables import TableFilter
from wenming.core.lifecycle import SubmissionState
from wenming.core.terms import EvidenceKind, Method
from wenming.rounds.models import Collection
from wenming.submission.models import Requirement, Standing
from wenming.submission.services.requirements import REVIEWED, RequirementEntry
from wenming.submission.services.telling import OPEN_STANDINGS


def _words(kind: str, codes: Any) -> list[tuple[str, str]]:
    language = get_language() or "zh"
    return [(code.value, wording.label(kind, code.value, language)) for code in codes]


class RequirementForm(DeskForm):
    """What is asked for, as the office writes it."""

    item = forms.ChoiceField(label=gettext_lazy("Item"))
    condition = forms.IntegerField(
        label=gettext_lazy("Number of the condition"), required=False, min_value=0,
        help_text=gettext_lazy("Blank for the item as a whole."),
    )  # fmt: skip
    method = forms.ChoiceField(label=gettext_lazy("Method"))
    title = forms.CharField(label=gettext_lazy("What is asked for"), max_length=500)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of evidence"))
    year_from = forms.IntegerField(
        label=gettext_lazy("From the year"), min_value=1949, max_value=2100
    )
    year_to = forms.IntegerField(label=gettext_lazy("To the year"), min_value=1949, max_value=2100)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("Unit that hands it in"), required=False
    )
    wanted = forms.IntegerField(
        label=gettext_lazy("Number of documents"), min_value=1, max_value=99, initial=1
    )
    due = forms.DateField(label=gettext_lazy("Last day to hand in"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Note for the unit"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def offer(self, collection: Collection) -> None:
        """Settle the choices, which depend on the round (申报要求表单)."""
        items = collection.edition.items.order_by("position").values_list("key", "title_zh")
        choices = {
            "item": [(key, f"{key} {title}") for key, title in items],
            "method": _words("method", REVIEWED),
            "kind": _words("evidence_kind", EvidenceKind),
        }
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = offered
        units = self.fields["unit"]
        if isinstance(units, forms.ModelChoiceField):
            units.queryset = (
                Unit.objects.for_city(collection.city).filter(is_active=True).order_by("pinyin")
            )

    def clean(self) -> dict[str, Any]:
        """The years stand in order."""
        cleaned = super().clean()
        first, last = cleaned.get("year_from"), cleaned.get("year_to")
        if first and last and last < first:
            self.add_error("year_to", _("The last year lies before the first one."))
        return cleaned

    @property
    def entry(self) -> RequirementEntry:
        """What was written, once it is valid (申报要求)."""
        given = self.cleaned_data
        return RequirementEntry(
            item=given["item"],
            title=given["title"],
            kind=EvidenceKind(given["kind"]),
            years=(given["year_from"], given["year_to"]),
            method=Method(given["method"]),
            condition=given["condition"] or 0,
            unit=given["unit"],
            wanted=given["wanted"],
            due=given["due"],
            note=given["note"],
        )


def initial_of(row: Requirement) -> dict[str, object]:
    """A requirement as its form begins (表单初值)."""
    names = ("item", "method", "title", "kind", "year_from", "year_to", "wanted", "due", "note")
    return {
        **{name: getattr(row, name) for name in names},
        "condition": row.condition or None,
        "unit": row.unit_id,
    }


class CoverageFilter(TableFilter):
    """Which requirements to list."""

    text = forms.CharField(required=False, label=gettext_lazy("Search"))
    standing = forms.ChoiceField(required=False, label=gettext_lazy("Progress"))
    unit = forms.ChoiceField(required=False, label=gettext_lazy("Unit"))
    kind = forms.ChoiceField(required=False, label=gettext_lazy("Kind of evidence"))
    open = forms.ChoiceField(required=False, label=gettext_lazy("Still to be done"))

    def offer(self) -> None:
        """Choices that depend on what the person sees."""
        seen = Requirement.objects.visible_to(self.user).for_city(self.city)
        units = seen.order_by("unit__pinyin").values_list("unit", "unit__name").distinct()
        self.choices_of("standing", _words("standing", Standing))
        self.choices_of("kind", _words("evidence_kind", EvidenceKind))
        self.choices_of("unit", [(str(pk), name) for pk, name in units if pk])
        self.choices_of("open", [("yes", _("Missing, late, returned or rejected"))])

    def narrow(self, rows: Any) -> Any:
        """The rows that fit."""
        chosen = self.chosen
        if text := chosen.get("text"):
            fits = Q(item__icontains=text) | Q(title__icontains=text) | Q(item_zh__icontains=text)
            rows = rows.filter(fits | Q(unit__name__icontains=text))
        for name in ("standing", "unit", "kind"):
            if name in chosen:
                rows = rows.filter(**{name: chosen[name]})
        if "open" in chosen:
            rows = rows.filter(standing__in=OPEN_STANDINGS)
        return rows


class QueueFilter(TableFilter):
    """Which documents to list."""

    text = forms.CharField(required=False, label=gettext_lazy("Search"))
    state = forms.ChoiceField(required=False, label=pgettext_lazy("of a matter", "State"))

    def offer(self) -> None:
        """The states with their words."""
        self.choices_of("state", _words("submission_state", SubmissionState))

    def narrow(self, rows: Any) -> Any:
        """The rows that fit."""
        chosen = self.chosen
        if text := chosen.get("text"):
            fits = Q(title__icontains=text) | Q(requirement__item__icontains=text)
            fits |= Q(requirement__title__icontains=text) | Q(unit__name__icontains=text)
            if text.upper().startswith("D") and text[1:].isdecimal():
                fits |= Q(number=int(text[1:]))
            rows = rows.filter(fits)
        return rows.filter(state=chosen["state"]) if "state" in chosen else rows
