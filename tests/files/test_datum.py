"""Places come back from every datum to within a centimetre; GeoJSON tells its mistakes."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenming.base.wording import refusal
from wenming.core.errors import BadInput
from wenming.files.datum import BadCoordinates, Datum, from_wgs84, is_shifted, locate, to_wgs84
from wenming.files.geojson import Feature, feature_collection, geojson_text, read_geojson

METRES = 111_320  # of a degree of latitude
# Shared test points of the public implementations: latitude and longitude in WGS-84, in GCJ-02.
GCJ_PAIRS = [
    (31.1774276, 121.5272106, 31.17530398364597, 121.531541859215),
    (22.543847, 113.912316, 22.540796131694766, 113.9171764808363),
    (39.911954, 116.377817, 39.91334545536069, 116.38404722455657),
]
# The usual point of the libraries for BD-09: longitude and latitude in WGS-84, in BD-09.
WGS_POINT, BD_POINT = (116.404, 39.915), (116.41662724378733, 39.922699552216216)


def apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Metres between two near places."""
    east = (one[0] - other[0]) * METRES * math.cos(math.radians(one[1]))
    return math.hypot(east, (one[1] - other[1]) * METRES)


@pytest.mark.parametrize(("lat", "lon", "gcj_lat", "gcj_lon"), GCJ_PAIRS)
def test_published_points_in_gcj02(lat: float, lon: float, gcj_lat: float, gcj_lon: float) -> None:
    assert from_wgs84(lon, lat, Datum.GCJ02) == pytest.approx((gcj_lon, gcj_lat), abs=1e-9)
    assert to_wgs84(gcj_lon, gcj_lat, Datum.GCJ02) == pytest.approx((lon, lat), abs=1e-9)


def test_the_published_point_in_bd09() -> None:
    assert from_wgs84(*WGS_POINT, Datum.BD09) == pytest.approx(BD_POINT, abs=1e-9)
    assert to_wgs84(*BD_POINT, Datum.BD09) == pytest.approx(WGS_POINT, abs=1e-9)


@given(st.sampled_from(Datum), st.floats(73.5, 135.1), st.floats(18, 53.6))
def test_every_place_in_china_comes_back_to_a_centimetre(
    datum: Datum, longitude: float, latitude: float
) -> None:
    there = from_wgs84(longitude, latitude, datum)
    assert apart(to_wgs84(*there, datum), (longitude, latitude)) < 0.01


@given(st.floats(73.5, 135.1), st.floats(18, 53.6))
def test_the_shift_has_its_usual_size(longitude: float, latitude: float) -> None:
    place = (longitude, latitude)
    assert 10 < apart(from_wgs84(*place, Datum.GCJ02), place) < 1500
    assert from_wgs84(*place, Datum.CGCS2000) == place


@given(st.sampled_from(Datum), st.floats(-180, 180), st.floats(-90, 90))
def test_outside_the_frame_nothing_moves(datum: Datum, longitude: float, latitude: float) -> None:
    if not is_shifted(longitude, latitude):
        assert from_wgs84(longitude, latitude, datum) == (longitude, latitude)


@given(st.sampled_from(Datum), st.floats(-180, 180), st.floats(-90, 90))
def test_every_place_on_earth_has_an_answer(
    datum: Datum, longitude: float, latitude: float
) -> None:
    east, north = to_wgs84(longitude, latitude, datum)
    assert apart((east, north), (longitude, latitude)) < 3000


def test_a_place_keeps_what_was_given() -> None:
    place = locate(116.404, 39.915, Datum.BD09)
    assert (place.given_longitude, place.given_latitude) == (116.404, 39.915)
    assert place.seen_in(Datum.BD09) == (116.404, 39.915)
    assert (place.longitude, place.latitude) == to_wgs84(116.404, 39.915, Datum.BD09)
    assert apart(place.seen_in(Datum.GCJ02), (116.3976, 39.9087)) < 20  # Tian'anmen as Amap has it


@pytest.mark.parametrize(
    ("longitude", "latitude", "reason"),
    [(39.9, 116.4, "swapped"), (200, 95, None), (math.nan, 30, None), (120, math.inf, None)],
)
def test_numbers_that_are_no_place_are_refused(
    longitude: float, latitude: float, reason: str | None
) -> None:
    for ask in (locate, to_wgs84, from_wgs84):
        with pytest.raises(BadCoordinates) as refused:
            ask(longitude, latitude, Datum.GCJ02)
        assert refused.value.facts.get("reason") == reason
        assert str(latitude) in refusal(refused.value, "en")


