"""The pages of the organisation: who may open them, what they say, how much they ask for."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast, log_in, make_cast, make_unit
from wenming.base.models import AuditEntry, Unit, UnitKind, User

pytestmark = pytest.mark.django_db
LONG = "市创建全国文明城市工作委员会办公室综合协调督查考核与未成年人思想道德建设联合专班"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    return log_in(client, cast.lin)


def text_of(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


READ = ["base:organisation", "base:units", "base:groups"]
WRITE = ["unit_edit", "unit_rename", "unit_move", "unit_merge", "unit_dissolve", "unit_reactivate",
         "unit_alias_new", "unit_liaison_new"]  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_everybody_of_the_city_reads_the_organisation(
    client: Client, cast: Cast, name: str
) -> None:
    for who in cast.at_home:
        assert log_in(client, who).get(reverse(name)).status_code == 200, who.username


@pytest.mark.parametrize("name", READ)
def test_a_stranger_is_sent_to_the_log_in(client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 302


@pytest.mark.parametrize("name", WRITE)
def test_only_the_office_changes_it(client: Client, cast: Cast, name: str) -> None:
    address = reverse(f"base:{name}", args=[cast.units.archive.pk])
    answers = {who.username: log_in(client, who).get(address).status_code for who in cast.people}
    assert answers == {
        who.username: {"lin": 200, "wu": 404}.get(who.username, 403) for who in cast.people
    }


def test_a_unit_of_another_city_is_not_found(client: Client, cast: Cast) -> None:
    for who in cast.at_home:
        answer = log_in(client, who).get(reverse("base:unit", args=[cast.units.abroad.pk]))
        assert answer.status_code == 404


def test_the_tree_shows_committee_groups_and_counties(office: Client) -> None:
    page = text_of(office, "base:organisation")
    places = [
        page.index(name) for name in ("市创建全国文明城市", "宣传教育组", "城市建设组", "县区")
    ]
    assert places == sorted(places)
    assert page.index("市创城办") < page.index("宣传教育组"), (
        "the office stands below the committee"
    )


@pytest.mark.parametrize("written", ["市城管局", "城市管理局", "scgj", "市城市管理局"])
def test_the_tree_finds_a_unit_by_each_of_its_names(office: Client, written: str) -> None:
    page = text_of(office, "base:organisation", query=f"?q={written}")
    assert ">市城管局</a>" in page
    assert "市档案馆" not in page


def test_what_leads_to_something_found_is_shown_too(office: Client) -> None:
    page = text_of(office, "base:organisation", query="?q=花园社区")
    assert all(name in page for name in ("中心区", "城东街道", "花园社区"))
    assert "找到 1 个单位" in page


def test_a_search_that_finds_nothing_says_so(office: Client) -> None:
    assert "没有叫这个名称的单位" in text_of(office, "base:organisation", query="?q=没有的局")


def fill(cast: Cast, n: int) -> None:
    for number in range(n):
        make_unit(cast.city, f"{LONG}{number}", group=cast.groups["城建"])


@pytest.mark.parametrize(("name", "most"), [("base:organisation", 10), ("base:units", 12)])
def test_a_hundred_units_cost_no_more_than_ten(
    office: Client,
    cast: Cast,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    name: str,
    most: int,
) -> None:
    fill(cast, 100)
    with django_assert_max_num_queries(most):
        text_of(office, name)


def test_a_page_of_a_unit_asks_no_more_the_more_it_shows(
    office: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        make_unit(cast.city, f"{LONG}{number}", parent=cast.units.archive)
    with django_assert_max_num_queries(22):
        assert f"{LONG}7" in text_of(office, "base:unit", cast.units.archive.pk)


@pytest.mark.parametrize(
    ("query", "is_shown"),
    [
        ("?text=scgj", True), ("?text=sgaj", False), ("?kind=unit", True), ("?kind=county", False),
        ("?state=active", True), ("?state=dissolved", False), ("?liaison=without", True),
        ("?liaison=with", False), ("?in_place=lacking", True), ("?in_place=all", False),
        ("?group=none", False),
    ],
)  # fmt: skip
def test_the_list_is_narrowed_by_each_filter(office: Client, query: str, *, is_shown: bool) -> None:
    assert (">市城管局</a>" in text_of(office, "base:units", query=query)) is is_shown


def test_a_unit_is_set_up_from_its_form(office: Client, cast: Cast) -> None:
    said = {"name": "市民政局", "kind": "unit", "group": cast.groups["宣教"].pk, "name_en": ""}
    answer = office.post(reverse("base:unit_new"), said, follow=True)
    made = Unit.objects.get(name="市民政局")
    assert answer.redirect_chain[-1][0] == reverse("base:unit", args=[made.pk])
    assert made.group == cast.groups["宣教"]
    assert "单位已设立" in answer.content.decode()


def test_a_name_that_is_taken_is_said_and_what_was_typed_stays(office: Client) -> None:
    said = {"name": "市城市管理局", "kind": "unit", "name_en": "Bureau"}
    answer = office.post(reverse("base:unit_new"), said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "市城管局" in page
    assert 'value="Bureau"' in page


Deed = Callable[[Cast], tuple[str, dict[str, Any]]]
DEEDS: list[tuple[str, dict[str, Any], str]] = [
    ("unit_edit", {"name": "市档案馆", "kind": "office", "name_en": "Archive"}, "unit.change"),
    ("unit_rename", {"name": "市档案局", "day": "2026-03-01"}, "unit.rename"),
    ("unit_move", {"parent": ""}, "unit.move"),
    ("unit_dissolve", {"reason": "机构改革", "is_meant": "on"}, "unit.dissolve"),
    ("unit_alias_new", {"name": "档案馆", "first": "", "last": ""}, "unit_name.add"),
    ("unit_liaison_new", {"name": "钱二", "phone": "0546-1234567"}, "liaison.add"),
]


@pytest.mark.parametrize(("name", "said", "action"), DEEDS)
def test_each_form_does_what_it_says_and_the_audit_has_it(
    office: Client, cast: Cast, name: str, said: dict[str, Any], action: str
) -> None:
    unit = make_unit(cast.city, "市地方志办") if name == "unit_dissolve" else cast.units.archive
    answer = office.post(reverse(f"base:{name}", args=[unit.pk]), said)
    assert answer.status_code == 302, answer.content.decode()
    assert AuditEntry.objects.get(action=action).actor == cast.lin


def test_what_cannot_be_undone_easily_asks_for_the_name(office: Client, cast: Cast) -> None:
    unit = cast.units.police
    address = reverse("base:unit_dissolve", args=[unit.pk])
    assert f"确认撤销{unit.name}" in office.get(address).content.decode()
    assert office.post(address, {"reason": "机构改革"}).status_code == 422
    assert Unit.objects.get(pk=unit.pk).is_active


def test_a_merged_unit_is_found_by_the_name_of_the_other(office: Client, cast: Cast) -> None:
    said = {"into": cast.units.police.pk, "day": "2026-03-01", "is_meant": "on"}
    gone = make_unit(cast.city, "市交警支队")
    office.post(reverse("base:unit_merge", args=[gone.pk]), said)
    assert ">市公安局</a>" in text_of(office, "base:organisation", query="?q=交警支队")


def test_what_is_in_place_is_told_with_its_day_and_its_history(office: Client, cast: Cast) -> None:
    address = reverse("base:unit_provision", args=[cast.units.archive.pk, "funds"])
    office.post(address, {"in_place": "no", "note": "", "as_of": "2026-01-05"})
    office.post(address, {"in_place": "yes", "note": "列入预算", "as_of": "2026-03-05"})
    page = text_of(office, "base:unit", cast.units.archive.pk)
    assert "列入预算" in page
    assert "以前的情况" in page
    # Of bodies and people nothing is known; that is not the same as their being lacking.
    assert 'class="badge not_met"' not in page
    assert office.get(address.replace("funds", "cars")).status_code == 404


def test_units_are_put_into_a_group_several_at_once(office: Client, cast: Cast) -> None:
    rows = [cast.units.police.pk, cast.units.archive.pk, cast.units.abroad.pk]
    address, group = reverse("base:group_units"), cast.groups["城建"]
    asked = office.post(address, {"rows": rows, "next": "/units/"}).content.decode()
    assert "市公安局" in asked
    assert (
        office.post(address, {"rows": rows, "next": "/units/", "group": group.pk}).url == "/units/"
    )
    assert set(group.units.values_list("name", flat=True)) >= {"市公安局", "市档案馆"}
    assert cast.units.abroad not in group.units.all()


def test_only_those_who_see_people_see_who_holds_posts(client: Client, cast: Cast) -> None:
    def shows(who: User) -> bool:
        return "赵明" in text_of(log_in(client, who), "base:unit", cast.units.streets.pk)

    assert shows(cast.lin)
    assert shows(cast.chu)
    assert not shows(cast.sun)


def test_a_county_stands_with_its_streets(office: Client, cast: Cast) -> None:
    page = text_of(office, "base:unit", cast.units.county.pk)
    assert "城东街道" in page
    assert cast.units.county.kind == UnitKind.COUNTY
