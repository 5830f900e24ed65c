"""The working calendar on screen: the country's days, the city's own, the hours."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, log_in, make_cast
from wenming.base.models import AuditEntry, CalendarDay, City

pytestmark = pytest.mark.django_db
DAY = {"day": "2026-05-12", "kind": "holiday", "name": "建城日"}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    return log_in(client, cast.lin)


def year(client: Client, written: str = "2026") -> str:
    answer = client.get(reverse("base:calendar"), {"year": written})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_year_shows_holidays_with_their_source(office: Client) -> None:
    page = year(office)
    assert "国务院办公厅关于2026年部分节假日安排的通知" in page
    assert "国庆节" in page


def test_a_year_without_its_list_says_so(office: Client) -> None:
    assert "尚未收录 2031 年" in year(office, "2031")
    assert "尚未收录" not in year(office)


@pytest.mark.parametrize("written", ["", "x", "99999", "0", "-1", "\uff12\uff10\uff12\uff16"])
def test_an_odd_year_shows_this_one(office: Client, written: str) -> None:
    year(office, written)


def test_everybody_reads_it_and_only_the_office_writes_it(client: Client, cast: Cast) -> None:
    for who in cast.at_home:
        assert log_in(client, who).get(reverse("base:calendar")).status_code == 200
        expected = 200 if who == cast.lin else 403
        for name in ("base:calendar_day", "base:calendar_hours"):
            assert client.get(reverse(name)).status_code == expected, who.username


def test_a_day_is_set_and_taken_back(office: Client, cast: Cast) -> None:
    assert office.post(reverse("base:calendar_day"), DAY).status_code == 302
    assert "建城日" in year(office)
    special = CalendarDay.objects.get(city=cast.city)
    gone = reverse("base:calendar_day_remove", args=[special.pk])
    assert office.post(gone).status_code == 302
    assert "建城日" not in year(office)
    assert office.post(gone).status_code == 404, "the second person finds nothing"
    actions = AuditEntry.objects.order_by("number").values_list("action", flat=True)
    assert list(actions) == ["calendar.set_day", "calendar.remove_day"]


def test_a_day_of_another_city_stays_where_it_is(client: Client, cast: Cast) -> None:
    abroad = CalendarDay.objects.create(city=cast.other_city, day="2026-05-12", kind="holiday")
    gone = reverse("base:calendar_day_remove", args=[abroad.pk])
    assert log_in(client, cast.lin).post(gone).status_code == 404


def test_hours_are_set_and_wrong_ones_are_refused(office: Client, cast: Cast) -> None:
    address = reverse("base:calendar_hours")
    said = {"from_1": "09:00", "until_1": "12:00", "from_2": "13:30", "until_2": "17:30"}
    assert office.post(address, said).status_code == 302
    kept = City.objects.get(pk=cast.city.pk).working_hours
    assert kept == [["09:00", "12:00"], ["13:30", "17:30"]]
    assert "09:00–12:00" in year(office)
    assert office.post(address, said | {"until_1": ""}).status_code == 422
    assert office.post(address, said | {"from_2": "11:00"}).status_code == 422
    assert office.post(address, dict.fromkeys(said, "")).status_code == 302
    assert City.objects.get(pk=cast.city.pk).working_hours == []
