"""A round of the cast's city in preparation, with an edition, checklists and a few sites."""

from dataclasses import dataclass
from datetime import date

from tests.cast import Cast, make_cast
from wenming.base.models import Unit
from wenming.core.terms import RoundKind, Words
from wenming.framework.models import ChecklistSet, Edition
from wenming.rounds.models import Collection, RegisteredSite
from wenming.rounds.services.collections import (
    CollectionPlan,
    Span,
    Standard,
    open_collection,
    plan_collection,
)
from wenming.rounds.services.sites import SiteDetails, make_site

OCTOBER = Span(date(2026, 10, 1), date(2026, 10, 31))
TYPES = [
    {"key": "main_road", "title_zh": "主干道", "title_en": "Main road"},
    {"key": "market", "title_zh": "农贸市场", "title_en": "Market"},
]

CONTENT = {
    "edition": [{"key": "e", "title_zh": "体系", "met": "A", "basic": "100"}],
    "grades": [{"key": "A", "coefficient": "1"}, {"key": "B", "coefficient": "0"}],
    "dimensions": [{"key": "B", "title_zh": "基础", "part": "basic"}],
    "indicators": [{"key": "B1", "dimension": "B", "title_zh": "环境"}],
    "items": [
        {"key": "B1.1", "indicator": "B1", "title_zh": "空气质量", "points": "50"},
        {"key": "B1.2", "indicator": "B1", "title_zh": "近岸海域水质", "points": "50"},
    ],
    "criteria": [
        {"item": key, "n": "1", "shape": "documents", "methods": "documents"}
        for key in ("B1.1", "B1.2")
    ],
    "limits": [
        {"item": key, "criterion": "1", "grade": "A", "op": ">=", "value": "1"}
        for key in ("B1.1", "B1.2")
    ],
    "gates": [
        {"key": "PC1", "kind": "precondition", "title_zh": "复查合格"},
        {"key": "N1", "kind": "negative", "title_zh": "重大安全事故"},
    ],
}
"""A sound edition of two items and two gates."""


@dataclass(frozen=True)
class Field:
    """The cast with its standard, a round and sites of the register."""

    cast: Cast
    standard: Standard
    collection: Collection
    road: RegisteredSite  # of Zhao's unit
    hall: RegisteredSite  # of Qian's unit


def plan_of(key: str = "2026-3", **changes: object) -> CollectionPlan:
    """The plan of a self-test in October."""
    said: dict[str, object] = {
        "key": key,
        "kind": RoundKind.SELF_TEST,
        "title": Words("第三轮自测"),
        "period": OCTOBER,
    }
    return CollectionPlan(**(said | changes))  # type: ignore[arg-type]


def standard_of(cast: Cast) -> Standard:
    """A small edition, with the checklists of two site types."""
    lists = ChecklistSet.objects.create(
        city=cast.city, hash="0" * 64, content={"site_types": TYPES, "lines": []}
    )
    edition = Edition.objects.create(
        city=cast.city, key="e", title_zh="体系", content=CONTENT, hash="0" * 64, checklists=lists
    )
    return Standard(edition, lists)


def site_of(cast: Cast, key: str, title: str, unit: Unit | None = None) -> RegisteredSite:
    """A site of the register, taken in by the office."""
    details = SiteDetails(key, title, "main_road", county="中心区", street="城东街道", unit=unit)
    return make_site(cast.city, details, by=cast.lin)


def small_field(*, is_open: bool = True) -> Field:
    """The whole of it; the round takes in evidence unless it is said otherwise."""
    cast = make_cast()
    standard = standard_of(cast)
    collection = plan_collection(cast.city, plan_of(), standard=standard, by=cast.lin)
    if is_open:
        collection = open_collection(collection, by=cast.lin)
    road = site_of(cast, "S1", "和平路", cast.units.streets)
    hall = site_of(cast, "S2", "档案大厅", cast.units.archive)
    return Field(cast, standard, collection, road, hall)
