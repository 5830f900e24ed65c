"""Margins, bounds and quotas of a survey by a program: set, read, refused, taken away."""

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.api.calling import Caller, token_of
from tests.cast import fresh
from tests.rounds.building import Field
from tests.survey.test_raking_pages import fill
from tests.survey.weighting import weighted_field, weighted_work
from wenming.survey.models import Fieldwork

pytestmark = pytest.mark.django_db
GROUPS = [{"group": "yes", "total": "70"}, {"group": "no", "total": "30"}]
LOCAL = {"source": "普查", "groups": GROUPS}


@pytest.fixture
def field(monkeypatch: pytest.MonkeyPatch) -> Field:
    return weighted_field(monkeypatch)


@pytest.fixture
def work(field: Field) -> Fieldwork:
    return weighted_work(field)


@pytest.fixture
def office(field: Field) -> Caller:
    return Caller(token_of(fresh(field.cast.lin), field.cast.city))


@pytest.fixture
def neighbour(field: Field) -> Caller:
    return Caller(token_of(fresh(field.cast.wu), field.cast.other_city))


def test_a_margin_weighs_what_was_accepted_and_is_taken_away(
    field: Field,
    work: Fieldwork,
    office: Caller,
    neighbour: Caller,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    fill(field, work)
    address = f"/collections/{field.collection.pk}/margins"
    before = office.ask("GET", address).json()
    assert (before["sheets"], before["margins"], before["is_raked"]) == (12, [], None)
    assert {each["column"] for each in before["columns"]} == {"local", "age", "county", "community"}
    done = office.ask("PUT", f"{address}/local", LOCAL)
    assert done.status_code == 200, done.content
    (margin,) = done.json()["margins"]
    assert [each["share"] for each in margin["groups"]] == [0.7, 0.3]
    assert [round(each["weighted"], 6) for each in margin["groups"]] == [0.7, 0.3]
    assert done.json()["is_raked"] is True
    with django_assert_max_num_queries(60):
        (estimate,) = office.ask("GET", address).json()["estimates"]
    assert (estimate["item"], estimate["n"], estimate["value"]) == ("B1.1", 12, 75)
    for caller, status in ((neighbour, 404), (office, 204)):
        assert caller.ask("DELETE", f"{address}/local").status_code == status
    gone = office.ask("DELETE", f"{address}/local")
    assert (gone.status_code, gone.json()["code"]) == (409, "margin_column_unknown")


def test_margins_and_bounds_that_cannot_be_are_refused(
    field: Field, work: Fieldwork, office: Caller, neighbour: Caller
) -> None:
    del work
    address = f"/collections/{field.collection.pk}"
    unknown = office.ask("PUT", f"{address}/margins/clean", LOCAL)
    assert (unknown.status_code, unknown.json()["code"]) == (409, "margin_column_unknown")
    half = office.ask("PUT", f"{address}/margins/local", LOCAL | {"groups": GROUPS[:1]})
    assert half.status_code == 422
    assert half.json()["problems"], "each mistake is told"
    for total in ("-1", "1e3", "many"):
        groups = [{"group": "yes", "total": total}]
        wrong = office.ask("PUT", f"{address}/margins/local", LOCAL | {"groups": groups})
        assert wrong.status_code == 422
    told = office.ask("PUT", f"{address}/trim", {"lower": "0.3", "upper": "3"}).json()
    assert (told["trim_lower"], told["trim_upper"]) == ("0.3", "3")
    narrow = office.ask("PUT", f"{address}/trim", {"lower": "1.5"})
    assert narrow.status_code == 422
    kept = office.ask("GET", f"{address}/margins").json()
    assert (kept["trim_lower"], kept["trim_upper"]) == ("0.3", "3")
    for way, body in (("margins/local", LOCAL), ("trim", {}), ("quotas", {"rows": []})):
        assert neighbour.ask("PUT", f"{address}/{way}", body).status_code == 404


def test_quotas_are_set_in_place_of_those_before(
    field: Field, work: Fieldwork, office: Caller
) -> None:
    fill(field, work)
    address = f"/collections/{field.collection.pk}/quotas"
    rows = [
        {"cell": {"local": "yes"}, "wanted": 5},
        {"cell": {"local": "no", "age": ["18", None]}, "wanted": 9},
    ]
    told = office.ask("PUT", address, {"rows": rows})
    assert told.status_code == 200, told.content
    assert [(each["cell"], each["wanted"]) for each in told.json()["rows"]] == [
        (each["cell"], each["wanted"]) for each in rows
    ]
    assert told.json() == office.ask("GET", address).json()
    twice = office.ask("PUT", address, {"rows": [rows[0], rows[0]]})
    assert (twice.status_code, twice.json()["code"]) == (409, "quota_twice")
    unknown = office.ask("PUT", address, {"rows": [{"cell": {"local": "maybe"}, "wanted": 1}]})
    assert (unknown.status_code, unknown.json()["code"]) == (409, "quota_cell_unknown")
    odd = office.ask("PUT", address, {"rows": [{"cell": {"age": ["x", "y", "z"]}, "wanted": 1}]})
    assert odd.status_code in (409, 422)
    assert len(office.ask("GET", address).json()["rows"]) == 2


def test_a_round_without_a_survey_has_no_margins(field: Field, office: Caller) -> None:
    address = f"/collections/{field.collection.pk}"
    assert office.ask("GET", f"{address}/margins").status_code == 404
    assert office.ask("PUT", f"{address}/quotas", {"rows": []}).status_code == 404
