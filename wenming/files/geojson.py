"""Places and boundaries as GeoJSON (地理边界): written in WGS-84, read with every mistake told."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from wenming.core.errors import BadInput, Place, Problem
from wenming.files.datum import BadCoordinates, Datum, to_wgs84
from wenming.files.texts import as_text, read_bytes

Coordinates = list["float | Coordinates"]

MOST_PLACES: Final = 500_000
_MOST_MEGABYTES = 20
_DIGITS = 7  # a centimetre
_DEPTH: Final[Mapping[str, int]] = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
"""How many lists stand around a place, by kind of geometry."""
_KNOWN_NAMES = ("CRS84", "EPSG:4326", "EPSG::4326", "EPSG:4490", "EPSG::4490")
_ESCAPED = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@dataclass(frozen=True, slots=True)
class Feature:
    """A place, line or area with what is known about it (要素).

    Attributes:
        kind: of the geometry, such as `Point` or `MultiPolygon`.
        coordinates: WGS-84 degrees, longitude first, nested as the kind asks.
        properties: what is known about it.
        key: its own name within the file; "" for none.
    """

    kind: str
    coordinates: Coordinates
    properties: Mapping[str, object] = field(default_factory=dict)
    key: str = ""


def feature_collection(features: Iterable[Feature]) -> dict[str, object]:
    """Features as a GeoJSON object, places to the centimetre.

    Source:
        RFC 7946.
    """
    return {"type": "FeatureCollection", "features": [_written(each) for each in features]}


def geojson_text(features: Iterable[Feature]) -> str:
    """Features as GeoJSON text that may also stand within a page."""
    text = json.dumps(
        feature_collection(features), ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )
    return text.translate(_ESCAPED)


def _written(feature: Feature) -> dict[str, object]:
    geometry = {"type": feature.kind, "coordinates": _rounded(feature.coordinates)}
    written: dict[str, object] = {"type": "Feature", "properties": dict(feature.properties)}
    return written | {"geometry": geometry} | ({"id": feature.key} if feature.key else {})


def _rounded(coordinates: Coordinates) -> Coordinates:
    return [
        _rounded(each) if isinstance(each, list) else round(each, _DIGITS) for each in coordinates
    ]


def read_geojson(
    path: Path, *, name: str | None = None, datum: Datum = Datum.WGS84
) -> list[Feature]:
    """The features of a file: a collection, one feature, or a bare geometry.

    Args:
        name: the name to blame; the path as given when None.
        datum: what the coordinates refer to; they come back in WGS-84.

    Raises:
        BadInput: one problem for each mistake; its place names the path within the file,
            such as `features[3].geometry.coordinates[0]`.

    Source:
        RFC 7946; docs/methods/coordinates.md.
    """
    file = name or str(path)
    tree = _parsed(as_text(read_bytes(path, file, most=_MOST_MEGABYTES), file), file)
    reader = _Reader(file, datum)
    features = reader.root(tree)
    if reader.problems:
        raise BadInput(reader.problems)
    return features


def _parsed(text: str, file: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as failed:
        place = Place(file, line=failed.lineno)
        raise BadInput([Problem("json_syntax", place, {"at": failed.colno})]) from failed
    except RecursionError as failed:
        raise BadInput([Problem("too_deep", Place(file), {"most": 20})]) from failed
    except ValueError as failed:  # a whole number of thousands of digits
        raise BadInput([Problem("json_syntax", Place(file), {"at": 1})]) from failed


class _Reader:
    """Turns the tree into features and notes what is wrong, with its address."""

    def __init__(self, file: str, datum: Datum) -> None:
        self.file, self.datum = file, datum
        self.problems: list[Problem] = []
        self.places = 0

    def note(self, code: str, address: str, **facts: object) -> None:
        """Note a mistake."""
        self.problems.append(Problem(code, Place(self.file, address=address), facts))

    def root(self, tree: object) -> list[Feature]:
        """The features of a whole file."""
        if not isinstance(tree, dict):
            self.note("mapping_expected", "", found=_found(tree))
            return []
        self._check_datum(tree.get("crs"))
        if tree.get("type") == "FeatureCollection":
            return self._collection(tree.get("features"))
        if tree.get("type") == "Feature":
            return self._feature(tree, "")
        if tree.get("type") in _DEPTH:
            return self._geometry(tree, "", {}, "")
        allowed = ", ".join(("FeatureCollection", "Feature", *_DEPTH))
        self.note("geojson_type", "type", value=_short(tree.get("type")), allowed=allowed)
        return []

    def _check_datum(self, crs: object) -> None:
        """The `crs` of older files must name what we read; RFC 7946 knows WGS-84 alone."""
        if crs is None:
            return
        properties = crs.get("properties") if isinstance(crs, dict) else None
        said = properties.get("name") if isinstance(properties, dict) else None
        if not isinstance(said, str) or not said.endswith(_KNOWN_NAMES):
            self.note("geojson_datum", "crs", value=_short(said))

    def _collection(self, listed: object) -> list[Feature]:
        if not isinstance(listed, list):
            self.note("geojson_member", "features", key="features")
            return []
        if not listed:
            self.note("geojson_empty", "features")
        features: list[Feature] = []
        for number, each in enumerate(listed):
            features += self._feature(each, f"features[{number}]")
        return features

    def _feature(self, tree: object, address: str) -> list[Feature]:
        if not isinstance(tree, dict):
            self.note("mapping_expected", address, found=_found(tree))
            return []
        if tree.get("type") != "Feature":
            value = _short(tree.get("type"))
            self.note("geojson_type", _below(address, "type"), value=value, allowed="Feature")
            return []
        properties = tree.get("properties") or {}
        if not isinstance(properties, dict):
            self.note("geojson_member", _below(address, "properties"), key="properties")
            properties = {}
        geometry = tree.get("geometry")
        if not isinstance(geometry, dict):
            self.note("geojson_member", _below(address, "geometry"), key="geometry")
            return []
        key = tree.get("id")
        named = str(key) if isinstance(key, str | int) else ""
        return self._geometry(geometry, _below(address, "geometry"), properties, named)

    def _geometry(
        self, tree: dict[str, object], address: str, properties: dict[str, object], key: str
    ) -> list[Feature]:
        kind = tree.get("type")
        if not isinstance(kind, str) or kind not in _DEPTH:
            allowed = ", ".join(_DEPTH)
            self.note("geojson_type", _below(address, "type"), value=_short(kind), allowed=allowed)
            return []
        at = _below(address, "coordinates")
        coordinates = self._nested(tree.get("coordinates"), at, kind, _DEPTH[kind])
        return [Feature(kind, coordinates, properties, key)]

    def _nested(self, tree: object, address: str, kind: str, depth: int) -> Coordinates:
        """Coordinates with `depth` lists around each place."""
        if not depth:
            return self._position(tree, address)
        if not isinstance(tree, list):
            self.note("list_expected", address, found=_found(tree))
            return []
        nested: Coordinates = [
            self._nested(each, f"{address}[{number}]", kind, depth - 1)
            for number, each in enumerate(tree)
        ]
        if depth == 1 and (check := _CHECKS.get(kind)):
            check(self, tree, address)
        return nested

    def _position(self, tree: object, address: str) -> Coordinates:
        self.places += 1
        if self.places > MOST_PLACES:
            if self.places == MOST_PLACES + 1:
                self.note("geojson_too_many", address, most=MOST_PLACES)
            return []
        if not isinstance(tree, list) or not 2 <= len(tree) <= 4 or not _are_numbers(tree):
            self.note("geojson_position", address)
            return []
        try:
            return list(to_wgs84(float(tree[0]), float(tree[1]), self.datum))
        except BadCoordinates as refused:
            facts = refused.facts
            self.note(
                "geojson_outside",
                address,
                longitude=facts["longitude"],
                latitude=facts["latitude"],
            )
        except OverflowError:  # a whole number beyond every float
            self.note("geojson_position", address)
        return []

    def check_line(self, places: list[object], address: str) -> None:
        """A line has two places at least."""
        if len(places) < 2:
            self.note("geojson_line_short", address, count=len(places))

    def check_ring(self, places: list[object], address: str) -> None:
        """A ring has four places at least and comes back to its first."""
        if len(places) < 4:
            self.note("geojson_ring_short", address, count=len(places))
        elif places[0] != places[-1]:
            self.note("geojson_ring_open", address)


_CHECKS: dict[str, Callable[[_Reader, list[object], str], None]] = {
    "LineString": _Reader.check_line,
    "MultiLineString": _Reader.check_line,
    "Polygon": _Reader.check_ring,
    "MultiPolygon": _Reader.check_ring,
}


def _are_numbers(values: list[object]) -> bool:
    """Whether all are finite numbers; true and false are none."""
    return all(
        isinstance(each, int | float) and not isinstance(each, bool) and each - each == 0
        for each in values
    )


def _found(tree: object) -> str:
    if isinstance(tree, dict):
        return "mapping"
    return "list" if isinstance(tree, list) else "text"


def _short(value: object) -> str:
    return str(value)[:60] if isinstance(value, str) else "–"


def _below(address: str, key: str) -> str:
    return f"{address}.{key}" if address else key
