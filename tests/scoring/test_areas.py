"""People of a county see what lies in it, whoever answers for it; nobody sees another's."""

import pytest

from tests.cast import Cast, fresh, make_cast, make_person, make_unit
from wenming.base.models import Unit, UnitKind, User
from wenming.base.services import take_up_areas
from wenming.core.permissions import Capability, PostKind
from wenming.framework.models import Edition
from wenming.inspection.models import Observation
from wenming.rounds.models import Round, Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def site_of(unit: Unit, area: Unit | None, key: str = "S1") -> Site:
    """A site of a unit, in an area, with one observation."""
    edition, _ = Edition.objects.get_or_create(
        city=unit.city, hash="e", defaults={"key": "e", "title_zh": "小体系", "content": {}}
    )
    round_, _ = Round.objects.get_or_create(
        city=unit.city, key="r", defaults={"edition": edition, "content_hash": "r"}
    )
    site = Site.objects.create(
        city=unit.city, round=round_, key=key, site_type="main_road", unit=unit, area=area,
        position=0,
    )  # fmt: skip
    Observation.objects.create(
        city=unit.city, round=round_, site=site, line="L", item="B2.1.1", recorded="conform",
        outcome="conform", position=round_.observations.count(),
    )  # fmt: skip
    return site


def of_unit(cast: Cast, unit: Unit) -> User:
    return make_person(
        f"p{User.objects.count()}", name="韩梅", city=cast.city, kind=PostKind.UNIT, unit=unit
    )


def sees(user: User) -> tuple[int, int]:
    """How many sites and observations a person sees."""
    who = fresh(user)
    return Site.objects.visible_to(who).count(), Observation.objects.visible_to(who).count()


def test_a_county_sees_the_sites_within_it_though_others_answer(cast: Cast) -> None:
    site_of(cast.units.police, cast.units.street)
    assert sees(of_unit(cast, cast.units.county)) == (1, 1)
    assert sees(of_unit(cast, cast.units.street)) == (1, 1)
    assert sees(of_unit(cast, cast.units.police)) == (1, 1)


def test_neither_a_neighbour_nor_what_lies_below_sees_it(cast: Cast) -> None:
    site_of(cast.units.police, cast.units.street)
    neighbour = make_unit(cast.city, "东山县", kind=UnitKind.COUNTY)
    assert sees(of_unit(cast, neighbour)) == (0, 0)
    assert sees(of_unit(cast, cast.units.community)) == (0, 0), "the street is more than it"
    assert sees(cast.zhao) == (0, 0)


def test_nothing_of_another_city_is_seen(cast: Cast) -> None:
    site_of(cast.units.abroad, None)
    assert sees(of_unit(cast, cast.units.county)) == (0, 0)


def test_a_street_that_moves_takes_its_sites_along(cast: Cast) -> None:
    from wenming.base.services.organisation import move_unit

    site_of(cast.units.police, cast.units.street)
    neighbour = make_unit(cast.city, "东山县", kind=UnitKind.COUNTY)
    move_unit(cast.units.street, neighbour, by=cast.lin)
    assert sees(of_unit(cast, neighbour)) == (1, 1)
    assert sees(of_unit(cast, cast.units.county)) == (0, 0)


def test_an_area_gives_sight_of_evidence_alone(cast: Cast) -> None:
    who = of_unit(cast, cast.units.county)
    scopes = {
        capability: {grant.scope for grant in fresh(who).grants(capability)}
        for capability in Capability
    }
    with_area = {each for each, held in scopes.items() if "area" in held}
    assert with_area == {Capability.VIEW_EVIDENCE}


def test_a_register_finds_the_smallest_area_that_is_surely_meant(cast: Cast) -> None:
    pairs = [
        ("中心区", "城东街道"),
        ("中心区", ""),
        ("", "城东街道"),
        ("东山县", "城东街道"),
        ("", ""),
    ]
    found = take_up_areas(cast.city, pairs)
    assert found[("中心区", "城东街道")] == found[("", "城东街道")] == cast.units.street
    assert found[("中心区", "")] == cast.units.county
    assert found[("东山县", "城东街道")].name == "东山县", "that street stands below another county"
    assert ("", "") not in found


def test_an_office_that_bears_the_name_of_an_area_is_none(cast: Cast) -> None:
    assert take_up_areas(cast.city, [("市档案馆", "")]) == {}
