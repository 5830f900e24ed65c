"""Margins between what the core knows and what a table keeps."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from wenming.core import evidence as records
from wenming.core.errors import Place

Kept = Mapping[str, Any]

_PLACE = Place("design.yaml")


def kept_raking(plan: records.RakingPlan | None) -> Kept | None:
    """Margins as a table keeps them (人口边际存储); None for none."""
    if plan is None:
        return None
    trim = plan.trim
    return {
        "margins": [
            {
                "column": margin.column,
                "source": margin.source,
                "groups": [[group.name, f"{group.total:f}"] for group in margin.groups],
            }
            for margin in plan.margins
        ],
        "trim": None if trim is None else [_text(trim.lower), _text(trim.upper)],
    }


def raking_of(kept: Kept | None) -> records.RakingPlan | None:
    """The margins again (人口边际读取)."""
    if kept is None:
        return None
    margins = tuple(
        records.Margin(
            each["column"],
            each["source"],
            tuple(
                records.MarginGroup(name, Decimal(total), _PLACE) for name, total in each["groups"]
            ),
            _PLACE,
        )
        for each in kept["margins"]
    )
    ends = kept["trim"]
    bounds = None if ends is None else records.TrimBounds(*(_number(end) for end in ends))
    return records.RakingPlan(margins, bounds)


def margin_rows(
    margins: Iterable[tuple[str, str, Sequence[Sequence[str]]]],
) -> list[dict[str, str]]:
    """Margins as plain rows of a round folder (人口边际行): column, source and groups of each."""
    return [
        {"column": column, "source": source, "group": name, "total": total}
        for column, source, groups in margins
        for name, total in groups
    ]


def _text(bound: Decimal | None) -> str | None:
    return None if bound is None else f"{bound:f}"


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
