"""Units whose names resemble a name that matches none."""

from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process

from wenming.base.models import City, Unit, UnitName

SHOWN = 3
LEAST = 55.0


def resembling_units(city: City, names: Iterable[str]) -> Mapping[str, Sequence[Unit]]:
    """Units that a written name may mean (疑似单位), most alike first, for each name.

    Only a proposal: a person decides, and the name is then kept as another name of the unit.

    Args:
        names: names that no unit bears.
    """
    units = {unit.pk: unit for unit in Unit.objects.for_city(city).filter(is_active=True)}
    known = {unit.name: unit.pk for unit in units.values()}
    others = UnitName.objects.for_city(city).filter(unit__in=units)
    known |= dict(others.values_list("name", "unit_id"))
    found: dict[str, Sequence[Unit]] = {}
    for name in sorted(set(names)):
        alike = process.extract(
            name, list(known), scorer=fuzz.WRatio, limit=2 * SHOWN, score_cutoff=LEAST
        )
        ordered = dict.fromkeys(known[other] for other, _score, _place in alike)
        found[name] = [units[pk] for pk in ordered][:SHOWN]
    return found
