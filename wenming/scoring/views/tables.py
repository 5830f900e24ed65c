"""The tables of the gap list: which columns each has, and its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wenming.base.models import pinyin_key
from wenming.base.templatetags.figures import words
from wenming.rounds.forms.places import NOTHING_RECORDED
from wenming.scoring import queries
from wenming.scoring.models import ItemResult, Run
from wenming.scoring.queries import GapBy, ItemFilter, SeenRun, SortBy
from wenming.scoring.views.sharing import shared

Row = dict[str, Any]
NOT_RECORDED = {GapBy.COUNTY: _("No county recorded"), GapBy.STREET: _("No street recorded")}
GAP_STATES = ("not_met", "untested")
NUMBERS = ("count", "points", "signed", "share", "probability")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a gap table.

    Attributes:
        kind: how a cell is printed: text, link, count, points, signed, share, probability, day,
            state or measure.
        is_summed: whether its sum stands in the foot.
        sort: what a click on its heading sorts by; "" for nothing.
    """

    key: str
    title: str | Promise
    kind: str = "text"
    is_summed: bool = False
    sort: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it stands on the right."""
        return self.kind in NUMBERS


@dataclass(frozen=True, slots=True)
class Tab:
    """One way to look at the gaps.

    Attributes:
        filter: the filter of the item list that a row of this tab stands for; "" where a row
            stands for sites instead.
        sort: the order when none was chosen; a minus in front means descending.
    """

    key: str
    title: str | Promise
    columns: tuple[Column, ...]
    filter: str = ""
    sort: str = "-lost"


_COUNTS = (
    Column("items", _("Items"), "count", is_summed=True, sort="items"),
    Column("met", _("Met"), "count", is_summed=True, sort="met"),
    Column("not_met", _("Not met"), "count", is_summed=True, sort="not_met"),
    Column("untested", _("Untested"), "count", is_summed=True, sort="untested"),
)
_POINTS = (
    Column("points", _("Points"), "points", is_summed=True, sort="points"),
    Column("lost", _("Lost"), "points", is_summed=True, sort="lost"),
)
_AREAS = (
    Column("register", _("Register"), "count", is_summed=True, sort="register"),
    Column("visited", _("Visited"), "count", is_summed=True, sort="visited"),
    Column("checks", _("Lines checked"), "count", is_summed=True, sort="checks"),
    Column("passing_checks", _("Lines passed"), "count", is_summed=True, sort="passing_checks"),
    Column("rate", _("Conforming"), "share", sort="rate"),
    Column("items", _("Items with a failing site"), "count", sort="items"),
    Column("lost", _("Lost by these items"), "points", sort="lost"),
)
TABS = {
    tab.key: tab
    for tab in (
        Tab(
            "item",
            _("By item"),
            (
                Column("title", _("Item"), "link", sort="position"),
                Column("measure", _("Found and required"), "measure", sort="gap"),
                Column("state", _("State"), "state"),
                Column("lost", _("Lost"), "points", is_summed=True, sort="lost"),
                Column("lost_change", _("Change of lost"), "signed", sort="lost_change"),
                Column("points", _("Points"), "points", is_summed=True, sort="points"),
                Column("p_repeat", _("Met next time"), "probability", sort="p_repeat"),
                Column("lead", _("Lead unit")),
                Column("due", _("Due"), "day", sort="due"),
            ),
        ),
        Tab(
            "dimension",
            _("By dimension"),
            (Column("title", _("Dimension"), "link", sort="pinyin"), *_COUNTS, *_POINTS),
            filter="dimension",
        ),
        Tab(
            "group",
            _("By group"),
            (Column("title", _("Working group"), "link", sort="pinyin"), *_COUNTS, *_POINTS),
            filter="group",
        ),
        Tab(
            "unit",
            _("By unit"),
            (
                Column("title", _("Lead unit"), "link", sort="pinyin"),
                Column("group", _("Working group")),
                *_COUNTS,
                Column("supporting", _("Supports"), "count", sort="supporting"),
                *_POINTS,
            ),
            filter="lead",
        ),
        Tab(
            "county",
            _("By county"),
            (Column("title", _("County"), "link", sort="pinyin"), *_AREAS),
        ),
        Tab(
            "street",
            _("By street"),
            (
                Column("title", _("Street"), "link", sort="pinyin"),
                Column("county", _("County")),
                *_AREAS,
            ),
        ),
        Tab(
            "site_type",
            _("By site type"),
            (
                Column("title", _("Site type"), "link", sort="pinyin"),
                Column("register", _("Register"), "count", is_summed=True, sort="register"),
                Column("visited", _("Visited"), "count", is_summed=True, sort="visited"),
                Column("checks", _("Checks"), "count", is_summed=True, sort="checks"),
                Column("rate", _("Conforming"), "share", sort="rate"),
                Column("items", _("Items"), "count", sort="items"),
                Column("lost", _("Lost by these items"), "points", sort="lost"),
            ),
            filter="site_type",
        ),
    )
}


def tabs_for(seen: SeenRun) -> Mapping[str, Tab]:
    """The ways that a person may look at the gaps: sums only where they see all that is summed."""
    return TABS if seen.is_whole else {"item": TABS["item"]}


def known_sort(tab: Tab, wished: str) -> str:
    """The wished order where the tab has such a column, else the tab's own."""
    return wished if wished.lstrip("-") in {c.sort for c in tab.columns if c.sort} else tab.sort


