"""The editor of a draft: each change whole or not at all, and nothing typed is lost."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.core.questionnaire.building import instrument, question
from tests.rounds.building import Field, small_field
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry
from wenming.core.errors import BadInput
from wenming.files.editions import edition_tables, read_edition
from wenming.framework.services.editions import store_edition
from wenming.survey.models import Instrument
from wenming.survey.queries.bank import bank_of
from wenming.survey.queries.instruments import instrument_of
from wenming.survey.services.editing import (
    InstrumentChangedMeanwhile,
    InstrumentNotDraft,
    QuestionGone,
    drop_question,
    move_question,
)
from wenming.survey.services.instruments import bring_instrument, put_instrument_in_use

pytestmark = pytest.mark.django_db

FORM = instrument(
    question("age", "integer", required="true"),
    question("g", "group"),
    question("sat", "select_one", choices="yn", within="g", relevant="${age} >= 18"),
    question("why", "text", within="g"),
)
WRITTEN = {
    "kind": "select_one", "key": "market", "label_zh": "您对农贸市场是否满意？", "choices": "sat4",
    "options": "good | 满意 | Satisfied\nbad ｜ 不满意", "is_required": "on",
    "relevant": "${age} >= 18", "after": "age",
}  # fmt: skip


@pytest.fixture
def field() -> Field:
    return small_field()


@pytest.fixture
def draft(field: Field) -> Instrument:
    return bring_instrument(FORM, city=field.cast.city, by=field.cast.lin)


@pytest.fixture
def office(field: Field, client: Client) -> Client:
    client.force_login(field.cast.lin)
    return client


def keys(draft: Instrument) -> list[str]:
    return [row["key"] for row in Instrument.objects.get(pk=draft.pk).content["questions"]]


def test_a_question_is_added_and_changed(office: Client, draft: Instrument) -> None:
    address = reverse("survey:question_new", args=[draft.pk])
    assert office.post(address, WRITTEN | {"seen": draft.content_hash}).status_code == 302
    draft.refresh_from_db()
    assert keys(draft) == ["age", "market", "g", "sat", "why"]
    added = instrument_of(draft).by_key()["market"]
    assert instrument_of(draft).choices_of(added)[0].label == {
        "zh": "满意",
        "en": "Satisfied",
    }
    change = reverse("survey:question_edit", args=[draft.pk, "g"])
    group = {"kind": "group", "key": "part", "label_zh": "满意度", "seen": draft.content_hash}
    assert office.post(change, group).status_code == 302
    draft.refresh_from_db()
    assert instrument_of(draft).by_key()["sat"].within == "part"
    assert AuditEntry.objects.filter(action="instrument.edit").count() == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"relevant": "${agee} >= 18"}, "agee"),
        ({"relevant": "${age} >="}, "${age} &gt;="),
        ({"options": "good 满意"}, "第 1 行"),
        ({"options": "", "choices": "nowhere"}, "nowhere"),
        ({"key": "age"}, "age"),
        ({"key": "wm_end"}, "wm_end"),
        ({"seen": "0" * 64}, "已被他人修改"),
    ],
)
def test_what_does_not_hold_together_is_said_and_kept(
    office: Client, draft: Instrument, changes: dict[str, str], said: str
) -> None:
    address = reverse("survey:question_new", args=[draft.pk])
    answered = office.post(address, WRITTEN | {"seen": draft.content_hash} | changes)
    page = answered.content.decode()
    assert answered.status_code == 422
    assert said in page
    assert "您对农贸市场是否满意？" in page
    assert len(keys(draft)) == 4


def test_questions_move_with_their_group_and_are_left_out(draft: Instrument, field: Field) -> None:
    lin = field.cast.lin
    moved = move_question(draft, "g", up=True, seen=draft.content_hash, by=lin)
    assert keys(draft) == ["g", "sat", "why", "age"]
    moved = move_question(moved, "sat", up=False, seen=moved.content_hash, by=lin)
    assert keys(draft) == ["g", "why", "sat", "age"]
    same = move_question(moved, "g", up=True, seen=moved.content_hash, by=lin)
    with pytest.raises(BadInput):  # sat waits for the age
        drop_question(same, "age", seen=same.content_hash, by=lin)
    left = drop_question(same, "g", seen=same.content_hash, by=lin)
    assert keys(draft) == ["age"]
    assert left.content["choices"] == []
    with pytest.raises(QuestionGone):
        drop_question(left, "g", seen=left.content_hash, by=lin)
    with pytest.raises(BadInput):  # nothing would be left
        drop_question(left, "age", seen=left.content_hash, by=lin)


def test_only_a_draft_is_changed_and_by_one_at_a_time(draft: Instrument, field: Field) -> None:
    for person in (field.cast.zhao, field.cast.sun, field.cast.zheng, field.cast.wu):
        with pytest.raises(PermissionDenied):
            move_question(draft, "g", up=True, seen=draft.content_hash, by=person)
    seen = draft.content_hash
    move_question(draft, "g", up=True, seen=seen, by=field.cast.lin)
    with pytest.raises(InstrumentChangedMeanwhile):
        move_question(draft, "g", up=False, seen=seen, by=field.cast.lin)
    used = put_instrument_in_use(draft, by=field.cast.lin)
    with pytest.raises(InstrumentNotDraft):
        drop_question(used, "g", seen=used.content_hash, by=field.cast.lin)


def test_a_questionnaire_is_begun_copied_and_fed_from_the_bank(
    office: Client, draft: Instrument, field: Field
) -> None:
    path = Path("examples/editions/edition_2005_a.yaml")
    store_edition(field.cast.city, read_edition(path), edition_tables(path))
    begun = {
        "title_zh": "游客问卷", "key": "visitors", "version": "1", "opening_zh": "您好！",
    }  # fmt: skip
    page = office.post(reverse("survey:instrument_new"), begun, follow=True)
    assert "您好！" in page.content.decode()
    made = Instrument.objects.get(key="visitors")
    offered = [each.key for each in bank_of(made)]
    assert offered[-3:] == ["residents.age", "residents.sat", "residents.why"]
    assert "B1.3.1" in " ".join(offered[:-3])
    address = reverse("survey:question_new", args=[made.pk]) + "?from=residents.sat"
    assert "yes | 是 | Yes" in office.get(address).content.decode()
    copied = {
        "kind": "select_one", "key": "sat", "label_zh": "题目sat", "choices": "yn",
        "options": "yes | 是\nno | 否", "after": "opening", "seen": made.content_hash,
    }  # fmt: skip
    assert office.post(address, copied).status_code == 302
    made.refresh_from_db()
    assert made.content["questions"][1]["bank"] == "residents.sat"
    assert [each.key for each in bank_of(made)][-2:] == ["residents.age", "residents.why"]
    office.post(reverse("survey:instrument_copy", args=[made.pk]), {"version": "2"})
    assert Instrument.objects.filter(key="visitors").count() == 2
