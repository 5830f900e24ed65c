"""Coordinates in the data of China (坐标系): WGS-84, CGCS2000, GCJ-02 and BD-09, there and back.

GCJ-02 (火星坐标) and BD-09 (百度坐标) were never published by an authority; the formulas are those
that all map services and libraries agree on, to the digit of their common test points.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from wenming.core.errors import DomainError

Point = tuple[float, float]
"""Longitude and latitude in degrees."""

_AXIS = 6_378_245.0  # metres; Krasovsky 1940
_ECCENTRICITY = 0.00669342162296594323  # squared
_BAIDU = math.pi * 3000 / 180
_BAIDU_EAST, _BAIDU_NORTH = 0.0065, 0.006
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
_CLOSE = 1e-10  # degrees: a hundredth of a millimetre
_MOST_STEPS = 30


class Datum(StrEnum):
    """What the numbers of a place refer to (坐标系)."""

    WGS84 = "wgs84"  # GPS
    CGCS2000 = "cgcs2000"  # 2000国家大地坐标系
    GCJ02 = "gcj02"  # 高德、腾讯
    BD09 = "bd09"  # 百度


class BadCoordinates(DomainError):
    """Numbers that are no place on earth."""

    code = "bad_coordinates"


@dataclass(frozen=True, slots=True)
class Located:
    """A place as it was given, and the same place in WGS-84 (位置).

    Attributes:
        datum: what the given numbers refer to.
        given_longitude: as it was brought in, in degrees.
        given_latitude: as it was brought in, in degrees.
        longitude: WGS-84, degrees.
        latitude: WGS-84, degrees.
    """

    datum: Datum
    given_longitude: float
    given_latitude: float
    longitude: float
    latitude: float

    def seen_in(self, datum: Datum) -> Point:
        """The place in another datum: longitude and latitude in degrees.

        In its own datum the numbers come back as they were given.
        """
        if datum is self.datum:
            return self.given_longitude, self.given_latitude
        return from_wgs84(self.longitude, self.latitude, datum)


def locate(longitude: float, latitude: float, datum: Datum) -> Located:
    """A place from its numbers and what they refer to (定位).

    Args:
        longitude: degrees, east is positive.
        latitude: degrees, north is positive.
        datum: what the numbers refer to.

    Raises:
        BadCoordinates: the numbers are no place on earth.

    Source:
        docs/methods/coordinates.md.
    """
    east, north = to_wgs84(longitude, latitude, datum)
    return Located(datum, longitude, latitude, east, north)


def to_wgs84(longitude: float, latitude: float, datum: Datum) -> Point:
    """The place in WGS-84, to better than a centimetre.

    Raises:
        BadCoordinates: the numbers are no place on earth.
    """
    _check(longitude, latitude)
    return _inverse(_FORWARD[datum], (longitude, latitude))


def from_wgs84(longitude: float, latitude: float, datum: Datum) -> Point:
    """A WGS-84 place in another datum.

    Raises:
        BadCoordinates: the numbers are no place on earth.
    """
    _check(longitude, latitude)
    return _FORWARD[datum]((longitude, latitude))


def is_shifted(longitude: float, latitude: float) -> bool:
    """Whether GCJ-02 departs from WGS-84 here: within the usual frame around China.

    The frame is a rectangle and holds parts of the neighbours too; map services use the same.
    """
    return _WEST <= longitude <= _EAST and _SOUTH <= latitude <= _NORTH


def _check(longitude: float, latitude: float) -> None:
    facts = {"longitude": str(longitude), "latitude": str(latitude)}  # nan has no other form
    if abs(longitude) <= 180 and abs(latitude) <= 90:
        return
    if abs(longitude) <= 90 and abs(latitude) <= 180:
        raise BadCoordinates(reason="swapped", **facts)
    raise BadCoordinates(**facts)  # NaN and infinities end here too


def _same(point: Point) -> Point:
    """CGCS2000 and WGS-84 lie within decimetres of each other; here they are one."""
    return point


def _gcj02(point: Point) -> Point:
    """From WGS-84: a shift of some hundred metres that changes from place to place."""
    longitude, latitude = point
    if not is_shifted(longitude, latitude):
        return point
    x, y = longitude - 105, latitude - 35
    root = math.sqrt(abs(x))
    common = 20 * _wave(6 * x) + 20 * _wave(2 * x)
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += 2 / 3 * (common + 20 * _wave(x) + 40 * _wave(x / 3))
    east += 2 / 3 * (150 * _wave(x / 12) + 300 * _wave(x / 30))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += 2 / 3 * (common + 20 * _wave(y) + 40 * _wave(y / 3))
    north += 2 / 3 * (160 * _wave(y / 12) + 320 * _wave(y / 30))
    angle = math.radians(latitude)
    curve = 1 - _ECCENTRICITY * math.sin(angle) ** 2
    meridian = _AXIS * (1 - _ECCENTRICITY) / curve**1.5
    parallel = _AXIS / math.sqrt(curve) * math.cos(angle)
    return longitude + math.degrees(east / parallel), latitude + math.degrees(north / meridian)


def _wave(times: float) -> float:
    return math.sin(times * math.pi)


def _baidu(point: Point) -> Point:
    """From GCJ-02: a second shift of about a kilometre."""
    longitude, latitude = point
    far = math.hypot(longitude, latitude) + 0.00002 * math.sin(latitude * _BAIDU)
    angle = math.atan2(latitude, longitude) + 0.000003 * math.cos(longitude * _BAIDU)
    return far * math.cos(angle) + _BAIDU_EAST, far * math.sin(angle) + _BAIDU_NORTH


def _bd09(point: Point) -> Point:
    return _baidu(_gcj02(point)) if is_shifted(*point) else point


_FORWARD: dict[Datum, Callable[[Point], Point]] = {
    Datum.WGS84: _same,
    Datum.CGCS2000: _same,
    Datum.GCJ02: _gcj02,
    Datum.BD09: _bd09,
}


def _inverse(forward: Callable[[Point], Point], given: Point) -> Point:
    """The place that `forward` takes to `given`: step back by what is still missing.

    The shift changes by less than a thousandth from a place to its neighbour, so each step
    is at least ten times nearer. At the very edge of the frame, where the shift stops, no
    place may fit; there the given numbers stand.
    """
    longitude, latitude = given
    for _ in range(_MOST_STEPS):
        east, north = forward((longitude, latitude))
        east, north = given[0] - east, given[1] - north
        longitude, latitude = longitude + east, latitude + north
        if abs(east) < _CLOSE and abs(north) < _CLOSE:
            return longitude, latitude
    return given
