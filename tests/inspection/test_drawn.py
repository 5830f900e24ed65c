"""Visits from released picks: shown before they are planned, planned once, seen by the team."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import log_in, make_person
from tests.inspection.building import LINES
from tests.rounds.building import Field
from tests.rounds.drawing import big_field, drawn_from_register
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry, City, Post, User
from wenming.core.lifecycle import VisitState
from wenming.core.permissions import PostKind
from wenming.core.terms import AssignmentRole, DropReason
from wenming.framework.models import ChecklistSet
from wenming.inspection.models import SiteVisit
from wenming.inspection.services.drawn import (
    DrawnChanged,
    DrawnNoRound,
    DrawnNothing,
    look_at_sites,
    plan_drawn,
)
from wenming.inspection.services.drawn_plans import (
    DrawnDropped,
    DrawnPlan,
    DrawnPlanned,
    DrawnRetired,
    drawn_plan,
)
from wenming.inspection.services.planning import DayPlan, VisitNoChecklist, drop_visit, plan_visits
from wenming.rounds.models import DrawPick, DrawRelease, RegisteredSite, SealedDraw
from wenming.rounds.services.collections import CollectionClosed, assign_person, close_collection
from wenming.rounds.services.conflicts import ConflictOfInterest
from wenming.rounds.services.draw_releases import ReleaseWish, release_picks, replace_pick
from wenming.rounds.services.draws import join_draw, reveal_draw

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 12)


class Team:
    """A draw of four sites with two in reserve for each stratum, and a pair who inspect."""

    def __init__(self) -> None:
        self.field: Field = big_field()
        cast = self.field.cast
        self.lin, self.sun = cast.lin, cast.sun
        self.gao = make_person("gao", name="高远", city=cast.city, kind=PostKind.INSPECTOR)
        more = [{**LINES[0], "key": "m1", "site_type": "market"}]
        lists = self.field.collection.checklist_set
        assert lists is not None
        content = {**lists.content, "lines": [*LINES, *more]}
        ChecklistSet.objects.filter(pk=lists.pk).update(content=content)
        for person in (self.sun, self.gao):
            role = [AssignmentRole.INSPECTOR]
            assign_person(self.field.collection, person, role, by=self.lin)
        self.draw: SealedDraw = drawn_from_register(self.field)
        self.picks: list[DrawPick] = list(
            self.draw.picks.filter(is_replacement=False).order_by("position")
        )

    @property
    def city(self) -> City:
        return self.field.cast.city

    @property
    def pair(self) -> tuple[User, User]:
        return self.sun, self.gao

    def release(self, *picks: DrawPick, route: str = "东线", day: date = DAY) -> DrawRelease:
        wish = ReleaseWish(route, day)
        return release_picks(self.draw, [each.pk for each in picks], wish, by=self.lin)

    def shown(self, *releases: DrawRelease) -> DrawnPlan:
        released = look_at_sites(self.draw, by=self.lin)
        return drawn_plan(released, {each.pk: self.pair for each in releases})

    def plan(self, *releases: DrawRelease) -> list[SiteVisit]:
        pairs = {each.pk: self.pair for each in releases}
        confirmed = self.shown(*releases).digest
        return plan_drawn(self.draw, pairs, confirmed=confirmed, by=self.lin)


@pytest.fixture
def team() -> Team:
    return Team()


def reasons(plan: DrawnPlan) -> dict[str, type[Exception]]:
    return {one.pick.key: type(one.reason) for route in plan.routes for one in route.refused}


def test_what_was_released_is_planned_by_day_route_and_pair(team: Team) -> None:
    east = team.release(team.picks[0], team.picks[1])
    west = team.release(team.picks[2], route="西线", day=DAY + timedelta(days=1))
    assert team.shown(east, west).count == 3
    assert not SiteVisit.objects.exists()
    made = team.plan(east, west)
    assert [(v.pick, v.planned_on, v.route, v.position) for v in made[:2]] == [
        (team.picks[0], DAY, "东线", 1),
        (team.picks[1], DAY, "东线", 2),
    ]
    assert (made[2].site, made[2].route, made[2].position) == (team.picks[2].site, "西线", 1)
    assert {each.person for each in made[2].inspectors.all()} == set(team.pair)
    entry = AuditEntry.objects.filter(action="sitevisit.plan").latest("number")
    names = [person.name for person in team.pair]
    assert entry.detail == {"day": "2026-10-13", "visits": 1, "people": names}


def test_what_is_planned_is_not_planned_twice(team: Team) -> None:
    east = team.release(team.picks[0])
    team.plan(east)
    with pytest.raises(DrawnNothing):
        team.plan(east)
    moved = team.release(team.picks[0], team.picks[1], route="雨天顺延")
    assert reasons(team.shown(moved)) == {team.picks[0].key: DrawnPlanned}
    office, address = log_in(Client(), team.lin), reverse("inspection:drawn", args=[team.draw.pk])
    assert "2026-10-12" in office.get(address).content.decode()  # for when it is planned already
    (made,) = team.plan(moved)
    assert made.pick == team.picks[1]
    assert SiteVisit.objects.count() == 2


def test_a_route_without_a_pair_waits(team: Team) -> None:
    east, west = team.release(team.picks[0]), team.release(team.picks[1], route="西线")
    assert [each.pick for each in team.plan(west)] == [team.picks[1]]
    assert team.shown(east).count == 1


def test_a_site_of_their_own_unit_is_refused_and_nothing_else_is_lost(team: Team) -> None:
    own = next(p for p in team.picks if p.site is not None and p.site.unit is not None)
    assert own.site is not None
    east = team.release(*team.picks)
    Post.objects.create(city=team.city, user=team.gao, kind=PostKind.UNIT, unit=own.site.unit)
    refused = reasons(team.shown(east))
    assert refused[own.key] is ConflictOfInterest
    made = team.plan(east)
    assert {each.pick for each in made} == {p for p in team.picks if p.key not in refused}
    assert [each.position for each in made] == list(range(1, len(made) + 1))


def test_what_cannot_be_looked_at_is_listed_with_its_reason(team: Team) -> None:
    retired, untyped, by_hand, fit = team.picks
    RegisteredSite.objects.filter(pk=retired.site_id).update(retired_on=DAY)
    RegisteredSite.objects.filter(pk=untyped.site_id).update(site_type="no_type")
    assert by_hand.site is not None
    plan_visits(team.field.collection, [by_hand.site], DayPlan(DAY, team.pair), by=team.lin)
    east = team.release(*team.picks)
    assert reasons(team.shown(east)) == {
        retired.key: DrawnRetired, untyped.key: VisitNoChecklist, by_hand.key: DrawnPlanned,
    }  # fmt: skip
    assert [each.pick for each in team.plan(east)] == [fit]


def test_a_replacement_is_planned_and_the_dropped_one_is_named(team: Team) -> None:
    east = team.release(team.picks[0])
    (made,) = team.plan(east)
    turn = replace_pick(team.picks[0], because=DropReason.OTHER, note="道路施工", by=team.lin)
    assert turn is not None
    shown = team.shown(east)
    assert reasons(shown) == {team.picks[0].key: DrawnDropped}
    assert shown.routes[0].stops == [turn]
    (instead,) = team.plan(east)
    assert (instead.pick, instead.position) == (turn, 2)
    drop_visit(made, by=team.lin)
    assert reasons(team.shown(east)) == {turn.key: DrawnPlanned}
    page = log_in(Client(), team.lin, language="en").get(
        reverse("inspection:visit", args=[instead.pk])
    )
    assert f"instead of {team.picks[0].name}" in page.content.decode()
    assert "道路施工" in page.content.decode()


def test_only_what_was_shown_is_planned(team: Team) -> None:
    east = team.release(team.picks[0])
    confirmed = team.shown(east).digest
    team.release(team.picks[1])  # another one of the same route
    turn = replace_pick(team.picks[0], because=DropReason.GONE, by=team.lin)
    assert turn is not None
    with pytest.raises(DrawnChanged):
        plan_drawn(team.draw, {east.pk: team.pair}, confirmed=confirmed, by=team.lin)
    assert not SiteVisit.objects.exists()


def test_without_an_open_round_nothing_is_planned(team: Team) -> None:
    close_collection(team.field.collection, by=team.lin)
    with pytest.raises(CollectionClosed):
        look_at_sites(team.draw, by=team.lin)
    SealedDraw.objects.update(collection=None)
    with pytest.raises(DrawnNoRound):
        look_at_sites(SealedDraw.objects.get(), by=team.lin)


def test_only_who_leads_the_round_and_belongs_to_the_team_plans(team: Team) -> None:
    east = team.release(team.picks[0])
    join_draw(team.draw, team.sun, by=team.lin)
    other = make_person("tian", name="田甜", city=team.city, kind=PostKind.OFFICE)
    confirmed = team.shown(east).digest
    address = reverse("inspection:drawn", args=[team.draw.pk])
    for person in (team.sun, team.field.cast.zheng, other):
        with pytest.raises(PermissionDenied):
            plan_drawn(team.draw, {east.pk: team.pair}, confirmed=confirmed, by=person)
    assert log_in(Client(), other).get(address).status_code == 404
    assert log_in(Client(), team.sun).get(address).status_code == 404
    assert log_in(Client(), team.lin).get(address).status_code == 200
    assert not SiteVisit.objects.exists()


def test_whom_nobody_told_does_not_see_where_a_sealed_draw_sends_a_pair(team: Team) -> None:
    (made,) = team.plan(team.release(team.picks[0]))
    other = make_person("tian", name="田甜", city=team.city, kind=PostKind.OFFICE)
    leader = make_person("bai", name="白帆", city=team.city, kind=PostKind.LEADER)

    def seeing() -> list[User]:
        people = (team.lin, team.sun, team.gao, other, leader)
        return [p for p in people if made in SiteVisit.objects.visible_to(p)]

    assert seeing() == [team.lin, team.sun, team.gao]
    office = log_in(Client(), other)
    collection = team.field.collection
    for name in ("inspection:visits", "inspection:records", "rounds:collection"):
        answer = office.get(reverse(name, args=[collection.pk]))
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert made.site.name not in body.decode()
        assert "东线" not in body.decode()
    assert office.get(reverse("inspection:visit", args=[made.pk])).status_code == 404
    plan_visits(collection, [made.site], DayPlan(DAY, team.pair, "东线"), by=other)
    by_hand = SiteVisit.objects.get(pick=None)
    assert by_hand.position == 1
    SiteVisit.objects.filter(pk=made.pk).update(state=VisitState.SUBMITTED)
    assert len(seeing()) == 5
    SiteVisit.objects.filter(pk=made.pk).update(state=VisitState.PLANNED)
    reveal_draw(team.draw, named=team.draw.title, by=team.lin)
    assert len(seeing()) == 5


def test_what_is_taken_out_of_the_plan_is_not_named_while_the_draw_is_sealed(team: Team) -> None:
    (made,) = team.plan(team.release(team.picks[0]))
    drop_visit(made, by=team.lin)
    assert AuditEntry.objects.latest("number").detail == {"day": "2026-10-12"}


def test_a_clerk_looks_at_the_plan_and_confirms_it(team: Team) -> None:
    join_draw(team.draw, team.sun, by=team.lin)
    join_draw(team.draw, team.gao, by=team.lin)
    wish = ReleaseWish("东线", timezone.localdate(), list(team.pair))
    release = release_picks(team.draw, [team.picks[0].pk], wish, by=team.lin)
    office = log_in(Client(), team.lin, language="en")
    address = reverse("inspection:drawn", args=[team.draw.pk])
    assert address in office.get(reverse("rounds:draw", args=[team.draw.pk])).content.decode()
    page = office.get(address).content.decode()
    assert team.picks[0].name in page
    assert "Plan 1 visit" in page
    first, second = f"first-{release.pk}", f"second-{release.pk}"
    alone = office.post(address, {"step": "plan", first: str(team.sun.pk), second: ""})
    assert alone.status_code == 422
    pair = {first: str(team.sun.pk), second: str(team.gao.pk)}
    assert office.post(address, {"step": "plan", **pair, "confirmed": "0"}).status_code == 422
    shown = office.post(address, {"step": "look", **pair})
    assert shown.status_code == 200
    assert not SiteVisit.objects.exists()
    done = office.post(address, {"step": "plan", **pair, "confirmed": shown.context["plan"].digest})
    assert done.headers["Location"] == reverse("inspection:visits", args=[team.field.collection.pk])
    assert SiteVisit.objects.get().pick == team.picks[0]
