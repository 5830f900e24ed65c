"""The form of answers: refusals in both languages, unknown addresses, pages, ETag, doing once."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from tests.api.calling import Caller, token_of
from tests.cast import Cast
from tests.inspection.building import small_errand
from wenming.base.models import AuditEntry, Group, Unit, User

As = Callable[[User], Caller]


@pytest.mark.parametrize("address", ["/api/", "/api/v1", "/api/v1/nothing", "/api/v1/units/x"])
def test_an_unknown_address_is_answered_in_the_same_form(db: None, address: str) -> None:
    answer = Client().get(address, headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert answer.status_code == 404
    assert answer.json()["code"] == "api_not_found"
    assert answer.json()["message"].startswith("There is nothing")


@pytest.mark.parametrize(
    ("wished", "language"),
    [
        ("", "zh-hans"),
        ("en", "en"),
        ("zh-CN,en", "zh-hans"),
        ("de,en;q=0.5", "en"),
        ("de", "zh-hans"),
    ],
)
def test_a_refusal_is_said_in_the_language_of_the_caller(
    db: None, wished: str, language: str
) -> None:
    answer = Client().get("/api/v1/me", headers={"Accept-Language": wished})
    assert answer.headers["Content-Language"] == language
    assert ("令牌" in answer.json()["message"]) == (language == "zh-hans")
    assert {"Accept-Language", "Authorization"} <= set(answer.headers["Vary"].split(", "))


def test_another_method_is_refused_with_those_that_there_are(cast: Cast, as_: As) -> None:
    answer = as_(cast.lin).ask("DELETE", "/units")
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "POST"}
    assert answer.json()["code"] == "api_wrong_method"


def test_every_mistake_of_a_body_is_told_with_its_place(cast: Cast, as_: As) -> None:
    body = {"name": "", "kind": "castle", "parent": "x", "size": 3, "name_en": 1}
    answer = as_(cast.lin).ask("POST", "/units", body)
    assert answer.status_code == 422
    told = {each["where"]: each["code"] for each in answer.json()["problems"]}
    assert told == {
        "body.name": "api_wrong_length",
        "body.kind": "api_not_offered",
        "body.parent": "api_wrong_type",
        "body.size": "api_unknown_name",
        "body.name_en": "api_wrong_type",
    }


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 100_000, b""])
def test_a_body_that_is_no_json_is_refused(cast: Cast, as_: As, body: bytes) -> None:
    answer = Client().generic(
        "POST", "/api/v1/units", body, content_type="application/json",
        headers={"Authorization": f"Bearer {as_(cast.lin).secret}"},
    )  # fmt: skip
    assert answer.status_code in {400, 422}
    assert answer.json()["code"] in {"api_unreadable", "api_input_wrong"}


def test_a_body_that_is_too_large_is_refused_before_it_is_read(db: None) -> None:
    errand = small_errand()
    secret = token_of(errand.sun, errand.field.cast.city)
    whole = f"photos/{uuid4()}?visit={errand.visit.pk}&digest={'0' * 64}"
    for method, path, kind in (
        ("POST", f"visits/{errand.visit.pk}/sheets", "application/json"),
        ("PUT", whole, "application/octet-stream"),
    ):
        answer = Client().generic(
            method, f"/api/v1/field/{path}", b"", content_type=kind,
            headers={"Authorization": f"Bearer {secret}"}, CONTENT_LENGTH="200000000",
        )  # fmt: skip
        assert (answer.status_code, answer.json()["code"]) == (413, "api_too_large")
        assert answer.json()["facts"] == {"bytes": 200_000_000, "most": 2_621_440}


@pytest.mark.parametrize("name", ["a\0b", "   ", "a\nb", "\ud800"])
def test_text_that_cannot_be_stored_is_refused(cast: Cast, as_: As, name: str) -> None:
    assert as_(cast.lin).ask("POST", "/units", {"name": name}).status_code == 422


def test_a_mistyped_filter_does_not_widen_the_list(cast: Cast, as_: As) -> None:
    answer = as_(cast.lin).ask("GET", "/units?grup=x&kind=county")
    assert answer.status_code == 422
    assert [each["where"] for each in answer.json()["problems"]] == ["query.grup"]


def test_a_list_comes_page_by_page_without_doubles(cast: Cast, as_: As) -> None:
    caller, found, after = as_(cast.lin), [], ""
    while True:
        said = caller.ask("GET", f"/units?size=4&after={after}").json()
        found += [each["id"] for each in said["rows"]]
        assert said["total"] == 10
        if said["next"] is None:
            break
        after = said["next"]
    assert len(found) == len(set(found)) == 10


def test_a_page_after_a_row_that_is_no_more_is_not_the_first_one(cast: Cast, as_: As) -> None:
    answer = as_(cast.lin).ask("GET", "/units?after=bm90aGluZw")
    assert (answer.status_code, answer.json()["code"]) == (404, "api_page_gone")


def test_what_has_not_changed_is_not_sent_again(cast: Cast, as_: As) -> None:
    caller = as_(cast.lin)
    etag = caller.ask("GET", "/groups").headers["ETag"]
    assert caller.ask("GET", "/groups", If_None_Match=etag).status_code == 304
    Group.objects.filter(key="宣教").update(title_zh="新名")
    assert caller.ask("GET", "/groups", If_None_Match=etag).status_code == 200


def test_what_is_asked_twice_under_one_key_is_done_once(cast: Cast, as_: As) -> None:
    caller, body = as_(cast.lin), {"key": "新", "title": "新工作组"}
    first = caller.ask("POST", "/groups", body, Idempotency_Key="k-1")
    again = caller.ask("POST", "/groups", body, Idempotency_Key="k-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Group.objects.filter(key="新").count() == 1
    assert AuditEntry.objects.filter(action="group.make").count() == 1


def test_a_key_belongs_to_one_request_of_one_caller(cast: Cast, as_: As) -> None:
    caller, body = as_(cast.lin), {"key": "新", "title": "新工作组"}
    caller.ask("POST", "/groups", body, Idempotency_Key="k-1")
    other = caller.ask("POST", "/groups", body | {"key": "又"}, Idempotency_Key="k-1")
    assert (other.status_code, other.json()["code"]) == (409, "api_key_reused")
    neighbour = as_(cast.wu).ask("POST", "/groups", body, Idempotency_Key="k-1")
    assert neighbour.status_code == 201


def test_what_was_refused_may_be_asked_again_under_its_key(cast: Cast, as_: As) -> None:
    caller, body = as_(cast.lin), {"key": "宣教", "title": "重复"}
    refused = caller.ask("POST", "/groups", body, Idempotency_Key="k-1")
    assert (refused.status_code, refused.json()["code"]) == (409, "group_key_taken")
    Unit.objects.update(group=None)
    Group.objects.filter(key="宣教").delete()
    assert caller.ask("POST", "/groups", body, Idempotency_Key="k-1").status_code == 201
