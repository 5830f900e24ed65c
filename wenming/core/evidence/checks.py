"""Rows that contradict what they refer to: an unknown item, a number beyond its scale."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from wenming.core.errors import Place
from wenming.core.evidence.records import Evidence
from wenming.core.framework import Checklists, Edition, Item
from wenming.core.framework.checklist import Judgement
from wenming.core.rows import Reader
from wenming.core.rules import RatingRule

_ZERO, _ONE = Decimal(0), Decimal(1)


def refuse_contradictions(
    reader: Reader, evidence: Evidence, edition: Edition, checklists: Checklists
) -> None:
    """Refuse each row that the edition, the checklists or the register contradict.

    Every problem names the file, the line and the column of the cell.
    """
    items = {item.key: item for _, _, item in edition.items()}
    _items(reader, evidence, items, edition)
    _sites(reader, evidence, checklists)
    _observations(reader, evidence, checklists)
    _statistics(reader, evidence)
    _marks(reader, evidence, items)
    _responsibilities(reader, evidence, edition)
    gates = {gate.key for gate in edition.gates}
    for fact in evidence.gates:
        if fact.gate not in gates:
            _refuse(reader, "gate_unknown", fact.place, "gate", fact.gate, edition=edition.key)
    tiers = {tier.key for tier in edition.tiers}
    if evidence.plan.tier and evidence.plan.tier not in tiers:
        reader.refuse("tier_unknown", Place("round.yaml", column="tier"), value=evidence.plan.tier)
    _figures(reader, evidence)


def _refuse(
    reader: Reader, code: str, place: Place, column: str, value: str, **facts: object
) -> None:
    reader.refuse(code, replace(place, column=column), column=column, value=value, **facts)


def _items(reader: Reader, evidence: Evidence, items: Mapping[str, Item], edition: Edition) -> None:
    for key, condition, place in _references(evidence):
        if not key:
            continue
        if key not in items:
            _refuse(reader, "item_unknown", place, "item", key, edition=edition.key)
            continue
        size = max(len(criterion.conditions) for criterion in items[key].criteria)
        if condition > size:
            _refuse(
                reader, "condition_unknown", place, "condition", str(condition), size=size, item=key
            )


def _references(evidence: Evidence) -> Iterator[tuple[str, int, Place]]:
    for statistic in evidence.statistics:
        yield statistic.item, statistic.condition, statistic.place
    for document in evidence.documents:
        yield document.item, document.condition, document.place
    for question in evidence.survey.questions if evidence.survey else ():
        yield question.item, question.condition, question.place
    for mark in evidence.panel:
        yield mark.item, 0, mark.place
    for responsibility in evidence.responsibilities or ():
        yield responsibility.item, 0, responsibility.place
    for aside in evidence.not_applicable:
        yield aside.item, 0, aside.place


def _sites(reader: Reader, evidence: Evidence, checklists: Checklists) -> None:
    for site in evidence.sites:
        if checklists.by_type and site.site_type and site.site_type not in checklists.by_type:
            _refuse(reader, "site_type_unknown", site.place, "site_type", site.site_type)


def _observations(reader: Reader, evidence: Evidence, checklists: Checklists) -> None:
    lines = checklists.by_key()
    types = {site.key: site.site_type for site in evidence.sites}
    for each in evidence.observations:
        if each.site and each.site not in types:
            _refuse(reader, "site_unknown", each.place, "site", each.site)
        if not each.line:
            continue
        if each.line not in lines:
            _refuse(reader, "line_unknown", each.place, "line", each.line)
            continue
        checklist, line = lines[each.line]
        if types.get(each.site, checklist.site_type) != checklist.site_type:
            _refuse(
                reader,
                "line_of_other_type",
                each.place,
                "line",
                each.line,
                site=each.site,
                site_type=types[each.site],
            )
        most = _ONE if line.judgement is Judgement.SHARE else None
        if each.value is not None and not _within(each.value, most):
            _refuse(
                reader,
                "number_out_of_range",
                each.place,
                "value",
                str(each.value),
                least="0",
                most="" if most is None else "1",
            )


def _within(value: Decimal, most: Decimal | None) -> bool:
    return value >= _ZERO and (most is None or value <= most)


def _statistics(reader: Reader, evidence: Evidence) -> None:
    """Two figures for one period would be averaged as if they were two years."""
    seen: dict[tuple[str, int, str], Place] = {}
    for each in evidence.statistics:
        first = seen.setdefault((each.item, each.condition, each.period), each.place)
        if first is not each.place:
            _refuse_twice(reader, first, each.place, "period", each.period)


def _refuse_twice(reader: Reader, one: Place, other: Place, column: str, value: str) -> None:
    first, later = sorted((one, other), key=lambda place: place.line)
    _refuse(reader, "key_twice", later, column, value, first_line=first.line)


def _marks(reader: Reader, evidence: Evidence, items: Mapping[str, Item]) -> None:
    for mark in evidence.panel:
        item = items.get(mark.item)
        rules = [criterion.rule for criterion in item.criteria] if item else []
        tops = [rule.top for rule in rules if isinstance(rule, RatingRule)]
        if tops and not _within(mark.mark, max(tops)):
            _refuse(
                reader,
                "number_out_of_range",
                mark.place,
                "mark",
                str(mark.mark),
                least="0",
                most=str(max(tops)),
            )


def _responsibilities(reader: Reader, evidence: Evidence, edition: Edition) -> None:
    grades = [grade.key for grade in edition.scale.grades]
    seen: dict[tuple[str, str], Place] = {}
    for row in evidence.responsibilities or ():
        if row.group and row.group not in evidence.aliases:
            _refuse(reader, "group_unknown", row.place, "group", row.group)
        if row.target and row.target not in grades:
            allowed = ", ".join(grades)
            _refuse(reader, "not_one_of", row.place, "target", row.target, allowed=allowed)
        first = seen.setdefault((row.item, row.unit), row.place)
        if first is not row.place:
            _refuse_twice(reader, first, row.place, "unit", row.unit)


def _figures(reader: Reader, evidence: Evidence) -> None:
    known = {(figure.document, figure.key) for figure in evidence.figures}
    for figure in evidence.figures:
        if figure.of and (figure.document, figure.of) not in known:
            _refuse(reader, "whole_unknown", figure.place, "of", figure.of)
