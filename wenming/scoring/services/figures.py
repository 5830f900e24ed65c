"""Enters, changes and removes reported figures, as long as no result stands on them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from wenming.base.access import check
from wenming.base.models import CityQuerySet, User
from wenming.base.services.audit import record
from wenming.core.errors import DomainError
from wenming.core.framework.canonical import digest
from wenming.core.lifecycle import RunState
from wenming.core.permissions import Capability
from wenming.rounds.models import Round
from wenming.scoring.models import Figure, ReportedDocument, Run
from wenming.scoring.services.checking import keep_check


class FiguresFrozen(DomainError):
    """A frozen result stands on the figures."""

    code = "figures_frozen"


class FigureExists(DomainError):
    """The paper reports a figure of this key already."""

    code = "figure_exists"


class FigureChangedMeanwhile(DomainError):
    """Somebody else changed or removed the figure after it was shown."""

    code = "figure_changed_meanwhile"


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """A figure as it is entered (所报数字录入), with every digit that was given.

    Attributes:
        key: of a figure in another paper that counts the same; "" for one of its own.
        split: part and value, as the paper orders them.
    """

    title_zh: str
    value: Decimal
    title_en: str = ""
    key: str = ""
    unit: str = ""
    of: str = ""
    means: str = ""
    lower_bound: bool = False
    base: int | None = None
    compared_with: str = ""
    split: tuple[tuple[str, str], ...] = ()
    split_by: str = ""
    members: tuple[str, ...] = ()


def frozen_result_of(round_: Round) -> Run | None:
    """The frozen result that stands on the figures of a round; None where they may be changed."""
    return Run.objects.filter(round=round_).exclude(state=RunState.PROVISIONAL).first()


@transaction.atomic
def enter_figure(paper: ReportedDocument, entry: FigureEntry, *, by: User) -> Figure:
    """Enter a figure as a paper reports it (录入数字), and check the round at once.

    Raises:
        PermissionDenied, FiguresFrozen: see `open_for_changes`.
        FigureExists: the paper reports a figure of this key already.
    """
    round_ = paper.round
    open_for_changes(round_, by=by)
    figures = Figure.objects.filter(round=round_)
    key = entry.key or new_key("figure", set(figures.values_list("key", flat=True)))
    if figures.filter(document=paper.key, key=key).exists():
        raise FigureExists(title=entry.title_zh)
    place = next_place(figures.aggregate(last=Max("position"))["last"])
    figure = store_figure(paper, entry, key=key, position=place, by=by)
    keep_check(round_, by=by, is_after_change=True)
    return figure


@transaction.atomic
def change_figure(figure: Figure, entry: FigureEntry, *, by: User, seen: str) -> Figure:
    """Change a figure to what the paper really says, and check the round at once.

    Args:
        seen: the `version_of` the figure when it was shown to whoever changes it.

    Raises:
        PermissionDenied, FiguresFrozen, FigureExists: see `enter_figure`.
        FigureChangedMeanwhile: somebody else was faster.
    """
    round_ = figure.round
    open_for_changes(round_, by=by)
    fresh = Figure.objects.filter(pk=figure.pk).first()
    if fresh is None or version_of(fresh) != seen:
        raise FigureChangedMeanwhile(title=figure.title_zh)
    key = entry.key or fresh.key
    same = Figure.objects.filter(round=round_, document=fresh.document, key=key)
    if same.exclude(pk=fresh.pk).exists():
        raise FigureExists(title=entry.title_zh)
    store_change(fresh, entry, key=key, by=by)
    keep_check(round_, by=by, is_after_change=True)
    return fresh


@transaction.atomic
def remove_figure(figure: Figure, *, by: User) -> None:
    """Remove a figure (删除数字); what was a part of it stands alone then.

    Raises:
        PermissionDenied, FiguresFrozen: see `open_for_changes`.
    """
    round_ = figure.round
    open_for_changes(round_, by=by)
    detail = {"title": figure.title_zh, "value": figure.value}
    record("figure.remove", by=by, city=round_.city, subject=figure, detail=detail)
    Figure.objects.filter(pk=figure.pk).delete()
    _parts_of(figure, figure.key).update(of="", means="")
    keep_check(round_, by=by, is_after_change=True)


def store_figure(
    paper: ReportedDocument, entry: FigureEntry, *, key: str, position: int, by: User
) -> Figure:
    """Store a new figure (存入数字); the caller has locked the round, and checks it afterwards."""
    figure = Figure.objects.create(
        city_id=paper.city_id,
        round=paper.round,
        document=paper.key,
        position=position,
        **_columns(entry, key),
    )
    detail = {"title": figure.title_zh, "value": entry.value, "paper": paper.title_zh}
    record("figure.enter", by=by, city=paper.round.city, subject=figure, detail=detail)
    return figure


def store_change(figure: Figure, entry: FigureEntry, *, key: str, by: User) -> None:
    """Store what a figure says now (存入修改); as for `store_figure`, the caller does the rest."""
    before, earlier = figure.value, figure.key
    columns = _columns(entry, key)
    for name, value in columns.items():
        setattr(figure, name, value)
    figure.save(update_fields=list(columns))
    if key != earlier:
        _parts_of(figure, earlier).update(of=key)
    detail = {"title": figure.title_zh, "from": before, "to": entry.value}
    record("figure.change", by=by, city=figure.round.city, subject=figure, detail=detail)


def entry_of(figure: Figure) -> FigureEntry:
    """A figure as it would be entered (数字录入), with its key."""
    columns: dict[str, Any] = {
        each.name: getattr(figure, each.name) for each in fields(FigureEntry)
    }
    split = tuple((str(part), str(value)) for part, value in figure.split)
    return FigureEntry(**columns | {"split": split, "members": tuple(figure.members)})


def version_of(figure: Figure) -> str:
    """A short name of everything that a figure says now; another after every change."""
    columns = [field.attname for field in figure._meta.concrete_fields]
    return digest([str(getattr(figure, name)) for name in columns])[:16]


def open_for_changes(round_: Round, *, by: User) -> None:
    """Lock a round whose figures `by` is about to change (锁定).

    Raises:
        PermissionDenied: `by` may not edit figures of the city.
        FiguresFrozen: a frozen result stands on the figures of the round.
    """
    check(by, Capability.EDIT_FIGURES, round_)
    Round.objects.select_for_update().get(pk=round_.pk)
    frozen = frozen_result_of(round_)
    if frozen is not None:
        raise FiguresFrozen(result=frozen.result_number)


def _columns(entry: FigureEntry, key: str) -> Mapping[str, object]:
    """What is stored; what is said of a whole or of parts counts only where there are any."""
    means, split_by = entry.means if entry.of else "", entry.split_by if entry.split else ""
    entry = replace(entry, means=means, split_by=split_by)
    lists = {"split": [list(each) for each in entry.split], "members": list(entry.members)}
    return {**asdict(entry), **lists, "key": key}


def _parts_of(figure: Figure, key: str) -> CityQuerySet[Figure]:
    return Figure.objects.filter(round=figure.round_id, document=figure.document, of=key)


def new_key(kind: str, taken: set[str]) -> str:
    """A key that no row of the round has yet (编号), such as `figure_7`."""
    number = len(taken) + 1
    while f"{kind}_{number}" in taken:
        number += 1
    return f"{kind}_{number}"


def next_place(last: int | None) -> int:
    """The place behind the last one (序号); 0 where there is none."""
    return 0 if last is None else last + 1
