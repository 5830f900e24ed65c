"""Plans which pair visits which sites on which day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

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
    there = SiteVisit.objects.filter(collection=collection, planned_on=plan.day, route=plan.route)
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
        for position, site in enumerate(walked(sites), there.count() + 1)
    ]
    SiteVisit.objects.bulk_create(made)
    VisitInspector.objects.bulk_create(
        VisitInspector(city_id=collection.city_id, visit=visit, person=person)
        for visit in made
        for person in plan.pair
    )
    return made


def _refuse_people(collection: Collection, sites: Sequence[RegisteredSite], plan: DayPlan) -> None:
    if len({person.pk for person in plan.pair}) != PAIR:
        raise PairNeeded
    known = set(assigned(collection, AssignmentRole.INSPECTOR).values_list("pk", flat=True))
    for person in plan.pair:
        if person.pk not in known:
            raise InspectorNotAssigned(person=person.name, round=collection.title_zh)
        for unit in {site.unit for site in sites}:
            refuse_conflict(person, unit)


def _refuse_sites(collection: Collection, sites: Sequence[RegisteredSite], plan: DayPlan) -> None:
    known = checklists_of(collection.checklist_set).by_type
    for site in sites:
        if site.site_type not in known or not known[site.site_type].lines:
            raise VisitNoChecklist(site=site.name, site_type=site.site_type)
    there = SiteVisit.objects.filter(collection=collection, site__in=sites, planned_on=plan.day)
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
    record("sitevisit.drop", by=by, city=fresh.city, subject=fresh.collection, detail=detail)
    fresh.delete()
