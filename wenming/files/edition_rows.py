"""An edition back to the plain rows that it is read from."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import singledispatch

from wenming.core.framework import Condition, Criterion, Edition, Gate, Item
from wenming.core.rules import (
    ConditionsRule,
    ConditionTest,
    DeductionRule,
    DocumentsRule,
    GradeLimit,
    NumberRule,
    RatingRule,
    RatioRule,
    Rule,
    SitesRule,
)
from wenming.core.terms import Part, Severity, Words
from wenming.files.csv_rows import Columns

Cells = Mapping[str, str]
"""The text of a row by column; what is blank may be left out."""

EDITION_TABLES: Mapping[str, Columns] = {
    "edition": Columns(
        ("key", "title_zh", "met"),
        (
            *("title_en", "note_zh", "note_en", "fallback", "basic", "distinctive", "partial"),
            *("site_share", "condition_share"),
            *(f"weight_{severity.value}" for severity in Severity),
            *("site_mark", "official_respondents", "official_deff", "official_mark"),
            "statistic_years",
        ),
    ),
    "grades": Columns(("key",), ("coefficient", "mark")),
    "tiers": Columns(("key", "title_zh"), ("title_en",)),
    "groups": Columns(("key", "title_zh"), ("title_en",)),
    "sources": Columns(("key", "text")),
    "gates": Columns(("key", "kind", "title_zh"), ("title_en", "op", "value", "item", "mark")),
    "dimensions": Columns(("key", "part", "title_zh"), ("title_en", "points")),
    "indicators": Columns(("key", "dimension", "title_zh"), ("ordinal", "title_en")),
    "items": Columns(
        ("key", "indicator", "title_zh"),
        (
            *("title_en", "points", "points_mark", "group", "sources", "note_zh", "note_en"),
            "shifted_tiers",
        ),
    ),
    "criteria": Columns(
        ("item", "shape"),
        (
            *("n", "method", "unit", "site_types", "sample", "each_of", "aggregate"),
            *("full", "each", "top", "trimmed", "required"),
        ),
    ),
    "conditions": Columns(
        ("item", "text_zh"), ("criterion", "text_en", "method", "op", "value", "mark")
    ),
    "limits": Columns(("item", "grade"), ("criterion", "op", "value", "met", "all_of", "mark")),
}
"""The tables of an edition with their columns; the sheets of its workbook."""

OPTIONAL_TABLES = frozenset({"tiers", "groups", "sources", "gates", "conditions", "limits"})
"""Tables that an edition can do without."""


NUMBERS = frozenset(
    {
        *("basic", "distinctive", "partial", "points", "coefficient", "value", "met", "sample"),
        *("full", "each", "top", "trimmed", "required", "n", "criterion"),
        *("site_share", "condition_share", "weight_critical", "weight_major", "weight_minor"),
        *("official_respondents", "official_deff", "statistic_years"),
    }
)
"""Columns of numbers and of yes or no, in every table but `edition`, where `met` is a grade."""


def edition_rows(edition: Edition) -> dict[str, list[Cells]]:
    """The plain rows of an edition, by table; reading them gives the same edition.

    Source:
        docs/reference/edition-format.md, section 2.
    """
    rows: dict[str, list[Cells]] = {
        "edition": [_head(edition)],
        "grades": [
            {"key": grade.key, "coefficient": _number(grade.coefficient), "mark": grade.mark.value}
            for grade in edition.scale.grades
        ],
        "tiers": [{"key": tier.key, **_title(tier.title)} for tier in edition.tiers],
        "groups": [{"key": key, **_title(title)} for key, title in (edition.groups or {}).items()],
        "sources": [{"key": source.key, "text": source.text} for source in edition.sources],
        "gates": [_gate(gate) for gate in edition.gates],
    }
    tables = ("dimensions", "indicators", "items", "criteria", "conditions", "limits")
    rows |= {table: [] for table in tables}
    for table, row in _tree(edition):
        rows[table].append(row)
    return rows


def _head(edition: Edition) -> Cells:
    rule, official = edition.site_rule, edition.official
    weights = {f"weight_{severity}": str(weight) for severity, weight in rule.weights.items()}
    return {
        "key": edition.key,
        **_title(edition.title),
        **_note(edition.note),
        "met": edition.scale.met,
        "fallback": edition.scale.fallback,
        **{part.value: _number(edition.totals.get(part)) for part in Part},
        "partial": "true" if edition.is_partial else "",
        "statistic_years": str(edition.statistic_years or ""),
        "site_share": _number(rule.pass_share),
        "condition_share": _number(rule.condition_share),
        **weights,
        "site_mark": rule.mark.value,
        "official_respondents": str(official.respondents),
        "official_deff": _number(official.deff),
        "official_mark": official.mark.value,
    }


def _gate(gate: Gate) -> Cells:
    return {
        "key": gate.key,
        "kind": gate.kind.value,
        **_title(gate.title),
        "op": gate.limit.op.value if gate.limit else "",
        "value": _number(gate.limit.value if gate.limit else None),
        "item": gate.item,
        "mark": gate.mark.value,
    }


def _tree(edition: Edition) -> Iterator[tuple[str, Cells]]:
    for dimension in edition.dimensions:
        row = {"key": dimension.key, "part": dimension.part.value, **_title(dimension.title)}
        yield "dimensions", {**row, "points": _number(dimension.points)}
        for indicator in dimension.indicators:
            above = {"dimension": dimension.key, "ordinal": indicator.ordinal}
            yield "indicators", {"key": indicator.key, **above, **_title(indicator.title)}
            for item in indicator.items:
                yield "items", _item(item, indicator.key)
                for criterion in item.criteria:
                    yield from _criterion(item.key, criterion)


def _item(item: Item, indicator: str) -> Cells:
    return {
        "key": item.key,
        "indicator": indicator,
        **_title(item.title),
        "points": _number(item.points),
        "points_mark": item.points_mark.value,
        "group": item.group,
        "sources": _list(item.sources),
        **_note(item.note),
        "shifted_tiers": _list(item.shifted_tiers),
    }


def _criterion(item: str, criterion: Criterion) -> Iterator[tuple[str, Cells]]:
    needs_count = isinstance(criterion.rule, DocumentsRule) or criterion.required > 1
    yield (
        "criteria",
        {
            "item": item,
            "n": str(criterion.n),
            "shape": criterion.shape.value,
            "method": criterion.method.value,
            "unit": criterion.unit,
            "site_types": _list(criterion.site_types),
            "sample": "" if criterion.sample is None else str(criterion.sample),
            "aggregate": "" if criterion.aggregate == "mean" else criterion.aggregate,
            "required": str(criterion.required) if needs_count else "",
            **_rule_cells(criterion.rule),
        },
    )
    above = {"item": item, "criterion": str(criterion.n)}
    for condition in criterion.conditions:
        yield "conditions", {**above, **_condition(condition, criterion)}
    for limit in _limits(criterion.rule):
        yield "limits", {**above, **limit}


def _condition(condition: Condition, criterion: Criterion) -> Cells:
    is_own = condition.method is not criterion.method
    limit = condition.limit
    return {
        "text_zh": condition.text.zh,
        "text_en": condition.text.en,
        "method": condition.method.value if is_own else "",
        "op": limit.op.value if limit else "",
        "value": _number(limit.value if limit else None),
        "mark": limit.mark.value if limit else "",
    }


@singledispatch
def _rule_cells(rule: Rule) -> Cells:
    """The cells of a criterion that only its shape has."""
    return {}


@_rule_cells.register
def _(rule: SitesRule) -> Cells:
    return {"each_of": _list(rule.each_of)}


@_rule_cells.register
def _(rule: RatioRule) -> Cells:
    return {"full": _number(rule.full)}


@_rule_cells.register
def _(rule: DeductionRule) -> Cells:
    return {"each": _number(rule.each)}


@_rule_cells.register
def _(rule: RatingRule) -> Cells:
    return {"top": _number(rule.top), "trimmed": "true" if rule.trimmed else ""}


def _limits(rule: Rule) -> Iterator[Cells]:
    if isinstance(rule, ConditionsRule):
        yield from map(_test, rule.tests)
    elif isinstance(rule, NumberRule | SitesRule | RatingRule | DocumentsRule):
        yield from map(_limit, rule.limits)


def _test(test: ConditionTest) -> Cells:
    return {
        "grade": test.grade,
        "met": str(test.at_least) if test.at_least else "",
        "all_of": _list(str(n) for n in sorted(test.all_of)),
        "mark": test.mark.value,
    }


def _limit(each: GradeLimit) -> Cells:
    limit = each.limit
    return {
        "grade": each.grade,
        "op": limit.op.value,
        "value": _number(limit.value),
        "mark": limit.mark.value,
    }


def _title(words: Words) -> Cells:
    return {"title_zh": words.zh, "title_en": words.en}


def _note(words: Words) -> Cells:
    return {"note_zh": words.zh, "note_en": words.en}


def _list(words: Iterable[str]) -> str:
    return ";".join(words)


def _number(value: Decimal | None) -> str:
    """A decimal as it was written: 1.00 stays 1.00."""
    return "" if value is None else format(value, "f")
