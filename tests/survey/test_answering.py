"""The page under a link: further questions, mistakes beside theirs, programs kept out."""

from datetime import timedelta

import pytest
from allauth.core import ratelimit
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from tests.cast import log_in
from tests.survey.answering import DRAWN, Survey, begun, link, made, small_survey
from wenming.survey.models import LinkBatch, Sheet
from wenming.survey.services.links import close_links
from wenming.survey.views.answering import whence

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey() -> Survey:
    return small_survey()


@pytest.fixture
def secret(survey: Survey) -> str:
    return made(survey)[0]


def filled(secret: str, shown: str = "age sat", **answers: str) -> dict[str, str]:
    """What the page sends."""
    return {"begun": begun(secret), "shown": shown} | {f"q-{k}": v for k, v in answers.items()}


def test_somebody_answers_and_is_thanked_and_a_second_time_told_so(
    client: Client, secret: str
) -> None:
    page = client.get(f"/answer/{secret}/")
    assert page.status_code == 200
    assert "题目why" not in page.content.decode()
    answer = client.post(f"/answer/{secret}/", filled(secret, age="\uff14\uff10", sat="yes"))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/answer/{secret}/thanks/")
    assert client.get(answer.headers["Location"]).status_code == 200
    assert Sheet.objects.get().answers == {"age": "40", "sat": "yes"}
    twice = client.post(f"/answer/{secret}/", filled(secret, age="40", sat="yes"))
    assert twice.status_code == 302
    other = client.post(f"/answer/{secret}/", filled(secret, age="50", sat="yes"))
    later = Client().get(f"/answer/{secret}/")
    for told in (other, later):
        assert told.status_code == 200
        assert "已经作答" in told.content.decode()
    assert Sheet.objects.count() == 1


def test_further_questions_appear_with_everything_typed_and_without_blame(
    client: Client, secret: str
) -> None:
    page = client.post(f"/answer/{secret}/", filled(secret, age="40", sat="no"))
    form = page.context["form"]
    assert [line.question.key for line in form.new_lines] == ["why", "tell"]
    assert not form.wrong_lines
    assert form.typed["age"] == "40"
    assert not Sheet.objects.exists()
    now = form.shown
    page = client.post(f"/answer/{secret}/", filled(secret, now, age="40", sat="no"))
    assert [line.question.key for line in page.context["form"].wrong_lines] == ["why"]
    given = filled(secret, now, age="40", sat="no", why="排队")
    assert client.post(f"/answer/{secret}/", given).status_code == 302
    assert Sheet.objects.get().answers == {"age": "40", "sat": "no", "why": "排队"}


def test_what_no_longer_appears_waits_hidden_and_is_not_sent(client: Client, secret: str) -> None:
    wrong = filled(secret, "age sat why tell", age="", sat="yes", why="排队")
    page = client.post(f"/answer/{secret}/", wrong)
    assert list(page.context["form"].kept) == [("q-why", "排队")]
    client.post(f"/answer/{secret}/", wrong | {"q-age": "40"})
    assert Sheet.objects.get().answers == {"age": "40", "sat": "yes"}


def test_mistakes_stand_beside_their_questions_in_the_words_of_the_questionnaire(
    client: Client, secret: str
) -> None:
    page = client.post(f"/answer/{secret}/", filled(secret, age="9", sat="maybe"))
    assert page.status_code == 422
    told = {line.question.key: list(line.mistakes) for line in page.context["form"].wrong_lines}
    assert told["age"] == ["须满15岁。"]
    assert len(told["sat"]) == 1
    assert 'value="9"' in page.content.decode()


def test_programs_are_kept_out_but_what_was_typed_stays(client: Client, secret: str) -> None:
    address = f"/answer/{secret}/"
    good = filled(secret, age="40", sat="yes")
    quick = good | {"begun": begun(secret, ago=timedelta(0))}
    for bad in (quick, good | {"website": "x"}, good | {"begun": "forged"}):
        page = client.post(address, bad)
        assert page.status_code == 422
        assert page.context["form"].typed["age"] == "40"
    assert not Sheet.objects.exists()
    assert client.post(address, good).status_code == 302


def test_very_many_answers_from_one_connection_are_slowed_without_storing_whence(
    client: Client, secret: str
) -> None:
    wrong = filled(secret, age="9")
    asked = RequestFactory().post("/")
    for _ in range(120):
        assert ratelimit.consume(asked, action="answer", key=whence(asked))
    page = client.post(f"/answer/{secret}/", wrong)
    assert page.status_code == 429
    assert page.context["form"].typed["age"] == "9"
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM base_cache WHERE cache_key LIKE '%:answer:%'")
        kept = str(cursor.fetchall())
    assert ":answer:" in kept
    assert "127.0.0.1" not in kept


def test_a_shared_link_is_answered_once_on_a_device_and_needs_its_cookie(survey: Survey) -> None:
    (secret,) = made(survey, is_shared=True)
    address, good = f"/answer/{secret}/", filled(secret, age="40", sat="yes")
    phone = Client()
    assert phone.post(address, good).status_code == 422  # no cookie came along
    assert phone.post(address, good).status_code == 302  # that page set one
    assert "已经作答" in phone.get(address).content.decode()
    assert "已经作答" in phone.post(address, good | {"q-age": "41"}).content.decode()
    other = Client()
    assert other.get(address).status_code == 200
    assert other.post(address, good).status_code == 302
    assert Sheet.objects.count() == 2


def test_links_that_do_not_work_say_so(client: Client, survey: Survey, secret: str) -> None:
    assert client.get("/answer/nothing-here/").status_code == 404
    close_links(link(secret).batch, by=survey.field.cast.lin)
    for page in (client.get(f"/answer/{secret}/"), client.post(f"/answer/{secret}/", {})):
        assert page.status_code == 410


def test_the_page_is_in_english_only_where_the_questionnaire_is(
    client: Client, secret: str
) -> None:
    page = client.get(f"/answer/{secret}/?lang=en").content.decode()
    assert '<html lang="en"' in page
    assert "Send the answers" in page


def test_the_office_makes_links_takes_the_list_along_once_and_closes_them(
    client: Client, survey: Survey
) -> None:
    office = log_in(client, survey.field.cast.lin)
    home = f"/collections/{survey.field.collection.pk}/sheets/links/"
    form = {
        "title": "海报", "way": "once", "count": "3",
        "ends_at": f"{timezone.localtime() + timedelta(days=2):%Y-%m-%dT%H:%M}",
    } | {f"drawn-{column}": text for column, text in DRAWN.items()}  # fmt: skip
    refused = office.post(f"{home}new/", form | {"drawn-weight": ""})
    assert refused.status_code == 422
    page = office.post(f"{home}new/", form)
    assert page.context["n"] == 3
    listed = office.post(f"{home}csv/", {"list": page.context["list"]})
    lines = listed.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert "户3" in lines[3]
    address = lines[1].split(",")[1]
    assert Client().get(address).status_code == 200
    assert office.post(f"{home}xlsx/", {"list": page.context["list"]}).content[:2] == b"PK"
    assert office.post(f"{home}csv/", {"list": "forged"}).status_code == 302
    batch = LinkBatch.objects.get()
    assert office.post(f"/answer-links/{batch.pk}/close/", {"number": ""}).status_code == 302
    assert Client().get(address).status_code == 410
    shown = office.get(home).content.decode()
    assert "海报" in shown
    assert address not in shown
