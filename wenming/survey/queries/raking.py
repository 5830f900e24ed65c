"""The weights of a round as they come out now, and its estimates against their limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language

from wenming.base import wording
from wenming.base.wording.figures import PERCENT, estimate, limit
from wenming.base.wording.phrases import limits
from wenming.core.errors import BadInput, DomainError, Place
from wenming.core.evidence import build_evidence
from wenming.core.framework.checklist import NO_CHECKLISTS
from wenming.core.rows import Row
from wenming.core.terms import Words
from wenming.engine.raking import RakedGroup, RakingReport
from wenming.engine.readings import Reading
from wenming.engine.surveyed import Surveyed, SurveyedFigure, surveyed
from wenming.framework.queries.editions import edition_of
from wenming.rounds.queries.gathered import Gathered, round_rows
from wenming.survey.models import Fieldwork
from wenming.survey.queries.gathered import rows_of
from wenming.survey.queries.margins import MarginColumn, margin_columns, margins_of

_NOT_OF_SURVEYS = frozenset({"sites", "responsibility"})
_NO_LANGUAGE = "zh"


@dataclass(frozen=True, slots=True)
class ShownMargin:
    """A margin with its groups in words (人口边际一览).

    Attributes:
        groups: words, total, and how it came out; None before the first sheet.
    """

    column: MarginColumn
    source: str
    groups: Sequence[tuple[str, Decimal, RakedGroup | None]]
    unanswered: int
    outside: int


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """An estimate as a row of a list (估计一览).

    Attributes:
        before, now: in words, with interval and n.
        value, low, high, unraked: in percent.
        state: met, not_met or untested.
    """

    pk: str
    item: str
    title: Words
    questions: str
    n: int | None
    unraked: Decimal | None
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    before: str
    now: str
    limits: str
    state: str
    grade: str


@dataclass(frozen=True, slots=True)
class RakingShown:
    """The weights and estimates of a round as they stand (加权现状).

    Attributes:
        sheets: accepted ones, of which everything is made.
        report: None without margins, or before the first sheet.
        warnings: sentences.
        refused: sentences that say why nothing can be estimated.
    """

    sheets: int
    margins: Sequence[ShownMargin]
    figures: Sequence[ShownFigure]
    report: RakingReport | None
    warnings: Sequence[str]
    refused: Sequence[str]


def raking_of_round(work: Fieldwork) -> RakingShown:
    """How the sheets that were accepted so far weigh and what they say (加权与估计现状).

    Source:
        docs/methods/estimation.md, section 6.
    """
    columns = {each.key: each for each in margin_columns(work)}
    tables = rows_of(work.collection)
    found, refused = Surveyed((), None), []
    if tables:
        try:
            found = _surveyed(work, {**round_rows(work.collection), **tables})
        except BadInput as wrong:
            language = get_language() or _NO_LANGUAGE
            refused = [wording.problem_line(each, language) for each in wrong.problems[:10]]
        except DomainError as wrong:
            refused = [wording.refusal(wrong, get_language() or _NO_LANGUAGE)]
    report = found.raking
    return RakingShown(
        sheets=len(tables.get("answers", ())),
        margins=_margins(work, columns, report),
        figures=[_figure(each) for each in found.figures],
        report=report,
        warnings=_warnings(report, columns),
        refused=refused,
    )


def _surveyed(work: Fieldwork, rows: Gathered) -> Surveyed:
    tables = {
        table: [Row(row, Place(table, line=line)) for line, row in enumerate(each, start=1)]
        for table, each in rows.items()
        if table not in _NOT_OF_SURVEYS
    }
    edition = edition_of(work.collection.edition)
    return surveyed(edition, build_evidence(tables, edition, NO_CHECKLISTS))


def _margins(
    work: Fieldwork, columns: dict[str, MarginColumn], report: RakingReport | None
) -> list[ShownMargin]:
    raked = {each.margin.column: each for each in report.margins} if report else {}
    shown = []
    for row, margin in margins_of(work):
        column = columns.get(row.column) or MarginColumn(row.column, row.column, "drawn")
        done = raked.get(row.column)
        by_name = {each.name: each for each in done.groups} if done else {}
        groups = [
            (column.words_of(each.name), each.total, by_name.get(each.name))
            for each in margin.groups
        ]
        left = (done.unanswered, done.outside) if done else (0, 0)
        shown.append(ShownMargin(column, row.source, groups, *left))
    return shown


def _warnings(report: RakingReport | None, columns: dict[str, MarginColumn]) -> list[str]:
    """Warnings in words, with the words of questions and groups for their keys."""
    language = get_language() or _NO_LANGUAGE
    said = []
    for code, facts in report.warnings if report else ():
        column = columns.get(str(facts.get("column", "")))
        if column is not None:
            facts = facts | {"column": column.title}
            if "group" in facts:
                facts["group"] = column.words_of(str(facts["group"]))
        if "groups" in facts and report is not None:
            facts = facts | {"groups": _empty(report, columns)}
        said.append(wording.sentence(code, facts, language))
    return said


def _empty(report: RakingReport, columns: dict[str, MarginColumn]) -> list[str]:
    """The groups that have no sheet, in words."""
    found = []
    for each in report.margins:
        column = columns.get(each.margin.column)
        for group in each.groups:
            if not group.before:
                words = column.words_of(group.name) if column else group.name
                title = column.title if column else each.margin.column
                found.append(f"{title} {words}")
    return found


def _figure(found: SurveyedFigure) -> ShownFigure:
    condition = f" ({found.condition})" if found.condition else ""
    language = get_language() or _NO_LANGUAGE
    texts = [each.text.en if language == "en" and each.text.en else each.text.zh
             for each in found.questions]  # fmt: skip
    state = {True: "met", False: "not_met", None: "untested"}[found.is_met]
    reading = found.reading
    return ShownFigure(
        pk=f"{found.item.key}-{found.condition}",
        item=f"{found.item.key}{condition}",
        title=found.item.title,
        questions=" / ".join(texts),
        n=reading.n,
        unraked=_percent(found.before.value),
        value=_percent(reading.value),
        low=_percent(reading.low),
        high=_percent(reading.high),
        before=_said(found.before, language) if found.before != reading else "",
        now=_said(reading, language),
        limits=_limits(found),
        state=state,
        grade=found.grade,
    )


def _said(reading: Reading, language: str) -> str:
    ends = (reading.low, reading.high)
    return estimate(reading.value, PERCENT, ends=ends, n=reading.n, language=language)


def _limits(found: SurveyedFigure) -> str:
    """What each grade asks for, as 80 % for grade A."""
    if found.limit is not None:
        return limit(found.limit.op.value, found.limit.value, PERCENT)
    rows = [
        {"grade": each.grade, "op": each.limit.op.value, "value": each.limit.value,
         "mark": each.limit.mark.value}
        for each in found.limits
    ]  # fmt: skip
    return limits(rows, PERCENT, get_language() or _NO_LANGUAGE)


def _percent(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(round(float(value), 4)))  # type: ignore[arg-type]
