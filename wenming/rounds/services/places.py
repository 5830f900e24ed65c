"""Says where sites are."""

from django.db import transaction

from wenming.base.access import check
from wenming.base.models import User
from wenming.base.services.audit import record
from wenming.core.permissions import Capability
from wenming.files.datum import Datum, Located, locate
from wenming.rounds.models import Site
from wenming.rounds.models.placed import PLACE as NUMBERS

PLACE = Capability.EDIT_ORGANISATION


@transaction.atomic
def place_site(site: Site, place: Located | None, *, by: User) -> Site:
    """Say where a site (点位) is, or that nobody knows it any more (点位定位).

    What was given is kept as it was given, with its datum; the same place in WGS-84 beside it.
    Scores do not depend on it, so that sites of frozen rounds can be placed as well.

    Args:
        place: None to take the place away.

    Raises:
        PermissionDenied: `by` may not edit the register of this city.
    """
    check(by, PLACE, site)
    held = Site.objects.select_for_update(of=("self",)).get(pk=site.pk)
    before = _written(held.place)
    held.datum = place.datum.value if place else ""
    held.given_longitude = place.given_longitude if place else None
    held.given_latitude = place.given_latitude if place else None
    held.longitude = place.longitude if place else None
    held.latitude = place.latitude if place else None
    held.save(update_fields=[*_COLUMNS])
    detail = {"before": before, "after": _written(place)}
    record("site.place", by=by, city=held.city, subject=held, detail=detail)
    return held


_COLUMNS = ("datum", *NUMBERS)


def _written(place: Located | None) -> str:
    if place is None:
        return ""
    return f"{place.given_longitude}, {place.given_latitude} ({place.datum.value})"


def place_demo_sites(sites: dict[str, tuple[float, float]], *, city_sites: list[Site]) -> int:
    """Place the sites of the invented city (演示点位); every other one as a phone's map gives it.

    Args:
        sites: longitude and latitude in WGS-84 by key.

    Returns:
        How many were placed.
    """
    from wenming.files.datum import from_wgs84

    placed = []
    for number, site in enumerate(city_sites):
        if site.key not in sites:
            continue
        datum = Datum.GCJ02 if number % 2 else Datum.WGS84
        given = [round(each, 6) for each in from_wgs84(*sites[site.key], datum)]
        found = locate(given[0], given[1], datum)
        site.datum = datum.value
        site.given_longitude, site.given_latitude = given
        site.longitude, site.latitude = found.longitude, found.latitude
        placed.append(site)
    return Site.objects.bulk_update(placed, _COLUMNS, batch_size=500)
