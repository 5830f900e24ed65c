"""Who sees which sites, on the list, on the map and one by one."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import log_in
from tests.rounds.conftest import Ground
from wenming.files.geojson import Feature
from wenming.rounds.models import LayerKind
from wenming.rounds.services.layers import store_layer

SEES = {
    "lin": {"和平路", "档案大厅", "柳巷"},
    "zheng": {"和平路", "档案大厅", "柳巷"},
    "wang": {"和平路", "档案大厅", "柳巷"},
    "zhao": {"和平路"},
    "qian": {"档案大厅"},
    "chen": {"和平路"},
}
REFUSED = ("sun", "li", "zhou", "feng", "chu", "wei")


def as_person(ground: Ground, name: str) -> Client:
    return log_in(Client(), getattr(ground.cast, name))


def addresses(ground: Ground) -> list[str]:
    kept = [ground.round.pk]
    return [reverse(f"rounds:{name}", args=kept) for name in ("sites", "map", "features")]


@pytest.mark.parametrize("name", SEES)
def test_each_sees_the_sites_within_their_reach(ground: Ground, name: str) -> None:
    client = as_person(ground, name)
    for address in addresses(ground):
        text = client.get(address).content.decode()
        seen = {each for each in ("和平路", "档案大厅", "柳巷", "邻市路") if each in text}
        missing = {"柳巷"} if address.endswith(".geojson") else set()  # it has no place
        assert seen == SEES[name] - missing, address


@pytest.mark.parametrize("name", REFUSED)
def test_others_are_refused(ground: Ground, name: str) -> None:
    client = as_person(ground, name)
    assert {client.get(each).status_code for each in addresses(ground)} == {403}
    assert client.get(reverse("rounds:latest")).status_code == 403


def test_a_visitor_is_sent_to_log_in(ground: Ground) -> None:
    assert {Client().get(each).status_code for each in addresses(ground)} == {302}


def test_a_round_of_another_city_is_not_there(ground: Ground) -> None:
    client = as_person(ground, "wu")
    assert {client.get(each).status_code for each in addresses(ground)} == {404}


def test_a_site_of_another_unit_is_not_there(ground: Ground) -> None:
    client = as_person(ground, "qian")
    own, other = (
        reverse("rounds:site", args=[ground.round.pk, site.pk])
        for site in (ground.hall, ground.road)
    )
    assert client.get(own).status_code == 200
    assert client.get(other).status_code == 404


def test_the_list_says_places_in_the_chosen_datum(ground: Ground) -> None:
    client = as_person(ground, "lin")
    address = reverse("rounds:sites", args=[ground.round.pk])
    assert "122.300000" not in client.get(address).content.decode()
    assert "122.300000" in client.get(address, {"datum": "gcj02"}).content.decode()
    file = client.get(address, {"datum": "gcj02", "form": "csv"})
    assert "122.300000,35.400000" in b"".join(file.streaming_content).decode()


def test_filters_narrow_list_and_map_alike(ground: Ground) -> None:
    client = as_person(ground, "lin")
    for wish, left in (
        ({"text": "和平"}, "和平路"),
        ({"unit": str(ground.cast.units.archive.pk)}, "档案大厅"),
        ({"placed": "no"}, "柳巷"),
    ):
        for address in addresses(ground)[:2]:
            text = client.get(address, wish).content.decode()
            others = {"和平路", "档案大厅", "柳巷"} - {left}
            assert left in text
            assert not any(f">{other}<" in text for other in others)


def test_pages_stay_within_their_queries(ground: Ground, django_assert_max_num_queries) -> None:
    client = as_person(ground, "lin")
    client.get(addresses(ground)[0])
    for address in addresses(ground):
        with django_assert_max_num_queries(20):
            client.get(address)


def test_the_map_names_its_layers_and_they_are_geojson(ground: Ground) -> None:
    line = Feature("LineString", [[122.0, 35.0], [122.1, 35.1]], {"name": "<河>"})
    layer = store_layer(ground.cast.city, "水系", LayerKind.WATER, [line])
    client = as_person(ground, "zhao")
    address = reverse("rounds:layer", args=[layer.pk])
    assert address in client.get(addresses(ground)[1]).content.decode()
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/geo+json"
    assert json.loads(answer.content)["features"][0]["properties"]["name"] == "<河>"
    assert as_person(ground, "wu").get(address).status_code == 404


def test_the_office_places_a_site_and_hears_of_mistakes(ground: Ground) -> None:
    client = as_person(ground, "lin")
    address = reverse("rounds:place", args=[ground.round.pk, ground.lane.pk])
    half = client.post(address, {"longitude": "122.3", "datum": "gcj02"})
    assert half.status_code == 422
    swapped = client.post(address, {"longitude": "35.4", "latitude": "122.3", "datum": "gcj02"})
    assert swapped.status_code == 422
    assert "经度" in swapped.content.decode()
    sent = {"longitude": "122.3", "latitude": "35.4", "datum": "gcj02"}
    assert client.post(address, sent).status_code == 302
    ground.lane.refresh_from_db()
    assert ground.lane.datum == "gcj02"
    assert as_person(ground, "zhao").get(address).status_code == 403


def test_only_the_office_reaches_the_layers(ground: Ground) -> None:
    names = ("rounds:layers", "rounds:add_layer")
    office, unit = as_person(ground, "lin"), as_person(ground, "zhao")
    assert {office.get(reverse(name)).status_code for name in names} == {200}
    assert {unit.get(reverse(name)).status_code for name in names} == {403}
