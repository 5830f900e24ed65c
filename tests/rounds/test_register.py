"""The register of sites: what is said of a site, who says it, who sees it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.rounds.building import Field, site_of, small_field
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry
from wenming.files.datum import Datum, locate
from wenming.rounds.models import RegisteredSite
from wenming.rounds.services.sites import (
    RegisteredKeyTaken,
    SiteDetails,
    change_site,
    make_site,
    restore_site,
    retire_site,
)

pytestmark = pytest.mark.django_db
MARKET = SiteDetails("S7", "东门农贸市场", "market", county="中心区", street="城东街道")


@pytest.fixture
def field() -> Field:
    return small_field()


def test_a_site_lies_in_the_smallest_area_that_the_tree_knows(field: Field) -> None:
    cast = field.cast
    made = make_site(cast.city, MARKET, by=cast.lin)
    assert (made.area, made.unit, made.unit_name) == (cast.units.street, None, "")
    elsewhere = replace(MARKET, key="S8", street="无名街道")
    assert make_site(cast.city, elsewhere, by=cast.lin).area == cast.units.county
    nowhere = replace(MARKET, key="S9", county="", street="")
    assert make_site(cast.city, nowhere, by=cast.lin).area is None
    assert AuditEntry.objects.filter(action="registered_site.make").count() == 5


def test_the_place_is_kept_as_given_and_in_wgs84(field: Field) -> None:
    place = locate(122.3, 35.4, Datum.GCJ02)
    made = make_site(field.cast.city, replace(MARKET, place=place), by=field.cast.lin)
    again = RegisteredSite.objects.get(pk=made.pk)
    assert (again.given_longitude, again.datum) == (122.3, "gcj02")
    assert again.place == place
    assert again.longitude != again.given_longitude


def test_a_number_names_one_site(field: Field) -> None:
    with pytest.raises(RegisteredKeyTaken):
        site_of(field.cast, "S1", "另一条路")
    with pytest.raises(RegisteredKeyTaken):
        change_site(field.hall, replace(MARKET, key="S1"), by=field.cast.lin)


def test_a_site_is_changed_whole(field: Field) -> None:
    said = replace(MARKET, unit=field.cast.units.archive, size=Decimal("320"), keeper="马所长")
    changed = change_site(field.road, said, by=field.cast.lin)
    assert (changed.title, changed.unit_name) == ("东门农贸市场", "市档案馆")
    assert (changed.size, changed.keeper) == (Decimal(320), "马所长")
    assert changed.pinyin.endswith("dmnmsc")


def test_a_site_goes_out_of_use_and_comes_back(field: Field) -> None:
    gone = retire_site(field.road, day=date(2026, 11, 1), by=field.cast.lin)
    assert set(RegisteredSite.objects.for_city(field.cast.city).in_use()) == {field.hall}
    restore_site(gone, by=field.cast.lin)
    assert RegisteredSite.objects.for_city(field.cast.city).in_use().count() == 2


def test_only_the_office_edits_the_register(field: Field) -> None:
    cast = field.cast
    for person in (cast.zhao, cast.sun, cast.zheng, cast.wang, cast.wu):
        with pytest.raises(PermissionDenied):
            make_site(cast.city, MARKET, by=person)
        with pytest.raises(PermissionDenied):
            change_site(field.road, MARKET, by=person)
        with pytest.raises(PermissionDenied):
            retire_site(field.road, day=date(2026, 11, 1), by=person)


def test_a_unit_sees_its_own_sites_and_an_inspector_none(field: Field) -> None:
    cast, seen = field.cast, RegisteredSite.objects.visible_to
    assert list(seen(cast.zhao)) == [field.road]
    assert set(seen(cast.lin)) == {field.road, field.hall}
    assert not seen(cast.sun).exists()
    assert not seen(cast.wu).exists()
