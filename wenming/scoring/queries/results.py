"""The latest run of a city and its items, filtered and sorted."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Subquery, Value

from wenming.base.models import City, ExactNumber, User
from wenming.rounds.models import Round
from wenming.scoring.models import ItemResult, Run, RunItems
from wenming.scoring.queries.seen import SeenRun


class SortBy(StrEnum):
    """What a list of items can be sorted by."""

    POSITION = "position"  # order of the edition
    LOST = "lost"  # 失分
    GAP = "gap"  # 差距
    POINTS = "points"  # 分值
    SCORE = "score"  # 得分
    P_REPEAT = "p_repeat"  # 换一次测评达标的概率
    DUE = "due"  # 限期
    KEY = "key"
    LOST_CHANGE = "lost_change"  # 失分变化


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which items of a run to list; a blank or None asks for all.

    Attributes:
        unit: identity of the unit in the lead.
        site_type: key; items that are looked at on sites of this type.
        text: part of the key, the name or the pinyin.
        is_uncertain: only items whose grade is less than 95 % probable.
        without_lead: only items that nobody leads.
    """

    part: str = ""
    dimension: str = ""
    group: str = ""
    unit: UUID | None = None
    method: str = ""
    state: str = ""
    site_type: str = ""
    text: str = ""
    is_uncertain: bool = False
    without_lead: bool = False


NO_FILTER = ItemFilter()


def latest_run(city: City) -> Run | None:
    """The latest run (计分) of a city with its round and edition; None before the first."""
    runs = Run.objects.for_city(city).select_related("city", "round__edition")
    return runs.defer("round__edition__content").order_by("-number").first()


def newer_run(user: User, run: Run) -> Run | None:
    """The latest later run of the same round (较新计分), whatever its revision; None for none."""
    runs = Run.objects.visible_to(user).for_city(run.city)
    later = runs.filter(round__key=run.round.key, number__gt=run.number)
    return later.order_by("-number").first()


def next_revision(run: Run) -> Round | None:
    """The revision that follows the round of a run (下一修订版), once its correction was begun."""
    same = Round.objects.for_city(run.city).filter(key=run.round.key)
    return same.filter(revision__gt=run.round.revision).order_by("revision").first()


def items_of(
    seen: SeenRun,
    wanted: ItemFilter = NO_FILTER,
    *,
    sort: SortBy = SortBy.POSITION,
    descending: bool = False,
    earlier: SeenRun | None = None,
) -> RunItems:
    """The items of a run that a person may see, filtered and sorted.

    Args:
        sort: equal values keep the order of the edition; those without a value come last.
        earlier: the run that points lost are compared with; None for none.

    Returns:
        Items with the unit in the lead, and `lost_change`: points lost now less those lost in
        the earlier run; None where either is not known.
    """
    exact = {
        "part": wanted.part,
        "dimension": wanted.dimension,
        "group": wanted.group,
        "state": wanted.state,
        "lead_id": wanted.unit,
        "certain": False if wanted.is_uncertain else "",
        "lead_id__isnull": True if wanted.without_lead else "",
        "methods__contains": [wanted.method] if wanted.method else "",
        "site_types__contains": [wanted.site_type] if wanted.site_type else "",
        "search__contains": wanted.text.strip().lower(),
    }
    asked = {name: value for name, value in exact.items() if value not in ("", None)}
    column = F(sort.value)
    order = column.desc(nulls_last=True) if descending else column.asc(nulls_last=True)
    rows = seen.items.filter(**asked).annotate(lost_change=_lost_change(earlier))
    return rows.select_related("lead").order_by(order, "position")


def _lost_change(earlier: SeenRun | None) -> Any:
    if earlier is None:
        return Value(None, output_field=ExactNumber())
    before = earlier.items.filter(key=OuterRef("key")).values("lost")[:1]
    return F("lost") - Subquery(before, output_field=ExactNumber())


def item_result(seen: SeenRun, key: str) -> ItemResult | None:
    """One item of a run by its key; None when the run has it not or the person may not see it."""
    return seen.items.filter(key=key).select_related("lead").first()


def neighbours(seen: SeenRun, result: ItemResult) -> tuple[ItemResult | None, ItemResult | None]:
    """The items before and after this one in the order of the edition, as the person sees them."""
    beside = seen.items.defer("detail")
    return (
        beside.filter(position__lt=result.position).order_by("-position").first(),
        beside.filter(position__gt=result.position).order_by("position").first(),
    )
