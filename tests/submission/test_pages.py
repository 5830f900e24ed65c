"""Pages of documents: who sees which, what stands on them, and that nothing typed is lost."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import log_in
from tests.submission.building import DAY, Desk, handed_in, pdf, small_desk
from wenming.base.models import InboxEntry
from wenming.core.lifecycle import SubmissionState
from wenming.submission.models import Requirement, Submission
from wenming.submission.services.papers import pass_on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def desk() -> Desk:
    return small_desk()


def browser(user, language: str = "zh-hans") -> Client:
    return log_in(Client(), user, language=language)


def coverage(desk: Desk) -> str:
    return reverse("submission:coverage", args=[desk.collection.pk])


def test_everybody_is_sent_to_the_open_round(desk: Desk) -> None:
    for user in (desk.zhao, desk.li, desk.lin, desk.wang):
        assert browser(user).get(reverse("submission:home")).url == coverage(desk)
    nobody = browser(desk.field.cast.sun).get(reverse("submission:home"))
    assert nobody.status_code == 403


def test_a_unit_sees_its_own_requirements_only(desk: Desk) -> None:
    shown = browser(desk.zhao).get(coverage(desk)).content.decode()
    assert "有学习制度" in shown
    assert "路面实景" not in shown
    client = browser(desk.zhao)
    assert client.get(reverse("submission:requirement", args=[desk.photo.pk])).status_code == 404
    assert browser(desk.field.cast.wu).get(coverage(desk)).status_code == 404


def test_the_list_needs_few_queries_however_long(desk: Desk, django_assert_max_num_queries) -> None:
    client = browser(desk.lin)
    client.get(coverage(desk))
    with django_assert_max_num_queries(20):
        client.get(coverage(desk))


def test_a_unit_hands_in_on_the_page_of_the_requirement(desk: Desk) -> None:
    client = browser(desk.zhao)
    address = reverse("submission:requirement", args=[desk.rule.pk])
    answer = client.post(address, {"file": pdf(), "title": "学习制度", "dated_on": DAY.isoformat()})
    made = Submission.objects.get()
    assert answer.url == reverse("submission:paper", args=[made.pk])
    shown = client.get(answer.url).content.decode()
    assert "未勾选" in shown
    assert "学习制度" in shown


def test_a_mistake_does_not_lose_the_file(desk: Desk) -> None:
    client = browser(desk.zhao)
    address = reverse("submission:requirement", args=[desk.rule.pk])
    answer = client.post(address, {"file": pdf(), "title": "", "issuer": "市城管局"})
    assert answer.status_code == 422
    form = answer.context["form"]
    assert form["issuer"].value() == "市城管局"
    kept = form.fields["file"].widget.kept
    client.post(address, {"file_kept": str(kept.pk), "title": "学习制度"})
    assert Submission.objects.get().versions.get().attachment == kept


def test_a_file_is_asked_for(desk: Desk) -> None:
    address = reverse("submission:requirement", args=[desk.rule.pk])
    answer = browser(desk.zhao).post(address, {"title": "学习制度"})
    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors


def test_a_reviewer_goes_from_one_document_to_the_next(desk: Desk) -> None:
    first, second = handed_in(desk), handed_in(desk, pdf("二.pdf", pdf().read() + b"%"))
    client = browser(desk.li)
    following = reverse("submission:following", args=[desk.collection.pk])
    assert client.get(following).url == reverse("submission:paper", args=[first.pk])
    step = reverse("submission:step", args=[first.pk])
    assert client.post(step, {"action": "pass_on"}).url == following
    assert client.get(following).url == reverse("submission:paper", args=[second.pk])
    first.refresh_from_db()
    assert first.state == SubmissionState.PASSED


def test_a_return_without_a_reason_keeps_what_was_typed(desk: Desk) -> None:
    paper = handed_in(desk)
    client = browser(desk.li)
    answer = client.post(reverse("submission:step", args=[paper.pk]), {"action": "send_back"})
    assert answer.status_code == 422
    paper.refresh_from_db()
    assert paper.state == SubmissionState.HANDED_IN


def test_steps_are_offered_to_whoever_may_take_them(desk: Desk) -> None:
    paper = pass_on(handed_in(desk), by=desk.li)
    address = reverse("submission:paper", args=[paper.pk])
    offered = {
        who.username: [action for action, _grave in browser(who).get(address).context["actions"]]
        for who in (desk.zhao, desk.li, desk.lin, desk.wang)
    }
    assert offered["zhao"] == offered["li"] == []
    assert sorted(offered["lin"]) == sorted(offered["wang"]) == ["accept", "reject", "send_back"]
    assert browser(desk.qian).get(address).status_code == 404


def test_a_file_is_given_to_whoever_sees_the_document(desk: Desk) -> None:
    version = handed_in(desk).versions.get()
    address = reverse("submission:version_file", args=[version.pk])
    got = browser(desk.li).get(address)
    assert b"".join(got.streaming_content) == pdf().read()
    assert browser(desk.qian).get(address).status_code == 404


def test_the_office_builds_adds_changes_and_drops(desk: Desk) -> None:
    client = browser(desk.lin)
    assert client.post(reverse("submission:build", args=[desk.collection.pk])).status_code == 302
    edit = reverse("submission:edit", args=[desk.rule.pk])
    assert "有学习制度" in client.get(edit).content.decode()
    assert client.post(edit, {"title": ""}).status_code == 422
    assert client.post(reverse("submission:drop", args=[desk.photo.pk])).status_code == 302
    assert not Requirement.objects.filter(pk=desk.photo.pk).exists()
    handed_in(desk)
    client.post(reverse("submission:drop", args=[desk.rule.pk]))
    assert Requirement.objects.filter(pk=desk.rule.pk).exists()
    build = reverse("submission:build", args=[desk.collection.pk])
    assert browser(desk.li).post(build).status_code == 403


def test_units_are_reminded_and_counted(desk: Desk) -> None:
    client = browser(desk.lin, language="en")
    client.post(reverse("submission:remind", args=[desk.collection.pk]))
    assert InboxEntry.objects.filter(code="documents_due").count() == 2
    shown = client.get(reverse("submission:by_unit", args=[desk.collection.pk])).content.decode()
    assert "市城管局" in shown
    assert "Not handed in" in shown
