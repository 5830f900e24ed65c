"""Lists of what is no row of a table: sorted, paged to and fro, narrowed."""

from dataclasses import dataclass

import pytest

from wenming.base.tables import Asked, Listed, Order


@dataclass
class Thing:
    pk: str
    size: int | None


THINGS = Listed(Thing(f"t{n}", None if n == 5 else n % 5) for n in range(12))
BY_SIZE = Order("size")


@pytest.mark.parametrize("order", [BY_SIZE, Order("size", is_descending=True), Order("pk")])
def test_pages_show_everything_once_forwards_and_backwards(order: Order) -> None:
    there, page = [], THINGS.page(order, Asked(), size=5)
    assert not page.has_before
    while True:
        there.append([each.pk for each in page.rows])
        if not page.has_after:
            break
        page = THINGS.page(order, Asked(after=page.last), size=5)
    assert sorted(pk for pks in there for pk in pks) == sorted(f"t{n}" for n in range(12))
    back = []
    while True:
        back.insert(0, [each.pk for each in page.rows])
        if not page.has_before:
            break
        page = THINGS.page(order, Asked(before=page.first), size=5)
    assert back == there
    last = THINGS.page(order, Asked(before="end"), size=5)
    assert (len(last.rows), last.has_after, last.has_before) == (5, False, True)


@pytest.mark.parametrize("order", [BY_SIZE, Order("size", is_descending=True)])
def test_what_is_not_known_stands_last(order: Order) -> None:
    sizes = [each.size for each in THINGS.sorted_by(order).iterator(chunk_size=2000)]
    assert sizes[-1] is None
    assert sizes[:-1] == sorted(sizes[:-1], key=int, reverse=order.is_descending)


def test_a_name_that_is_gone_asks_for_the_first_page_and_nothing_is_a_page_too() -> None:
    assert [each.pk for each in THINGS.page(BY_SIZE, Asked(after="x"), size=2).rows] == [
        "t0",
        "t10",
    ]
    none = THINGS.kept(lambda each: each.size == 99)
    page = none.page(BY_SIZE, Asked(before="end"), size=5)
    assert (none.count(), page.rows, page.first, page.has_after) == (0, [], "", False)
