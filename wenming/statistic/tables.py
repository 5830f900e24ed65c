"""Lists of the figures of offices: what is asked for, and what was entered."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenming.base.tables import Column, Empty, Table
from wenming.core.rounding import publish
from wenming.core.terms import Words
from wenming.statistic.forms import AskedFilter, EntryFilter

_MEAN_PLACES = 6

ENTRIES = Table(
    key="figures-entered",
    title=_("Statistics"),
    columns=(
        Column("item_title", _("Item"), kind="words", sort="item",
               value=lambda row: Words(f"{row.item} {row.item_zh}",
                                       f"{row.item} {row.item_en or row.item_zh}")),
        Column("condition", _("Condition"), value=lambda row: row.condition or None),
        Column("period", _("Year or month"), sort="period"),
        Column("value", _("Value"), value=lambda row: f"{row.value:f}", sort="value"),
        Column("measure", _("Unit of the figure")),
        Column("scope", _("Area of the figure"), label="statistic_scope", sort="scope"),
        Column("state", pgettext_lazy("of a matter", "State"), label="entry_state",
               sort="state", template="statistic/state_cell.html"),
        Column("unit.name", _("Unit"), sort="unit__pinyin"),
        Column("source", _("Source document")),
        Column("entered_by.name", _("Entered by"), is_optional=True),
        Column("confirmed_by.name", _("Confirmed by"), is_optional=True),
        Column("entered_at", _("Entered"), kind="moment", sort="entered_at", is_optional=True),
        Column("note", _("Note"), is_optional=True),
    ),
    sort="item_title",
    filters=EntryFilter,
    address=lambda row: reverse("statistic:entry", args=[row.pk]),
    opens_in_drawer=True,
    empty=Empty(
        _("No figure was entered yet"),
        _("A unit enters the figures of the items that it leads; the office enters any."),
    ),
)  # fmt: skip

ASKED_FOR = Table(
    key="figures-asked-for",
    title=_("Figures asked for"),
    columns=(
        Column("item", _("Item"), kind="words", sort="position"),
        Column("wanted.condition", _("Condition"), value=lambda row: row.wanted.condition or None),
        Column("wanted.asks", _("What is asked for"), kind="words",
               value=lambda row: row.wanted.asks if row.wanted.condition else None),
        Column("unit_name", _("Unit"), sort="unit_name"),
        Column("period", _("Year or month"), sort="period"),
        Column("value", _("Value"), kind="number",
               value=lambda row: row.entry.value if row.entry else None),
        Column("measure", _("Unit of the figure"),
               value=lambda row: row.entry.measure if row.entry else row.wanted.measure),
        Column("mean", _("Mean of the confirmed years"), kind="number",
               value=lambda row: None if row.mean is None else publish(row.mean, _MEAN_PLACES)),
        Column("state", pgettext_lazy("of a matter", "State"), label="entry_state", sort="state",
               template="statistic/asked_state.html"),
        Column("source", _("Source document"), is_optional=True,
               value=lambda row: row.entry.source if row.entry else None),
    ),
    sort="item",
    filters=AskedFilter,
    empty=Empty(
        _("This round asks for no figure"),
        _("Figures are asked for where the edition judges by a statistic."),
    ),
)  # fmt: skip
