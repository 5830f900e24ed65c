"""What a file of figures would do to a paper: its mistakes by cell, else its changes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from wenming.base import wording
from wenming.core.errors import BadInput, Problem
from wenming.core.reconcile import PERCENT
from wenming.files.figures_template import yes_or_no
from wenming.files.figures_workbook import WrittenFigure, read_figures
from wenming.scoring.models import Figure, ReportedDocument
from wenming.scoring.queries.checking import OWN_FIGURES
from wenming.scoring.services.figures import FigureEntry, entry_of, new_key

LANGUAGES = ("zh", "en")
Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class CellChange:
    """What a file changes in one column of a figure (单格变动), as it stands in the cell."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FigureChange:
    """What a file does to one figure (数字变动).

    Attributes:
        cells: what changes; of a new figure everything that is said of it.
    """

    title: str
    is_new: bool
    cells: Sequence[CellChange]


@dataclass(frozen=True, slots=True)
class FigureStep:
    """A figure that is stored when a file is taken over (导入步骤).

    Attributes:
        figure: as it stands now; None for a new one.
        key: under which it is stored.
    """

    figure: Figure | None
    entry: FigureEntry
    key: str


@dataclass(frozen=True, slots=True)
class CheckedFigures:
    """What a file would do to the figures of a paper (数字导入核查).

    Attributes:
        problems: every mistake, in the order of the file; none when it can be taken over.
        same: how many figures of the file stand there already.
        untouched: figures of the paper that the file does not name.
    """

    problems: Sequence[Problem] = ()
    steps: Sequence[FigureStep] = ()
    changes: Sequence[FigureChange] = ()
    same: int = 0
    untouched: Sequence[str] = ()

    @property
    def doubtful(self) -> Sequence[str]:
        """Percentages of at most one: perhaps Excel keeps the 85% of the paper as 0.85."""
        entries = [step.entry for step in self.steps if step.entry.unit in PERCENT]
        return [each.title_zh for each in entries if 0 < abs(each.value) <= 1]

    @property
    def new(self) -> int:
        """How many figures the paper has not got yet."""
        return sum(each.is_new for each in self.changes)


def check_figures_file(
    paper: ReportedDocument, path: Path, *, name: str, language: str
) -> CheckedFigures:
    """What a file would do to the figures of a paper (数字导入核查); nothing is changed.

    Args:
        name: of the file, to blame.
        language: in which the changes are written, `zh` or `en`.
    """
    try:
        written = read_figures(path, name=name, own=own_by_word())
    except BadInput as refused:
        return CheckedFigures(problems=refused.problems)
    matched = _Matched(paper, written)
    problems = list(matched.problems())
    if problems:
        return CheckedFigures(problems=problems)
    steps = matched.steps()
    changes = [matched.change(step, language) for step in steps]
    told = [(step, each) for step, each in zip(steps, changes, strict=True) if each.cells]
    return CheckedFigures(
        steps=[step for step, _change in told],
        changes=[change for _step, change in told],
        same=len(steps) - len(told),
        untouched=[called(each) for each in matched.here if called(each) not in matched.titles],
    )


def figure_rows(paper: ReportedDocument, language: str) -> list[Cells]:
    """The figures of a paper as the cells of a workbook (数字导出), in their order."""
    matched = _Matched(paper, [])
    return [matched.cells(entry_of(each), each.key, language) for each in matched.here]


def own_words(language: str) -> list[str]:
    """The words for the system's own figures (自有数字)."""
    return [wording.label("figure", name, language) for name in OWN_FIGURES]


def own_by_word() -> dict[str, dict[str, str]]:
    """By language the names of the system's own figures (自有数字) by their words."""
    return {each: dict(zip(own_words(each), OWN_FIGURES, strict=True)) for each in LANGUAGES}


def called(figure: Figure) -> str:
    """What a figure is called in a file (名称)."""
    return figure.title_zh or figure.key


