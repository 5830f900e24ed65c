"""Plans which pair visits which sites on which day."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count

from wenming.base.access import check
from wenming.base.models import User
from wenming.base.services.audit import record
from wenming.core.errors import DomainError
from wenming.core.lifecycle import CollectionState, VisitState
from wenming.core.permissions import Capability
from wenming.core.terms import AssignmentRole
from wenming.framework.queries import checklists_of
from wenming.inspection.models import SiteVisit, VisitInspector
from wenming.inspection.queries.routes import walked
from wenming.rounds.models import Collection, RegisteredSite
from wenming.rounds.queries.collections import assigned
from wenming.rounds.services.collections import CollectionClosed
from wenming.rounds.services.conflicts import refuse_conflict

PAIR = 2


class PairNeeded(DomainError):
    """A site is visited by two people."""

    code = "visit_pair_needed"


class InspectorNotAssigned(DomainError):
    """The person does not inspect in this round."""

    code = "inspector_not_assigned"


class VisitNoChecklist(DomainError):
    """The round has no checklist for the type of a site."""

    code = "visit_no_checklist"


class VisitPlanned(DomainError):
    """A site is planned for the same day already."""

    code = "visit_planned_already"


class VisitBegun(DomainError):
    """Something was handed in for the visit already."""

    code = "visit_begun"


@dataclass(frozen=True, slots=True)
class DayPlan:
    """Who goes on which day by which way (考察安排)."""

    day: date
    pair: Sequence[User]
    route: str = ""


@transaction.atomic
def plan_visits(
    collection: Collection, sites: Sequence[RegisteredSite], plan: DayPlan, *, by: User
) -> list[SiteVisit]:
    """Plan the visits of a pair on a day (安排考察), in the order in which they are walked.

    Raises:
        CollectionClosed: the round was closed.
        PairNeeded: it is not two different people.
        InspectorNotAssigned: one of them does not inspect in this round.
        ConflictOfInterest: one of them belongs to the unit of a site.
        VisitNoChecklist: there is nothing by which a site would be looked at.
        VisitPlanned: a site is planned for that day already.
        PermissionDenied: `by` may not lead the round.
    """
    check(by, Capability.MANAGE_ROUNDS, collection)
    fresh = Collection.objects.select_for_update(of=("self",)).get(pk=collection.pk)
    if fresh.state == CollectionState.CLOSED:
        raise CollectionClosed(round=fresh.title_zh)
    _refuse_people(fresh, sites, plan)
    _refuse_sites(fresh, sites, plan)
    made = _made(fresh, sites, plan, by)
    names = [person.name for person in plan.pair]
    detail = {"day": plan.day, "visits": len(made), "people": names}
    record("sitevisit.plan", by=by, city=fresh.city, subject=fresh, detail=detail)
    return made


def _made(
    collection: Collection, sites: Sequence[RegisteredSite], plan: DayPlan, by: User
) -> list[SiteVisit]:
    """The rows of the day, behind those of the route that are there."""
    start = last_places(collection, by=by)[plan.day, plan.route]
    made = [
        SiteVisit(
            city_id=collection.city_id,
            collection=collection,
            site=site,
            site_type=site.site_type,
            planned_on=plan.day,
            route=plan.route,
            position=position,
            planned_by=by,
        )
        for position, site in enumerate(walked(sites), start + 1)
    ]
    store_visits(made, plan.pair)
    return made


def last_places(collection: Collection, *, by: User) -> Counter[tuple[date, str]]:
    """The last place on each route of each day (路线末位), of the visits that a person sees.

    A place behind those of a sealed draw would tell that they are there.
    """
    seen = SiteVisit.objects.visible_to(by).filter(collection=collection).order_by()
    rows = seen.values_list("planned_on", "route").annotate(n=Count("pk"))
    return Counter({(day, route): n for day, route, n in rows})


def store_visits(visits: Sequence[SiteVisit], pair: Sequence[User]) -> None:
    """Store new visits with those who go there (考察任务入库)."""
    SiteVisit.objects.bulk_create(visits)
    VisitInspector.objects.bulk_create(
        VisitInspector(city_id=visit.city_id, visit=visit, person=person)
        for visit in visits
        for person in pair
    )


def refuse_pairs(collection: Collection, pairs: Iterable[Sequence[User]]) -> None:
    """Refuse who cannot visit sites of a round together (考察小组资格).

    Raises:
        PairNeeded: it is not two different people.
        InspectorNotAssigned: one of them does not inspect in this round.
    """
    known = set(assigned(collection, AssignmentRole.INSPECTOR).values_list("pk", flat=True))
    for pair in pairs:
        if len({person.pk for person in pair}) != PAIR:
            raise PairNeeded
        for person in pair:
            if person.pk not in known:
                raise InspectorNotAssigned(person=person.name, round=collection.title_zh)


def _refuse_people(collection: Collection, sites: Sequence[RegisteredSite], plan: DayPlan) -> None:
    refuse_pairs(collection, [plan.pair])
    for person in plan.pair:
        for unit in {site.unit for site in sites}:
            refuse_conflict(person, unit)


def _refuse_sites(collection: Collection, sites: Sequence[RegisteredSite], plan: DayPlan) -> None:
    known = checklists_of(collection.checklist_set).by_type
    for site in sites:
        if site.site_type not in known or not known[site.site_type].lines:
            raise VisitNoChecklist(site=site.name, site_type=site.site_type)
    by_hand = SiteVisit.objects.filter(collection=collection, pick=None)
    there = by_hand.filter(site__in=sites, planned_on=plan.day)
    twice = there.select_related("site").first()
    if twice is not None:
        raise VisitPlanned(site=twice.site.name, day=plan.day)


@transaction.atomic
def drop_visit(visit: SiteVisit, *, by: User) -> None:
    """Take a visit out of the plan (取消考察) for which nothing was handed in.

    Raises:
        VisitBegun: something was handed in.
        PermissionDenied: `by` may not lead the round.
    """
    check(by, Capability.MANAGE_ROUNDS, visit)
    fresh = SiteVisit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if fresh.state != VisitState.PLANNED or fresh.sheets.exists():
        raise VisitBegun(site=fresh.site.name)
    detail = {"title": fresh.site.name, "day": fresh.planned_on}
    action = "sitevisit.drop"
    if fresh.pick is not None and fresh.pick.draw.is_sealed:  # nobody outside the team reads it
        action, detail = "sitevisit.drop_drawn", {"day": fresh.planned_on}
    record(action, by=by, city=fresh.city, subject=fresh.collection, detail=detail)
    fresh.delete()
