"""Who goes where: in pairs, by a short way, and never to their own unit."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import fresh
from tests.inspection.building import Errand, sheet, small_errand
from tests.rounds.building import site_of
from wenming.base import wording
from wenming.base.access import PermissionDenied
from wenming.base.models import Post
from wenming.core.permissions import PostKind
from wenming.inspection.models import SiteVisit
from wenming.inspection.queries.routes import walked
from wenming.inspection.services.planning import (
    DayPlan,
    InspectorNotAssigned,
    PairNeeded,
    VisitBegun,
    VisitNoChecklist,
    VisitPlanned,
    drop_visit,
    plan_visits,
)
from wenming.inspection.services.taking import take_sheet
from wenming.rounds.models import RegisteredSite
from wenming.rounds.services.collections import CollectionClosed, close_collection
from wenming.rounds.services.conflicts import ConflictOfInterest

pytestmark = pytest.mark.django_db
TOMORROW = timezone.localdate() + timedelta(days=1)


@pytest.fixture
def errand() -> Errand:
    return small_errand()


def test_sites_are_walked_by_a_short_way() -> None:
    places = {"a": 0.0, "d": 0.3, "b": 0.1, "c": 0.2}
    sites = [RegisteredSite(key=key, longitude=east, latitude=30.0) for key, east in places.items()]
    lost = RegisteredSite(key="?")
    assert [site.key for site in walked([sites[0], lost, *sites[1:]])] == ["a", "b", "c", "d", "?"]


def test_a_day_is_planned_for_a_pair(errand: Errand) -> None:
    field = errand.field
    lane = site_of(field.cast, "S3", "长安巷")
    plan = DayPlan(TOMORROW, (errand.sun, errand.gao), "东线")
    made = plan_visits(field.collection, [field.hall, lane], plan, by=errand.lin)
    assert [(visit.site.key, visit.position) for visit in made] == [("S2", 1), ("S3", 2)]
    assert {each.person for each in made[0].inspectors.all()} == {errand.sun, errand.gao}
    with pytest.raises(VisitPlanned) as refused:
        plan_visits(field.collection, [lane], plan, by=errand.lin)
    assert TOMORROW.isoformat() in wording.refusal(refused.value, "zh")


def test_one_is_no_pair_and_a_stranger_is_none(errand: Errand) -> None:
    collection, hall = errand.field.collection, errand.field.hall
    for pair in ((errand.sun,), (errand.sun, errand.sun), ()):
        with pytest.raises(PairNeeded):
            plan_visits(collection, [hall], DayPlan(TOMORROW, pair), by=errand.lin)
    plan = DayPlan(TOMORROW, (errand.sun, errand.field.cast.zhou))
    with pytest.raises(InspectorNotAssigned):
        plan_visits(collection, [hall], plan, by=errand.lin)


def test_nobody_inspects_their_own_unit(errand: Errand) -> None:
    cast = errand.field.cast
    Post.objects.create(
        city=cast.city, user=errand.gao, kind=PostKind.UNIT, unit=cast.units.brigade
    )
    plan = DayPlan(TOMORROW, (errand.sun, fresh(errand.gao)))
    with pytest.raises(ConflictOfInterest):
        plan_visits(errand.field.collection, [errand.field.road], plan, by=errand.lin)
    assert plan_visits(errand.field.collection, [errand.field.hall], plan, by=errand.lin)


def test_a_site_without_checklist_is_not_planned(errand: Errand) -> None:
    RegisteredSite.objects.filter(pk=errand.field.hall.pk).update(site_type="market")
    hall = RegisteredSite.objects.get(pk=errand.field.hall.pk)
    plan = DayPlan(TOMORROW, (errand.sun, errand.gao))
    with pytest.raises(VisitNoChecklist):
        plan_visits(errand.field.collection, [hall], plan, by=errand.lin)


def test_only_whoever_leads_the_round_plans_it_and_only_while_it_goes_on(errand: Errand) -> None:
    plan = DayPlan(TOMORROW, (errand.sun, errand.gao))
    with pytest.raises(PermissionDenied):
        plan_visits(errand.field.collection, [errand.field.hall], plan, by=errand.sun)
    close_collection(errand.field.collection, by=errand.lin)
    with pytest.raises(CollectionClosed):
        plan_visits(errand.field.collection, [errand.field.hall], plan, by=errand.lin)


def test_a_visit_is_dropped_only_before_anything_came_back(errand: Errand) -> None:
    plan = DayPlan(TOMORROW, (errand.sun, errand.gao))
    (other,) = plan_visits(errand.field.collection, [errand.field.hall], plan, by=errand.lin)
    drop_visit(other, by=errand.lin)
    take_sheet(errand.visit, sheet(), by=errand.sun)
    with pytest.raises(VisitBegun):
        drop_visit(errand.visit, by=errand.lin)
    assert SiteVisit.objects.get() == errand.visit
