"""People and posts on screen: who may do what, and that the three administrators stay apart."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast, log_in, make_cast, make_person, open_session
from wenming.base.models import AuditEntry, Post, User
from wenming.core.permissions import PostKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def system(client: Client, cast: Cast) -> Client:
    open_session(log_in(client, cast.feng), cast.feng, cast.city)
    return client


@pytest.fixture
def security(client: Client, cast: Cast) -> Client:
    open_session(log_in(client, cast.chu), cast.chu, cast.city)
    return client


def test_people_are_seen_by_those_who_look_after_them(client: Client, cast: Cast) -> None:
    may = {"lin", "feng", "chu", "wei", "wu"}
    for who in cast.people:
        expected = 200 if who.username in may else 403
        assert log_in(client, who).get(reverse("base:people")).status_code == expected


def test_nobody_of_another_city_is_found(client: Client, cast: Cast) -> None:
    page = log_in(client, cast.lin).get(reverse("base:people")).content.decode()
    assert "赵明" in page
    assert "吴敏" not in page
    assert client.get(reverse("base:person", args=[cast.wu.pk])).status_code == 404


@pytest.mark.parametrize(
    ("query", "is_shown"),
    [("?text=zm", True), ("?text=zhao", True), ("?text=钱", False), ("?post=unit", True),
     ("?post=office", False), ("?state=bare", False), ("?state=open", True),
     ("?state=locked", False), ("?state=closed", False)],
)  # fmt: skip
def test_the_list_is_narrowed(client: Client, cast: Cast, query: str, *, is_shown: bool) -> None:
    page = log_in(client, cast.lin).get(reverse("base:people") + query).content.decode()
    assert (">赵明</a>" in page) is is_shown


def test_a_hundred_people_cost_no_more_than_ten(
    client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        make_person(f"p{number}", name=f"某{number}", city=cast.city, kind=PostKind.INSPECTOR)
    log_in(client, cast.lin)
    with django_assert_max_num_queries(14):
        client.get(reverse("base:people"))


@pytest.mark.parametrize("name", ["person_edit", "person_close", "person_open", "person_invite"])
def test_accounts_are_changed_by_the_system_administrator_alone(
    client: Client, cast: Cast, name: str
) -> None:
    address = reverse(f"base:{name}", args=[cast.zhao.pk])
    for who in (cast.lin, cast.chu, cast.wei, cast.zhao):
        assert log_in(client, who).post(address).status_code == 403, who.username
    answer = log_in(client, cast.feng).get(reverse("base:person_edit", args=[cast.zhao.pk]))
    assert answer.headers["Location"].startswith(reverse("base:begin_session"))


@pytest.mark.parametrize("name", ["post_new", "person_unlock"])
def test_posts_are_given_by_the_security_administrator_alone(
    client: Client, cast: Cast, name: str
) -> None:
    address = reverse(f"base:{name}", args=[cast.zhao.pk])
    for who in (cast.lin, cast.feng, cast.wei, cast.zhao):
        assert log_in(client, who).get(address).status_code == 403, who.username


def test_an_account_is_opened_and_its_link_shown_once(system: Client, cast: Cast) -> None:
    said = {"username": "Han.Mei", "name": "韩梅", "email": "", "phone": ""}
    answer = system.post(reverse("base:person_new"), said)
    page = answer.content.decode()
    link = re.search(r'value="http://testserver(/welcome/[^"]+)"', page)
    made = User.objects.get(username="han.mei")
    assert link is not None
    assert "no-store" in answer.headers["Cache-Control"]
    assert Client().get(link.group(1)).status_code == 200
    assert made.home == cast.city
    assert "welcome" not in system.get(reverse("base:person", args=[made.pk])).content.decode()


def test_a_name_that_is_taken_is_said_and_nothing_is_lost(system: Client) -> None:
    said = {"username": "zhao", "name": "赵二", "email": "", "phone": ""}
    answer = system.post(reverse("base:person_new"), said)
    assert answer.status_code == 422
    assert 'value="赵二"' in answer.content.decode()


def test_an_account_is_closed_with_a_reason_and_opened_again(system: Client, cast: Cast) -> None:
    User.objects.filter(pk=cast.zhao.pk).update(home=cast.city)
    close = reverse("base:person_close", args=[cast.zhao.pk])
    assert system.post(close, {"reason": "调离"}).status_code == 422, "it was not meant yet"
    assert system.post(close, {"reason": "调离", "is_meant": "on"}).status_code == 302
    assert not User.objects.get(pk=cast.zhao.pk).is_active
    again = system.post(close, {"reason": "调离", "is_meant": "on"})
    assert again.status_code == 422, "the second person is told"
    assert system.post(reverse("base:person_open", args=[cast.zhao.pk])).status_code == 302
    assert User.objects.get(pk=cast.zhao.pk).is_active


def test_lost_second_factors_are_removed_by_the_security_administrator_alone(
    security: Client, cast: Cast
) -> None:
    address = reverse("base:person_factors", args=[cast.lin.pk])
    assert address in security.get(reverse("base:person", args=[cast.lin.pk])).content.decode()
    for who in (cast.lin, cast.feng, cast.wei, cast.zhao):
        assert log_in(Client(), who).get(address).status_code == 403, who.username
    lost = log_in(Client(), cast.lin)
    assert security.post(address, {"reason": "手机丢失"}).status_code == 422, "not made sure yet"
    said = {"reason": "手机丢失", "is_meant": "on"}
    assert security.post(address, said).status_code == 302
    assert not Authenticator.objects.filter(user=cast.lin).exists()
    assert lost.get(reverse("base:me")).status_code == 302, "all visits ended"
    again = security.post(address, said)
    assert again.status_code == 422
    assert "没有设置二次验证" in again.content.decode()
    entry = AuditEntry.objects.get(action="factor.removed_by_other")
    assert (entry.actor, entry.detail["reason"]) == (cast.chu, "手机丢失")


def test_nobody_removes_their_own_second_factors_as_an_administrator(
    security: Client, cast: Cast
) -> None:
    address = reverse("base:person_factors", args=[cast.chu.pk])
    assert address not in security.get(reverse("base:person", args=[cast.chu.pk])).content.decode()
    answer = security.post(address, {"reason": "手机丢失", "is_meant": "on"})
    assert answer.status_code == 422
    assert Authenticator.objects.filter(user=cast.chu).exists()


def test_a_post_is_given_and_ended(security: Client, cast: Cast) -> None:
    said = {"kind": "inspector", "first": "", "last": "", "title": ""}
    assert security.post(reverse("base:post_new", args=[cast.zhao.pk]), said).status_code == 302
    post = Post.objects.get(user=cast.zhao, kind=PostKind.INSPECTOR)
    day = (localdate() - timedelta(days=1)).isoformat()
    end = reverse("base:post_end", args=[post.pk])
    assert security.post(end, {"day": day, "is_meant": "on"}).status_code == 302
    late = security.post(end, {"day": localdate().isoformat(), "is_meant": "on"})
    assert late.status_code == 422
    assert "已于" in late.content.decode()
    assert AuditEntry.objects.filter(action="post.end").count() == 1


@pytest.mark.parametrize("who", ["lin", "feng", "wei"])
def test_administrators_exclude_each_other_and_it_is_said_who_and_why(
    security: Client, cast: Cast, who: str
) -> None:
    person = getattr(cast, who)
    wanted = "audit_administrator" if who != "wei" else "system_administrator"
    said = {"kind": wanted, "first": "", "last": "", "title": ""}
    answer = security.post(reverse("base:post_new", args=[person.pk]), said)
    page = answer.content.decode()
    assert answer.status_code == 422
    held = {"lin": "创城办", "feng": "系统管理员", "wei": "审计管理员"}[who]
    assert f"{person.name}现任“{held}”" in page
    assert Post.objects.filter(user=person).count() == 1


def test_nobody_gives_a_post_to_themselves(security: Client, cast: Cast) -> None:
    said = {"kind": "office", "first": "", "last": "", "title": ""}
    answer = security.post(reverse("base:post_new", args=[cast.chu.pk]), said)
    assert answer.status_code == 422
    assert Post.objects.filter(user=cast.chu).count() == 1


def test_the_post_of_a_unit_names_its_unit(security: Client, cast: Cast) -> None:
    said = {"kind": "unit", "first": "", "last": "", "title": ""}
    address = reverse("base:post_new", args=[cast.sun.pk])
    assert security.post(address, said).status_code == 422
    abroad = said | {"unit": str(cast.units.abroad.pk)}
    assert security.post(address, abroad).status_code == 422, "a unit of another city"
    assert security.post(address, said | {"unit": str(cast.units.police.pk)}).status_code == 302
