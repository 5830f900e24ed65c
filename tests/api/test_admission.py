"""Who is let in: tokens with scope and end, sessions with the token of their page; limits."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.api.calling import Caller, token_of
from tests.cast import Cast, fresh, log_in
from wenming.base.models import ApiToken, AuditEntry, Group, User
from wenming.base.services.tokens import make_token, revoke_token
from wenming.core.permissions import Capability

As = Callable[[User], Caller]


def test_a_token_shows_its_person_city_and_rights(cast: Cast, as_: As) -> None:
    answer = as_(cast.lin).ask("GET", "/me")
    assert answer.status_code == 200
    said = answer.json()
    assert (said["name"], said["city"]["name"]["zh"]) == ("林晓", "小城市")
    assert "edit_organisation" in said["capabilities"]
    assert said["token"]["name"] == "测试"


@pytest.mark.parametrize("head", ["", "Bearer", "Bearer wm_nothing", "Basic x", "Bearer 令牌"])
def test_without_a_token_that_holds_nobody_is_let_in(db: None, head: str) -> None:
    answer = Client().get("/api/v1/me", headers={"Authorization": head} if head else {})
    assert answer.status_code == 401
    assert answer.json()["code"] == "api_unauthenticated"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_wrong_token_is_not_saved_by_a_session(cast: Cast) -> None:
    client = log_in(Client(), cast.lin)
    assert client.get("/api/v1/me").status_code == 200
    answer = client.get("/api/v1/me", headers={"Authorization": "Bearer wm_wrong"})
    assert answer.status_code == 401


def test_a_token_allows_no_more_than_it_says(cast: Cast) -> None:
    until = timezone.localdate()
    _token, secret = make_token(
        fresh(cast.lin), "只读", city=cast.city, capabilities=[Capability.VIEW_ORGANISATION],
        until=until,
    )  # fmt: skip
    caller = Caller(secret)
    assert caller.ask("GET", "/groups").status_code == 200
    refused = caller.ask("POST", "/groups", {"key": "新", "title": "新工作组"})
    assert refused.status_code == 403
    assert refused.json()["facts"] == {"capability": "edit_organisation"}
    assert not Group.objects.filter(key="新").exists()


def test_a_token_that_ran_out_or_was_revoked_is_worth_nothing(cast: Cast) -> None:
    secret = token_of(cast.lin, cast.city)
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Caller(secret).ask("GET", "/me").status_code == 401
    ApiToken.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert Caller(secret).ask("GET", "/me").status_code == 200
    revoke_token(ApiToken.objects.get(), by=fresh(cast.lin))
    assert Caller(secret).ask("GET", "/me").status_code == 401


def test_a_closed_account_and_an_ended_post_end_the_token(cast: Cast) -> None:
    secret = token_of(cast.lin, cast.city)
    cast.lin.posts.update(valid_until=timezone.localdate() - timedelta(days=1))
    assert Caller(secret).ask("GET", "/me").status_code == 403
    User.objects.filter(pk=cast.lin.pk).update(is_active=False)
    assert Caller(secret).ask("GET", "/me").status_code == 401


def test_who_has_to_set_a_password_first_is_told_so(cast: Cast, as_: As) -> None:
    caller = as_(cast.lin)
    User.objects.filter(pk=cast.lin.pk).update(must_change_password=True)
    answer = caller.ask("GET", "/me")
    assert (answer.status_code, answer.json()["code"]) == (403, "api_not_ready")


def test_who_lacks_a_second_factor_is_told_so(cast: Cast, as_: As, settings: Settings) -> None:
    settings.SECOND_FACTOR_NEEDED = True
    caller = as_(cast.lin)
    assert caller.ask("GET", "/me").status_code == 200
    cast.lin.authenticator_set.all().delete()
    assert caller.ask("GET", "/me").json()["code"] == "api_not_ready"


def test_a_change_by_session_needs_the_token_of_its_page(cast: Cast) -> None:
    client = log_in(Client(enforce_csrf_checks=True), cast.lin)
    body = {"key": "新", "title": "新工作组"}
    refused = client.post("/api/v1/groups", body, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "api_forged")
    client.get("/me/")
    head = {"X-CSRFToken": client.cookies["csrftoken"].value}
    made = client.post("/api/v1/groups", body, content_type="application/json", headers=head)
    assert made.status_code == 201


def test_a_change_carries_the_number_of_its_request(cast: Cast, as_: As) -> None:
    answer = as_(cast.lin).ask("POST", "/groups", {"key": "新", "title": "新工作组"})
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.actor) == ("group.make", cast.lin)
    assert entry.request == answer.headers["X-Request-ID"]


def test_more_requests_than_a_minute_allows_are_refused(
    cast: Cast, as_: As, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.API_REQUESTS_A_MINUTE = 2
    monkeypatch.setattr("wenming.api.counting.time.time", lambda: 1_800_000_010)
    caller, other = as_(cast.lin), as_(cast.zhao)
    assert [caller.ask("GET", "/me").status_code for _n in range(3)] == [200, 200, 429]
    refused = caller.ask("GET", "/me")
    assert refused.headers["Retry-After"] == str(refused.json()["facts"]["seconds"]) == "50"
    assert other.ask("GET", "/me").status_code == 200
    monkeypatch.setattr("wenming.api.counting.time.time", lambda: 1_800_000_061)
    assert caller.ask("GET", "/me").status_code == 200


def test_a_token_does_nothing_that_needs_an_administrator_session(cast: Cast, as_: As) -> None:
    from wenming.api.admission import admit
    from wenming.base.access import PermissionDenied

    with pytest.raises(PermissionDenied):
        admit(fresh(cast.chu), cast.city, Capability.GRANT_POSTS, caller="token:x")
