"""Forms that were not taken in, before the office; photographs on the page of their sheet."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from tests.api.odk_filling import Afield, afield, filled, survey_answers
from tests.cast import log_in, make_person
from tests.inspection.building import picture
from wenming.api.models import SentForm, SentPhoto
from wenming.api.odk.settling import SETTLED_LASTS, settle_form
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry
from wenming.base.services.schedule import sweep_leftovers
from wenming.core.lifecycle import FactsMissing, SentFormState, TransitionNotAllowed
from wenming.core.permissions import PostKind
from wenming.rounds.services.collections import close_collection
from wenming.survey.models import Sheet

pytestmark = pytest.mark.django_db
LIST = "/forms/not-taken/"


@pytest.fixture
def out() -> Afield:
    return afield()


@pytest.fixture
def office(client: Client, out: Afield) -> Client:
    return log_in(client, out.errand.lin)


def refused(out: Afield, **changes: str) -> SentForm:
    """A sheet of He that was refused, by default because the round is closed."""
    odk = out.odk(out.he)
    xml = filled(odk.form("survey-"), survey_answers(**changes))
    if not changes:
        close_collection(out.errand.field.collection, by=out.errand.lin)
    assert odk.send(xml).status_code >= 400
    return SentForm.objects.get()


def text(client: Client, address: str, **more: Any) -> str:
    answer = client.get(address, **more)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_office_sees_who_sent_what_and_why_it_was_refused(out: Afield, office: Client) -> None:
    form = refused(out)
    page = text(office, LIST)
    for told in ("何静", out.errand.field.collection.title_zh, "目前不在采集期内", "待处理"):
        assert told in page, told
    page = text(office, f"{LIST}{form.pk}/")
    assert "何静" in page
    xml = office.get(f"{LIST}{form.pk}/form.xml")
    assert xml.content == bytes(form.xml)
    assert "attachment" in xml.headers["Content-Disposition"]
    assert "sandbox" in xml.headers["Content-Security-Policy"]


def test_the_round_counts_them_and_leads_to_its_own(out: Afield, office: Client) -> None:
    round_ = out.errand.field.collection
    assert LIST not in text(office, f"/collections/{round_.pk}/")
    form = refused(out)
    page = text(office, f"/collections/{round_.pk}/")
    assert f"{LIST}?state=open&amp;round={round_.pk}" in page
    assert str(form.pk) in text(office, f"{LIST}?state=open&round={round_.pk}")
    assert str(form.pk) not in text(office, f"{LIST}?state=settled")
    assert list(SentForm.objects.all().of_round(UUID(int=1))) == []
    SentForm.objects.update(form="")
    assert list(SentForm.objects.all().of_round(UUID(int=1))) == [form]


def test_a_form_may_wait_a_day_for_its_photographs(out: Afield, office: Client) -> None:
    form = SentForm.objects.create(city=out.work.city, sent_by=out.he, digest="0")
    assert str(form.pk) not in text(office, LIST)
    SentForm.objects.update(sent_at=timezone.now() - timedelta(hours=25))
    assert "尚未传完" in text(office, LIST)


def test_each_mistake_of_the_answers_is_named(out: Afield, office: Client) -> None:
    form = refused(out, age="4")
    assert "<code>age</code>" in text(office, f"{LIST}{form.pk}/")


def test_settling_is_said_why_once_and_recorded(out: Afield, office: Client) -> None:
    form = refused(out)
    assert office.post(f"{LIST}{form.pk}/settle/", {"because": ""}).status_code == 422
    answer = office.post(f"{LIST}{form.pk}/settle/", {"because": "已另行重填"})
    assert answer.status_code == 302
    form.refresh_from_db()
    assert (form.state, form.because) == (SentFormState.SETTLED, "已另行重填")
    assert AuditEntry.objects.get(action="sentform.settle").detail["because"] == "已另行重填"
    assert "已另行重填" in text(office, f"{LIST}?state=settled")
    with pytest.raises(TransitionNotAllowed):
        settle_form(form, because="again", by=out.errand.lin)


def test_only_the_office_settles_and_never_without_a_word(out: Afield, client: Client) -> None:
    form = refused(out)
    with pytest.raises(FactsMissing):
        settle_form(form, because="", by=out.errand.lin)
    with pytest.raises(PermissionDenied):
        settle_form(form, because="x", by=out.he)
    assert log_in(client, out.he).get(LIST).status_code == 403


def test_settled_forms_are_swept_in_time_and_others_stay(out: Afield) -> None:
    form = settle_form(refused(out), because="x", by=out.errand.lin)
    photo = SentPhoto(city=form.city, form=form, name="a.jpg", content=b"1")
    photo.save()
    SentForm.objects.create(city=form.city, sent_by=out.he, digest="0", refused="odk_too_large")
    early = timezone.now() - SETTLED_LASTS + timedelta(hours=1)
    SentForm.objects.filter(pk=form.pk).update(settled_at=early)
    assert sweep_leftovers()["forms"] == 0
    SentForm.objects.filter(pk=form.pk).update(settled_at=early - timedelta(hours=2))
    assert sweep_leftovers()["forms"] == 1
    assert SentForm.objects.get().digest == "0"
    assert not SentPhoto.objects.exists()


def test_what_is_taken_after_all_leaves_the_list(out: Afield, office: Client) -> None:
    form = refused(out, age="4")
    assert str(form.pk) in text(office, LIST)
    SentForm.objects.update(taken_at=timezone.now())
    assert str(form.pk) not in text(office, LIST)
    assert office.get(f"{LIST}{form.pk}/").status_code == 404


def test_photographs_are_shown_with_the_sheet_to_whoever_sees_it(
    out: Afield, client: Client
) -> None:
    odk = out.odk(out.he)
    xml = filled(odk.form("survey-"), survey_answers())
    image = picture()
    assert odk.send(xml, front=image).status_code == 201
    sheet, photo = Sheet.objects.get(), SentPhoto.objects.get()
    address = f"/sheets/{sheet.pk}/photos/{photo.pk}/"
    for who in (out.errand.lin, out.he):
        assert f'src="{address}"' in text(log_in(client, who), f"/sheets/{sheet.pk}/")
        answer = client.get(address)
        assert answer.content == image
        assert answer.headers["Content-Type"] == "image/jpeg"
    other = make_person("other", name="别人", city=sheet.city, kind=PostKind.INTERVIEWER)
    assert log_in(client, other).get(address).status_code == 404
    SentPhoto.objects.update(content=b"<html><script>alert(1)</script>")
    odd = log_in(client, out.errand.lin).get(address)
    assert odd.headers["Content-Type"] == "application/octet-stream"
    assert "attachment" in odd.headers["Content-Disposition"]
    assert client.get(f"{LIST}{photo.form_id}/files/{photo.pk}/").status_code == 404
