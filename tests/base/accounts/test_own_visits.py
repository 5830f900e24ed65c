"""Where somebody is logged in, ending it from elsewhere, and what is said when it has ended."""

import uuid
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.base.accounts.acting import NEW, PASSWORD, enter, is_in
from tests.cast import Cast
from wenming.base.accounts.visits import browser_name
from wenming.base.models import AuditEntry, Visit
from wenming.base.services.schedule import sweep_leftovers

pytestmark = pytest.mark.django_db
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0 Safari/537.36 Edg/130.0"
)
WECHAT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120 MicroMessenger/8.0.50"


@pytest.fixture
def browsers(cast: Cast) -> tuple[Client, Client]:
    """Two browsers in which Sun is logged in."""
    both = Client(HTTP_USER_AGENT=EDGE), Client(HTTP_USER_AGENT=WECHAT, REMOTE_ADDR="10.1.2.3")
    for each in both:
        enter(each, "sun")
    return both


def my_page(client: Client) -> str:
    return client.get(reverse("base:me")).content.decode()


def test_the_page_shows_each_browser_and_which_is_this_one(
    browsers: tuple[Client, Client],
) -> None:
    page = my_page(browsers[0])
    assert "Edge, Windows" in page
    assert "WeChat, Android" in page
    assert "10.1.2.3" in page
    assert page.count("本浏览器") == 1
    assert not any(each.session.session_key in page for each in browsers), "the key is a secret"


def test_another_visit_is_ended_at_once(browsers: tuple[Client, Client], cast: Cast) -> None:
    here, there = browsers
    number = Visit.objects.get(session_key=there.session.session_key).number
    assert here.post(reverse("base:end_visit", args=[number])).status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)
    again = here.post(reverse("base:end_visit", args=[number]), follow=True)
    assert "已经结束" in again.content.decode()
    assert AuditEntry.objects.filter(action="account.visit_ended", actor=cast.sun).count() == 1


def test_all_others_are_ended_and_this_one_stays(browsers: tuple[Client, Client]) -> None:
    third = Client()
    enter(third, "sun")
    page = browsers[0].post(reverse("base:end_other_visits"), follow=True).content.decode()
    assert "已结束其他 2 个登录会话" in page
    assert [is_in(each) for each in (*browsers, third)] == [True, False, False]


def test_nobody_ends_the_visit_of_somebody_else(browsers: tuple[Client, Client]) -> None:
    stranger = Client()
    enter(stranger, "feng")
    number = Visit.objects.get(session_key=browsers[0].session.session_key).number
    stranger.post(reverse("base:end_visit", args=[number]))
    Client().post(reverse("base:end_visit", args=[number]))
    browsers[1].post(reverse("base:end_visit", args=[uuid.uuid4()]))
    assert is_in(browsers[0])


def test_a_visit_stays_one_through_a_new_password(browsers: tuple[Client, Client]) -> None:
    fields = {"old": PASSWORD, "password": NEW, "again": NEW}
    before = Visit.objects.get(session_key=browsers[0].session.session_key).number
    browsers[0].post(reverse("base:new_password"), fields)
    assert Visit.objects.get(session_key=browsers[0].session.session_key).number == before
    assert Visit.objects.filter(number=before).count() == 1


def test_a_visit_that_is_not_complete_yet_is_nobodys(cast: Cast, client: Client) -> None:
    enter(client, "feng")
    assert client.session.session_key
    assert not Visit.objects.exclude(user=None).exists()


def test_going_out_and_time_leave_no_row_behind(
    browsers: tuple[Client, Client], later: Callable[..., None]
) -> None:
    browsers[0].post(reverse("account_logout"))
    assert Visit.objects.count() == 1
    later(minutes=31)
    assert sweep_leftovers()["visits"] == 1
    assert not Visit.objects.exists()


def test_whoever_was_idle_is_told_and_comes_back_to_the_page(
    cast: Cast, client: Client, later: Callable[..., None]
) -> None:
    enter(client, "sun")
    later(minutes=31)
    sent = client.get("/inbox/?order=due")
    assert sent.headers["Location"] == "/account/login/?next=%2Finbox%2F%3Forder%3Ddue"
    page = client.get(sent.headers["Location"]).content.decode()
    assert "登录会话已结束" in page
    assert "登录会话已结束" not in client.get("/account/login/").content.decode(), "once"


def test_a_visitor_who_was_never_in_is_told_nothing(client: Client, db: None) -> None:
    page = client.get("/inbox/", follow=True).content.decode()
    assert "登录会话已结束" not in page


@pytest.mark.parametrize(
    ("heads", "back"),
    [
        ({"Referer": "http://testserver/units/?kind=unit"}, "%2Funits%2F%3Fkind%3Dunit"),
        ({"HX-Request": "true", "HX-Current-URL": "http://testserver/units/"}, "%2Funits%2F"),
        ({"Referer": "https://evil.example/units/"}, ""),
        ({"HX-Request": "true", "HX-Current-URL": "javascript:alert(1)"}, ""),
        ({}, ""),
    ],
)
def test_a_form_sent_too_late_leads_back_to_its_page(
    client: Client, db: None, heads: dict[str, str], back: str
) -> None:
    sent = client.post(reverse("base:save_view"), headers=heads)
    target = sent.headers.get("HX-Redirect") or sent.headers["Location"]
    assert target == f"{reverse(settings.LOGIN_URL)}{'?next=' + back if back else ''}"


@pytest.mark.parametrize(
    ("said", "name"),
    [(EDGE, "Edge, Windows"), (WECHAT, "WeChat, Android"), ("curl/8.0", ""), ("", "")],
)
def test_a_browser_is_called_by_its_name(said: str, name: str) -> None:
    assert browser_name(said) == name
