"""Sites get their places as they were given, and the map its layers."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from tests.cast import fresh
from tests.rounds.conftest import Ground
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry
from wenming.base.services.attachments import bring_in
from wenming.core.errors import BadInput
from wenming.core.permissions import Capability
from wenming.files.datum import Datum, locate
from wenming.rounds.models import LayerKind, MapLayer, Site
from wenming.rounds.services import add_layer, drop_layer, place_site
from wenming.rounds.services.layers import LayerWish

RING = [[122.0, 35.0], [122.2, 35.0], [122.2, 35.2], [122.0, 35.0]]


def layer_file(ground: Ground, geometry: dict[str, object]):
    text = json.dumps({"type": "Feature", "properties": {"name": "甲区"}, "geometry": geometry})
    upload = SimpleUploadedFile("boundary.geojson", text.encode())
    office, city = ground.cast.lin, ground.cast.city
    return bring_in(upload, city=city, by=office, opened_by=Capability.VIEW_ORGANISATION)


def wish_of(ground: Ground, ring: object, datum: Datum = Datum.GCJ02) -> LayerWish:
    file = layer_file(ground, {"type": "Polygon", "coordinates": [ring]})
    return LayerWish("区界", LayerKind.BOUNDARY, datum, file)


def test_a_place_is_kept_as_given_and_in_wgs84(ground: Ground) -> None:
    place_site(ground.lane, locate(122.3, 35.4, Datum.BD09), by=ground.cast.lin)
    kept = Site.objects.get(pk=ground.lane.pk)
    assert (kept.given_longitude, kept.given_latitude, kept.datum) == (122.3, 35.4, "bd09")
    assert kept.place is not None
    assert kept.place.seen_in(Datum.BD09) == (122.3, 35.4)
    assert 0.005 < 122.3 - (kept.longitude or 0) < 0.02
    entry = AuditEntry.objects.order_by("-number").first()
    assert entry is not None
    assert entry.action == "site.place"
    assert entry.detail["after"] == "122.3, 35.4 (bd09)"


def test_a_place_can_be_taken_away(ground: Ground) -> None:
    place_site(ground.road, None, by=ground.cast.lin)
    kept = Site.objects.get(pk=ground.road.pk)
    assert kept.place is None
    assert (kept.longitude, kept.given_longitude, kept.datum) == (None, None, "")


def test_a_unit_may_not_place_its_own_site(ground: Ground) -> None:
    with pytest.raises(PermissionDenied):
        place_site(ground.road, None, by=ground.cast.zhao)
    assert Site.objects.get(pk=ground.road.pk).place is not None


def test_the_office_of_another_city_may_not(ground: Ground) -> None:
    with pytest.raises(PermissionDenied):
        place_site(ground.road, None, by=ground.cast.wu)


def test_the_database_refuses_half_a_place(ground: Ground) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Site.objects.filter(pk=ground.road.pk).update(latitude=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Site.objects.filter(pk=ground.road.pk).update(longitude=200)


def test_a_layer_is_stored_in_wgs84_with_its_file(ground: Ground) -> None:
    wish = wish_of(ground, RING)
    layer = add_layer(wish, city=ground.cast.city, by=ground.cast.lin)
    first = layer.features["features"][0]["geometry"]["coordinates"][0][0]
    expected = locate(122.0, 35.0, Datum.GCJ02)
    assert first == pytest.approx([expected.longitude, expected.latitude], abs=1e-6)
    assert (layer.source, layer.datum, layer.count) == (wish.file, "gcj02", 1)
    later = add_layer(wish_of(ground, RING), city=ground.cast.city, by=ground.cast.lin)
    assert later.position > layer.position


def test_all_mistakes_of_a_layer_are_told_and_nothing_is_stored(ground: Ground) -> None:
    wish = wish_of(ground, [[122.0, 35.0], [35.0, 122.0], ["x", 1], [122.0, 36.0]])
    with pytest.raises(BadInput) as refused:
        add_layer(wish, city=ground.cast.city, by=ground.cast.lin)
    codes = {problem.code for problem in refused.value.problems}
    assert codes == {"geojson_outside", "geojson_position", "geojson_ring_open"}
    assert not MapLayer.objects.exists()


def test_only_the_office_changes_the_map(ground: Ground) -> None:
    wish = wish_of(ground, RING)
    layer = add_layer(wish, city=ground.cast.city, by=ground.cast.lin)
    for person in (ground.cast.zhao, ground.cast.zheng, ground.cast.wu):
        with pytest.raises(PermissionDenied):
            add_layer(wish, city=ground.cast.city, by=fresh(person))
        with pytest.raises(PermissionDenied):
            drop_layer(layer, by=fresh(person))
    drop_layer(layer, by=ground.cast.lin)
    assert not MapLayer.objects.exists()
    assert layer_file(ground, {"type": "Point", "coordinates": [1, 2]}).pk
