"""Names sort by their sound, numbers keep their digits, and nothing stands in two cities."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection

from wenming.base.models import City, ExactNumber, Unit, pinyin_key
from wenming.base.services import take_up_city, take_up_groups, take_up_units
from wenming.core.terms import Words


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("市公安局", "shi gong an ju sgaj"),
        ("A区", "a qu aq"),
        ("重庆市2号", "chong qing shi 2 hao cqs2h"),
        ("", ""),
    ],
)
def test_a_name_sorts_by_its_sound_and_is_found_by_its_initials(name: str, key: str) -> None:
    assert pinyin_key(name) == key


def test_a_rare_character_has_a_key() -> None:
    assert "�" not in pinyin_key("龑䶮路")
    assert pinyin_key("龑䶮路").startswith("yan ")


@pytest.mark.django_db
def test_units_sort_as_a_phone_book_does() -> None:
    city = take_up_city(Words("小城市"))
    take_up_units(city, ["中心区", "市公安局", "教育局"], groups={})
    assert [unit.name for unit in Unit.objects.for_city(city).order_by("pinyin")] == [
        "教育局",
        "市公安局",
        "中心区",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("written", ["13.180", "0.1", "-3", "1E-30", "123456789012345678901.5"])
def test_a_number_keeps_its_value_and_its_digits(written: str) -> None:
    field = ExactNumber()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE kept (value " + field.db_type(connection) + ")")
        cursor.execute("INSERT INTO kept VALUES (%s)", [Decimal(written)])
        cursor.execute("SELECT value FROM kept")
        (found,) = cursor.fetchone()
    assert found == Decimal(written)
    assert format(found, "f") == format(Decimal(written), "f")


@pytest.mark.django_db
def test_a_city_is_taken_up_once_and_learns_its_english_name() -> None:
    first = take_up_city(Words("小城市"))
    again = take_up_city(Words("小城市", "Small City"))
    assert again == first
    assert City.objects.get().name == Words("小城市", "Small City")


@pytest.mark.django_db
def test_groups_are_found_by_every_name() -> None:
    city = take_up_city(Words("小城市"))
    title = Words("城市建设组", "Construction")
    aliases = {"城建": "城建", "城建组": "城建", "城市建设组": "城建"}
    groups = take_up_groups(city, {"城建": title}, aliases)
    assert {group.key for group in groups.values()} == {"城建"}
    assert groups["城建组"].title == title
    renamed = take_up_groups(city, {"城建": Words("城建组")}, {"城建": "城建"})
    assert renamed["城建"] == groups["城建组"]
    assert renamed["城建"].title_zh == "城建组"


@pytest.mark.django_db
def test_a_unit_moves_to_the_group_that_names_it() -> None:
    city = take_up_city(Words("小城市"))
    titles = {"甲": Words("甲组"), "乙": Words("乙组")}
    groups = take_up_groups(city, titles, {"甲": "甲", "乙": "乙"})
    take_up_units(city, ["市公安局", ""], groups={"市公安局": groups["甲"]})
    take_up_units(city, ["市公安局"], groups={"市公安局": groups["乙"]})
    unit = Unit.objects.get()
    assert unit.group == groups["乙"]


@pytest.mark.django_db
def test_a_city_has_no_two_units_of_one_name() -> None:
    city = take_up_city(Words("小城市"))
    Unit.objects.create(city=city, name="市公安局", pinyin="s")
    with pytest.raises(IntegrityError):
        Unit.objects.create(city=city, name="市公安局", pinyin="s")


@pytest.mark.django_db
def test_two_cities_may_have_units_of_one_name() -> None:
    for name in ("小城市", "邻市"):
        take_up_units(take_up_city(Words(name)), ["市公安局"], groups={})
    assert Unit.objects.count() == 2
