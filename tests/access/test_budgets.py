"""A page asks the database no more often than `budgets.json` allows, at the size of a city.

A page that needs more is mended, or its new number is written down by hand and defended in the
commit that does so.
"""

import json
import re
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


NOTED = {
    "base_visit",  # that the person is there
    "base_cache",  # limits of public doors
    "base_administratorrequest",  # what an administrator looked at
    "base_inboxentry",  # that the end of a job was seen
}
"""Tables in which a page that is only looked at may note something."""
AUDIT = {"base_auditentry", "base_audithead"}
RECORDED = {"inspection:drawn", "rounds:draw_list", "rounds:draw_list_file", "rounds:draw_mine"}
"""Views on a sealed list: that somebody looked is written into the audit."""
_CHANGE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)


def changed(seen: CaptureQueriesContext) -> set[str]:
    """The tables that were written to."""
    found = (_CHANGE.match(each["sql"]) for each in seen)
    return {each[1] for each in found if each}


def test_no_budget_is_for_a_page_that_is_gone_or_too_large() -> None:
    assert sorted(set(BUDGETS) - set(NAMES)) == []
    assert {name: allowed for name, allowed in BUDGETS.items() if allowed > MOST} == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_page_keeps_to_its_budget(world: World, name: str) -> None:
    client = client_of(world, name)
    with CaptureQueriesContext(connection) as written:
        first = asked(
            client, name, world.home
        )  # the first page of a window also notes that it is there
    noted = NOTED | AUDIT if name in RECORDED else NOTED
    assert changed(written) - noted == set(), "what is only looked at changes nothing"
    if not is_to_be_read(first, name):
        assert name not in BUDGETS
        return
    with CaptureQueriesContext(connection) as seen:
        asked(client, name, world.home)
    assert name in BUDGETS, f"write down {len(seen)} in budgets.json"
    assert len(seen) <= BUDGETS[name], [each["sql"][:200] for each in seen]
