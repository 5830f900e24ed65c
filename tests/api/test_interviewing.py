"""What a phone takes along for an interview, and the sheet that comes back: once, or refused."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from tests.api.calling import Caller, token_of
from tests.cast import log_in, make_person
from tests.survey.answering import DRAWN, Survey, small_survey
from wenming.base.models import User
from wenming.core.permissions import PostKind
from wenming.core.terms import AssignmentRole
from wenming.rounds.services.collections import assign_person, close_collection
from wenming.survey.models import Sheet
from wenming.survey.services.contacts import DayContacts, count_contacts
from wenming.survey.services.quotas import QuotaWish, set_quotas

pytestmark = pytest.mark.django_db
MEMBER = {"members": "3", "member": "2", "member_age": "44", "member_sex": "female"}


@pytest.fixture
def survey() -> Survey:
    return small_survey()


@pytest.fixture
def asks(survey: Survey) -> Callable[..., Caller]:
    """The program of a new interviewer, who has a part in the round or none."""

    def hired(name: str = "he", *, is_assigned: bool = True) -> Caller:
        cast = survey.field.cast
        person = make_person(name, name="何静", city=cast.city, kind=PostKind.INTERVIEWER)
        if is_assigned:
            role = AssignmentRole.INTERVIEWER
            assign_person(survey.field.collection, person, [role], by=cast.lin)
        return Caller(token_of(person, cast.city))

    return hired


def sheet(**changes: Any) -> dict[str, Any]:
    now = timezone.localtime().replace(microsecond=0)
    said = {
        "instance": str(uuid4()), "source": "household", "ended_at": now.isoformat(),
        "started_at": (now - timedelta(minutes=9)).isoformat(),
        "answers": {"age": "44", "sat": "no", "why": "排队太久"}, "drawn": {**DRAWN, **MEMBER},
        "place": {"latitude": 30.1234567, "longitude": 120.5, "accuracy": 12.34},
    }  # fmt: skip
    return {**said, **changes}


def sent(caller: Caller, survey: Survey, body: dict[str, Any]) -> Any:
    return caller.ask("POST", f"/field/surveys/{survey.work.pk}/sheets", body)


def test_a_phone_takes_along_all_that_it_needs(survey: Survey, asks: Callable[..., Caller]) -> None:
    caller, lin = asks(), survey.field.cast.lin
    set_quotas(survey.work, [QuotaWish({"age": ["18", "29"]}, 5)], by=lin)
    he = User.objects.get(username="he")
    met = DayContacts(refused=2)
    count_contacts(survey.work, he, timezone.localdate(), met, by=lin)
    sent(caller, survey, sheet(answers={"age": "20", "sat": "yes"}))
    (found,) = caller.ask("GET", "/field/surveys").json()["surveys"]
    assert found["columns"] == ["street", "community", "household", "weight"]
    assert (found["numbers"], found["varying"]) == (["weight"], "household")
    assert (found["brought"], found["contacts"]["refused"]) == (1, 2)
    (quota,) = found["quotas"]
    assert (quota["wanted"], quota["have"], quota["cell"]) == (5, 1, {"age": ["18", "29"]})
    assert quota["label"] == {"zh": "题目age：18–29", "en": "题目age: 18–29"}
    asked = {each["key"]: each for each in found["questionnaire"]["questions"]}
    assert asked["age"]["message"]["en"] == "At least 15 years."
    assert asked["age"]["constraint"] == {
        "kind": ">=", "value": "",
        "parts": [
            {"kind": "self", "value": "", "parts": []},
            {"kind": "number", "value": "15", "parts": []},
        ],
    }  # fmt: skip
    assert asked["sat"]["choices"] in found["questionnaire"]["lists"]


def test_only_who_interviews_in_an_open_round_takes_it_along(
    survey: Survey, asks: Callable[..., Caller]
) -> None:
    other, caller = asks("lv", is_assigned=False), asks()
    assert other.ask("GET", "/field/surveys").json()["surveys"] == []
    assert sent(other, survey, sheet()).status_code == 404
    close_collection(survey.field.collection, by=survey.field.cast.lin)
    assert caller.ask("GET", "/field/surveys").json()["surveys"] == []
    refused = sent(caller, survey, sheet())
    assert (refused.status_code, refused.json()["code"]) == (409, "collection_not_open")


@pytest.mark.parametrize(
    ("who", "inspects", "interviews"), [("sun", True, False), ("zhou", False, True)]
)
def test_the_app_is_open_to_who_works_afield_and_knows_what_for(
    survey: Survey, client: Client, who: str, inspects: bool, interviews: bool
) -> None:
    browser = log_in(client, getattr(survey.field.cast, who))
    assert browser.get("/field/").status_code == 200
    told = browser.get("/field/pass/").json()
    assert (told["inspects"], told["interviews"]) == (inspects, interviews)


def test_the_app_is_shut_to_others(survey: Survey, client: Client) -> None:
    assert log_in(client, survey.field.cast.lin).get("/field/").status_code == 403


def test_a_sheet_is_taken_once_with_how_its_member_was_drawn(
    survey: Survey, asks: Callable[..., Caller]
) -> None:
    caller, body = asks(), sheet()
    first, again = sent(caller, survey, body), sent(caller, survey, body)
    assert (first.status_code, first.json()["repeated"]) == (201, False)
    assert (again.json()["repeated"], again.json()["sheet"]) == (True, first.json()["sheet"])
    kept = Sheet.objects.get()
    assert kept.drawn == {**DRAWN, **MEMBER}
    assert (str(kept.latitude), str(kept.accuracy_m)) == ("30.123457", "12.3")
    other = sent(caller, survey, {**body, "source": "street"})
    assert (other.status_code, other.json()["code"]) == (409, "sheet_differs")


def test_mistakes_come_back_by_question(survey: Survey, asks: Callable[..., Caller]) -> None:
    caller = asks()
    wrong = sent(caller, survey, sheet(answers={"age": "12", "sat": "perhaps"}))
    assert wrong.status_code == 422
    found = {each["where"]: each["code"] for each in wrong.json()["problems"]}
    assert found == {
        "body.answers.age": "answer_refused",
        "body.answers.sat": "answer_unknown_choice",
    }
    bare = sent(caller, survey, sheet(drawn={"street": "城东"}))
    assert bare.json()["facts"]["columns"] == ["community", "household", "weight"]
    web = sent(caller, survey, sheet(source="web"))
    assert web.json()["problems"][0]["where"] == "body.source"
    assert not Sheet.objects.exists()
