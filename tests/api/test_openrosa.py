"""The OpenRosa doors: what is listed for whom, what is taken in, and that nothing is lost."""

import base64
import logging
from uuid import UUID

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.api.odk_filling import SAID, Afield, afield, filled, survey_answers, visit_answers
from tests.cast import make_person
from tests.inspection.building import picture
from wenming.api.models import SentForm
from wenming.base.models import ApiToken
from wenming.base.services.tokens import revoke_token
from wenming.core.permissions import PostKind
from wenming.inspection.models import VisitSheet
from wenming.rounds.services.collections import close_collection
from wenming.survey.models import Sheet

pytestmark = pytest.mark.django_db
BOMB = """<!DOCTYPE d [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;">]><data id="x">&b;</data>"""
OUTSIDE = """<!DOCTYPE d [<!ENTITY a SYSTEM "outside.xml">]><data id="x">&a;</data>"""


@pytest.fixture
def out() -> Afield:
    return afield()


def test_each_person_is_shown_the_forms_of_their_own_work(out: Afield) -> None:
    cast = out.errand.field.cast
    (sun,), (he,) = out.odk(out.errand.sun).listed(), out.odk(out.he).listed()
    assert sun.startswith("visit-")
    assert sun.endswith("-main_road")
    assert he.startswith("survey-")
    idle = make_person("idle", name="无事", city=cast.city, kind=PostKind.INSPECTOR)
    for other in (idle, cast.lin):
        assert out.odk(other).listed() == {}
    assert out.odk(out.he).get(f"forms/{sun}").status_code == 404


def test_a_form_its_manifest_and_its_xlsform_are_fetched(out: Afield) -> None:
    odk = out.odk(out.errand.sun)
    told = odk.form("visit-")
    form = Client().get(told["downloadUrl"])
    assert "和平路" in form.content.decode()
    assert form.headers["X-OpenRosa-Version"] == "1.0"
    assert b"<mediaFile" not in Client().get(told["manifestUrl"]).content
    xlsx = odk.get(f"forms/{told['formID']}/xlsform")
    assert xlsx.content[:2] == b"PK"


def test_a_sheet_is_taken_once_however_often_it_is_sent(out: Afield) -> None:
    odk = out.odk(out.he)
    xml = filled(odk.form("survey-"), survey_answers())
    assert [odk.send(xml).status_code for _ in range(3)] == [201] * 3
    sheet = Sheet.objects.get()
    assert sheet.answers == {"age": "40", "sat": "no", "why": "排队太久"}
    assert sheet.drawn["community"] == "一社区"
    assert sheet.interviewer == out.he
    assert bytes(SentForm.objects.get().xml) == b""


def test_a_visit_waits_for_its_photographs_in_several_posts(out: Afield) -> None:
    odk, visit = out.odk(out.errand.sun), out.errand.visit
    failing = {"r1_outcome": "not_conform", "r1_photo": "one.jpg"}
    failing |= {"r5_outcome": "not_conform", "r5_photo": "two.jpg"}
    xml = filled(odk.form("visit-"), visit_answers(visit, **failing))
    assert odk.send(xml, one=picture()).status_code == 202
    assert not VisitSheet.objects.exists()
    assert odk.send(xml, two=picture()).status_code == 201
    assert odk.send(xml, two=picture()).status_code == 201
    sheet = VisitSheet.objects.get()
    assert {(each.line, each.source) for each in sheet.photos.all()} == {
        ("r1", "gallery"), ("r5", "camera")
    }  # fmt: skip
    assert (sheet.latitude, sheet.accuracy) == (30.25, 8)
    assert SentForm.objects.get().photos.count() == 0
    assert odk.listed() == {}


@pytest.mark.parametrize(
    ("code", "status", "changes"),
    [
        ("sheet_times_wrong", 409, {"wm_end": "2036-01-01T10:00:00.000+08:00"}),
        ("odk_time_unreadable", 400, {"wm_end": "2026-10-08T09:00:00"}),
        ("bad_input", 422, {"age": "4"}),
        ("bad_input", 422, {"wm_source": "rumour"}),
        ("sheet_design_missing", 409, {"wm_design_2": ""}),
    ],
)
def test_a_wrong_sheet_is_refused_with_the_reason_and_kept(
    out: Afield, code: str, status: int, changes: dict[str, str]
) -> None:
    odk = out.odk(out.he)
    answer = odk.send(filled(odk.form("survey-"), survey_answers(**changes)))
    assert answer.status_code == status
    assert f"{SAID.strip('{}')}" in answer.content.decode()
    kept = SentForm.objects.get()
    assert (kept.refused, kept.taken_at, kept.sent_by) == (code, None, out.he)
    assert b"wm_start" in bytes(kept.xml)
    assert not Sheet.objects.exists()


