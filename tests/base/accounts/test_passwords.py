"""Which passwords are taken, and how they are kept."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests.base.accounts.acting import NEW, PASSWORD, WRONG, enter
from tests.cast import Cast
from wenming.base.models import AuditEntry, UsedPassword, User
from wenming.base.services.accounts import PasswordRefused, set_password

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "password",
    [
        "Ab3-x9Kq2", "tianqingyundan", "tianqing-yundan", "TIANQING-YUN", "2026-11-25!!",
        "P@ssw0rd2026!", "Woaini1314#!", "Admin@123456", "1qaz@WSX3edc", "Qwer!@#$1234",
        "Wenming-Demo-2026", "Beijing#2026Aa", "Aa123456!!", "Sunqiang-2026!", "sunqiang.A1",
    ],
)  # fmt: skip
def test_a_weak_password_is_refused(cast: Cast, password: str) -> None:
    User.objects.filter(pk=cast.sun.pk).update(username="sunqiang")
    with pytest.raises(PasswordRefused) as refused:
        set_password(cast.sun, password, by=cast.sun, city=cast.city)
    assert refused.value.facts["rules"]


@pytest.mark.parametrize("password", [NEW, "Xy7-kuaipao-gou", "红旗-Piao9-Yang"])
def test_a_good_password_is_taken(cast: Cast, password: str) -> None:
    fresh = set_password(cast.sun, password, by=cast.sun, city=cast.city)
    assert fresh.check_password(password)
    assert fresh.password.startswith("argon2$")
    entry = AuditEntry.objects.get(action="account.password")
    assert password not in str(entry.detail)


def test_none_of_the_last_three_passwords_is_taken_again(cast: Cast) -> None:
    passwords = [PASSWORD, NEW, WRONG, "Shan-Gao-5-Yuan"]
    for password in passwords[1:]:
        set_password(cast.sun, password, by=cast.sun, city=cast.city)
    for recent in passwords[1:]:
        with pytest.raises(PasswordRefused):
            set_password(cast.sun, recent, by=cast.sun, city=cast.city)
    set_password(cast.sun, passwords[0], by=cast.sun, city=cast.city)
    kept = UsedPassword.objects.filter(user=cast.sun)
    assert kept.count() == 3
    assert all(each.password.startswith("argon2$") for each in kept)


def test_a_long_row_of_letters_is_judged_quickly(cast: Cast) -> None:
    from wenming.base.accounts.obvious import NotObvious

    with pytest.raises(ValidationError):
        NotObvious().validate("a" * 4000 + "1!")
    NotObvious().validate("ak" * 2000 + "q!")


def change(client: Client, **fields: str) -> object:
    given = {"old": PASSWORD, "password": NEW, "again": NEW} | fields
    return client.post(reverse("base:new_password"), given)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"old": WRONG}, "密码错误"),
        ({"again": WRONG}, "不一致"),
        ({"password": "short", "again": "short"}, "密码不符合以下规则"),
        ({"password": PASSWORD, "again": PASSWORD}, "不得重复使用"),
    ],
)  # fmt: skip
def test_the_page_says_what_is_wrong(
    cast: Cast, client: Client, fields: dict[str, str], said: str
) -> None:
    enter(client, "sun")
    answer = change(client, **fields)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert PASSWORD not in answer.content.decode()


def test_the_old_password_cannot_be_guessed_at_a_forgotten_screen(
    cast: Cast, client: Client
) -> None:
    enter(client, "sun")
    answers = [change(client, old=f"{WRONG}{number}").status_code for number in range(11)]
    assert answers == [422] * 10 + [429]


def test_who_was_given_a_password_chooses_an_own_one_first(cast: Cast, client: Client) -> None:
    User.objects.filter(pk=cast.sun.pk).update(must_change_password=True)
    enter(client, "sun")
    sent = client.get("/inbox/")
    assert sent.headers["Location"] == "/me/password/?next=%2Finbox%2F"
    page = client.get(sent.headers["Location"])
    assert "请先设置您自己的密码" in page.content.decode()
    changed = client.post(
        sent.headers["Location"], {"old": PASSWORD, "password": NEW, "again": NEW}
    )
    assert changed.headers["Location"] == "/inbox/"
    assert client.get("/inbox/").status_code == 200