RING = [[118.0, 37.0], [119.0, 37.0], [119.0, 38.0], [118.0, 37.0]]
TOWN = {"type": "Feature", "id": "t1", "properties": {"name": "胜园街道"},
        "geometry": {"type": "Polygon", "coordinates": [RING]}}  # fmt: skip
SITE = {
    "type": "Feature",
    "properties": None,
    "geometry": {"type": "Point", "coordinates": RING[0]},
}


def brought(tmp_path: Path, content: object) -> Path:
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    (path := tmp_path / "a.geojson").write_text(text, encoding="utf-8")
    return path


def collection(*features: object, **more: object) -> dict[str, object]:
    return {"type": "FeatureCollection", "features": list(features), **more}


def test_features_are_read_and_written_alike(tmp_path: Path) -> None:
    features = read_geojson(brought(tmp_path, collection(TOWN, SITE)))
    assert [(each.key, each.kind) for each in features] == [("t1", "Polygon"), ("", "Point")]
    assert features[0].properties == {"name": "胜园街道"}
    again = read_geojson(brought(tmp_path, geojson_text(features)))
    assert again == features


def test_coordinates_of_another_datum_become_wgs84(tmp_path: Path) -> None:
    shifted = read_geojson(brought(tmp_path, SITE), datum=Datum.GCJ02)[0]
    assert shifted.coordinates == list(to_wgs84(118.0, 37.0, Datum.GCJ02))


def test_a_written_collection_is_rounded_to_centimetres_and_safe_in_a_page() -> None:
    feature = Feature("Point", [118.123456789, 37.1], {"name": "</script>"}, key="a")
    written = feature_collection([feature])
    assert written["features"][0]["geometry"]["coordinates"] == [118.1234568, 37.1]  # type: ignore[index]
    assert "</script>" not in geojson_text([feature])


def geometry(kind: str, coordinates: object) -> dict[str, object]:
    return {"type": kind, "coordinates": coordinates}


@pytest.mark.parametrize(
    ("content", "code", "address"),
    [
        ('{"type": "Feature",\n oops}', "json_syntax", ""),
        ("[" * 100_000, "too_deep", ""),
        ('{"type": "Point", "coordinates": [NaN, 1]}', "geojson_position", "coordinates"),
        (collection(), "geojson_empty", "features"),
        ([1, 2], "mapping_expected", ""),
        ({"type": "Topology"}, "geojson_type", "type"),
        ({"type": "FeatureCollection"}, "geojson_member", "features"),
        (collection(7), "mapping_expected", "features[0]"),
        (collection(TOWN, {"type": "Feature", "properties": {}}), "geojson_member",
         "features[1].geometry"),
        (collection(SITE, {"type": "Feature", "geometry": SITE["geometry"], "properties": 3}),
         "geojson_member", "features[1].properties"),
        (collection(TOWN, crs={"type": "name", "properties": {"name": "EPSG:3857"}}),
         "geojson_datum", "crs"),
        (geometry("Circle", [1, 2]), "geojson_type", "type"),
        (geometry("Point", [118]), "geojson_position", "coordinates"),
        (geometry("Point", ["118", "37"]), "geojson_position", "coordinates"),
        (geometry("Point", [True, 1]), "geojson_position", "coordinates"),
        (geometry("Point", [37.0, 118.0]), "geojson_outside", "coordinates"),
        (geometry("LineString", [[1, 2]]), "geojson_line_short", "coordinates"),
        (geometry("Polygon", [RING[:3]]), "geojson_ring_short", "coordinates[0]"),
        (geometry("Polygon", [[*RING[:3], [118.5, 37.5]]]), "geojson_ring_open", "coordinates[0]"),
        (geometry("MultiPolygon", [[RING], [[*RING[:3], [1, 999]]]]), "geojson_outside",
         "coordinates[1][0][3]"),
        (geometry("Polygon", 5), "list_expected", "coordinates"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(
    tmp_path: Path, content: object, code: str, address: str
) -> None:
    with pytest.raises(BadInput) as refused:
        read_geojson(brought(tmp_path, content), name="a.geojson")
    found = [(problem.code, problem.place.address) for problem in refused.value.problems]
    assert (code, address) in found, found


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    wrong = [geometry("Point", [118]), geometry("Point", [37, 118])]
    features = [{"type": "Feature", "properties": {}, "geometry": each} for each in wrong]
    with pytest.raises(BadInput) as refused:
        read_geojson(brought(tmp_path, collection(*features)))
    assert [each.code for each in refused.value.problems] == [
        "geojson_position",
        "geojson_outside",
    ]