@pytest.mark.parametrize(
    ("code", "xml"),
    [
        ("odk_xml_unreadable", "<data id='x'><a>1</a>"),
        ("odk_xml_unreadable", BOMB),
        ("odk_xml_unreadable", OUTSIDE),
        ("odk_instance_missing", "<data id='x'><a>1</a></data>"),
        ("odk_answer_twice", "<data id='x'><a>1</a><a>2</a></data>"),
        ("odk_form_unknown", "<data id='x'><meta><instanceID>u</instanceID></meta></data>"),
    ],
)
def test_what_is_no_form_of_ours_is_kept_as_it_came(out: Afield, code: str, xml: str) -> None:
    answer = out.odk(out.he).send(xml)
    assert 400 <= answer.status_code < 500
    kept = SentForm.objects.get()
    assert kept.refused == code
    assert bytes(kept.xml).decode() == xml


def test_another_version_and_another_content_are_refused(out: Afield) -> None:
    odk = out.odk(out.he)
    told = odk.form("survey-")
    assert odk.send(filled(told | {"version": "0"}, survey_answers())).status_code == 409
    one = UUID(int=7)
    assert odk.send(filled(told, survey_answers(), instance=one)).status_code == 201
    other = filled(told, survey_answers(age="41"), instance=one)
    assert odk.send(other).status_code == 409
    codes = set(SentForm.objects.exclude(refused="").values_list("refused", flat=True))
    assert codes == {"odk_form_outdated", "sheet_differs"}


def test_a_photograph_that_is_none_is_kept_with_the_form(out: Afield) -> None:
    odk = out.odk(out.errand.sun)
    failing = {"r1_outcome": "not_conform", "r1_photo": "one.jpg"}
    xml = filled(odk.form("visit-"), visit_answers(out.errand.visit, **failing))
    for content in (b"GIF, says the text", b""):
        assert odk.send(xml, one=content).status_code == 409
        assert bytes(SentForm.objects.get().photos.get().content) == content
    assert odk.send(xml, one=picture()).status_code == 201


def test_a_sheet_that_comes_after_the_end_is_kept_and_taken_later(out: Afield) -> None:
    odk = out.odk(out.he)
    xml = filled(odk.form("survey-"), survey_answers())
    closed = close_collection(out.errand.field.collection, by=out.errand.lin)
    assert odk.send(xml).status_code == 409
    assert SentForm.objects.get().refused == "collection_not_open"
    assert closed
    assert odk.listed() == {}


def test_too_much_is_refused_before_it_is_read(out: Afield, settings: Settings) -> None:
    settings.ODK_LARGEST_POST = 3000
    odk = out.odk(out.he)
    head = Client().head(f"/odk/{odk.secret}/submission")
    assert head.status_code == 204
    assert head.headers["X-OpenRosa-Accept-Content-Length"] == "3000"
    assert head.headers["Location"].endswith("/submission")
    assert odk.send("<data/>", big=b"0" * 4000).status_code == 413
    assert not SentForm.objects.exists()


def test_only_a_token_opens_the_doors_and_a_revoked_one_none(
    out: Afield, caplog: pytest.LogCaptureFixture
) -> None:
    odk = out.odk(out.he)
    known = base64.b64encode(f"he:{odk.secret}".encode()).decode()
    basic = Client().get("/odk/formList", headers={"Authorization": f"Basic {known}"})
    assert b"/odk/forms/survey-" in basic.content
    wrong = Client().get("/odk/formList")
    assert wrong.status_code == 401
    assert wrong.headers["WWW-Authenticate"].startswith("Basic")
    revoke_token(ApiToken.objects.get(user=out.he), by=out.he)
    with caplog.at_level(logging.DEBUG):
        assert odk.get("formList").status_code == 401
        assert odk.get("nothing").status_code == 404
    assert not [each for each in caplog.records if each.name.startswith("wenming")
                and odk.secret in each.getMessage()]  # fmt: skip
