"""What a workbook of the organisation would do: its mistakes by cell, else its changes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wenming.base.models import City, Group, LiaisonPerson, Provision, Unit, UnitKind, UnitName
from wenming.base.queries.units import units_by_name
from wenming.core.errors import BadInput, Problem
from wenming.core.rows import Row
from wenming.files.units_workbook import (
    KINDS,
    PROVISIONS,
    SAID,
    WrittenInPlace,
    WrittenLiaison,
    WrittenName,
    WrittenOrganisation,
    WrittenUnit,
    read_organisation,
    word_of,
)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between a workbook and the organisation (变动).

    Attributes:
        what: heading of the column, or name of the sheet.
        before: "" for what is new.
    """

    unit: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What differs, in the order in which it is done (导入步骤).

    Attributes:
        units: those above before those below.
        known: units of the city by every name; filled up as units are made.
        groups: working groups by every name.
    """

    units: Sequence[WrittenUnit] = ()
    names: Sequence[WrittenName] = ()
    liaison: Sequence[WrittenLiaison] = ()
    in_place: Sequence[WrittenInPlace] = ()
    known: dict[str, Unit] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a workbook would do to the organisation (导入核查).

    Attributes:
        problems: every mistake, in the order of the file; none when it can be taken over.
        changes: in the order of the file.
    """

    problems: Sequence[Problem] = ()
    changes: Sequence[Change] = ()
    plan: Plan = field(default_factory=Plan)


def check_organisation(city: City, path: Path, *, name: str) -> Checked:
    """What a workbook would do to the organisation of a city (导入核查); nothing is changed.

    Args:
        name: of the file, to blame.
    """
    try:
        written = read_organisation(path, name=name)
    except BadInput as refused:
        return Checked(problems=refused.problems)
    known, groups = units_by_name(city), _groups(city)
    problems = [*_units_wrong(written, known, groups), *_facts_wrong(written, known)]
    if problems:
        return Checked(problems=problems)
    unit_changes = {each.name: list(_unit_changes(each, known, groups)) for each in written.units}
    names = [each for each in written.names if _is_new_name(each, known)]
    liaison = [each for each in written.liaison if _differs(each, known)]
    in_place = [each for each in written.in_place if _is_said_anew(each, known)]
    changed = [each for each in written.units if unit_changes[each.name]]
    plan = Plan(_from_above(changed), names, liaison, in_place, known, groups)
    changes = [change for each in unit_changes.values() for change in each]
    changes += [Change(each.unit, "别名", "", each.name) for each in names]
    changes += [Change(each.unit, "联络员", "", each.name) for each in liaison]
    changes += [
        Change(each.unit, word_of(PROVISIONS, each.kind), "", word_of(SAID, each.in_place))
        for each in in_place
    ]
    return Checked(changes=changes, plan=plan)


def _groups(city: City) -> dict[str, Group]:
    found: dict[str, Group] = {}
    for group in Group.objects.for_city(city):
        found |= dict.fromkeys([*group.aliases, group.key, group.title_zh], group)
    return found


def _units_wrong(
    written: WrittenOrganisation, known: Mapping[str, Unit], groups: Mapping[str, Group]
) -> Iterator[Problem]:
    names = {each.name for each in written.units}
    for each in written.units:
        unit = known.get(each.name)
        if unit is not None and unit.name != each.name:
            facts: dict[str, object] = {"name": each.name, "unit": unit.name}
            yield Problem("unit_by_other_name", each.row.at("单位名称"), facts)
        if unit is not None and not unit.is_active:
            yield Problem("unit_dissolved", each.row.at("单位名称"), {"unit": each.name})
        above = known.get(each.parent)
        if each.parent and above is None and each.parent not in names:
            yield Problem("unit_unknown", each.row.at("上级单位"), {"name": each.parent})
        elif above is not None and not above.is_active:
            yield Problem("unit_dissolved", each.row.at("上级单位"), {"unit": each.parent})
        if each.group and each.group not in groups:
            facts = {"value": each.group}
            yield Problem("working_group_unknown", each.row.at("工作组"), facts)
    yield from _circles(written.units, known)


