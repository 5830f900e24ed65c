"""What changed between two runs of a city, item by item, as one person sees it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.fields import CharField, IntegerField
from django.db.models.functions import Coalesce, TruncDate
from django.db.models.lookups import GreaterThan, LessThan
from django.utils.timezone import localdate

from wenming.base.models import User
from wenming.core.terms import Part, State
from wenming.scoring.models import ItemResult, Run, RunItems
from wenming.scoring.queries.seen import SeenRun, seen_by
from wenming.stats.differences import difference_interval

CHANGES = ("better", "worse", "measured", "lost_sight", "came", "same")
_JUDGED = (State.MET.value, State.NOT_MET.value)


@dataclass(frozen=True, slots=True)
class TotalChange:
    """How far two totals lie apart (总分变化).

    Attributes:
        gain: later minus earlier, in points; None where one of them has no total.
        low, high: interval of the gain; None where chance plays no part or nothing is known of it.
        verdict: code of what may be said: `same_round`, `apart`, `not_apart`, `no_interval`,
            `no_total`, `outside` where a total lies outside its own interval.
    """

    gain: float | None
    low: float | None
    high: float | None
    verdict: str


@dataclass(frozen=True, slots=True)
class CommonChange:
    """What two runs say of the items of the basic part that both of them judged (同口径变化).

    Attributes:
        items: how many there are.
        only_later, only_earlier: items of the basic part that only one of the two judged.
        score, before_score: earned on the common items by the later and the earlier, in points.
        points, before_points: offered for them; they differ where items stand aside or the
            edition was changed.
    """

    items: int
    only_later: int
    only_earlier: int
    score: Decimal
    points: Decimal
    before_score: Decimal
    before_points: Decimal

    @property
    def is_partial(self) -> bool:
        """Whether the two totals rest on different items."""
        return bool(self.only_later or self.only_earlier)


def run_before(user: User, run: Run) -> Run | None:
    """The run that one would compare with (上一次计分), as far as a person sees any.

    That is the latest run of the round before, by the last day of its period; where there is no
    earlier round, the run before of the same round. Rounds of one day follow their numbers.
    """
    rows = Run.objects.visible_to(user).for_city(run.city).annotate(day=last_day())
    day = _last_day_of(run)
    same = Q(round__key=run.round.key)
    others = ~same & (Q(day__lt=day) | Q(day=day, number__lt=run.number))
    found = rows.filter(others | (same & Q(number__lt=run.number))).annotate(
        is_same=Case(When(same, then=Value(1)), default=Value(0), output_field=IntegerField())
    )
    related = found.select_related("round", "city").defer("summary")
    return related.order_by("is_same", "-day", "-number").first()


def earlier_of(seen: SeenRun) -> SeenRun | None:
    """The run before (上一次计分) as the same person sees it; None where they see none."""
    before = run_before(seen.user, seen.run)
    return None if before is None else seen_by(seen.user, before)


def in_order(one: Run, other: Run) -> tuple[Run, Run]:
    """The later and the earlier of two runs of a city (先后): by their rounds, then by number."""
    latest = sorted((one, other), key=lambda run: (_last_day_of(run), run.number), reverse=True)
    return latest[0], latest[1]


def last_day(of: str = "") -> Coalesce:
    """The day by which runs follow each other (轮次末日), in the database.

    Args:
        of: the way from the row that is asked to its run, such as `run__`.
    """
    period = (f"{of}round__period_to", f"{of}round__period_from")
    return Coalesce(*period, TruncDate(f"{of}started_at"))


def _last_day_of(run: Run) -> date:
    known = run.round.period_to or run.round.period_from
    return known or localdate(run.started_at)


def total_change(later: Run, earlier: Run) -> TotalChange:
    """How far the totals of two runs lie apart, and whether chance explains it (总分变化).

    Source:
        docs/methods/difference.md.
    """
    if later.score is None or earlier.score is None:
        return TotalChange(None, None, None, "no_total")
    gain = float(later.score - earlier.score)
    if later.round.key == earlier.round.key:
        return TotalChange(gain, None, None, "same_round")
    if None in (later.low, later.high, earlier.low, earlier.high):
        return TotalChange(gain, None, None, "no_interval")
    if later.outside or earlier.outside:
        return TotalChange(gain, None, None, "outside")
    low, high = difference_interval(_estimate(later), _estimate(earlier))
    return TotalChange(gain, low, high, "not_apart" if low <= 0 <= high else "apart")


def _estimate(run: Run) -> tuple[float, float, float]:
    return float(run.score or 0), float(run.low or 0), float(run.high or 0)


def changes_of(seen: SeenRun, earlier: SeenRun) -> RunItems:
    """The items of a run beside what an earlier run said of them (逐项变化), matched by key.

    Returns:
        Items with `before_state`, `before_grade`, `before_score`, `before_points`, `gain` in
        points, and `change`, one of `CHANGES`.
    """
    same = earlier.items.filter(key=OuterRef("key"))
    before = {
        f"before_{name}": Subquery(same.values(name)[:1])
        for name in ("state", "grade", "score", "points")
    }
    rows = seen.items.annotate(**before).annotate(gain=F("score") - F("before_score"))
    return rows.annotate(change=_change()).select_related("lead").defer("detail")


def change_counts(seen: SeenRun, earlier: SeenRun) -> list[tuple[str, int]]:
    """How many items changed, by the way in which they did (变化项数), in the order of `CHANGES`.

    Ways that no item went are left out, and so are the items that stayed as they were.
    """
    rows: QuerySet[Any] = changes_of(seen, earlier)
    changed = rows.exclude(change="same").order_by()
    found = dict(changed.values_list("change").annotate(n=Count("pk")))
    return [(way, found[way]) for way in CHANGES if way in found]


def common_change(seen: SeenRun, earlier: SeenRun) -> CommonChange:
    """The points of two runs on the items that both judged (同口径变化).

    Two totals that rest on different items say little of each other; these say what the same
    items earned then and now.
    """
    basic = changes_of(seen, earlier).filter(part=Part.BASIC.value).order_by()
    judged, before = Q(state__in=_JUDGED), Q(before_state__in=_JUDGED)
    both = judged & before & Q(points__isnull=False, before_points__isnull=False)
    counted = {
        "items": Count("pk", filter=both),
        "only_later": Count("pk", filter=judged & (~before | Q(before_state__isnull=True))),
    }
    summed = {
        name: Coalesce(Sum(name, filter=both), Decimal(0))
        for name in ("score", "points", "before_score", "before_points")
    }
    found = basic.aggregate(**counted, **{f"sum_{name}": how for name, how in summed.items()})
    still = seen.items.filter(state__in=_JUDGED).values("key")
    gone = earlier.items.filter(state__in=_JUDGED, part=Part.BASIC.value).exclude(key__in=still)
    return CommonChange(
        items=found["items"],
        only_later=found["only_later"],
        only_earlier=gone.count(),
        **{name: found[f"sum_{name}"] for name in summed},
    )


def gone_from(seen: SeenRun, earlier: SeenRun) -> list[ItemResult]:
    """Items that only the earlier run has (取消的内容), in the order of its edition."""
    kept = seen.items.values("key")
    return list(earlier.items.exclude(key__in=kept).defer("detail").order_by("position"))


def _change() -> Case:
    judged, before = Q(state__in=_JUDGED), Q(before_state__in=_JUDGED)
    scored = Q(gain__isnull=False, points__gt=0, before_points__gt=0)
    earned = (F("score") * F("before_points"), F("before_score") * F("points"))
    met, not_met = State.MET.value, State.NOT_MET.value
    return Case(
        When(before_state__isnull=True, then=Value("came")),
        When(judged & ~before, then=Value("measured")),
        When(~judged & before, then=Value("lost_sight")),
        When(scored & Q(GreaterThan(*earned)), then=Value("better")),
        When(scored & Q(LessThan(*earned)), then=Value("worse")),
        When(Q(state=met, before_state=not_met), then=Value("better")),
        When(Q(state=not_met, before_state=met), then=Value("worse")),
        default=Value("same"),
        output_field=CharField(),
    )
