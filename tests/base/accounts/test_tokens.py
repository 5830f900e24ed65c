"""Tokens on the page: shown once, as little as wished, until a day, and gone at once."""

import re
from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from tests.cast import Cast, in_session, log_in
from wenming.base.access import PermissionDenied
from wenming.base.models import ApiToken, AuditEntry
from wenming.base.services.tokens import TokenTooLong, TokenTooWide, make_token, revoke_token
from wenming.core.permissions import Capability

pytestmark = pytest.mark.django_db
C = Capability
TOMORROW = timedelta(days=1)


def said(**more: object) -> dict[str, object]:
    until = (localdate() + TOMORROW).isoformat()
    return {"name": "同步程序", "until": until, "capabilities": ["view_organisation"], **more}


def me(secret: str) -> int:
    heads = {"Authorization": f"Bearer {secret}"}
    return Client().get("/api/v1/me", headers=heads).status_code


def test_a_token_is_shown_once_and_works(cast: Cast, client: Client) -> None:
    log_in(client, cast.lin)
    made = client.post(reverse("base:new_token"), said())
    assert "no-store" in made.headers["Cache-Control"]
    secret = re.search(r"wm_[A-Za-z0-9_-]{43}", made.content.decode())
    assert secret is not None
    assert me(secret[0]) == 200
    page = client.get(reverse("base:me")).content.decode()
    assert "同步程序" in page
    assert secret[0] not in page
    token = ApiToken.objects.get()
    assert secret[0] not in str(vars(token))
    assert token.capabilities == ["use_api", "view_organisation"]
    client.post(reverse("base:drop_token", args=[token.pk]))
    assert me(secret[0]) == 401
    assert "同步程序" not in client.get(reverse("base:me")).content.decode()
    actions = AuditEntry.objects.filter(actor=cast.lin, action__startswith="token.")
    assert list(actions.order_by("number").values_list("action", flat=True)) == [
        "token.make", "token.revoke"
    ]  # fmt: skip


def test_only_rights_that_are_held_are_offered(cast: Cast, client: Client) -> None:
    page = log_in(client, cast.feng).get(reverse("base:new_token")).content.decode()
    assert 'value="view_people"' in page
    for beyond in ("edit_people", "operate", "view_results", "view_audit"):
        assert f'value="{beyond}"' not in page, beyond


@pytest.mark.parametrize(
    "wrong", [{"capabilities": ["view_audit"]}, {"capabilities": ["nothing"]}, {"until": "gestern"},
              {"until": "2001-01-01"}, {"name": ""}]
)  # fmt: skip
def test_a_mistake_is_said_and_nothing_is_made(
    cast: Cast, client: Client, wrong: dict[str, object]
) -> None:
    answer = log_in(client, cast.lin).post(reverse("base:new_token"), said(**wrong))
    assert answer.status_code == 422
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize(("days", "is_right"), [(0, True), (366, True), (-1, False), (367, False)])
def test_a_token_lasts_a_year_at_most(cast: Cast, days: int, *, is_right: bool) -> None:
    until = localdate() + timedelta(days=days)
    expected = nullcontext() if is_right else pytest.raises(TokenTooLong)
    with expected:
        make_token(cast.lin, "同步", city=cast.city, capabilities=[], until=until)


@pytest.mark.parametrize("wanted", [C.VIEW_AUDIT, C.EDIT_PEOPLE])
def test_a_token_allows_nothing_beyond_its_person_nor_what_needs_a_session(
    cast: Cast, wanted: Capability
) -> None:
    for who in (cast.lin, in_session(cast.feng)):
        with pytest.raises(TokenTooWide):
            make_token(who, "同步", city=cast.city, capabilities=[wanted], until=localdate())


def test_nobody_revokes_the_token_of_somebody_else(cast: Cast, client: Client) -> None:
    token, secret = make_token(cast.lin, "同步", city=cast.city, capabilities=[], until=localdate())
    answer = log_in(client, cast.sun).post(reverse("base:drop_token", args=[token.pk]))
    assert answer.status_code == 404
    with pytest.raises(PermissionDenied):
        revoke_token(token, by=cast.feng)
    with pytest.raises(PermissionDenied):
        make_token(cast.lin, "同步", city=cast.other_city, capabilities=[], until=localdate())
    assert me(secret) == 200