def next_sort(column: Column, sort: str) -> str:
    """The order that a click on the heading asks for; numbers start with the largest."""
    if not column.sort:
        return ""
    if sort.lstrip("-") == column.sort:
        return column.sort if sort.startswith("-") else f"-{column.sort}"
    return f"-{column.sort}" if column.is_number else column.sort


def rows_of(
    seen: SeenRun,
    tab: Tab,
    wanted: ItemFilter,
    *,
    sort: str,
    earlier: SeenRun | None = None,
    everything: bool = False,
) -> list[Row]:
    """The rows of a tab, filtered and sorted; cells that are not known stand at the end.

    Args:
        earlier: the run that the points lost by an item are compared with; None for none.
        everything: with items that are met or do not apply, too.
    """
    key, descending = sort.lstrip("-"), sort.startswith("-")
    if tab.key == "item":
        items = queries.items_of(
            seen, wanted, sort=SortBy(key), descending=descending, earlier=earlier
        )
        if not everything and not wanted.state:
            items = items.filter(state__in=GAP_STATES)
        return [_item_row(each) for each in items]
    run = seen.run
    by = GapBy(tab.key)
    rows = [_summed_row(each, run, by) for each in queries.gap_rows(run, by)]
    if not everything:
        _share_points(tab, rows, run)
    wished = wanted.text.strip().lower()
    rows = [row for row in rows if wished in row["title"].lower() or wished in row["pinyin"]]
    known = [row for row in rows if row[key] is not None]
    known.sort(key=lambda row: row[key], reverse=descending)
    return known + [row for row in rows if row[key] is None]


def totals_of(tab: Tab, rows: Sequence[Row]) -> list[Row]:
    """The sum of each column that can be summed, in the order of the columns."""
    return [
        {
            "kind": column.kind,
            "title": column.title,
            "value": sum((Fraction(str(row[column.key] or 0)) for row in rows), Fraction(0))
            if column.is_summed
            else None,
        }
        for column in tab.columns
    ]


def _share_points(tab: Tab, rows: Sequence[Row], run: Run) -> None:
    """Round the summed points so that they add up; dimensions do so within their part."""
    part_of = {each["key"]: each["part"] for each in run.summary["dimensions"]}
    for column in tab.columns:
        if column.kind != "points" or not column.is_summed:
            continue
        for part in {part_of.get(row["key"], "") for row in rows}:
            of_part = [
                row
                for row in rows
                if part_of.get(row["key"], "") == part and row[column.key] is not None
            ]
            printed = shared(Fraction(row[column.key]) for row in of_part)
            for row, points in zip(of_part, printed, strict=True):
                row[column.key] = points


def _item_row(row: ItemResult) -> Row:
    return {
        "key": row.key,
        "title": words(row.title),
        "measure": row.detail,
        "state": row.state,
        "certain": row.certain,
        "grade": row.grade,
        "lost": row.lost,
        "lost_change": row.lost_change,  # type: ignore[attr-defined]  # annotated
        "points": row.points,
        "p_repeat": row.p_repeat,
        "lead": row.lead_name,
        "due": row.due,
    }


def _sites_in(found: queries.GapRow, by: GapBy) -> str:
    """The filter of the list of sites that shows those of one county or street."""
    if by == GapBy.COUNTY or not found.key:
        return urlencode({by.value: found.key or NOTHING_RECORDED})
    county = found.county or NOTHING_RECORDED
    return urlencode({GapBy.COUNTY.value: county, by.value: found.key})


def _summed_row(found: queries.GapRow, run: Run, by: GapBy) -> Row:
    titles = {each["group"]: words(each["title"]) for each in run.summary["groups"]}
    title = words(found.title) or str(NOT_RECORDED.get(by, ""))
    return {
        **asdict(found),
        "title": title,
        "link": _sites_in(found, by) if by in NOT_RECORDED else str(found.unit or found.key),
        "group": titles.get(found.group, found.group),
        "pinyin": found.pinyin or pinyin_key(title),
    }
