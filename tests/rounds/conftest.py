"""A round of the cast's city with three sites: of Zhao's unit, of Qian's, of nobody."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cast import Cast
    from wenming.base.models import City, Unit
    from wenming.rounds.models import Round, Site


@dataclass(frozen=True)
class Ground:
    """The cast, its round and its sites; `abroad` belongs to the other city."""

    cast: "Cast"
    round: "Round"
    road: "Site"  # of Zhao's unit, placed in GCJ-02
    hall: "Site"  # of Qian's unit, placed in WGS-84
    lane: "Site"  # of no unit, not placed
    abroad: "Site"


@pytest.fixture
def ground(db: None) -> Ground:
    # Imported late: Django is set up after this file is read.
    from tests.cast import make_cast
    from wenming.files.datum import Datum

    cast = make_cast()

    here, there = _round_of(cast.city), _round_of(cast.other_city)
    units = cast.units
    return Ground(
        cast,
        here,
        road=_site_of(here, "S1", "和平路", units.streets, (122.3, 35.4, Datum.GCJ02)),
        hall=_site_of(here, "S2", "档案大厅", units.archive, (122.1, 35.5, Datum.WGS84)),
        lane=_site_of(here, "S3", "柳巷"),
        abroad=_site_of(there, "S9", "邻市路", units.abroad, (120.0, 30.0, Datum.WGS84)),
    )


def _round_of(city: "City") -> "Round":
    from wenming.framework.models import ChecklistSet, Edition
    from wenming.rounds.models import Round

    edition = Edition.objects.create(city=city, key="e", title_zh="体系", content={}, hash="0" * 64)
    types = [{"key": "main_road", "title_zh": "主干道", "title_en": "Main road"}]
    listed = ChecklistSet.objects.create(city=city, hash="0" * 64, content={"site_types": types})
    return Round.objects.create(
        city=city, edition=edition, checklist_set=listed, key="r", title_zh="第一轮"
    )


def _site_of(
    round_: "Round", key: str, name: str, unit: "Unit | None" = None, place: Any = None
) -> "Site":
    from wenming.files.datum import locate
    from wenming.rounds.models import Site

    site = Site(
        city=round_.city,
        round=round_,
        key=key,
        site_type="main_road",
        title=name,
        county="中心区",
        street="城东街道",
        unit=unit,
        unit_name=unit.name if unit else "",
        position=len(key),
    )
    if place:
        found = locate(*place)
        site.datum = found.datum
        site.given_longitude, site.given_latitude = place[:2]
        site.longitude, site.latitude = found.longitude, found.latitude
    site.save()
    return site
