"""Paper with double keying: blind, by two people; what differs is settled and told who did."""

from datetime import date, time

import pytest
from django.test import Client

from tests.cast import log_in, make_person
from tests.survey.answering import Survey, small_survey
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry, User
from wenming.core.errors import BadInput
from wenming.core.permissions import PostKind
from wenming.core.terms import AssignmentRole, SheetSource
from wenming.rounds.services.collections import CollectionNotOpen, assign_person, close_collection
from wenming.survey.models import PaperKeying, PaperSheet, Sheet
from wenming.survey.services.papers import (
    PaperContent,
    PaperKeyedByYou,
    PaperKeyedTwice,
    PaperNotToSettle,
    key_paper,
    settle_paper,
)
from wenming.survey.services.sheets import SentSheet, SheetTimesWrong, take_sheet

pytestmark = pytest.mark.django_db

DRAWN = {"street": "城东", "community": "一社区", "household": "户7", "weight": "2"}
SECRET = "排队等了很久"


@pytest.fixture
def survey() -> Survey:
    return small_survey()


@pytest.fixture
def he(survey: Survey) -> User:
    field = survey.field
    person = make_person("he", name="何静", city=field.cast.city, kind=PostKind.INTERVIEWER)
    assign_person(field.collection, person, [AssignmentRole.INTERVIEWER], by=field.cast.lin)
    return person


def keyed(ended: time = time(9, 20), **answers: str) -> PaperContent:
    said = {"age": "40", "sat": "yes"} | answers
    return PaperContent(date(2026, 10, 8), time(9, 5), ended, DRAWN, said)


def test_two_equal_keyings_of_two_people_become_one_sheet(survey: Survey, he: User) -> None:
    lin = survey.field.cast.lin
    key_paper(survey.work, "17", keyed(), by=he)
    assert not Sheet.objects.exists()
    for _ in range(2):  # a second click changes nothing
        paper = key_paper(survey.work, "17", keyed(), by=lin)
    sheet = Sheet.objects.get()
    assert PaperSheet.objects.get().sheet == sheet
    assert (sheet.instance, sheet.source, sheet.interviewer) == (paper.pk, SheetSource.PAPER, None)
    assert sheet.answers == {"age": "40", "sat": "yes"}
    assert AuditEntry.objects.filter(action="paper.key").count() == 2
    with pytest.raises(PaperKeyedTwice):
        key_paper(survey.work, "17", keyed(age="41"), by=he)


def test_nobody_keys_the_same_paper_twice(survey: Survey, he: User) -> None:
    key_paper(survey.work, "17", keyed(), by=he)
    assert key_paper(survey.work, "17", keyed(), by=he).keyings.count() == 1
    with pytest.raises(PaperKeyedByYou):
        key_paper(survey.work, "17", keyed(age="41"), by=he)
    assert not Sheet.objects.exists()


def test_what_differs_is_settled_and_told_who_did(survey: Survey, he: User) -> None:
    lin = survey.field.cast.lin
    key_paper(survey.work, "17", keyed(), by=he)
    paper = key_paper(survey.work, "17", keyed(age="46"), by=lin)
    assert not Sheet.objects.exists()
    settle_paper(paper, keyed(age="48"), by=he)
    assert Sheet.objects.get().answers["age"] == "48"
    last = PaperKeying.objects.get(position=3)
    assert (last.person, last.content["answer age"]) == (he, "48")
    with pytest.raises(PaperNotToSettle):
        settle_paper(paper, keyed(), by=lin)


def test_what_cannot_be_taken_in_is_refused_before_it_is_kept(survey: Survey, he: User) -> None:
    with pytest.raises(BadInput):
        key_paper(survey.work, "17", keyed(age="9"), by=he)
    with pytest.raises(SheetTimesWrong):
        key_paper(survey.work, "17", keyed(time(9, 0)), by=he)
    assert not PaperSheet.objects.exists()
    paper = key_paper(survey.work, "17", keyed(), by=he)
    with pytest.raises(PaperNotToSettle):
        settle_paper(paper, keyed(), by=survey.field.cast.lin)
    close_collection(survey.field.collection, by=survey.field.cast.lin)
    with pytest.raises(CollectionNotOpen):
        key_paper(survey.work, "17", keyed(), by=survey.field.cast.lin)


