"""A page asks the database no more often than `budgets.json` allows, at the size of a city.

A page that needs more is mended, or its new number is written down by hand and defended in the
commit that does so.
"""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.access.walking import NAMES, asked, client_of, is_to_be_read
from tests.access.world import World

pytestmark = pytest.mark.django_db

BUDGETS: dict[str, int] = json.loads(Path(__file__).with_name("budgets.json").read_text())
MOST = 20
"""Of queries that any page may ask."""


def test_no_budget_is_for_a_page_that_is_gone_or_too_large() -> None:
    assert sorted(set(BUDGETS) - set(NAMES)) == []
    assert {name: allowed for name, allowed in BUDGETS.items() if allowed > MOST} == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_page_keeps_to_its_budget(world: World, name: str) -> None:
    client = client_of(world, name)
    first = asked(
        client, name, world.home
    )  # the first page of a window also notes that it is there
    if not is_to_be_read(first, name):
        assert name not in BUDGETS
        return
    with CaptureQueriesContext(connection) as seen:
        asked(client, name, world.home)
    assert name in BUDGETS, f"write down {len(seen)} in budgets.json"
    assert len(seen) <= BUDGETS[name], [each["sql"][:200] for each in seen]
