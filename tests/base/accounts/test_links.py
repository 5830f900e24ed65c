"""One-time links: an invitation, and a way back for whoever forgot the password."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.base.accounts.acting import NEW, PASSWORD, WRONG, enter, is_in, text_of
from tests.cast import Cast, in_session
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry, Invitation, Message, User
from wenming.base.services.invitations import LinkUsedUp, invite, take_up
from wenming.base.services.people import AccountClosed, PersonDetails, make_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited(cast: Cast) -> tuple[User, str]:
    """A new account, and the secret of its link."""
    chief = in_session(cast.feng)
    made = make_account(cast.city, "han", PersonDetails("韩梅"), by=chief)
    return made, invite(made, city=cast.city, by=chief)


def welcome(secret: str) -> str:
    return reverse("base:welcome", args=[secret])


def set_by(client: Client, secret: str, password: str = NEW, again: str = "") -> object:
    return client.post(welcome(secret), {"password": password, "again": again or password})


def test_an_invitation_lets_its_person_in_once(invited: tuple[User, str], client: Client) -> None:
    _user, secret = invited
    page = client.get(welcome(secret))
    assert "韩梅" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert set_by(client, secret).headers["Location"] == reverse("account_login")
    enter(client, "han", NEW)
    assert is_in(client)
    late = set_by(Client(), secret, WRONG)
    assert late.status_code == 410
    assert "失效" in late.content.decode()
    assert enter(Client(), "han", NEW).status_code == 302, "the password is still the first one"


def test_a_link_is_not_used_up_by_a_password_that_breaks_the_rules(
    invited: tuple[User, str], client: Client
) -> None:
    _user, secret = invited
    weak = set_by(client, secret, "han-12345")
    assert weak.status_code == 422
    assert "密码不符合以下规则" in weak.content.decode()
    assert set_by(client, secret, NEW, WRONG).status_code == 422
    assert set_by(client, secret).status_code == 302


def test_an_invitation_lasts_three_days(
    invited: tuple[User, str], client: Client, later: Callable[..., None]
) -> None:
    _user, secret = invited
    later(hours=71)
    assert client.get(welcome(secret)).status_code == 200
    later(hours=2)
    assert client.get(welcome(secret)).status_code == 410
    assert set_by(client, secret).status_code == 410
    with pytest.raises(LinkUsedUp):
        take_up(secret, NEW)


def test_a_new_link_makes_the_old_one_worthless(
    invited: tuple[User, str], cast: Cast, client: Client
) -> None:
    user, first = invited
    second = invite(user, city=cast.city, by=in_session(cast.feng))
    assert client.get(welcome(first)).status_code == 410
    assert client.get(welcome(second)).status_code == 200


def test_the_second_of_two_who_take_a_link_up_is_refused(invited: tuple[User, str]) -> None:
    _user, secret = invited
    take_up(secret, NEW)
    with pytest.raises(LinkUsedUp):
        take_up(secret, WRONG)


def test_a_link_of_a_closed_account_is_worthless(
    invited: tuple[User, str], cast: Cast, client: Client
) -> None:
    user, secret = invited
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(welcome(secret)).status_code == 410
    user.refresh_from_db()
    with pytest.raises(AccountClosed):
        invite(user, city=cast.city, by=in_session(cast.feng))


def test_only_a_digest_of_the_secret_is_kept(invited: tuple[User, str]) -> None:
    _user, secret = invited
    kept = Invitation.objects.get()
    assert secret not in str(vars(kept))
    assert not any(secret in str(vars(entry)) for entry in AuditEntry.objects.all())


def test_nobody_but_the_system_administrator_of_the_city_invites(
    invited: tuple[User, str], cast: Cast
) -> None:
    user, _secret = invited
    for who, city in ((cast.chu, cast.city), (cast.lin, cast.city), (cast.feng, cast.other_city)):
        with pytest.raises(PermissionDenied):
            invite(user, city=city, by=in_session(who))
    with pytest.raises(PermissionDenied):
        invite(cast.feng, city=cast.city, by=in_session(cast.feng))


def ask(client: Client, name: str) -> object:
    return client.post(reverse("base:forgotten"), {"username": name})


def test_the_answer_does_not_tell_whether_an_account_exists(cast: Cast, client: Client) -> None:
    User.objects.filter(pk=cast.sun.pk).update(email="sun@city.example")
    User.objects.filter(pk=cast.li.pk).update(email="li@city.example", is_active=False)
    pages = []
    for name in ("sun", "qian", "li", "nobody"):
        answer = ask(client, name)
        assert answer.status_code == 200
        pages.append(text_of(answer))
    assert len(set(pages)) == 1, "with an address, without one, closed, unknown: the same page"
    assert [each.address for each in Message.objects.all()] == ["sun@city.example"]


def test_the_mail_leads_to_a_new_password(
    cast: Cast, client: Client, later: Callable[..., None]
) -> None:
    User.objects.filter(pk=cast.sun.pk).update(email="sun@city.example")
    visit = Client()
    enter(visit, "sun")
    ask(client, "SUN ")
    link = Message.objects.get().facts["link"].removeprefix("http://testserver")
    assert client.get(link).status_code == 200
    assert client.post(link, {"password": NEW, "again": NEW}).status_code == 302
    assert not is_in(visit), "who was in by the old password is out"
    assert enter(Client(), "sun", PASSWORD).status_code == 200
    assert enter(Client(), "sun", NEW).status_code == 302
    later(minutes=6)
    ask(client, "sun")
    late = Message.objects.latest("pk").facts["link"].removeprefix("http://testserver")
    later(minutes=61)
    assert client.get(late).status_code == 410, "a link by mail lasts an hour"


def test_nobody_is_flooded_with_mail(
    cast: Cast, client: Client, later: Callable[..., None]
) -> None:
    User.objects.filter(pk=cast.sun.pk).update(email="sun@city.example")
    for _ in range(3):
        ask(client, "sun")
    assert Message.objects.count() == 1
    asked = AuditEntry.objects.filter(action="account.reset_asked")
    assert asked.count() == 3, "whether a mail was just sent takes no less time than sending one"
    later(minutes=6)
    ask(client, "sun")
    assert Message.objects.count() == 2


def test_too_many_questions_from_one_address_are_put_off(cast: Cast, client: Client) -> None:
    cache.clear()
    answers = [ask(client, f"name{n}").status_code for n in range(11)]
    assert answers == [200] * 10 + [429]