def test_only_the_office_and_interviewers_of_the_round_key(survey: Survey, he: User) -> None:
    field = survey.field
    other = make_person("hu", name="胡", city=field.cast.city, kind=PostKind.INTERVIEWER)
    paper = key_paper(survey.work, "17", keyed(), by=he)
    key_paper(survey.work, "17", keyed(age="46"), by=field.cast.lin)
    for person in (other, field.cast.zhao, field.cast.sun, field.cast.wu):
        with pytest.raises(PermissionDenied):
            key_paper(survey.work, "18", keyed(), by=person)
        with pytest.raises(PermissionDenied):
            settle_paper(paper, keyed(), by=person)


def test_a_paper_is_no_way_around_the_second_keying(survey: Survey, he: User) -> None:
    lin = survey.field.cast.lin
    paper = key_paper(survey.work, "17", keyed(), by=he)
    sheet = Sheet(pk=paper.pk)
    ended = paper.begun_at
    sent = SentSheet(sheet.pk, SheetSource.PAPER, ended, ended, keyed().answers, DRAWN)
    with pytest.raises(PermissionDenied):
        take_sheet(survey.work, sent, by=lin, via=paper)
    with pytest.raises(PermissionDenied):
        take_sheet(survey.work, sent, by=lin)


def posted(number: str, shown: str = "age sat", **answers: str) -> dict[str, str]:
    """What the page of a paper sends."""
    said = {"number": number, "day": "2026-10-08", "began": "09:05", "ended": "09:20"}
    drawn = {f"drawn-{column}": text for column, text in DRAWN.items()}
    return said | drawn | {"shown": shown} | {f"q-{k}": v for k, v in answers.items()}


def test_the_second_person_sees_nothing_of_the_first_keying(survey: Survey, he: User) -> None:
    home = f"/collections/{survey.field.collection.pk}/paper/"
    first, second = log_in(Client(), he), log_in(Client(), survey.field.cast.lin)
    whole = posted("A 17", "age sat why tell", age="40", sat="no", why=SECRET)
    assert first.post(f"{home}key/", whole).status_code == 302
    assert first.get(f"{home}key/?number=A 17", follow=True).redirect_chain
    pk = PaperSheet.objects.get().pk
    for address in (home, f"{home}key/?number=A 17", f"/paper-sheets/{pk}/"):
        page = second.get(address, follow=True).content.decode()
        assert SECRET not in page
        assert "户7" not in page
    blank = second.get(f"{home}key/?number=A 17")
    unknown = second.get(f"{home}key/?number=A 18")
    assert blank.content.decode().count("A 17") == unknown.content.decode().count("A 18")
    assert blank.context["form"].shown == unknown.context["form"].shown


def test_a_difference_is_settled_on_its_page(survey: Survey, he: User) -> None:
    home = f"/collections/{survey.field.collection.pk}/paper/"
    first, second = log_in(Client(), he), log_in(Client(), survey.field.cast.lin)
    first.post(f"{home}key/", posted("17", age="40", sat="yes"))
    second.post(f"{home}key/", posted("17", age="46", sat="yes"))
    page = f"/paper-sheets/{PaperSheet.objects.get().pk}/"
    (line,) = second.get(page).context["form"].lines
    assert (line.difference.first_text, line.difference.second_text) == ("40", "46")
    assert second.post(page, {}).status_code == 422
    assert second.post(page, {"column-0": "3", "column-0-other": "8"}).status_code == 422
    assert not Sheet.objects.exists()
    assert second.post(page, {"column-0": "2"}).status_code == 302
    assert Sheet.objects.get().answers["age"] == "46"
    listed = second.get(home).context["papers"]
    assert [(each.stage, each.settled_by) for each in listed] == [
        ("taken", survey.field.cast.lin.name)
    ]


def test_a_new_answer_that_brings_a_question_up_has_it_asked(survey: Survey, he: User) -> None:
    home = f"/collections/{survey.field.collection.pk}/paper/"
    first, second = log_in(Client(), he), log_in(Client(), survey.field.cast.lin)
    first.post(f"{home}key/", posted("17", age="40", sat="yes"))
    whole = posted("17", "age sat why tell", age="40", sat="no", why="排队")
    second.post(f"{home}key/", whole)
    page = f"/paper-sheets/{PaperSheet.objects.get().pk}/"
    sat, why = second.get(page).context["form"].lines
    assert (sat.difference.second_text, why.difference.first_text) == ("否", "–")
    chosen = {sat.difference.name: "2", why.difference.name: "1"}
    again = second.post(page, chosen)
    assert again.status_code == 422
    assert [line.mistake != "" for line in again.context["form"].lines] == [False, True]
    assert second.post(page, {**chosen, why.difference.name: "2"}).status_code == 302
    assert Sheet.objects.get().answers["why"] == "排队"