class _Matched:
    """The figures of a file beside those of its paper, which are known by what they are called."""

    def __init__(self, paper: ReportedDocument, written: Sequence[WrittenFigure]) -> None:
        desk = list(Figure.objects.filter(round=paper.round_id).order_by("position"))
        self.written = written
        self.titles = {each.title for each in written}
        self.here = [each for each in desk if each.document == paper.key]
        self.elsewhere = [each for each in desk if each.document != paper.key]
        self.taken = {each.key for each in desk}
        self.named: dict[str, list[Figure]] = defaultdict(list)
        for each in self.here:
            self.named[called(each)].append(each)
        self.same: dict[str, set[str]] = defaultdict(set)
        for each in self.elsewhere:
            self.same[called(each)].add(each.key)

    def figure(self, title: str) -> Figure | None:
        return next(iter(self.named.get(title, ())), None)

    def problems(self) -> Iterator[Problem]:
        for each in self.written:
            if len(self.named.get(each.title, ())) > 1:
                yield Problem("figure_title_shared", each.places["title"], {"title": each.title})
            if each.of:
                yield from self._wrong_whole(each)
            if each.same_as and len(self.same.get(each.same_as, ())) != 1:
                code = "figure_same_shared" if each.same_as in self.same else "figure_same_unknown"
                yield Problem(code, each.places["same_as"], {"name": each.same_as})
        yield from self._keys_twice()

    def _wrong_whole(self, each: WrittenFigure) -> Iterator[Problem]:
        place, facts = each.places["of"], {"name": each.of}
        if each.of == each.title:
            yield Problem("figure_part_of_itself", place, dict(facts))
        elif each.of not in self.titles and each.of not in self.named:
            yield Problem("figure_whole_unknown", place, dict(facts))
        elif each.of not in self.titles and len(self.named[each.of]) > 1:
            yield Problem("figure_title_shared", place, {"title": each.of})

    def _keys_twice(self) -> Iterator[Problem]:
        """A paper would say two numbers of the same thing."""
        held = {each.key: called(each) for each in self.here if called(each) not in self.titles}
        for each in self.written:
            key = self.keys[each.title]
            other = held.setdefault(key, each.title)
            if other != each.title:
                facts: dict[str, object] = {"name": each.same_as, "title": other}
                yield Problem("figure_same_taken", each.places["same_as"], facts)

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """The key of each figure of the file once it is taken over."""
        found: dict[str, str] = {}
        for each in self.written:
            figure, same = self.figure(each.title), self.same.get(each.same_as, set())
            if len(same) == 1:
                found[each.title] = next(iter(same))
            elif figure is not None:
                found[each.title] = figure.key
            else:
                found[each.title] = new_key("figure", self.taken)
                self.taken.add(found[each.title])
        return found

    def steps(self) -> list[FigureStep]:
        return [self._step(each) for each in self.written]

    def _step(self, each: WrittenFigure) -> FigureStep:
        figure, key = self.figure(each.title), self.keys[each.title]
        now = entry_of(figure) if figure else FigureEntry(each.title, each.value)
        whole = self._key_of(each.of) if "of" in each.given else self._renamed(now.of)
        split = each.split if "split" in each.given else now.split
        means = ("tested" if each.tested else "") if "tested" in each.given else now.means
        by_group = each.split_by if "split_by" in each.given else bool(now.split_by)
        plain = ("unit", "lower_bound", "base", "compared_with", "members", "title_en")
        given = {name: getattr(each, name) for name in plain if name in each.given}
        entry = replace(
            now, value=each.value, key=key, of=whole, means=means if whole else "", split=split,
            split_by="group" if by_group and split else "", **given,
        )  # fmt: skip
        return FigureStep(figure, entry, key)

    def _key_of(self, title: str) -> str:
        if not title:
            return ""
        figure = self.figure(title)
        return self.keys.get(title) or (figure.key if figure else "")

    def _renamed(self, key: str) -> str:
        """The key of a whole after the file gave it another one."""
        for title, later in self.keys.items():
            figure = self.figure(title)
            if figure is not None and figure.key == key:
                return later
        return key

    def change(self, step: FigureStep, language: str) -> FigureChange:
        after = self.cells(step.entry, step.key, language)
        before: Cells = {}
        if step.figure is not None:
            before = self.cells(entry_of(step.figure), step.figure.key, language)
        cells = [
            CellChange(column, before.get(column, ""), text)
            for column, text in after.items()
            if text != before.get(column, "") and column != "title"
        ]
        title = step.entry.title_zh or step.key
        return FigureChange(title, step.figure is None, cells)

    def cells(self, entry: FigureEntry, key: str, language: str) -> Cells:
        """A figure as it stands in the cells of a workbook."""
        own = entry.compared_with
        return {
            "title": entry.title_zh or key,
            "value": f"{entry.value:f}",
            "unit": entry.unit,
            "split": "\n".join(f"{part} {value}" for part, value in entry.split),
            "split_by": yes_or_no(entry.split_by == "group", language),
            "lower_bound": yes_or_no(entry.lower_bound, language),
            "of": self._wholes.get(entry.of, entry.of),
            "tested": yes_or_no(entry.means == "tested", language),
            "base": "" if entry.base is None else str(entry.base),
            "compared_with": wording.label("figure", own, language) if own else "",
            "same_as": next((called(each) for each in self.elsewhere if each.key == key), ""),
            "members": "\n".join(entry.members),
            "title_en": entry.title_en,
        }

    @cached_property
    def _wholes(self) -> Mapping[str, str]:
        wholes = {each.key: called(each) for each in self.here}
        return wholes | {key: title for title, key in self.keys.items()}
