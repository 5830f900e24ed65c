"""Paging by key: every row once, in order, from both ends, whatever comes or goes meanwhile."""

from collections.abc import Iterator

import pytest
from django.db.models import Count

from tests.cast import make_city, make_unit
from wenming.base.models import City, Group, Unit, UnitKind
from wenming.base.tables import Asked, Order, page_of
from wenming.base.tables.paging import END

ORDERS = [
    Order("pk"),
    Order("pk", is_descending=True),
    Order("pinyin"),
    Order("pinyin", is_descending=True),
    Order("kind"),  # many ties
    Order("group__position"),  # unknown for some
    Order("group__position", is_descending=True),
    Order("below"),  # an annotation
]


@pytest.fixture
def city(db: None) -> City:
    city = make_city("甲市")
    groups = [
        Group.objects.create(city=city, key=str(n), title_zh=f"{n}组", position=n % 2)
        for n in range(3)
    ]
    kinds = list(UnitKind)
    for n in range(23):
        group = groups[n % 4] if n % 4 < 3 else None
        make_unit(city, f"单位{n % 7}之{n}", kind=kinds[n % 3], group=group)
    return city


def rows(city: City):
    return Unit.objects.for_city(city).annotate(below=Count("children"))


def forwards(city: City, order: Order, *, size: int = 5) -> Iterator[list[Unit]]:
    asked = Asked()
    while True:
        page = page_of(rows(city), order, asked, size=size)
        yield page.rows
        if not page.has_after:
            return
        asked = Asked(after=page.last)


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_pages_hold_every_row_once(city: City, order: Order) -> None:
    found = [unit.pk for page in forwards(city, order) for unit in page]
    assert len(found) == len(set(found)) == 23


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_reading_backwards_shows_the_same_rows_in_the_same_order(city: City, order: Order) -> None:
    ahead = [unit.pk for page in forwards(city, order) for unit in page]
    page = page_of(rows(city), order, Asked(before=END), size=5)
    back = [unit.pk for unit in page.rows]
    assert not page.has_after
    while page.has_before:
        page = page_of(rows(city), order, Asked(before=page.first), size=5)
        back = [unit.pk for unit in page.rows] + back
        assert page.has_after
    assert back == ahead


@pytest.mark.parametrize("descending", [False, True])
def test_what_is_not_known_stands_last(city: City, descending: bool) -> None:
    order = Order("group__position", descending)
    known = [unit.group_id is not None for page in forwards(city, order) for unit in page]
    assert known == sorted(known, reverse=True)
    assert not all(known)


def test_a_row_that_goes_while_one_pages_takes_no_other_with_it(city: City) -> None:
    order = Order("pinyin")
    first = page_of(rows(city), order, Asked(), size=5)
    before = [unit.pk for page in forwards(city, order) for unit in page]
    first.rows[-1].delete()
    second = page_of(rows(city), order, Asked(after=first.last), size=5)
    assert [unit.pk for unit in second.rows] == before[5:10]


def test_a_page_whose_rows_are_all_gone_becomes_the_first_one(city: City) -> None:
    order = Order("pinyin")
    last = page_of(rows(city), order, Asked(before=END), size=5)
    page = page_of(rows(city), order, Asked(after=last.last), size=5)
    assert page.rows == page_of(rows(city), order, Asked(), size=5).rows


@pytest.mark.parametrize("name", ["x", "!!", "bnVsbA", "WzEsMl0", "WyJhXHUwMDAwIiwgImIiXQ", "é"])
def test_a_name_that_means_nothing_asks_for_the_first_page(city: City, name: str) -> None:
    for asked in (Asked(after=name), Asked(before=name)):
        page = page_of(rows(city), Order("group__position"), asked, size=5)
        assert (len(page.rows), page.has_before, page.has_after) == (5, False, True)


def test_an_empty_list_has_one_empty_page(db: None) -> None:
    none = Unit.objects.none()
    page = page_of(none, Order("pinyin"), Asked(before=END), size=5)
    assert (page.rows, page.has_before, page.has_after) == ([], False, False)
