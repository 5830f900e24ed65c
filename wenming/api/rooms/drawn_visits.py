"""Visits planned from what a sealed draw released: shown first, then done as it was shown."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest
from pydantic import Field

from wenming.api.finding import one
from wenming.api.handing import language_of_words
from wenming.api.operations import Deed, Room
from wenming.api.rooms.visits import PlannedShown, shown_visits
from wenming.api.shapes import Given, Identity, Shown
from wenming.base import wording
from wenming.base.access import city_of, person
from wenming.base.models import User
from wenming.core.permissions import Capability
from wenming.inspection.services.drawn import look_at_sites, plan_drawn
from wenming.inspection.services.drawn_plans import DrawnPlan, DrawnRoute, drawn_plan
from wenming.rounds.models import SealedDraw
from wenming.rounds.queries.draws import seen_draws
from wenming.rounds.queries.team import members_of

VIEW, MANAGE = Capability.VIEW_DRAW, Capability.MANAGE_ROUNDS
DRAW = "/draws/{uuid:pk}/visits"
room = Room(tags=["Inspection 实地考察"])


class PairGiven(Given):
    """Who goes on a released route."""

    release: Identity
    people: list[Identity] = Field(min_length=2, max_length=2)


class PairsGiven(Given):
    """Who goes on which route; a route without a pair is left for later."""

    pairs: list[PairGiven] = Field(max_length=500)


class ConfirmedGiven(PairsGiven):
    """The same, with what was shown."""

    confirmed: str = Field(pattern=r"^[0-9a-f]{64}$", description="`digest` of the preview")


class StopShown(Shown):
    """A drawn site on a route."""

    pick: UUID
    key: str
    name: str


class RefusedStopShown(StopShown):
    """A drawn site that would not be planned."""

    code: str
    message: str


class RouteShown(Shown):
    """What was released for a route of a day, and who goes there."""

    release: UUID
    day: date
    route: str
    pair: list[UUID] = Field(description="Empty: nothing of it is planned")
    first: int = Field(description="Place of the first stop on the route")
    stops: list[StopShown]
    refused: list[RefusedStopShown]

    @classmethod
    def of(cls, found: DrawnRoute) -> "RouteShown":
        """From what would be planned."""
        language = language_of_words()
        return cls(
            release=found.release.pk,
            day=found.release.day,
            route=found.release.route,
            pair=[each.pk for each in found.pair],
            first=found.first,
            stops=[StopShown(pick=p.pk, key=p.key, name=p.name) for p in found.stops],
            refused=[
                RefusedStopShown(
                    pick=each.pick.pk,
                    key=each.pick.key,
                    name=each.pick.name,
                    code=each.reason.code,
                    message=wording.refusal(each.reason, language),
                )
                for each in found.refused
            ],
        )


class DrawnPlanShown(Shown):
    """What would be planned, and what would not, and why."""

    routes: list[RouteShown]
    count: int = Field(description="How many visits it makes")
    digest: str = Field(description="Give it back as `confirmed` to have just this planned")

    @classmethod
    def of(cls, plan: DrawnPlan) -> "DrawnPlanShown":
        """From a plan."""
        routes = [RouteShown.of(each) for each in plan.routes]
        return cls(routes=routes, count=plan.count, digest=plan.digest)


@room.deed(Deed("POST", DRAW + "/preview", VIEW, "按抽样安排考察的预览。", DrawnPlanShown))
def preview_drawn_visits(request: HttpRequest, pk: UUID, given: PairsGiven) -> DrawnPlanShown:
    """What would be planned from what was released to the caller; the look is written down."""
    draw, by = _found(request, pk), person(request)
    pairs = _pairs(draw, given)
    with transaction.atomic():
        return DrawnPlanShown.of(drawn_plan(look_at_sites(draw, by=by), pairs))


@room.deed(Deed("POST", DRAW, VIEW, "按预览安排考察。", PlannedShown, 201))
def plan_drawn_visits(request: HttpRequest, pk: UUID, given: ConfirmedGiven) -> PlannedShown:
    """Plan the visits that were shown, all of them or none; 409 where it would be others now."""
    draw, by = _found(request, pk), person(request)
    made = plan_drawn(draw, _pairs(draw, given), confirmed=given.confirmed, by=by)
    return shown_visits(request, made)


def _found(request: HttpRequest, pk: UUID) -> SealedDraw:
    """A draw of whose team one is and whose round one leads; for all others it is not there."""
    asks, city = person(request), city_of(request)
    if not asks.may(MANAGE, city=city):
        raise Http404
    return one(seen_draws(asks, city).select_related("collection__city"), pk)


def _pairs(draw: SealedDraw, given: PairsGiven) -> dict[UUID, tuple[User, ...]]:
    """Who goes, by release; 404 for a person who could not work in the round."""
    members = members_of(draw.collection) if draw.collection else []
    known = {each.person.pk: each.person for each in members}
    if {who for pair in given.pairs for who in pair.people} - known.keys():
        raise Http404
    return {pair.release: tuple(known[who] for who in pair.people) for pair in given.pairs}
