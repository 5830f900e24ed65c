"""The list of the figures of offices."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenming.base.tables import Column, Empty, Table
from wenming.core.terms import Words
from wenming.statistic.forms import EntryFilter

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
