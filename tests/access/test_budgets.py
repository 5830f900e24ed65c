"""A page asks the database no more often than `budgets.json` allows, at the size of a city.

A page that needs more is mended, or its new number is written down by hand and defended in the
commit that does so.
"""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.access.walking import NAMES, UNREAD, asked, is_a_page, reader_of
from tests.access.world import World

pytestmark = pytest.mark.django_db

BUDGETS: dict[str, int] = json.loads(Path(__file__).with_name("budgets.json").read_text())
MOST = 25
"""Of queries that any page may ask."""


def test_every_page_has_a_budget() -> None:
    assert sorted(BUDGETS) == sorted(set(NAMES) - UNREAD)
    assert {name: asked for name, asked in BUDGETS.items() if asked > MOST} == {}


@pytest.mark.parametrize("name", sorted(BUDGETS))
def test_a_page_keeps_to_its_budget(world: World, name: str) -> None:
    client = world.browsers[reader_of(world, name) or "office"]
    asked(client, name, world.home)  # what is kept after the first time is kept now
    with CaptureQueriesContext(connection) as seen:
        answer = asked(client, name, world.home)
    assert is_a_page(answer)
    assert len(seen) <= BUDGETS[name], [each["sql"][:200] for each in seen]
