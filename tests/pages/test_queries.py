"""A page asks the database a fixed number of times, however much there is to show."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from tests.pages.shown import Shown

pytestmark = pytest.mark.django_db
Ceiling = Callable[[int], AbstractContextManager[object]]

CEILINGS = {
    "home": 5,
    "overview": 5,
    "items": 5,
    "gaps by item": 5,
    "gaps by dimension": 4,
    "gaps by unit": 5,
    "gaps by site_type": 4,
    "sites item": 14,
    "survey item": 14,
    "papers item": 14,
    "observations": 14,
    "site": 8,
    "observation": 8,
    "answers": 9,
    "document": 6,
    "findings": 7,
    "method": 4,
}


@pytest.mark.parametrize("name", CEILINGS)
def test_a_page_keeps_to_its_ceiling(
    client: Client, pages: Shown, django_assert_max_num_queries: Ceiling, name: str
) -> None:
    with django_assert_max_num_queries(CEILINGS[name]):
        client.get(pages.addresses[name])
