"""Every login of the demonstration has a start page of its own kind, and it opens."""

import pytest
from django.urls import resolve, reverse

from tests.access.world import World
from wenming.demo.people import LOGINS, Login

pytestmark = pytest.mark.django_db

STARTS = {
    "office": "scoring:home",
    "leader": "scoring:home",
    "assessor": "scoring:home",
    "group": "scoring:latest",
    "unit1": "base:inbox",
    "unit2": "base:inbox",
    "inspector": "base:inbox",
    "reviewer": "base:inbox",
    "interviewer": "base:inbox",
    "system": "base:people",
    "security": "base:people",
    "audit": "base:audit",
}


@pytest.mark.parametrize("login", LOGINS, ids=lambda login: login.username)
def test_each_login_begins_where_its_work_is(world: World, login: Login) -> None:
    browser = world.browsers[login.username]
    sent = browser.get(reverse("base:start"))
    assert resolve(sent.url).view_name == STARTS[login.username]
    assert browser.get(sent.url, follow=True).status_code == 200
