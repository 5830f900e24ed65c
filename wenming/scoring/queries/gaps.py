"""Where points are lost, by dimension, working group, unit, county, street or site type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any
from uuid import UUID

from wenming.base.queries.units import units_by_name
from wenming.core.terms import Words
from wenming.scoring.models import Run
from wenming.scoring.queries.areas import seen_by_area

Plain = Mapping[str, Any]


class GapBy(StrEnum):
    """By what the lost points are listed."""

    DIMENSION = "dimension"  # 测评项目
    GROUP = "group"  # 工作组
    UNIT = "unit"  # 责任单位
    COUNTY = "county"  # 县区
    STREET = "street"  # 街道·乡镇
    SITE_TYPE = "site_type"  # 点位类型


@dataclass(frozen=True, slots=True)
class GapRow:
    """One row of the gap list (差距清单).

    Attributes:
        key: of the dimension, the group or the site type; the name of a unit, a county or a
            street, "" for sites without one.
        unit: identity of the unit; None in other lists.
        group: key of the unit's working group; "" in other lists.
        items: in counties and streets those for which a site there does not pass.
        met, not_met, untested, not_applicable: items; 0 throughout for site types and areas.
        points: offered; None where they are not known.
        lost: in points; for site types and areas of all their items, each in several rows, so
            that the column is never added up.
        supporting: items that a unit supports, not charged; 0 in other lists.
        county: in which a street lies; "" in other lists.
        register, visited, checks, passing_checks: sites and lines; 0 but for site types and areas.
        rate: share of passing lines, 0 to 1; None where there is none.
        pinyin: by which the row sorts under its name.
    """

    key: str
    title: Words
    items: int
    lost: Decimal | None
    points: Decimal | None = None
    met: int = 0
    not_met: int = 0
    untested: int = 0
    not_applicable: int = 0
    unit: UUID | None = None
    group: str = ""
    county: str = ""
    supporting: int = 0
    register: int = 0
    visited: int = 0
    checks: int = 0
    passing_checks: int = 0
    rate: Decimal | None = None
    pinyin: str = ""


@dataclass(frozen=True, slots=True)
class LeadOverlap:
    """Why the sum over units differs from the city's.

    Attributes:
        doubled: items that stand with several leading units.
        unled: items that stand with none.
        lost: points lost by all items, each once.
    """

    doubled: int
    unled: int
    lost: Decimal


def lead_overlap(run: Run) -> LeadOverlap | None:
    """How the list by unit overlaps and leaves out; None where it does neither."""
    codes = ("items_with_two_leads", "items_without_lead")
    counts = {
        finding.code: int(finding.facts["count"]) for finding in run.findings.filter(code__in=codes)
    }
    if not counts:
        return None
    lost = sum(
        (Decimal(str(part["lost"])) for part in run.summary["parts"] if part["lost"] is not None),
        Decimal(0),
    )
    return LeadOverlap(counts.get(codes[0], 0), counts.get(codes[1], 0), lost)


def gap_rows(run: Run, by: GapBy) -> list[GapRow]:
    """The gap list (差距清单), most lost points first; what has none comes last.

    Items, counts and points are those of the frozen run; what lies in which county and street
    is read from the evidence behind it.
    """
    read: Mapping[GapBy, Callable[[Run], list[GapRow]]] = {
        GapBy.DIMENSION: _by_dimension,
        GapBy.GROUP: _by_group,
        GapBy.UNIT: _by_unit,
        GapBy.COUNTY: partial(_by_area, by_street=False),
        GapBy.STREET: partial(_by_area, by_street=True),
        GapBy.SITE_TYPE: _by_site_type,
    }
    return sorted(read[by](run), key=lambda row: (row.lost is None, -(row.lost or 0)))


def _by_dimension(run: Run) -> list[GapRow]:
    return [
        GapRow(
            key=row["key"],
            title=_words(row["title"]),
            **_sums(row | row["counts"] | {"items": sum(row["counts"].values())}),
        )
        for row in run.summary["dimensions"]
    ]


def _by_group(run: Run) -> list[GapRow]:
    return [
        GapRow(key=row["group"], title=_words(row["title"]), **_sums(row))
        for row in run.summary["groups"]
    ]


def _by_unit(run: Run) -> list[GapRow]:
    units = units_by_name(run.city)
    return [
        GapRow(
            key=row["unit"],
            title=Words(row["unit"]),
            unit=units[row["unit"]].pk if row["unit"] in units else None,
            group=row["group"],
            supporting=row["supporting"],
            pinyin=units[row["unit"]].pinyin if row["unit"] in units else "",
            **_sums(row),
        )
        for row in run.summary["units"]
    ]


def _by_site_type(run: Run) -> list[GapRow]:
    return [
        GapRow(
            key=row["site_type"],
            title=_words(row["title"]),
            items=len(row["items"]),
            lost=_exact(row["lost"]),
            register=row["register"],
            visited=row["visited"],
            checks=row["checks"],
            passing_checks=row["passing_checks"],
            rate=_exact(row["rate"]),
        )
        for row in run.summary["site_types"]
    ]


def _by_area(run: Run, *, by_street: bool) -> list[GapRow]:
    """Where nothing was checked, nothing is known to be lost: None, not 0."""
    lost = dict(run.items.values_list("key", "lost"))
    rows = []
    for each in seen_by_area(run, by_street=by_street):
        known = run.points is not None and each.checks
        rows.append(
            GapRow(
                key=each.street if by_street else each.county,
                title=Words(each.street if by_street else each.county),
                items=len(each.failing),
                lost=sum((lost[key] or Decimal(0) for key in each.failing), Decimal(0))
                if known
                else None,
                county=each.county if by_street else "",
                register=each.register,
                visited=each.visited,
                checks=each.checks,
                passing_checks=each.passing_checks,
                rate=Decimal(each.passing_checks) / each.checks if each.checks else None,
            )
        )
    return rows


def _sums(row: Plain) -> dict[str, Any]:
    counted = ("items", "met", "not_met", "untested", "not_applicable")
    return {name: row[name] for name in counted} | {
        name: _exact(row[name]) for name in ("points", "lost")
    }


def _words(title: Plain) -> Words:
    return Words(title["zh"], title["en"])


def _exact(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(repr(number))
