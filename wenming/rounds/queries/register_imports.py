"""What a workbook of sites would do to the register: its mistakes by cell, else its changes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wenming.base.models import City, Unit
from wenming.base.queries.units import units_by_name
from wenming.core.errors import BadInput, Problem
from wenming.core.terms import Words
from wenming.files.register_workbook import WrittenSite, datum_word, read_register
from wenming.files.tables_out import Cell
from wenming.rounds.models import RegisteredSite
from wenming.rounds.queries.collections import checklists_in_force, titles_in
from wenming.rounds.services.sites import SiteDetails


@dataclass(frozen=True, slots=True)
class SiteChange:
    """One difference between a workbook and the register (点位变动).

    Attributes:
        what: heading of the column; "" for a new site.
    """

    key: str
    title: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CheckedRegister:
    """What a workbook would do to the register (点位核查).

    Attributes:
        problems: every mistake, in the order of the file; none when it can be taken over.
        changes: in the order of the file.
        sites: what is to be stored, each with the site it changes or None for a new one.
    """

    problems: Sequence[Problem] = ()
    changes: Sequence[SiteChange] = ()
    sites: Sequence[tuple[RegisteredSite | None, SiteDetails]] = field(default_factory=list)


def check_register(city: City, path: Path, *, name: str) -> CheckedRegister:
    """What a workbook would do to the register of a city (点位核查); nothing is changed."""
    try:
        written = read_register(path, name=name)
    except BadInput as refused:
        return CheckedRegister(problems=refused.problems)
    units, types = units_by_name(city), titles_in(checklists_in_force(city))
    keys = _keys(types)
    problems = list(_wrong(written, units, keys))
    if problems:
        return CheckedRegister(problems=problems)
    kept = RegisteredSite.objects.for_city(city).filter(key__in=[each.key for each in written])
    known = {site.key: site for site in kept.select_related("unit")}
    sites = [(known.get(w.key), _details(w, known.get(w.key), units, keys)) for w in written]
    changes = [change for site, details in sites for change in _changes(site, details)]
    wanted = {change.key for change in changes}
    return CheckedRegister(changes=changes, sites=[s for s in sites if s[1].key in wanted])


def register_rows(sites: Sequence[RegisteredSite], city: City) -> list[list[Cell]]:
    """Sites as rows of the workbook that brings them back (点位导出)."""
    types = titles_in(checklists_in_force(city))
    return [
        [
            site.key, site.title, _named(types, site.site_type),
            "；".join(_named(types, each) for each in site.more_types),
            site.address, site.county, site.street, site.unit_name, site.keeper,
            site.keeper_phone, site.size, datum_word(site.datum),
            site.given_longitude, site.given_latitude, site.note,
        ]
        for site in sites
    ]  # fmt: skip


def _named(types: Mapping[str, Words], key: str) -> str:
    return types[key].zh if key in types else key


def _keys(types: Mapping[str, Words]) -> dict[str, str]:
    """The key of a site type by every way to write it."""
    return {title.zh: key for key, title in types.items()} | {key: key for key in types}


def _wrong(
    written: Sequence[WrittenSite], units: Mapping[str, Unit], keys: Mapping[str, str]
) -> Iterator[Problem]:
    for each in written:
        for column, names in (("点位类型", [each.site_type]), ("其他类型", each.more_types)):
            for name in names:
                if name not in keys:
                    yield Problem("site_type_unknown", each.row.at(column), {"value": name})
        unit = units.get(each.unit)
        if each.unit and unit is None:
            yield Problem("unit_unknown", each.row.at("责任单位"), {"name": each.unit})
        elif unit is not None and not unit.is_active:
            yield Problem("unit_dissolved", each.row.at("责任单位"), {"unit": each.unit})


def _details(
    written: WrittenSite,
    known: RegisteredSite | None,
    units: Mapping[str, Unit],
    keys: Mapping[str, str],
) -> SiteDetails:
    """What the file says; a column that it does not have says what the register said before."""
    text, given = written.row.text, written.given

    def kept(column: str, name: str) -> str:
        return text(column) if column in given or known is None else str(getattr(known, name))

    has_place = "经度" in given or known is None
    more = [keys[each] for each in written.more_types]
    return SiteDetails(
        key=written.key,
        title=written.title,
        site_type=keys[written.site_type],
        more_types=more if "其他类型" in given or known is None else list(known.more_types),
        address=kept("地址", "address"),
        county=kept("县区", "county"),
        street=kept("街道", "street"),
        unit=units.get(written.unit) if "责任单位" in given or known is None else known.unit,
        keeper=kept("负责人", "keeper"),
        keeper_phone=kept("电话", "keeper_phone"),
        size=written.size if "规模" in given or known is None else known.size,
        note=kept("备注", "note"),
        place=written.place if has_place or known is None else known.place,
    )


def _changes(known: RegisteredSite | None, said: SiteDetails) -> Iterator[SiteChange]:
    if known is None:
        yield SiteChange(said.key, said.title, "", "", said.title)
        return
    pairs = [
        ("点位名称", known.title, said.title),
        ("点位类型", known.site_type, said.site_type),
        ("其他类型", "；".join(known.more_types), "；".join(said.more_types)),
        ("地址", known.address, said.address),
        ("县区", known.county, said.county),
        ("街道", known.street, said.street),
        ("责任单位", known.unit.name if known.unit else "", said.unit.name if said.unit else ""),
        ("负责人", known.keeper, said.keeper),
        ("电话", known.keeper_phone, said.keeper_phone),
        ("规模", _number(known.size), _number(said.size)),
        ("位置", _place(known), _place(said)),
        ("备注", known.note, said.note),
    ]
    for what, before, after in pairs:
        if before != after:
            yield SiteChange(said.key, known.title, what, before or "–", after or "–")


def _number(value: object) -> str:
    return "" if value is None else f"{value:f}"


def _place(site: RegisteredSite | SiteDetails) -> str:
    place = site.place
    if place is None:
        return ""
    numbers = f"{place.given_longitude:g}, {place.given_latitude:g}"
    return f"{numbers} ({datum_word(place.datum)})"
