"""The order in which sites are walked."""

import math
from collections.abc import Sequence

from wenming.rounds.models import RegisteredSite


def walked(sites: Sequence[RegisteredSite]) -> list[RegisteredSite]:
    """Sites in the order of a short way (考察路线): each time the nearest one that is left.

    The way begins at the first site; those of which nobody knows where they are come last.
    """
    left = [site for site in sites if site.longitude is not None]
    lost = [site for site in sites if site.longitude is None]
    way: list[RegisteredSite] = []
    while left:
        here = way[-1] if way else left[0]
        nearest = min(left, key=lambda site: metres_between(here, site))
        way.append(nearest)
        left.remove(nearest)
    return way + lost


def metres_between(one: RegisteredSite, other: RegisteredSite) -> float:
    """How far two sites are apart (两点距离), in metres; both have a place."""
    return metres(
        (one.longitude or 0.0, one.latitude or 0.0), (other.longitude or 0.0, other.latitude or 0.0)
    )


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """How far two places are apart (距离), in metres, on a ball of 6 371 km.

    Args:
        one, other: longitude and latitude in degrees of WGS-84.
    """
    east = math.radians(other[0] - one[0]) * math.cos(math.radians((one[1] + other[1]) / 2))
    north = math.radians(other[1] - one[1])
    return math.hypot(east, north) * 6_371_000
