"""A page asks the database a fixed number of times, however much there is to show."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from tests.pages.shown import Shown

pytestmark = pytest.mark.django_db
Ceiling = Callable[[int], AbstractContextManager[object]]

CEILINGS = {
    "home": 4,
    "overview": 4,
    "items": 4,
    "gaps by item": 4,
    "gaps by dimension": 3,
    "gaps by group": 3,
    "gaps by unit": 5,
    "gaps by site_type": 3,
    "sites item": 11,
    "survey item": 13,
    "papers item": 9,
    "observations": 10,
    "site": 6,
    "observation": 5,
    "answers": 9,
    "document": 4,
    "findings": 6,
    "method": 4,
}


@pytest.mark.parametrize("name", CEILINGS)
def test_a_page_keeps_to_its_ceiling(
    client: Client, pages: Shown, django_assert_max_num_queries: Ceiling, name: str
) -> None:
    with django_assert_max_num_queries(CEILINGS[name]):
        client.get(pages.addresses[name])
