"""What a workbook of figures would do to a round: its mistakes by cell, else its changes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.timezone import localdate

from wenming.base.models import User
from wenming.core.errors import BadInput, DomainError, Problem
from wenming.core.lifecycle import EntryState
from wenming.files.statistics_workbook import WrittenStatistic, read_statistics, scope_word
from wenming.files.tables_out import Cell
from wenming.rounds.models import Collection
from wenming.statistic.models import Entry, StatisticScope
from wenming.statistic.queries.asked_for import AskedYear, asked_years
from wenming.statistic.queries.wanted import WantedFigure, wanted_figures
from wenming.statistic.services.entries import Figures, refuse_period

Known = Mapping[tuple[str, int, str], Entry]


@dataclass(frozen=True, slots=True)
class FigureDifference:
    """One difference between a workbook and the figures of a round (数据变动).

    Attributes:
        title: what is asked for.
        what: heading of the column; "" for a new figure.
    """

    key: str
    title: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CheckedStatistics:
    """What a workbook would do to the figures of a round (统计数据核查).

    Attributes:
        problems: every mistake, in the order of the file; none when it can be taken over.
        changes: in the order of the file.
        steps: what is to be stored, each with the figure it changes or None for a new one.
        same: how many figures of the file stand there already.
    """

    problems: Sequence[Problem] = ()
    changes: Sequence[FigureDifference] = ()
    steps: Sequence[tuple[Entry | None, Figures]] = ()
    same: int = 0


def check_statistics(
    collection: Collection, path: Path, *, name: str, by: User
) -> CheckedStatistics:
    """What a workbook would do to the figures of a round (统计数据核查); nothing is changed.

    Args:
        name: of the file, to blame.
        by: who brings it; figures of other units are refused.
    """
    try:
        written = read_statistics(path, name=name)
    except BadInput as refused:
        return CheckedStatistics(problems=refused.problems)
    wanted = {(each.item, each.condition): each for each in wanted_figures(collection, by=by)}
    known = {
        (each.item, each.condition, each.period): each
        for each in Entry.objects.filter(collection=collection).select_related("collection__city")
    }
    problems = list(_wrong(written, wanted, known))
    if problems:
        return CheckedStatistics(problems=problems)
    steps, changes, same = [], [], 0
    for each in written:
        asked = wanted[each.item, each.condition]
        before = known.get((each.item, each.condition, each.period))
        figures = _figures(each, asked, before)
        found = list(_changes(before, figures, asked))
        same += not found
        if found:
            steps.append((before, figures))
            changes += found
    return CheckedStatistics(changes=changes, steps=steps, same=same)


def statistic_rows(collection: Collection, *, by: User) -> list[dict[str, Cell]]:
    """The figures that a person may enter, as rows of the workbook (填报模板).

    What was entered stands there; where the mean of several years is asked for, each of them has
    a row.
    """
    asked = asked_years(collection, wanted_figures(collection, by=by))
    return [_row(each) for each in asked]


def _row(each: AskedYear) -> dict[str, Cell]:
    wanted = each.wanted
    row: dict[str, Cell] = {
        "条目编号": wanted.item, "条件序号": wanted.condition or "", "所报指标": wanted.asks.zh,
        "责任单位": each.unit_name, "年度或月份": each.period, "计量单位": wanted.measure,
    }  # fmt: skip
    if each.entry is not None:
        row |= _cells(_entered(each.entry))
    return row


def _wrong(
    written: Sequence[WrittenStatistic],
    wanted: Mapping[tuple[str, int], WantedFigure],
    known: Known,
) -> Iterator[Problem]:
    today = localdate()
    for each in written:
        if (each.item, each.condition) not in wanted:
            facts: dict[str, object] = {"item": each.item, "condition": each.condition}
            yield Problem("statistic_not_wanted", each.row.at("条目编号"), facts)
        try:
            refuse_period(each.period, today=today)
        except DomainError as refused:
            yield Problem(refused.code, each.row.at("年度或月份"), dict(refused.facts))
        before = known.get((each.item, each.condition, each.period))
        asked = wanted.get((each.item, each.condition))
        if before is None or asked is None or before.state != EntryState.CONFIRMED:
            continue
        if any(_changes(before, _figures(each, asked, before), asked)):
            facts = {"item": each.item, "period": each.period, "value": f"{before.value:f}"}
            yield Problem("statistic_confirmed", each.row.at("数值"), facts)


def _figures(each: WrittenStatistic, asked: WantedFigure, before: Entry | None) -> Figures:
    """What is to be stored; what has no column or a blank cell stays as it is."""
    return Figures(
        item=each.item,
        condition=each.condition,
        period=each.period,
        value=each.value,
        source=each.source,
        measure=each.measure or (before.measure if before else asked.measure),
        scope=StatisticScope(each.scope or (before.scope if before else "districts")),
        note=each.note or (before.note if before else ""),
    )


def _entered(entry: Entry) -> Figures:
    return Figures(
        item=entry.item, condition=entry.condition, period=entry.period, value=entry.value,
        source=entry.source, measure=entry.measure, scope=StatisticScope(entry.scope),
        note=entry.note,
    )  # fmt: skip


def _cells(figures: Figures) -> dict[str, str]:
    return {
        "数值": f"{figures.value:f}",
        "计量单位": figures.measure,
        "统计范围": scope_word(figures.scope),
        "来源文件": figures.source,
        "备注": figures.note,
    }


def _changes(
    before: Entry | None, figures: Figures, asked: WantedFigure
) -> Iterator[FigureDifference]:
    key, title = f"{figures.item} {figures.period}", asked.asks.zh
    after = _cells(figures)
    if before is None:
        told = "，".join(text for text in after.values() if text)
        yield FigureDifference(key, title, "", "", told)
        return
    stood = _cells(_entered(before))
    is_same_value = before.value == figures.value
    for what, text in after.items():
        if text != stood[what] and not (what == "数值" and is_same_value):
            yield FigureDifference(key, title, what, stood[what], text)
