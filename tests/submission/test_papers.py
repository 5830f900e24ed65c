"""Documents: handed in, reviewed on two levels, decided, and what is refused on the way."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.cast import fresh
from tests.submission.building import Desk, brought, handed_in, pdf, picture, small_desk
from wenming.base.access import PermissionDenied
from wenming.base.images import BadPicture
from wenming.base.models import AuditEntry, InboxEntry, Post, StoredFile
from wenming.base.services.schedule import do_daily
from wenming.core.lifecycle import FactsMissing, SubmissionState, TransitionNotAllowed
from wenming.core.permissions import PostKind
from wenming.core.terms import AssignmentRole
from wenming.files.kinds import FileRefused
from wenming.rounds.services.collections import (
    CollectionNotOpen,
    assign_person,
    close_collection,
)
from wenming.rounds.services.conflicts import ConflictOfInterest
from wenming.submission.models import Requirement, Submission
from wenming.submission.queries.checks import doubts_of
from wenming.submission.queries.gathered import rows_of
from wenming.submission.queries.seen import citable, waiting_for
from wenming.submission.services.papers import (
    DocumentInFuture,
    NotADocument,
    NotAPhoto,
    NotReviewerHere,
    Paper,
    SecondPersonNeeded,
    accept,
    hand_in,
    hand_in_again,
    pass_on,
    reject,
    reopen,
    send_back,
    withdraw,
)
from wenming.submission.services.telling import remind_by_date, remind_units

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def desk() -> Desk:
    return small_desk()


def codes(submission: Submission, desk: Desk) -> set[str]:
    return {each.code for each in doubts_of(submission.versions.last(), by=desk.lin)}


def test_a_document_goes_through_both_levels_and_counts(desk: Desk) -> None:
    paper = handed_in(desk)
    assert rows_of(desk.collection)["documents"][0]["outcome"] == "pending"
    paper = accept(pass_on(paper, by=desk.li), by=desk.lin)
    assert paper.state == SubmissionState.ACCEPTED
    row = rows_of(desk.collection)["documents"][0]
    assert row == {
        "document": "D0001", "item": "B1.1.1", "condition": "", "requirement": "有学习制度",
        "method": "documents", "title": "学习制度", "kind": "规范性文件", "outcome": "accepted",
        "reason": "", "reviewer": "林晓", "date": timezone.localdate().isoformat(),
        "unit": "市城管局",
    }  # fmt: skip
    assert [step.action for step in paper.steps.order_by("at")] == ["hand_in", "pass_on", "accept"]
    kept = AuditEntry.objects.filter(action__startswith="submission.").values_list("action")
    assert {a for (a,) in kept} == {"submission.bring", "submission.pass_on", "submission.accept"}


def test_a_returned_document_is_handed_in_again_and_the_first_version_stays(desk: Desk) -> None:
    paper = send_back(handed_in(desk), reason="缺盖章页", by=desk.li)
    asked = InboxEntry.objects.open().get(code="document_returned")
    assert asked.unit == desk.rule.unit
    assert asked.facts["reason"] == "缺盖章页"
    better = Paper(
        brought(pdf("制度2.pdf", pdf().read() + b"%"), desk.zhao, desk), "学习制度（修订）"
    )
    paper = hand_in_again(paper, better, by=desk.zhao)
    assert (paper.state, paper.version, paper.reason) == ("handed_in", 2, "")
    assert [v.title for v in paper.versions.order_by("number")] == ["学习制度", "学习制度（修订）"]
    assert not InboxEntry.objects.open().filter(code="document_returned").exists()


def test_a_rejected_document_is_told_with_its_reason_and_can_be_decided_again(desk: Desk) -> None:
    paper = reject(pass_on(handed_in(desk), by=desk.li), reason="与要求不符", by=desk.lin)
    assert rows_of(desk.collection)["documents"][0]["reason"] == "与要求不符"
    assert InboxEntry.objects.open().filter(code="document_rejected").count() == 1
    paper = reopen(paper, reason="复核有误", by=desk.wang)
    assert rows_of(desk.collection)["documents"][0]["outcome"] == "pending"
    assert accept(paper, by=desk.wang).state == SubmissionState.ACCEPTED
    assert not InboxEntry.objects.open().filter(code="document_rejected").exists()


def test_what_was_withdrawn_gives_no_row(desk: Desk) -> None:
    withdraw(handed_in(desk), by=desk.zhao)
    assert rows_of(desk.collection) == {"documents": []}


@pytest.mark.parametrize("deed", [send_back, reject])
def test_returns_and_rejections_need_a_reason(desk: Desk, deed) -> None:
    paper = handed_in(desk)
    by = desk.li
    if deed is reject:
        paper, by = pass_on(paper, by=desk.li), desk.lin
    with pytest.raises(FactsMissing):
        deed(paper, reason="  ", by=by)


def test_the_second_of_two_reviewers_comes_too_late(desk: Desk) -> None:
    paper = handed_in(desk)
    pass_on(paper, by=desk.li)
    with pytest.raises(TransitionNotAllowed):
        send_back(paper, reason="缺盖章页", by=desk.li)
    accept(paper, by=desk.lin)
    with pytest.raises(TransitionNotAllowed):
        reject(paper, reason="不符", by=desk.wang)


def test_a_reviewer_of_the_own_unit_is_refused_and_not_asked(desk: Desk) -> None:
    paper = handed_in(desk)
    Post.objects.create(
        city=desk.collection.city, user=desk.li, kind=PostKind.UNIT,
        unit=desk.field.cast.units.brigade,
    )  # fmt: skip
    with pytest.raises(ConflictOfInterest):
        pass_on(paper, by=desk.li)
    assert not waiting_for(desk.li, desk.collection).exists()


def test_only_a_named_reviewer_reviews(desk: Desk) -> None:
    paper = handed_in(desk)
    assign_person(desk.collection, desk.li, [AssignmentRole.ASSESSOR], by=desk.lin)
    with pytest.raises(NotReviewerHere):
        pass_on(paper, by=desk.li)
    with pytest.raises(NotReviewerHere):
        pass_on(paper, by=desk.wang)


def test_whoever_handed_in_or_reviewed_first_does_not_decide(desk: Desk) -> None:
    file = brought(pdf(), desk.lin, desk)
    paper = hand_in(desk.rule, Paper(file, "学习制度"), by=desk.lin)
    pass_on(paper, by=desk.li)
    with pytest.raises(SecondPersonNeeded):
        accept(paper, by=desk.lin)
    assert not waiting_for(desk.lin, desk.collection).exists()
    assert accept(paper, by=desk.wang).state == SubmissionState.ACCEPTED


def test_nothing_is_taken_in_or_decided_once_the_round_is_closed(desk: Desk) -> None:
    paper = handed_in(desk)
    close_collection(desk.collection, by=desk.lin)
    with pytest.raises(CollectionNotOpen):
        handed_in(desk, pdf("另.pdf"))
    with pytest.raises(CollectionNotOpen):
        pass_on(paper, by=desk.li)
    assert Submission.objects.count() == 1


def test_a_unit_hands_in_for_itself_only(desk: Desk) -> None:
    file = brought(pdf(), desk.qian, desk)
    with pytest.raises(PermissionDenied):
        hand_in(desk.rule, Paper(file, "学习制度"), by=desk.qian)
    with pytest.raises(NotADocument):  # nor with a file that is somebody else's
        hand_in(desk.rule, Paper(file, "学习制度"), by=desk.zhao)


def test_a_day_to_come_a_text_and_a_photo_that_is_none_are_refused(desk: Desk) -> None:
    good = Paper(brought(pdf(), desk.qian, desk), "路面")
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(NotAPhoto):
        hand_in(desk.photo, good, by=desk.qian)
    text = brought(pdf("记录.txt", "文字".encode()), desk.qian, desk)
    photo = brought(picture(), desk.qian, desk)
    with pytest.raises(NotADocument):
        hand_in(desk.photo, replace(good, file=text), by=desk.qian)
    with pytest.raises(DocumentInFuture):
        hand_in(desk.photo, replace(good, file=photo, dated_on=tomorrow), by=desk.qian)
    assert Submission.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("空.pdf", b"", "empty"),
        ("程序.pdf", b"MZ\x90\x00" + bytes(500), "not_known"),
        ("程序.exe", b"MZ\x90\x00" + bytes(500), "active"),
    ],
)
def test_broken_files_are_refused_and_nothing_is_kept(
    desk: Desk, name: str, content: bytes, reason: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        brought(pdf(name, content), desk.zhao, desk)
    assert refused.value.reason == reason
    assert not StoredFile.objects.exists()


def test_a_broken_picture_is_refused(desk: Desk) -> None:
    with pytest.raises(BadPicture):
        brought(pdf("路面.jpg", picture().read()[:400]), desk.qian, desk)


def test_a_file_is_stored_once_and_cited_again(desk: Desk) -> None:
    first = handed_in(desk)
    cited = citable(desk.zhao, desk.rule)
    again = hand_in(desk.rule, Paper(cited[0].attachment, "同一文件"), by=desk.zhao)
    assert StoredFile.objects.count() == 1
    assert again.versions.get().attachment != first.versions.get().attachment
    assert "document_same_file" in codes(again, desk)
    assert citable(desk.qian, desk.rule) == []


def test_a_picture_that_looks_like_another_is_marked_but_taken(desk: Desk) -> None:
    one = Paper(brought(picture(), desk.qian, desk), "路面一")
    two = Paper(brought(picture("二.jpg", quality=60), desk.qian, desk), "路面二")
    hand_in(desk.photo, one, by=desk.qian)
    second = hand_in(desk.photo, two, by=desk.qian)
    assert "picture_looks_alike" in codes(second, desk)
    mine = next(d for d in doubts_of(second.versions.get(), by=desk.qian) if "alike" in d.code)
    assert mine.facts["where"] == "D0001 路面一"
    theirs = doubts_of(second.versions.get(), by=desk.zhao)
    assert {d.facts.get("where") for d in theirs if "alike" in d.code} == {"D0001"}


def test_a_day_outside_of_the_years_and_a_missing_seal_are_marked(desk: Desk) -> None:
    file = brought(pdf(), desk.zhao, desk)
    old = Paper(file, "旧制度", dated_on=timezone.localdate().replace(year=2019, day=1))
    found = codes(hand_in(desk.rule, old, by=desk.zhao), desk)
    assert found >= {"document_outside_years", "document_without_seal"}


def test_units_are_reminded_by_themselves_from_three_days_before_a_last_day_on(desk: Desk) -> None:
    Requirement.objects.update(due=None)
    now = timezone.now()
    today = timezone.localdate(now)
    Requirement.objects.filter(pk=desk.photo.pk).update(due=today + timedelta(days=4))
    assert remind_by_date(now) == 0
    tomorrow = now + timedelta(days=1)
    assert [remind_by_date(tomorrow), remind_by_date(tomorrow)] == [1, 1]
    (entry,) = InboxEntry.objects.open().filter(code="documents_due")
    assert entry.unit == desk.photo.unit
    assert timezone.localdate(entry.due) == today + timedelta(days=4)
    assert do_daily() == {"documents": 0}
    close_collection(desk.collection, by=desk.lin)
    assert remind_by_date(tomorrow) == 0


def test_units_are_reminded_until_they_owe_nothing(desk: Desk) -> None:
    assert remind_units(desk.collection, by=desk.lin) == 2
    assert InboxEntry.objects.open().filter(code="documents_due").count() == 2
    handed_in(desk)
    left = InboxEntry.objects.open().get(code="documents_due")
    assert left.unit == desk.photo.unit
    assert InboxEntry.objects.visible_to(fresh(desk.li)).get().code == "documents_to_review"
    close_collection(desk.collection, by=desk.lin)
    assert not InboxEntry.objects.open().exists()
