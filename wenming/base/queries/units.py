"""Units by the names that they bear and bore."""

from wenming.base.models import City, Unit, UnitName


def units_by_name(city: City) -> dict[str, Unit]:
    """The units (责任单位) of a city by every name; a name in use goes before another name."""
    units = {unit.pk: unit for unit in Unit.objects.for_city(city)}
    others = UnitName.objects.for_city(city).values_list("name", "unit_id")
    found = {name: units[pk] for name, pk in others}
    found.update({unit.name: unit for unit in units.values()})
    return found
