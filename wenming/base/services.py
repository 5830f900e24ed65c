"""Takes up cities, working groups and units as files name them."""

from collections.abc import Iterable, Mapping

from wenming.base.models import City, Group, Unit, pinyin_key
from wenming.core.terms import Words


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
    """The units (责任单位) of a city by name; new names make new units.

    Args:
        names: every name that occurs; blank names are passed over.
        groups: the working group of a unit by its name, where one is known.
    """
    wanted = sorted({name for name in names if name})
    Unit.objects.bulk_create(
        [Unit(city=city, name=name, pinyin=pinyin_key(name)) for name in wanted],
        ignore_conflicts=True,
    )
    units = {unit.name: unit for unit in Unit.objects.for_city(city).filter(name__in=wanted)}
    moved = []
    for name, group in groups.items():
        if units[name].group_id != group.pk:
            units[name].group = group
            moved.append(units[name])
    Unit.objects.bulk_update(moved, ["group"])
    return units
