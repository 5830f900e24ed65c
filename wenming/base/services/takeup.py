"""Takes up cities, working groups and units as files name them."""

from collections.abc import Iterable, Mapping

from wenming.base.models import City, Group, Unit, UnitKind, UnitName, new_unit, pinyin_key
from wenming.core.terms import Words

AREAS = frozenset({UnitKind.COUNTY, UnitKind.STREET, UnitKind.COMMUNITY})


def take_up_city(name: Words) -> City:
    """The city (城市) of this name, made when it is new, and locked until the transaction ends.

    The lock makes loading and scoring take turns within a city.

    Args:
        name: the Chinese name identifies the city.
    """
    City.objects.get_or_create(
        name_zh=name.zh, defaults={"name_en": name.en, "pinyin": pinyin_key(name.zh)}
    )
    city = City.objects.select_for_update().get(name_zh=name.zh)
    if name.en and city.name_en != name.en:
        city.name_en = name.en
        city.save(update_fields=["name_en"])
    return city


def take_up_groups(
    city: City, groups: Mapping[str, Words], aliases: Mapping[str, str]
) -> dict[str, Group]:
    """The working groups (工作组) of a city by every name that they go by.

    Args:
        groups: names by key, in order.
        aliases: group key by any name.

    Returns:
        Groups by alias; keys and titles are aliases too.
    """
    Group.objects.bulk_create(
        [
            Group(
                city=city,
                key=key,
                title_zh=title.zh,
                title_en=title.en,
                aliases=sorted(alias for alias, of in aliases.items() if of == key),
                position=position,
            )
            for position, (key, title) in enumerate(groups.items())
        ],
        update_conflicts=True,
        unique_fields=["city", "key"],
        update_fields=["title_zh", "title_en", "aliases", "position"],
    )
    stored = {group.key: group for group in Group.objects.for_city(city)}
    return {alias: stored[key] for alias, key in aliases.items()}


def take_up_units(
    city: City, names: Iterable[str], *, groups: Mapping[str, Group]
) -> dict[str, Unit]:
    """The units (责任单位) of a city by the names that papers give them; new names make new units.

    A name that is another name of a unit finds that unit, so that a renamed unit stays one.

    Args:
        names: every name that occurs; blank names are passed over.
        groups: the working group of a unit by its name, where one is known.
    """
    wanted = {name for name in names if name}
    known = _units_by_name(city, wanted)
    Unit.objects.bulk_create(
        [_in_city(new_unit(name), city) for name in sorted(wanted - known.keys())],
        ignore_conflicts=True,
    )
    units = _units_by_name(city, wanted)
    moved = {}
    for name, group in groups.items():
        if units[name].group_id != group.pk:
            units[name].group = group
            moved[units[name].pk] = units[name]
    Unit.objects.bulk_update(moved.values(), ["group"])
    return units


def take_up_areas(city: City, areas: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Unit]:
    """Have the counties and streets (县区·街道) of a city in its organisation tree.

    A unit that already has the name stays what it is.

    Args:
        areas: pairs of county and street; a blank one is passed over.

    Returns:
        The street of each pair, or the county where no such street stands below it: streets of
        two counties may bear one name, and nobody may see what lies in the other's.
    """
    pairs = sorted(set(areas))
    counties = _take_up_kind(city, {c: None for c, _ in pairs if c}, UnitKind.COUNTY)
    streets = _take_up_kind(city, {s: counties.get(c) for c, s in pairs if s}, UnitKind.STREET)
    found = {(c, s): _smallest(counties.get(c), streets.get(s)) for c, s in pairs}
    return {pair: area for pair, area in found.items() if area is not None}


def _smallest(county: Unit | None, street: Unit | None) -> Unit | None:
    known = [area for area in (county, street) if area is not None and area.kind in AREAS]
    if county is None or county not in known:
        return known[-1] if known else None
    within = [area for area in known if area.path.startswith(county.path)]
    return within[-1]


def _take_up_kind(city: City, wanted: Mapping[str, Unit | None], kind: UnitKind) -> dict[str, Unit]:
    known = _units_by_name(city, wanted)
    made = [
        _in_city(new_unit(name, kind=kind, parent=parent), city)
        for name, parent in wanted.items()
        if name not in known
    ]
    Unit.objects.bulk_create(made, ignore_conflicts=True)
    return _units_by_name(city, wanted)


def _in_city(unit: Unit, city: City) -> Unit:
    unit.city = city
    return unit


def _units_by_name(city: City, names: Iterable[str]) -> dict[str, Unit]:
    wanted = list(names)
    others = UnitName.objects.for_city(city).filter(name__in=wanted).select_related("unit")
    found = {other.name: other.unit for other in others}
    for unit in Unit.objects.for_city(city).filter(name__in=wanted):
        found[unit.name] = unit
    # One object for each unit, so that what is set on it is not set on a twin.
    single = {unit.pk: unit for unit in found.values()}
    return {name: single[unit.pk] for name, unit in found.items()}
