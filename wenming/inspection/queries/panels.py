"""What panels rate, who may not rate what, and what came of it once a session is closed."""

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from wenming.base.models import User
from wenming.core.lifecycle import PanelState
from wenming.core.rules import Rating, RatingRule
from wenming.core.terms import Method, Words
from wenming.framework.models import Responsibility
from wenming.framework.queries.editions import edition_of
from wenming.framework.queries.plans import plan_in_force
from wenming.inspection.models import PanelItem, PanelRating, PanelSeat, PanelSession
from wenming.rounds.models import Collection
from wenming.rounds.queries.conflicts import in_conflict


@dataclass(frozen=True, slots=True)
class RatedItem:
    """An item that the edition has rated by a panel (应评项目).

    Attributes:
        top: the highest mark possible.
        trimmed: one highest and one lowest mark are dropped.
    """

    key: str
    title: Words
    top: Decimal
    trimmed: bool


def rated_items(collection: Collection, method: Method) -> Sequence[RatedItem]:
    """What a panel rates by a method in a round (应评项目), in the order of the edition."""
    if not collection.uses(method):
        return []
    aside = {row["item"] for row in collection.not_applicable}
    found = []
    for _dimension, _indicator, item in edition_of(collection.edition).items():
        rules = [each.rule for each in item.criteria if each.method is method]
        ratings = [rule for rule in rules if isinstance(rule, RatingRule)]
        if ratings and item.key not in aside:
            top, trimmed = max(rule.top for rule in ratings), any(r.trimmed for r in ratings)
            found.append(RatedItem(item.key, item.title, top, trimmed))
    return found


def free_items(collection: Collection, method: Method) -> Sequence[RatedItem]:
    """What no session of the round rates yet (待评项目); an item is rated in one session."""
    taken = set(PanelItem.objects.filter(collection=collection).values_list("item", flat=True))
    return [each for each in rated_items(collection, method) if each.key not in taken]


def own_items(
    collection: Collection, people: Iterable[User], items: Iterable[str]
) -> Mapping[UUID, set[str]]:
    """The items for which a person's own unit answers (回避项目), by person; two or three queries.

    In the lead or supporting, by the plan of the round, else by the one in force.
    """
    plan = collection.responsibility_plan or plan_in_force(collection.edition)
    if plan is None:
        return {}
    duties = Responsibility.objects.filter(plan=plan, item__in=list(items)).select_related("unit")
    answering = [(each.item, each.unit) for each in duties if each.unit is not None]
    pairs = in_conflict(people, [unit for _item, unit in answering])
    found: dict[UUID, set[str]] = defaultdict(set)
    for person, unit_pk in pairs:
        found[person] |= {item for item, unit in answering if unit.pk == unit_pk}
    return found


def items_for(seat: PanelSeat) -> tuple[Sequence[PanelItem], Sequence[PanelItem]]:
    """What an assessor rates in a session, and from what they stand back (评分项目、回避项目)."""
    items = list(seat.session.items.order_by("position"))
    keys = [each.item for each in items]
    own = own_items(seat.session.collection, [seat.person], keys).get(seat.person_id, set())
    return [i for i in items if i.item not in own], [i for i in items if i.item in own]


def given_by(seat: PanelSeat) -> Mapping[UUID, PanelRating]:
    """The marks of an assessor that count (本人评分), by item."""
    return {each.item_id: each for each in seat.ratings.filter(version=seat.version)}


@dataclass(frozen=True, slots=True)
class ShownMark:
    """A mark that counts with those that it replaced, the oldest first (评分及更正)."""

    rating: PanelRating
    earlier: Sequence[Decimal]


@dataclass(frozen=True, slots=True)
class ItemSpread:
    """What a panel said of an item (评分离散情况), for the panel and the office.

    Attributes:
        marks: with seat and person, the highest first.
        mean: exact, as the engine takes it: trimmed where the edition says so and three rated.
        spread: the highest mark less the lowest.
        deviation: sample standard deviation; None below two marks.
        is_wide: the marks lie more than a quarter of the scale apart.
    """

    item: PanelItem
    marks: Sequence[ShownMark]
    mean: Fraction | None
    spread: Decimal
    deviation: Decimal | None
    is_wide: bool


def spread_of(session: PanelSession) -> Sequence[ItemSpread]:
    """The marks of everybody by item (评分汇总); nothing while the session is open.

    *Why*: whoever sees the marks of others is drawn towards them.
    """
    if session.state != PanelState.CLOSED:
        return []
    rows: dict[UUID, list[ShownMark]] = defaultdict(list)
    before: dict[tuple[UUID, UUID], list[Decimal]] = defaultdict(list)
    for each in PanelRating.objects.filter(seat__session=session).order_by("version"):
        before[each.seat_id, each.item_id].append(each.mark)
    for each in counted_ratings([session.pk]):
        rows[each.item_id].append(ShownMark(each, before[each.seat_id, each.item_id][:-1]))
    return [_spread(item, rows[item.pk]) for item in session.items.order_by("position")]


def counted_ratings(sessions: Iterable[UUID]) -> Sequence[PanelRating]:
    """The last marks of each seat of some sessions (有效评分), the highest first."""
    rows = PanelRating.objects.filter(seat__session__in=list(sessions))
    related = rows.select_related("item", "seat__person").order_by(
        "item__position", "-mark", "seat__person__pinyin", "pk"
    )
    return [each for each in related if each.version == each.seat.version]


def _spread(item: PanelItem, shown: Sequence[ShownMark]) -> ItemSpread:
    marks = [each.rating.mark for each in shown]
    spread = max(marks) - min(marks) if marks else Decimal(0)
    return ItemSpread(
        item,
        shown,
        Rating(tuple(marks)).mean(trimmed=item.trimmed),
        spread,
        statistics.stdev(marks) if len(marks) > 1 else None,
        is_wide=spread * 4 > item.top,
    )


def panel_rows(collection: Collection) -> list[dict[str, str]]:
    """The marks of the closed sessions of a round as the table `panel` (评委评分表)."""
    closed = PanelSession.objects.filter(collection=collection, state=PanelState.CLOSED)
    ratings = counted_ratings(closed.values_list("pk", flat=True))
    people = {each.seat.person_id: each.seat.person for each in ratings}
    same = Counter(each.name for each in people.values())
    names = {
        pk: each.name if same[each.name] == 1 else f"{each.name}（{each.username}）"
        for pk, each in people.items()
    }
    rows = [(r.item.item, names[r.seat.person_id], f"{r.mark:f}") for r in ratings]
    return [{"item": i, "assessor": who, "mark": mark} for i, who, mark in sorted(rows)]
