"""Figures as reported, checked against their split, each other and the system's own data.

Reconciliation (数字核对): a figure is stored as it was given, however wrong it looks, and what
does not fit is a finding. Two figures that happen to be equal are never joined: 94 targets are
not 94 units.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from wenming.core.errors import Place
from wenming.core.terms import Words

PERCENT = frozenset({"%", "％", "百分比"})
COUNTING_UNITS = frozenset("项个家件人期处座份次条户城市")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as a document reports it (所报数字).

    Attributes:
        key: what is counted; the same key in two documents means the same thing.
        of: key of the whole that this figure is a part of; "" for none.
        means: "tested" when the figure counts the items of `of` that were tested.
        base: number behind a percentage; None when the document does not give it.
        data: name of the system's own figure to compare with; "" for none.
        split: the parts as the document lists them.
        split_by: "group" when every working group must have a part.
        members: the things counted, where the document lists them.
    """

    key: str
    title: Words
    document: str
    value: Decimal
    unit: str = ""
    of: str = ""
    means: str = ""
    lower_bound: bool = False
    base: int | None = None
    data: str = ""
    split: tuple[tuple[str, Decimal], ...] = ()
    split_by: str = ""
    members: tuple[str, ...] = ()
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not fit (核对发现): a code and the facts to say it with."""

    code: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """What the system itself knows at the time.

    Attributes:
        counts: by the names that figures may refer to in `data`.
        untested: keys of untested items; None when the edition is only an excerpt,
            for then nothing is known of the items that are not listed.
        without_lead, with_two_leads: keys of items; None when no responsibilities are known.
    """

    counts: Mapping[str, int]
    untested: Sequence[str] | None = None
    without_lead: Sequence[str] | None = None
    with_two_leads: Sequence[str] | None = None


def reconcile(
    figures: Sequence[Figure],
    own: OwnFigures,
    *,
    groups: Mapping[str, Words],
    aliases: Mapping[str, str],
) -> list[Finding]:
    """Every finding, in the order of the figures, then of the system's own data.

    Args:
        figures: as reported, in the order of the documents.
        own: the system's own figures.
        groups: names of the working groups by key.
        aliases: group key by any name it goes by.

    Source:
        docs/methods/reconciliation.md.
    """
    findings: list[Finding] = []
    wholes = {(figure.document, figure.key): figure for figure in figures}
    for figure in figures:
        findings += _of_its_own(figure)
        findings += _of_its_split(figure, groups, aliases)
        findings += _of_its_whole(figure, wholes.get((figure.document, figure.of)))
        findings += _of_the_data(figure, own.counts)
    findings += _between_documents(figures)
    return findings + list(_own_gaps(own))


def number(value: Decimal) -> int | Decimal:
    """A figure as it is read: whole numbers without a point."""
    return int(value) if value == value.to_integral_value() else value


def _of_its_own(figure: Figure) -> Iterator[Finding]:
    is_percent = figure.unit in PERCENT
    if is_percent and figure.base is None:
        yield _finding("percent_without_base", figure, value=number(figure.value))
    if figure.lower_bound:
        yield _finding("lower_bound_not_a_count", figure, value=number(figure.value))
    counts = not is_percent and (
        figure.unit in COUNTING_UNITS or bool(figure.of or figure.split or figure.members)
    )
    for part, value in (("", figure.value), *figure.split):
        if counts and value != value.to_integral_value():
            yield _finding("not_integer", figure, part=part, value=number(value))
    if figure.members and len(figure.members) != figure.value:
        yield _finding(
            "list_differs", figure, reported=number(figure.value), listed=len(figure.members)
        )


def _of_its_split(
    figure: Figure, groups: Mapping[str, Words], aliases: Mapping[str, str]
) -> Iterator[Finding]:
    if not figure.split:
        return
    total = sum((value for _, value in figure.split), Decimal(0))
    if total != figure.value:
        yield _finding(
            "split_differs",
            figure,
            reported=number(figure.value),
            sum=number(total),
            difference=number(figure.value - total),
            parts=[{"part": part, "value": number(value)} for part, value in figure.split],
        )
    for part, value in figure.split:
        if value > figure.value:
            yield _finding(
                "part_exceeds_whole",
                figure,
                part=part,
                value=number(value),
                whole=number(figure.value),
            )
    if figure.split_by == "group":
        named = {aliases.get(part, part) for part, _ in figure.split}
        for key, title in groups.items():
            if key not in named:
                facts = {"group": title.zh, "group_en": title.en or title.zh, "group_key": key}
                yield _finding("group_without_figure", figure, **facts)


def _of_its_whole(figure: Figure, whole: Figure | None) -> Iterator[Finding]:
    if whole is None:
        return
    if figure.value > whole.value:
        yield _finding(
            "part_exceeds_whole",
            figure,
            part=figure.title.zh or figure.key,
            value=number(figure.value),
            whole=number(whole.value),
            whole_key=whole.key,
        )
    elif figure.means == "tested" and figure.value < whole.value:
        yield _finding(
            "untested_items",
            figure,
            source="document",
            count=number(whole.value - figure.value),
            total=number(whole.value),
            tested=number(figure.value),
        )


def _of_the_data(figure: Figure, counts: Mapping[str, int]) -> Iterator[Finding]:
    own = counts.get(figure.data)
    if own is not None and own != figure.value:
        yield _finding(
            "differs_from_data",
            figure,
            data=figure.data,
            reported=number(figure.value),
            own=own,
            difference=number(figure.value - own),
        )


def _between_documents(figures: Sequence[Figure]) -> Iterator[Finding]:
    by_key: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_key[figure.key].append(figure)
    for same in by_key.values():
        if len({figure.value for figure in same}) > 1:
            yield _finding(
                "differs_between_documents",
                same[0],
                documents=[
                    {"document": each.document, "value": number(each.value)} for each in same
                ],
            )


def _own_gaps(own: OwnFigures) -> Iterator[Finding]:
    lists: tuple[tuple[str, Sequence[str] | None, dict[str, object]], ...] = (
        ("untested_items", own.untested, {"source": "data"}),
        ("items_without_lead", own.without_lead, {}),
        ("items_with_two_leads", own.with_two_leads, {}),
    )
    for code, keys, facts in lists:
        if keys:
            yield Finding(code, {**facts, "count": len(keys), "items": list(keys)})


def _finding(code: str, figure: Figure, **facts: object) -> Finding:
    head = {"key": figure.key, "title": figure.title.zh, "document": figure.document}
    if figure.title.en:
        head["title_en"] = figure.title.en
    return Finding(code, {**head, "unit": figure.unit, **facts})
