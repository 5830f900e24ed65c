"""Plans visits from what a sealed draw released: all that was shown, or none of it."""

from django.db import transaction

from wenming.base.access import check
from wenming.base.models import User
from wenming.base.services.audit import record
from wenming.core.errors import DomainError
from wenming.core.lifecycle import CollectionState
from wenming.core.permissions import Capability
from wenming.inspection.models import SiteVisit
from wenming.inspection.services.drawn_plans import (
    DrawnRoute,
    Pairs,
    ReleasedSites,
    drawn_plan,
    reasons_of,
)
from wenming.inspection.services.planning import store_visits
from wenming.rounds.models import Collection, SealedDraw
from wenming.rounds.services.collections import CollectionClosed
from wenming.rounds.services.draw_lists import look_at_released
from wenming.rounds.services.draws import lock_draw


class DrawnNoRound(DomainError):
    """The draw belongs to no round."""

    code = "visit_drawn_no_round"


class DrawnNothing(DomainError):
    """No route with a pair has a site that can be planned."""

    code = "visit_drawn_nothing"


class DrawnChanged(DomainError):
    """What would be planned now is not what was shown."""

    code = "visit_drawn_changed"


def look_at_sites(draw: SealedDraw, *, by: User) -> ReleasedSites:
    """What a person can plan visits from (查看下发点位); the look is written down.

    Raises:
        DrawnNoRound, CollectionClosed: there is no round to plan for.
        PermissionDenied: `by` does not lead the round, or does not belong to the team.
    """
    collection = _round_of(draw, by)
    picks = look_at_released(draw, by=by)
    return ReleasedSites(collection, picks, reasons_of(collection, picks), by)


@transaction.atomic
def plan_drawn(draw: SealedDraw, pairs: Pairs, *, confirmed: str, by: User) -> list[SiteVisit]:
    """Plan the visits that were shown (按抽样安排考察), all of them or none.

    What is planned already is not planned again; what is refused stays as it was released.

    Args:
        confirmed: the digest of the plan that was shown.

    Raises:
        DrawnChanged: it would be another plan now.
        DrawnNothing: there is nothing to plan.
        Also what `look_at_sites` and `drawn_plan` raise.
    """
    check(by, Capability.VIEW_DRAW, draw)
    locked = Collection.objects.select_for_update(of=("self",)).filter(draws=draw)
    locked.only("pk").first()
    lock_draw(draw)
    collection = _round_of(draw, by)
    plan = drawn_plan(look_at_sites(draw, by=by), pairs)
    if not plan.count:
        raise DrawnNothing
    if plan.digest != confirmed:
        raise DrawnChanged
    made = []
    for route in plan.routes:
        if route.pair and route.stops:
            made += _stored(collection, route, by)
    return made


def _round_of(draw: SealedDraw, by: User) -> Collection:
    if draw.collection_id is None:
        raise DrawnNoRound
    rows = Collection.objects.select_related("checklist_set")
    collection = rows.get(pk=draw.collection_id)
    check(by, Capability.MANAGE_ROUNDS, collection)
    if collection.state == CollectionState.CLOSED:
        raise CollectionClosed(round=collection.title_zh)
    return collection


def _stored(collection: Collection, route: DrawnRoute, by: User) -> list[SiteVisit]:
    release = route.release
    made = [
        SiteVisit(
            city_id=collection.city_id,
            collection=collection,
            site=pick.site,
            pick=pick,
            site_type=pick.site.site_type if pick.site else "",
            planned_on=release.day,
            route=release.route,
            position=place,
            planned_by=by,
        )
        for place, pick in enumerate(route.stops, route.first)
    ]
    store_visits(made, route.pair)
    names = [person.name for person in route.pair]
    detail = {"day": release.day, "visits": len(made), "people": names}
    record("sitevisit.plan", by=by, city=collection.city, subject=collection, detail=detail)
    return made
