"""A page asks the database a fixed number of times, however much there is to show."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from tests.pages.shown import Shown

pytestmark = pytest.mark.django_db
Ceiling = Callable[[int], AbstractContextManager[object]]

CEILINGS = {
    "home": 8,
    "overview": 8,
    "items": 7,
    "gaps by item": 9,
    "gaps by dimension": 6,
    "gaps by group": 6,
    "gaps by unit": 9,
    "gaps by county": 11,
    "gaps by street": 11,
    "gaps by site_type": 6,
    "sites item": 16,
    "survey item": 18,
    "papers item": 14,
    "observations": 13,
    "site": 9,
    "observation": 8,
    "answers": 12,
    "document": 7,
    "findings": 10,
    "method": 6,
}


@pytest.mark.parametrize("name", CEILINGS)
def test_a_page_keeps_to_its_ceiling(
    reader: Client, pages: Shown, django_assert_max_num_queries: Ceiling, name: str
) -> None:
    reader.get(pages.addresses[name])  # the first page of a window also notes that it is there
    with django_assert_max_num_queries(CEILINGS[name]):
        reader.get(pages.addresses[name])
