"""The plan of a round by a program: dates, numbers, facts; what is asked for; panels called."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.api.calling import Caller, token_of
from tests.cast import fresh
from tests.inspection.test_panels import ITEM, make_hall
from tests.rounds.building import Field, small_field
from tests.submission.building import handed_in, small_desk
from wenming.base.models import City, Job, User
from wenming.core.lifecycle import EditionState
from wenming.framework.models import Edition
from wenming.inspection.models import PanelSession
from wenming.submission.models import Requirement

pytestmark = pytest.mark.django_db
REPORT = {"item": "B1.1", "title": "年度报告", "kind": "report", "year_from": 2025, "year_to": 2026}


def program(user: User, city: City) -> Caller:
    return Caller(token_of(fresh(user), city))


def both(field: Field) -> tuple[Caller, Caller]:
    """The office of the city, and that of its neighbour."""
    cast = field.cast
    return program(cast.lin, cast.city), program(cast.wu, cast.other_city)


def plan(field: Field, **changes: Any) -> dict[str, Any]:
    said = {
        "key": "2026-3", "kind": "self_test", "title": "第三轮（调整）",
        "edition": str(field.collection.edition_id),
        "period_from": "2026-10-01", "period_to": "2026-11-15",
    }  # fmt: skip
    return said | changes


def test_the_plan_of_an_open_round_changes_in_its_dates_but_not_in_its_key() -> None:
    field = small_field()
    office, neighbour = both(field)
    address = f"/collections/{field.collection.pk}"
    done = office.ask("PUT", address, plan(field))
    assert (done.status_code, done.json()["period_to"]) == (200, "2026-11-15"), done.content
    refused = office.ask("PUT", address, plan(field, key="2026-9"))
    assert (refused.status_code, refused.json()["code"]) == (409, "collection_started")
    backwards = office.ask("PUT", address, plan(field, period_to="2026-09-01"))
    assert (backwards.status_code, backwards.json()["code"]) == (409, "collection_period_reversed")
    assert neighbour.ask("PUT", address, plan(field)).status_code == 404
    other = Edition.objects.create(
        city=field.cast.city, key="d", title_zh="草稿", hash="1" * 64, content={},
        state=EditionState.DRAFT,
    )  # fmt: skip
    draft = office.ask("PUT", address, plan(field, edition=str(other.pk)))
    assert draft.status_code == 404, "a draft is not measured by"


def test_the_calendar_and_the_numbers_of_sites_stay_within_the_round() -> None:
    field = small_field()
    office, neighbour = both(field)
    calendar = f"/collections/{field.collection.pk}/calendar"
    row = {"method": "survey", "first": "2026-10-05", "last": "2026-10-20"}
    done = office.ask("PUT", calendar, {"rows": [row]})
    assert done.json() == {"rows": [row]} == office.ask("GET", calendar).json()
    late = office.ask("PUT", calendar, {"rows": [row | {"last": "2026-11-20"}]})
    assert (late.status_code, late.json()["code"]) == (409, "collection_calendar_outside")
    assert late.json()["message"] == "These days do not lie within the round."
    back = office.ask("PUT", calendar, {"rows": [row | {"last": "2026-10-01"}]})
    assert (back.status_code, back.json()["code"]) == (409, "collection_period_reversed")
    assert office.ask("GET", calendar).json() == {"rows": [row]}
    numbers = f"/collections/{field.collection.pk}/site-numbers"
    market = {"site_type": "market", "sites": 3}
    told = office.ask(
        "PUT", numbers, {"rows": [market, {"site_type": "main_road", "sites": 0}]}
    ).json()
    assert told["site_numbers"] == {"market": 3}
    strange = office.ask("PUT", numbers, {"rows": [market | {"site_type": "airport"}]})
    assert (strange.status_code, strange.json()["code"]) == (409, "collection_fact_unknown")
    assert office.ask("PUT", numbers, {"rows": [market | {"sites": -1}]}).status_code == 422
    for address, body in ((calendar, {"rows": []}), (numbers, {"rows": []})):
        assert neighbour.ask("PUT", address, body).status_code == 404


def test_what_is_known_of_gates_has_its_reason() -> None:
    field = small_field()
    office, neighbour = both(field)
    facts = f"/collections/{field.collection.pk}/facts"
    said = {
        "gates": [{"gate": "PC1", "holds": True, "reason": "省文明办通报"}],
        "not_applicable": [{"item": "B1.2", "reason": "本市不临海"}],
    }
    done = office.ask("PUT", facts, said)
    assert done.status_code == 200, done.content
    assert said["not_applicable"] == office.ask("GET", facts).json()["not_applicable"]
    bare = office.ask("PUT", facts, {"gates": [{"gate": "PC1", "holds": False}]})
    assert (bare.status_code, bare.json()["code"]) == (409, "collection_fact_bare")
    unknown = office.ask("PUT", facts, {"gates": [{"gate": "X", "holds": True, "reason": "听说"}]})
    assert (unknown.status_code, unknown.json()["code"]) == (409, "collection_fact_unknown")
    assert neighbour.ask("PUT", facts, said).status_code == 404


def test_a_round_in_work_is_scored_once_however_often_it_is_asked() -> None:
    field = small_field()
    office, neighbour = both(field)
    address = f"/collections/{field.collection.pk}/runs"
    first, again = (office.ask("POST", address) for _ in range(2))
    assert (first.status_code, again.json()["id"]) == (202, first.json()["id"])
    assert Job.objects.filter(kind="gather_round").count() == 1
    assert neighbour.ask("POST", address).status_code == 404


def test_what_a_round_asks_for_is_added_changed_and_dropped() -> None:
    desk = small_desk()
    office, neighbour = both(desk.field)
    asks = f"/collections/{desk.collection.pk}/requirements"
    made = office.ask("POST", asks, REPORT)
    assert made.status_code == 201, made.content
    one = f"/requirements/{made.json()['id']}"
    twice = office.ask("POST", asks, REPORT)
    assert (twice.status_code, twice.json()["code"]) == (409, "requirement_taken")
    for wrong, code in (
        ({"item": "Z9"}, "collection_fact_unknown"),
        ({"method": "survey"}, "collection_fact_unknown"),
        ({"year_to": 2024}, "requirement_years_reversed"),
    ):
        refused = office.ask("POST", asks, REPORT | {"title": "另一份"} | wrong)
        assert (refused.status_code, refused.json()["code"]) == (409, code)
    assert office.ask("POST", asks, REPORT | {"wanted": 0}).status_code == 422
    unit = {"unit": str(desk.field.cast.units.archive.pk), "wanted": 2}
    changed = office.ask("PUT", one, REPORT | unit).json()
    assert (changed["wanted"], changed["unit"]["id"]) == (2, unit["unit"])
    abroad = {"unit": str(desk.field.cast.units.abroad.pk)}
    assert office.ask("PUT", one, REPORT | abroad).status_code == 404
    for method in ("PUT", "DELETE"):
        body = REPORT if method == "PUT" else None
        assert neighbour.ask(method, one, body).status_code == 404
    assert office.ask("DELETE", one).status_code == 204
    assert not Requirement.objects.filter(title="年度报告").exists()
    handed_in(desk)
    used = office.ask("DELETE", f"/requirements/{desk.rule.pk}")
    assert (used.status_code, used.json()["code"]) == (409, "requirement_in_use")
    assert office.ask("POST", asks + "/remind").json() == {"count": 1}


def test_a_panel_is_called_together_and_taken_back_before_anybody_rates(
    tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    hall = make_hall(tmp_path)
    office = program(hall.cast.lin, hall.cast.city)
    neighbour = program(hall.cast.wu, hall.cast.other_city)
    round_ = f"/collections/{hall.collection.pk}"
    with django_assert_max_num_queries(20):
        free = office.ask("GET", round_ + "/panel-items").json()["rows"]
    assert ITEM not in {each["item"] for each in free["overall"]}, "a session rates it already"
    assert office.ask("DELETE", f"/panels/{hall.session.pk}").status_code == 204
    free = office.ask("GET", round_ + "/panel-items").json()["rows"]
    assert ITEM in {each["item"] for each in free["overall"]}
    assessor = str(hall.cast.sun.pk)
    said = {"method": "overall", "title": "新城", "held_on": "2026-10-20", "items": [ITEM]}
    made = office.ask("POST", round_ + "/panels", said | {"people": [assessor]})
    assert made.status_code == 201, made.content
    assert [seat["person"] for seat in made.json()["seats"]] == [assessor]
    twice = office.ask("POST", round_ + "/panels", said | {"people": [assessor]})
    assert (twice.status_code, twice.json()["code"]) == (409, "panel_item_unfit")
    stranger = said | {"people": [str(hall.cast.wu.pk)]}
    assert office.ask("POST", round_ + "/panels", stranger).status_code == 404
    one = f"/panels/{made.json()['id']}"
    assert neighbour.ask("DELETE", one).status_code == 404
    assert PanelSession.objects.count() == 1
