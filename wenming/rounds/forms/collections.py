"""Forms of rounds: the plan, the calendar, the number of sites, who works in it."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from wenming.base.access import city_of, person
from wenming.base.forms import DeskForm
from wenming.base.templatetags.figures import words
from wenming.base.templatetags.labels import label
from wenming.core.lifecycle import EditionState
from wenming.core.terms import AssignmentRole, Method, RoundKind, Words
from wenming.framework.models import ChecklistSet, Edition
from wenming.framework.queries.plans import plan_in_force
from wenming.rounds.models import Collection
from wenming.rounds.services.collections import CollectionPlan, Span, Standard

Choice = tuple[str, str]
MOST_SITES = 100_000


def kind_choices() -> list[Choice]:
    """The kinds of rounds in the language of the page."""
    return [(kind.value, label(kind, "round_kind")) for kind in RoundKind]


def method_choices() -> list[Choice]:
    """The methods of assessment in the language of the page."""
    return [(each.value, label(each, "method")) for each in Method]


def role_choices() -> list[Choice]:
    """What people do in a round, in the language of the page."""
    return [(role.value, label(role, "assignment_role")) for role in AssignmentRole]


class EditionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in stubs only
    """Editions by their title."""

    def label_from_instance(self, obj: Any) -> str:
        """The title in the language of the page."""
        return words(obj.title) or str(obj.key)


class CollectionForm(DeskForm):
    """The plan of a round."""

    title_zh = forms.CharField(label=gettext_lazy("Title of the round"), max_length=100)
    title_en = forms.CharField(label=gettext_lazy("English title"), max_length=150, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of round"), choices=kind_choices)
    key = forms.SlugField(
        label=gettext_lazy("Short name"),
        max_length=40,
        help_text=gettext_lazy("Letters, digits and hyphens, such as 2026-3; files bear it."),
    )
    edition = EditionChoice(
        label=gettext_lazy("Edition"),
        queryset=Edition.objects.none(),
        help_text=gettext_lazy("Its checklists and the responsibilities in force go with it."),
    )
    period_from = forms.DateField(label=pgettext_lazy("of a round", "First day"))
    period_to = forms.DateField(label=pgettext_lazy("of a round", "Last day"))
    assessed_on = forms.DateField(
        label=gettext_lazy("Day of the assessment that it prepares for"),
        required=False,
        help_text=gettext_lazy("The overview counts the days until then."),
    )
    methods = forms.MultipleChoiceField(
        label=gettext_lazy("Methods"),
        choices=method_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: all that the edition asks for."),
    )
    note_zh = forms.CharField(
        label=pgettext_lazy("of a round", "Note"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stands on the pages of results."),
    )

    def __init__(self, *args: Any, of: Collection | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = of
        seen = Edition.objects.visible_to(person(self.request)).for_city(city_of(self.request))
        offered = Q(state=EditionState.IN_USE)
        if of is not None:  # its own edition stays a choice after another took its place
            offered |= Q(pk=of.edition_id)
        field = self.fields["edition"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = seen.filter(offered).order_by("-put_in_use_at")

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        cleaned = super().clean()
        first, last = cleaned.get("period_from"), cleaned.get("period_to")
        if first and last and last < first:
            self.add_error("period_to", _("The last day is before the first one."))
        return cleaned

    @property
    def plan(self) -> CollectionPlan:
        """What was typed, as the service takes it; what has no field stays as it was."""
        said, of = self.cleaned_data, self.of
        is_same_note = of is not None and of.note_zh == said["note_zh"]
        return CollectionPlan(
            key=said["key"],
            kind=RoundKind(said["kind"]),
            title=Words(said["title_zh"], said["title_en"]),
            period=Span(said["period_from"], said["period_to"]),
            assessed_on=said["assessed_on"],
            methods=[Method(each) for each in said["methods"]],
            tier=of.tier if of else "",
            note=Words(said["note_zh"], of.note_en if of and is_same_note else ""),
            is_synthetic=of.is_synthetic if of else city_of(self.request).is_synthetic,
        )

    @property
    def standard(self) -> Standard:
        """The edition that was chosen, with the responsibilities in force.

        A round that keeps its edition keeps the checklists that it began with.
        """
        edition: Edition = self.cleaned_data["edition"]
        of = self.of if self.of and self.of.edition_id == edition.pk else None
        lists = of.checklist_set if of else edition.checklists
        return Standard(edition, lists, plan_in_force(edition))


def as_typed(collection: Collection) -> dict[str, Any]:
    """The plan of a round as its form shows it (表单初值)."""
    same = ("title_zh", "title_en", "kind", "key", "period_from", "period_to", "assessed_on")
    return {name: getattr(collection, name) for name in (*same, "methods", "note_zh")} | {
        "edition": collection.edition_id
    }


class CalendarForm(DeskForm):
    """When each method of a round is worked at."""

    def __init__(self, *args: Any, collection: Collection, **kwargs: Any) -> None:
        self.methods = [each for each in Method if collection.uses(each)]
        self.collection = collection
        super().__init__(*args, **kwargs)

    def _names(self, method: Method) -> tuple[str, str]:
        return f"{method.value}_from", f"{method.value}_to"

    @property
    def rows(self) -> Iterator[tuple[str, BoundField, BoundField]]:
        """Each method with its two fields."""
        for method in self.methods:
            first, last = self._names(method)
            yield label(method, "method"), self[first], self[last]

    def clean(self) -> dict[str, Any]:
        """Both days or none, in order, within the round."""
        cleaned = super().clean()
        for method in self.methods:
            names = self._names(method)
            days = [cleaned.get(name) for name in names]
            if any(name in self.errors for name in names) or not any(days):
                continue
            first, last = days
            if first is None or last is None:
                self.add_error(names[days.index(None)], _("Give both days, or neither of them."))
            elif last < first:
                self.add_error(names[1], _("The last day is before the first one."))
            elif first < self.collection.period_from or last > self.collection.period_to:
                self.add_error(names[1], _("These days do not lie within the round."))
        return cleaned

    @property
    def spans(self) -> Mapping[Method, Span]:
        """The days that were typed, by method."""
        said = self.cleaned_data
        pairs = {each: [said[name] for name in self._names(each)] for each in self.methods}
        return {each: Span(first, last) for each, (first, last) in pairs.items() if first}


def calendar_form(collection: Collection) -> type[CalendarForm]:
    """The form of the calendar of one round, with two days for each of its methods (日程表)."""
    fields: dict[str, Any] = {}
    for method in Method:
        if collection.uses(method):
            title = label(method, "method")
            first = pgettext_lazy("of a round", "First day")
            last = pgettext_lazy("of a round", "Last day")
            for name, head in (("from", first), ("to", last)):
                named = f"{title} · {head}"
                fields[f"{method.value}_{name}"] = forms.DateField(label=named, required=False)
    return type("CalendarFormHere", (CalendarForm,), fields)


class NumbersForm(DeskForm):
    """How many sites of each type are to be visited."""

    @property
    def numbers(self) -> Mapping[str, int]:
        """What was typed, by site type."""
        return {name.removeprefix("n_"): n or 0 for name, n in self.cleaned_data.items()}


def numbers_form(lists: ChecklistSet | None, kept: Mapping[str, int]) -> type[NumbersForm]:
    """The form of the numbers of one round (点位数量表).

    Args:
        kept: sites of the register by site type.
    """
    fields: dict[str, Any] = {}
    for row in lists.content.get("site_types", []) if lists else []:
        title = words(Words(row["title_zh"], row.get("title_en", "")))
        n = kept.get(row["key"], 0)
        fields[f"n_{row['key']}"] = forms.IntegerField(
            label=title,
            required=False,
            min_value=0,
            max_value=MOST_SITES,
            help_text=_("%(n)d in the register") % {"n": n},
        )
    return type("NumbersFormHere", (NumbersForm,), fields)


class RolesForm(DeskForm):
    """What one person does in a round."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Does"),
        choices=role_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: the person leaves the round."),
    )

    @property
    def chosen(self) -> list[AssignmentRole]:
        """The roles that were ticked."""
        return [AssignmentRole(each) for each in self.cleaned_data["roles"]]


class ReopenForm(DeskForm):
    """Why a closed round takes in evidence again."""

    because = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class ConfirmForm(DeskForm):
    """A confirmation; nothing to fill in."""
