"""Population margins: how many people there are by group, and to which group a sheet belongs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from wenming.core.errors import Place
from wenming.core.rows import Reader, Row, Tables

_RANGE = re.compile(r"(-?\d+(?:\.\d+)?)?\.\.(-?\d+(?:\.\d+)?)?")

Ends = tuple[Decimal | None, Decimal | None]
"""The lowest and the highest number of a group, both inside it; None for open."""


@dataclass(frozen=True, slots=True)
class MarginGroup:
    """A group of the population (人口组).

    Attributes:
        name: an answer, or a range of numbers: 18..29, 60.. or ..17.
        total: how many people it has; only the proportions of a margin matter.
    """

    name: str
    total: Decimal
    place: Place

    @property
    def ends(self) -> Ends | None:
        """Both ends of a range; None for an answer."""
        found = _RANGE.fullmatch(self.name)
        if found is None or not any(found.groups()):
            return None
        low, high = found.groups()
        return Decimal(low) if low else None, Decimal(high) if high else None


@dataclass(frozen=True, slots=True)
class Margin:
    """How the population divides by one column of the answer sheets (人口边际).

    Attributes:
        source: where the totals come from, in words.
    """

    column: str
    source: str
    groups: tuple[MarginGroup, ...]
    place: Place

    @property
    def is_of_numbers(self) -> bool:
        """Whether its groups are ranges of numbers."""
        return any(group.ends is not None for group in self.groups)

    @property
    def total(self) -> Decimal:
        """People of all groups."""
        return sum((group.total for group in self.groups), Decimal(0))

    def group_of(self, answer: str) -> str | None:
        """The name of the group that an answer belongs to; None for none."""
        if not self.is_of_numbers:
            return answer if any(group.name == answer for group in self.groups) else None
        value = as_number(answer)
        if value is None:
            return None
        inside = (group.name for group in self.groups if _holds(group.ends, value))
        return next(inside, None)


@dataclass(frozen=True, slots=True)
class TrimBounds:
    """The least and the most that a weight may be after raking, in mean weights (截尾界限)."""

    lower: Decimal | None
    upper: Decimal | None


@dataclass(frozen=True, slots=True)
class RakingPlan:
    """To what the weights of a survey are raked (加权方案).

    Attributes:
        trim: None where the weights are left as they come out.
    """

    margins: tuple[Margin, ...]
    trim: TrimBounds | None


def as_number(text: str) -> Decimal | None:
    """A finite number (数值), or None."""
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def raking_plan(reader: Reader, tables: Tables, design: Row) -> RakingPlan | None:
    """The margins of a round from its plain rows (读取人口边际); mistakes are noted.

    Args:
        design: the row of the design, which holds the bounds of trimming.

    Returns:
        None without margins.

    Source:
        docs/reference/round-format.md, "design.yaml".
    """
    rows: dict[str, list[Row]] = {}
    for row in tables.get("margins", ()):
        rows.setdefault(reader.text(row, "column"), []).append(row)
    noted = len(reader.problems)
    margins = tuple(_margin(reader, column, each) for column, each in rows.items())
    for margin in margins:
        _refuse_groups(reader, margin)
    if noted == len(reader.problems):
        _refuse_other_sums(reader, margins)
    trim = trim_bounds(reader, design)
    if trim is not None and not margins:
        reader.refuse("trim_without_margins", design.at(_first_bound(design)))
    return RakingPlan(margins, trim) if margins else None


def refuse_uncovered(
    reader: Reader, plan: RakingPlan, missing: frozenset[str], answers: Sequence[Row]
) -> None:
    """Refuse margins of unknown columns, and answers that are in no group (核对答卷与人口边际)."""
    known = set(answers[0].values)
    for margin in plan.margins:
        if margin.column not in known:
            reader.refuse("answer_column_unknown", margin.place, value=margin.column)
            continue
        for group in margin.groups:
            if group.name in missing:
                reader.refuse("margin_group_missing", group.place, value=group.name)
        told: set[str] = set()
        for row in answers:
            word = row.text(margin.column)
            if word in missing or word in told or margin.group_of(word) is not None:
                continue
            told.add(word)
            at, facts = row.at(margin.column), {"column": margin.column, "value": word}
            if not margin.is_of_numbers:
                reader.refuse("margin_answer_uncovered", at, **facts)
            elif as_number(word) is None:
                reader.refuse("not_a_number", at, **facts)


def _margin(reader: Reader, column: str, rows: Sequence[Row]) -> Margin:
    groups = []
    for row in rows:
        reader.text(row, "total")
        noted = len(reader.problems)
        total = reader.decimal(row, "total")
        if total is None or total <= 0:
            if row.text("total") and noted == len(reader.problems):
                reader.refuse("margin_total_not_above_zero", row.at("total"), value=str(total))
            total = Decimal(1)
        groups.append(MarginGroup(reader.text(row, "group"), total, row.at("group")))
    source = next((row.text("source") for row in rows if row.text("source")), "")
    return Margin(column, source, tuple(groups), rows[0].at("column"))


def _refuse_groups(reader: Reader, margin: Margin) -> None:
    """Groups must not overlap, and are answers or ranges, never both."""
    if margin.is_of_numbers:
        _refuse_ranges(reader, margin)
        return
    seen: set[str] = set()
    for group in margin.groups:
        if group.name in seen:
            facts = {"column": margin.column, "value": group.name, "other": group.name}
            reader.refuse("margin_groups_overlap", group.place, **facts)
        seen.add(group.name)


def _refuse_ranges(reader: Reader, margin: Margin) -> None:
    known: list[tuple[Decimal, Decimal, str]] = []
    for group in margin.groups:
        facts = {"column": margin.column, "value": group.name}
        if group.ends is None:
            reader.refuse("margin_groups_mixed", group.place, **facts)
            continue
        low, high = group.ends
        low, high = (
            Decimal("-Infinity") if low is None else low,
            Decimal("Infinity") if high is None else high,
        )
        if low > high:
            reader.refuse("margin_range_reversed", group.place, **facts)
        for other_low, other_high, other in known:
            if low <= other_high and other_low <= high:
                reader.refuse("margin_groups_overlap", group.place, **facts, other=other)
        known.append((low, high, group.name))


def _refuse_other_sums(reader: Reader, margins: Sequence[Margin]) -> None:
    for margin in margins[1:]:
        first = margins[0]
        if margin.total != first.total:
            reader.refuse(
                "margin_sums_differ",
                margin.place,
                column=margin.column,
                sum=margin.total,
                other=first.column,
                whole=first.total,
            )


def trim_bounds(reader: Reader, row: Row) -> TrimBounds | None:
    """The bounds of the weights from the row of the design (读取截尾界限); mistakes are noted.

    Returns:
        None where neither is given.
    """
    lower = reader.decimal(row, "trim_lower", least=Decimal(0))
    upper = reader.decimal(row, "trim_upper", least=Decimal(0))
    if lower is not None and lower >= 1:
        reader.refuse("trim_bound_wrong", row.at("trim_lower"), value=str(lower))
    if upper is not None and upper <= 1:
        reader.refuse("trim_bound_wrong", row.at("trim_upper"), value=str(upper))
    return None if lower is None and upper is None else TrimBounds(lower, upper)


def _first_bound(row: Row) -> str:
    return "trim_lower" if row.text("trim_lower") else "trim_upper"


def _holds(ends: Ends | None, value: Decimal) -> bool:
    if ends is None:
        return False
    low, high = ends
    return (low is None or value >= low) and (high is None or value <= high)
