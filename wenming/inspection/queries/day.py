"""What an inspector takes along: the visits, what is looked at there, and what came back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from wenming.base.models import City, User
from wenming.core.framework import Checklist
from wenming.core.lifecycle import CollectionState, VisitState
from wenming.core.permissions import Capability
from wenming.framework.queries import checklists_of
from wenming.inspection.models import SiteVisit, VisitRecord, VisitSheet
from wenming.inspection.services.taking import photographed_before

AHEAD = timedelta(days=14)
BEHIND = timedelta(days=3)
UNDONE = (VisitState.PLANNED, VisitState.RETURNED)


@dataclass(frozen=True, slots=True)
class Errand:
    """One visit as the phone needs it (考察任务).

    Attributes:
        checklist: key of its checklist among those of the day.
        partners: the others of the pair.
        records: of the sheet that was returned; empty elsewhere.
        photographed: lines of which a photograph is there already.
    """

    visit: SiteVisit
    checklist: str
    partners: Sequence[str]
    records: Sequence[VisitRecord] = ()
    photographed: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class DayOut:
    """Everything that is taken along (随身任务包)."""

    errands: Sequence[Errand]
    checklists: dict[str, Checklist]


def day_out(person: User, city: City, *, today: date | None = None) -> DayOut:
    """The visits of a person (今日考察) in rounds that are open.

    Those that are not done, up to two weeks ahead, and what was handed in within three days.

    Args:
        today: None for the day of the server.
    """
    day = today or timezone.localdate()
    undone = Q(state__in=UNDONE, planned_on__lte=day + AHEAD)
    lately = ~Q(state__in=UNDONE) & Q(submitted_at__date__gte=day - BEHIND)
    rows = (
        SiteVisit.objects.visible_to(person, Capability.INSPECT)
        .for_city(city)
        .filter(undone | lately, collection__state=CollectionState.OPEN)
        .select_related("site", "collection__checklist_set")
        .prefetch_related("inspectors__person")
        .order_by("planned_on", "route", "position", "pk")
    )
    visits = list(rows)
    lists = _checklists(visits)
    return DayOut([_errand(visit, person) for visit in visits], lists)


def _key(visit: SiteVisit) -> str:
    return f"{visit.collection_id}/{visit.site_type}"


def _checklists(visits: Iterable[SiteVisit]) -> dict[str, Checklist]:
    found: dict[str, Checklist] = {}
    read = {visit.collection_id: visit.collection for visit in visits}
    known = {pk: checklists_of(each.checklist_set).by_type for pk, each in read.items()}
    for visit in visits:
        found[_key(visit)] = known[visit.collection_id][visit.site_type]
    return found


def _errand(visit: SiteVisit, person: User) -> Errand:
    partners = [each.person.name for each in visit.inspectors.all() if each.person_id != person.pk]
    if visit.state != VisitState.RETURNED:
        return Errand(visit, _key(visit), partners)
    last = VisitSheet.objects.filter(visit=visit).order_by("-version").first()
    records = list(last.records.order_by("position")) if last else []
    return Errand(visit, _key(visit), partners, records, sorted(photographed_before(visit)))