def _circles(written: Sequence[WrittenUnit], known: Mapping[str, Unit]) -> Iterator[Problem]:
    """A unit that would stand below itself, by the file and what the city has beside it."""
    above = {unit.name: unit.parent.name if unit.parent else "" for unit in _with_parents(known)}
    for each in written:
        if "上级单位" in each.given:
            parent = known.get(each.parent)
            above[each.name] = parent.name if parent else each.parent
    for each in written:
        seen, step = {each.name}, above.get(each.name, "")
        while step and step not in seen:
            seen.add(step)
            step = above.get(step, "")
        if step == each.name and above.get(each.name) != each.name:
            facts: dict[str, object] = {"value": each.name}
            yield Problem("unit_below_itself_in_file", each.row.at("上级单位"), facts)


def _with_parents(known: Mapping[str, Unit]) -> Iterable[Unit]:
    by_identity = {unit.pk: unit for unit in known.values()}
    for unit in by_identity.values():
        unit.parent = by_identity.get(unit.parent_id) if unit.parent_id else None
        yield unit


def _facts_wrong(written: WrittenOrganisation, known: Mapping[str, Unit]) -> Iterator[Problem]:
    coming = {each.name for each in written.units}
    rows: list[tuple[str, Row]] = [(each.unit, each.row) for each in written.names]
    rows += [(each.unit, each.row) for each in written.liaison]
    rows += [(each.unit, each.row) for each in written.in_place]
    for name, row in rows:
        unit = known.get(name)
        if unit is None and name not in coming:
            yield Problem("unit_unknown", row.at("单位名称"), {"name": name})
        elif unit is not None and not unit.is_active:
            yield Problem("unit_dissolved", row.at("单位名称"), {"unit": name})
    meant: dict[str, str] = {}
    for each in written.names:
        bearer = known.get(each.name)
        own = known.get(each.unit)
        other = bearer.name if bearer else each.name if each.name in coming else ""
        other = other or meant.setdefault(each.name, each.unit)
        if other not in (each.unit, own.name if own else "") or each.name == each.unit:
            facts: dict[str, object] = {"name": each.name, "unit": other}
            yield Problem("name_taken", each.row.at("别名"), facts)


def _unit_changes(
    each: WrittenUnit, known: Mapping[str, Unit], groups: Mapping[str, Group]
) -> Iterator[Change]:
    unit = known.get(each.name)
    if unit is None:
        kind = word_of(KINDS, each.kind or UnitKind.UNIT.value)
        yield Change(each.name, "单位", "", kind)
        return
    parent = known.get(each.parent)
    wanted_parent = parent.name if parent else each.parent
    group = groups.get(each.group)
    pairs = [
        ("类型", word_of(KINDS, unit.kind), word_of(KINDS, each.kind or unit.kind)),
        ("上级单位", unit.parent.name if unit.parent else "", wanted_parent),
        ("工作组", str(unit.group or ""), str(group or "")),
        ("英文名称", unit.name_en, each.name_en),
    ]
    for what, before, after in pairs:
        if what in each.given and before != after:
            yield Change(each.name, what, before or "–", after or "–")


def _is_new_name(each: WrittenName, known: Mapping[str, Unit]) -> bool:
    held = UnitName.objects.filter(unit=known.get(each.unit), name=each.name).first()
    return held is None or (held.valid_from, held.valid_until) != (each.first, each.last)


def _differs(each: WrittenLiaison, known: Mapping[str, Unit]) -> bool:
    unit = known.get(each.unit)
    held = LiaisonPerson.objects.filter(unit=unit, name=each.name).order_by("pk").first()
    said = (each.post_title, each.phone, each.email, each.first, each.last)
    return unit is None or held is None or said != (
        held.post_title, held.phone, held.email, held.valid_from, held.valid_until
    )  # fmt: skip


def _is_said_anew(each: WrittenInPlace, known: Mapping[str, Unit]) -> bool:
    unit = known.get(each.unit)
    held = Provision.objects.filter(unit=unit, kind=each.kind).first()
    is_same = held is not None and (held.in_place, held.note) == (each.in_place, each.note)
    is_same_day = held is not None and each.day in (None, held.as_of)
    return unit is None or not (is_same and is_same_day)


def _from_above(written: Sequence[WrittenUnit]) -> list[WrittenUnit]:
    """The same, so that no unit stands before the one above it."""
    left = {each.name: each for each in written}
    ordered: list[WrittenUnit] = []
    while left:
        free = [each for each in left.values() if each.parent not in left] or [*left.values()]
        ordered += free
        for each in free:
            del left[each.name]
    return ordered
