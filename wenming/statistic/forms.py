"""Forms and filters of the figures of offices."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from wenming.base import wording
from wenming.base.forms import DeskForm, KeptFileField, explain_on
from wenming.base.tables import Listed, TableFilter
from wenming.core.lifecycle import EntryState
from wenming.core.permissions import Capability
from wenming.statistic.models import Entry, StatisticScope
from wenming.statistic.queries.asked_for import LACKING, AskedYear
from wenming.statistic.queries.wanted import WantedFigure
from wenming.statistic.services.entries import Figures, refuse_period


def _words(kind: str, codes: Any) -> list[tuple[str, str]]:
    language = get_language() or "zh"
    return [(code.value, wording.label(kind, code.value, language)) for code in codes]


class FigureForm(DeskForm):
    """A figure with its period and where it stands."""

    wanted = forms.ChoiceField(label=gettext_lazy("What is asked for"))
    period = forms.CharField(
        label=gettext_lazy("Year or month"), max_length=7,
        help_text=gettext_lazy("As 2025 or 2025-09; for a mean of two years enter each year."),
    )  # fmt: skip
    value = forms.DecimalField(label=gettext_lazy("Value"), max_digits=30)
    measure = forms.CharField(
        label=gettext_lazy("Unit of the figure"), required=False, max_length=40,
        help_text=gettext_lazy("Such as %; blank for the one that the edition names."),
    )  # fmt: skip
    scope = forms.ChoiceField(label=gettext_lazy("Area of the figure"))
    source = forms.CharField(
        label=gettext_lazy("Source document"), max_length=300,
        help_text=gettext_lazy("Title with number, and page or table."),
    )  # fmt: skip
    file = KeptFileField(
        label=gettext_lazy("File of the source"), required=False,
        opened_by=Capability.VIEW_STATISTICS,
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def ask_for(self, wanted: list[WantedFigure], *, entry: Entry | None = None) -> None:
        """Settle the choices (填报表单); of an entry what it is about and its period stay."""
        self.by_key = {f"{each.item}/{each.condition}": each for each in wanted}
        self.entry = entry
        scope, asked = self.fields["scope"], self.fields["wanted"]
        if isinstance(scope, forms.ChoiceField):
            scope.choices = _words("statistic_scope", StatisticScope)
        if entry is not None:
            del self.fields["wanted"], self.fields["period"]
        elif isinstance(asked, forms.ChoiceField):
            english = get_language() == "en"
            asked.choices = [
                (key, f"{each.item} {each.asks.in_language('en' if english else 'zh')}")
                for key, each in self.by_key.items()
            ]

    def clean_period(self) -> str:
        """A year or a month that has begun."""
        period: str = self.cleaned_data["period"].strip()
        with explain_on(self, field="period"):
            refuse_period(period, today=localdate())
        return period

    @property
    def figures(self) -> Figures:
        """What was written, once it is valid (统计数据)."""
        given = self.cleaned_data
        if self.entry is not None:
            item, condition, period = self.entry.item, self.entry.condition, self.entry.period
            measure = self.entry.measure
        else:
            wanted = self.by_key[given["wanted"]]
            item, condition, period = wanted.item, wanted.condition, given["period"]
            measure = wanted.measure
        return Figures(
            item=item,
            condition=condition,
            period=period,
            value=given["value"],
            source=given["source"],
            measure=given["measure"] or measure,
            scope=StatisticScope(given["scope"]),
            note=given["note"],
            file=given.get("file"),
        )


class StatisticsFileForm(DeskForm):
    """A workbook of figures."""

    file = KeptFileField(
        label=gettext_lazy("Workbook (.xlsx)"), opened_by=Capability.VIEW_STATISTICS
    )


class ConfirmForm(DeskForm):
    """What the second person says of a figure."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Needed to return it; the unit reads it."),
    )  # fmt: skip


class AskedFilter(TableFilter):
    """Which of the figures that are asked for to list."""

    text = forms.CharField(required=False, label=gettext_lazy("Search"))
    state = forms.ChoiceField(required=False, label=pgettext_lazy("of a matter", "State"))

    def offer(self) -> None:
        """The states of a figure, and that it lacks."""
        states = {code: str(word) for code, word in _words("entry_state", EntryState)}
        lacking = wording.label("entry_state", LACKING, get_language() or "zh")
        self.choices_of("state", [(LACKING, lacking), *states.items()])

    def narrow(self, rows: Listed[AskedYear]) -> Any:
        """The figures that fit."""
        chosen = self.chosen
        text, state = str(chosen.get("text", "")).casefold(), chosen.get("state")
        return rows.kept(
            lambda each: text in _spoken(each).casefold() and state in (None, each.state)
        )


def _spoken(each: AskedYear) -> str:
    asks = each.wanted.asks
    return " ".join((each.item.zh, each.item.en, asks.zh, asks.en, each.unit_name, each.period))


class EntryFilter(TableFilter):
    """Which figures to list."""

    text = forms.CharField(required=False, label=gettext_lazy("Search"))
    state = forms.ChoiceField(required=False, label=pgettext_lazy("of a matter", "State"))
    scope = forms.ChoiceField(required=False, label=gettext_lazy("Area of the figure"))

    def offer(self) -> None:
        """The states and areas with their words."""
        self.choices_of("state", _words("entry_state", EntryState))
        self.choices_of("scope", _words("statistic_scope", StatisticScope))

    def narrow(self, rows: Any) -> Any:
        """The rows that fit."""
        chosen = self.chosen
        if text := chosen.get("text"):
            fits = Q(item__icontains=text) | Q(item_zh__icontains=text) | Q(period=text)
            rows = rows.filter(fits | Q(unit__name__icontains=text) | Q(source__icontains=text))
        for name in ("state", "scope"):
            if name in chosen:
                rows = rows.filter(**{name: chosen[name]})
        return rows
