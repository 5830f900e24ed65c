"""The organisation as rows of the workbook that brings it back."""

from collections.abc import Sequence

from wenming.base.models import City, LiaisonPerson, Provision, Unit, UnitName
from wenming.base.queries.units import Units
from wenming.files.tables_out import Cell
from wenming.files.units_workbook import (
    IN_PLACE,
    KINDS,
    LIAISON,
    NAMES,
    PROVISIONS,
    SAID,
    UNITS,
    word_of,
)

Rows = dict[str, Sequence[Sequence[Cell]]]


def organisation_rows(city: City, units: Units) -> Rows:
    """Units in being with all that belongs to them (导出), sheet by sheet.

    Args:
        units: those that the person sees.
    """
    active = units.filter(is_active=True)
    listed = active.select_related("parent", "group").order_by("path")
    names = UnitName.objects.for_city(city).filter(unit__in=active).select_related("unit")
    liaison = LiaisonPerson.objects.for_city(city).filter(unit__in=active).select_related("unit")
    said = Provision.objects.for_city(city).filter(unit__in=active).select_related("unit")
    order = ("unit__pinyin", "unit_id")
    return {
        UNITS: [_unit(unit) for unit in listed],
        NAMES: [
            [each.unit.name, each.name, each.valid_from, each.valid_until]
            for each in names.order_by(*order, "name")
        ],
        LIAISON: [
            [
                each.unit.name, each.name, each.post_title, each.phone, each.email,
                each.valid_from, each.valid_until,
            ]
            for each in liaison.order_by(*order, "pk")
        ],
        IN_PLACE: [
            [
                each.unit.name, word_of(PROVISIONS, each.kind), word_of(SAID, each.in_place),
                each.note, each.as_of,
            ]
            for each in said.order_by(*order, "kind")
        ],
    }  # fmt: skip


def _unit(unit: Unit) -> Sequence[Cell]:
    above = unit.parent.name if unit.parent else ""
    return [unit.name, word_of(KINDS, unit.kind), above, str(unit.group or ""), unit.name_en]
