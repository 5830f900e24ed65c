"""Where points are lost: by unit, by working group and by site type."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from wenming.core.scoring import ItemScore, tally
from wenming.core.terms import Outcome, Role, State
from wenming.engine.numbers import number, words
from wenming.engine.readings import Assessment

Plain = dict[str, Any]
_JUDGED = (Outcome.CONFORM, Outcome.NOT_CONFORM)


def units_of(assessment: Assessment) -> list[Plain]:
    """One row a unit: the items it leads are charged, those it supports only counted."""
    rows = assessment.evidence.responsibilities or ()
    scores = {each.item.key: each for each in assessment.score.items}
    led: dict[str, dict[str, ItemScore]] = defaultdict(dict)
    supported: dict[str, set[str]] = defaultdict(set)
    group: dict[str, str] = {}
    for row in rows:
        group.setdefault(row.unit, row.group)
        if row.role is Role.LEAD:
            led[row.unit][row.item] = scores[row.item]
        else:
            supported[row.unit].add(row.item)
    return [
        {
            "unit": unit,
            "group": group[unit],
            **_sums(led[unit].values()),
            "supporting": len(supported[unit]),
        }
        for unit in sorted(group)
    ]


def groups_of(assessment: Assessment) -> list[Plain]:
    """One row a working group, in the order of the round, else of the edition."""
    by_group: dict[str, list[ItemScore]] = defaultdict(list)
    for each in assessment.score.items:
        by_group[each.item.group].append(each)
    titles = {**(assessment.edition.groups or {}), **assessment.evidence.groups}
    known = list(assessment.evidence.groups)
    keys = [*known, *(key for key in sorted(by_group) if key and key not in known)]
    return [
        {
            "group": key,
            "title": words(titles[key]) if key in titles else {"zh": key, "en": ""},
            **_sums(by_group[key]),
        }
        for key in keys
    ]


def site_types_of(assessment: Assessment) -> list[Plain]:
    """One row a site type: lines judged there, and the points lost by the items that look there.

    An item that looks at several types stands in each of them, so that the column of lost
    points does not add up to the total and is never summed.
    """
    types = {site.key: site.site_type for site in assessment.evidence.sites}
    lines = assessment.checklists.by_key()
    visited: dict[str, set[str]] = defaultdict(set)
    checks: dict[str, list[bool]] = defaultdict(list)
    for each in assessment.evidence.observations:
        outcome = lines[each.line][1].settle(each.outcome, each.value)
        if outcome in _JUDGED:
            visited[types[each.site]].add(each.site)
            checks[types[each.site]].append(outcome is Outcome.CONFORM)
    register = list(types.values())
    items = _items_by_type(assessment)
    return [
        {
            "site_type": checklist.site_type,
            "title": words(checklist.title),
            "register": register.count(checklist.site_type),
            "visited": len(visited[checklist.site_type]),
            "checks": len(checks[checklist.site_type]),
            "passing_checks": sum(checks[checklist.site_type]),
            "rate": _rate(checks[checklist.site_type]),
            "items": [each.item.key for each in items[checklist.site_type]],
            "lost": number(sum((each.lost or 0) for each in items[checklist.site_type])),
        }
        for checklist in assessment.checklists.by_type.values()
    ]


def _items_by_type(assessment: Assessment) -> dict[str, list[ItemScore]]:
    items: dict[str, list[ItemScore]] = defaultdict(list)
    for each in assessment.score.items:
        types = {name for criterion in each.item.criteria for name in criterion.site_types}
        for name in sorted(types):
            items[name].append(each)
    return items


def _rate(conforming: list[bool]) -> float | int | None:
    return number(sum(conforming) / len(conforming)) if conforming else None


def _sums(items: Iterable[ItemScore]) -> Plain:
    found = tally(items)
    return {
        "items": sum(found.states.values()),
        "met": found.states[State.MET],
        "not_met": found.states[State.NOT_MET],
        "untested": found.states[State.UNTESTED],
        "not_applicable": found.states[State.NOT_APPLICABLE],
        "points": number(found.points),
        "lost": number(found.lost) if found.points is not None else None,
    }
