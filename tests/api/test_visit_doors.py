"""Visits by a program: planned by hand or as a sealed draw released them, accepted, returned."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.api.calling import Caller, token_of
from tests.cast import fresh
from tests.inspection.building import Errand, seen, sheet, small_errand
from tests.inspection.test_drawn import DAY, Team
from wenming.base.models import AuditEntry, City, User
from wenming.core.lifecycle import VisitState
from wenming.core.terms import Outcome
from wenming.inspection.models import SiteVisit
from wenming.inspection.services.taking import take_sheet

pytestmark = pytest.mark.django_db


def program(user: User, city: City) -> Caller:
    return Caller(token_of(fresh(user), city))


def handed_in(errand: Errand, version: int = 1) -> SiteVisit:
    errand.visit.refresh_from_db()
    records = [
        seen("r1", Outcome.CONFORM), seen("r2", None, 0), seen("r3", None, 0, seconds=60),
        seen("r4", None, 9, base=10), seen("r5", Outcome.CONFORM),
    ]  # fmt: skip
    given = sheet(site=errand.visit.site.key, version=version, records=records)
    return take_sheet(errand.visit, given, by=fresh(errand.sun)).visit


def test_a_pair_is_sent_to_sites_of_the_register_and_the_visit_is_taken_out() -> None:
    errand = small_errand()
    cast, hall = errand.field.cast, errand.field.hall
    office, neighbour = program(errand.lin, cast.city), program(cast.wu, cast.other_city)
    round_ = f"/collections/{errand.field.collection.pk}/visits"
    pair = [str(errand.sun.pk), str(errand.gao.pk)]
    said = {"sites": [str(hall.pk)], "pair": pair, "day": "2026-10-12", "route": "东线"}
    made = office.ask("POST", round_, said)
    assert made.status_code == 201, made.content
    (visit,) = made.json()["rows"]
    assert (visit["site_key"], visit["route"], visit["position"]) == (hall.key, "东线", 1)
    assert set(visit["pair"]) == {errand.sun.name, errand.gao.name}
    twice = office.ask("POST", round_, said)
    assert (twice.status_code, twice.json()["code"]) == (409, "visit_planned_already")
    alone = office.ask("POST", round_, said | {"day": "2026-10-13", "pair": [pair[0], pair[0]]})
    assert (alone.status_code, alone.json()["code"]) == (409, "visit_pair_needed")
    assert office.ask("POST", round_, said | {"pair": pair[:1]}).status_code == 422
    assert neighbour.ask("POST", round_, said).status_code == 404
    assert neighbour.ask("DELETE", f"/visits/{visit['id']}").status_code == 404
    assert office.ask("DELETE", f"/visits/{visit['id']}").status_code == 204
    assert SiteVisit.objects.count() == 1


def test_what_was_seen_is_read_returned_with_remarks_and_accepted(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    errand = small_errand()
    cast = errand.field.cast
    office, neighbour = program(errand.lin, cast.city), program(cast.wu, cast.other_city)
    one, round_ = f"/visits/{errand.visit.pk}", f"/collections/{errand.field.collection.pk}/visits"
    early = office.ask("POST", one + "/accept")
    assert (early.status_code, early.json()["code"]) == (409, "transition_not_allowed")
    handed_in(errand)
    with django_assert_max_num_queries(25):
        records = office.ask("GET", one).json()["sheet"]["records"]
    assert [(each["line"], each["value"]) for each in records][3] == ("r4", 0.9)
    used = office.ask("DELETE", one)
    assert (used.status_code, used.json()["code"]) == (409, "visit_begun")
    strange = office.ask(
        "POST", one + "/return", {"because": "补照", "remarks": [{"line": "r9", "text": "照片"}]}
    )
    assert (strange.status_code, strange.json()["code"]) == (409, "remark_unknown_line")
    assert neighbour.ask("GET", one).status_code == 404
    for way, body in (("/return", {"because": "补照"}), ("/accept", None)):
        assert neighbour.ask("POST", one + way, body).status_code == 404
    back = office.ask(
        "POST",
        one + "/return",
        {"because": "补照", "remarks": [{"line": "r1", "text": "照片不清"}]},
    )
    assert (back.json()["state"], back.json()["remarks"]) == ("returned", {"r1": "照片不清"})
    handed_in(errand, version=2)
    listed = office.ask("GET", f"{round_}?state=submitted").json()
    assert [each["id"] for each in listed["rows"]] == [str(errand.visit.pk)]
    several = {"visits": [str(errand.visit.pk)]}
    assert neighbour.ask("POST", "/visits/accept", several).status_code == 404
    done = office.ask("POST", "/visits/accept", several).json()["rows"]
    assert [each["state"] for each in done] == [VisitState.ACCEPTED]
    table = b"".join(office.ask("GET", round_ + "/records.csv").streaming_content)
    assert table.count(b"\n") >= 6


def test_visits_of_a_sealed_draw_are_planned_as_they_were_shown() -> None:
    team = Team()
    office = program(team.lin, team.city)
    release = team.release(team.picks[0], team.picks[1])
    address = f"/draws/{team.draw.pk}/visits"
    who = [str(each.pk) for each in team.pair]
    pairs: dict[str, Any] = {"pairs": [{"release": str(release.pk), "people": who}]}
    looks = AuditEntry.objects.count()
    shown = office.ask("POST", address + "/preview", pairs).json()
    assert (shown["count"], [each["day"] for each in shown["routes"]]) == (2, [DAY.isoformat()])
    assert AuditEntry.objects.count() > looks, "the look is written down"
    assert not SiteVisit.objects.exists()
    other = office.ask("POST", address, pairs | {"confirmed": "0" * 64})
    assert (other.status_code, other.json()["code"]) == (409, "visit_drawn_changed")
    made = office.ask("POST", address, pairs | {"confirmed": shown["digest"]})
    assert made.status_code == 201, made.content
    assert [each["route"] for each in made.json()["rows"]] == ["东线", "东线"]
    again = office.ask("POST", address, pairs | {"confirmed": shown["digest"]})
    assert (again.status_code, again.json()["code"]) == (409, "visit_drawn_nothing")
    then = office.ask("POST", address + "/preview", pairs).json()["routes"][0]["refused"]
    assert {each["code"] for each in then} == {"visit_drawn_planned"}
    cast = team.field.cast
    for stranger in (program(cast.wu, cast.other_city), program(cast.chen, cast.city)):
        for way in ("/preview", ""):
            body = pairs if way else pairs | {"confirmed": shown["digest"]}
            assert stranger.ask("POST", address + way, body).status_code in (403, 404)
