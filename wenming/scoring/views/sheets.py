"""A gap table as a sheet: numbers stay numbers, and a measure becomes several columns."""

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from wenming.base.templatetags.figures import limit
from wenming.base.templatetags.labels import label
from wenming.core.rounding import publish
from wenming.files.tables_out import Cell, Sheet
from wenming.scoring.templatetags.measures import criterion_unit, deciding
from wenming.scoring.views.tables import Column, Row, Tab

PLACES = 4


def sheet_of(tab: Tab, rows: list[Row]) -> Sheet:
    """The sheet of a tab: a key in front, then the columns as on the page."""
    header = [_("Key")]
    for column in tab.columns:
        header += _measure_header() if column.kind == "measure" else [str(column.title)]
    cells = [
        [row["key"], *(cell for column in tab.columns for cell in _cells(column, row))]
        for row in rows
    ]
    return Sheet(str(tab.title), header, cells)


def _measure_header() -> list[str]:
    return [_("Value"), _("Unit"), _("Lower end"), _("Upper end"), _("Required"), _("Gap")]


def _cells(column: Column, row: Row) -> list[Cell]:
    value = row[column.key]
    if column.kind == "measure":
        unit = criterion_unit(deciding(value))
        numbers = [_number(value.get(name)) for name in ("value", "low", "high")]
        required = limit(value["limit"], unit) if value.get("limit") else None
        return [numbers[0], unit, *numbers[1:], required, _number(value.get("gap"))]
    if column.kind == "state":
        return [label(value, "state")]
    if column.is_number:
        return [_number(value)]
    return [None if value in (None, "") else str(value)]


def _number(value: Decimal | int | float | None) -> Decimal | int | None:
    if value is None or isinstance(value, int):
        return value
    return publish(Fraction(str(value)), PLACES)
