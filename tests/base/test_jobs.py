"""Long work: begun with its transaction, done once, told while it runs."""

import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django.db import connections, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.cast import Cast, fresh, make_cast
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry, Draft, InboxEntry, Job, JobOutcome
from wenming.base.services.jobs import (
    MOST_ATTEMPTS,
    JobAlreadyOpen,
    cancel_job,
    run_job,
    start_job,
    take_note,
    take_up_left_jobs,
)
from wenming.base.services.progress import (
    JobBusy,
    JobCancelled,
    JobInterrupted,
    Progress,
)
from wenming.core.errors import DomainError

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)  # where another connection must see rows

Work = Callable[[Job, Progress], Mapping[str, object] | None]
work: dict[str, Work] = {}


class Refused(DomainError):
    code = "view_not_kept"


def chosen(job: Job, progress: Progress) -> Mapping[str, object] | None:
    """What the test at hand wants done."""
    return work["now"](job, progress)


@pytest.fixture
def cast(settings: Any) -> Cast:
    settings.JOBS = {"check_files": f"{__name__}.chosen"}
    with connections["default"].cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")  # Django does not empty tables of others
    return make_cast()


@pytest.fixture(autouse=True)
def _clean() -> Iterator[None]:
    work.clear()
    yield
    work.clear()


def begin(cast: Cast, do: Work, **more: Any) -> Job:
    work["now"] = do
    return start_job("check_files", city=cast.city, by=cast.lin, **more)


def keep_draft(cast: Cast) -> None:
    Draft.objects.create(user=cast.lin, key="made by the job")


def after(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def test_work_and_outcome_are_stored_together_and_the_person_is_told(cast: Cast) -> None:
    def do(job: Job, progress: Progress) -> Mapping[str, object]:
        progress.total = 2
        progress.step(1, "checking_files")
        keep_draft(cast)
        return {"address": "/somewhere/"}

    job = begin(cast, do)
    run_job(job.pk)
    done = after(job)
    assert (done.outcome, done.result) == (JobOutcome.SUCCEEDED, {"address": "/somewhere/"})
    assert (done.done, done.total, done.attempt) == (2, 2, 1)
    entry = InboxEntry.objects.get(person=cast.lin, settled_at=None)
    assert (entry.code, entry.facts) == ("job_succeeded", {"job": "check_files"})
    actions = AuditEntry.objects.filter(head__city=cast.city).order_by("number")
    assert list(actions.values_list("action", flat=True)) == ["job.start", "job.end"]
    assert take_note(done, by=cast.lin) == 1
    assert not InboxEntry.objects.filter(settled_at=None).exists()


def test_what_is_done_is_not_done_again(cast: Cast) -> None:
    job = begin(cast, lambda *_: keep_draft(cast))
    run_job(job.pk)
    run_job(job.pk)
    assert Draft.objects.count() == 1
    assert after(job).attempt == 1


def test_nothing_is_queued_when_the_transaction_of_the_caller_fails(cast: Cast) -> None:
    @transaction.atomic
    def call() -> None:
        begin(cast, lambda *_: None)
        raise Refused

    with pytest.raises(Refused):
        call()
    assert not Job.objects.exists()
    assert not ProcrastinateJob.objects.exists()


@committed
def test_progress_is_seen_while_the_transaction_of_the_work_is_open(cast: Cast) -> None:
    seen: list[Any] = []

    def do(job: Job, progress: Progress) -> None:
        progress.total = 10
        keep_draft(cast)
        progress.step(4, "checking_files")
        seen.append(elsewhere(lambda: (after(job).done, Draft.objects.count())))

    run_job(begin(cast, do).pk)
    assert seen == [(4, 0)]


def elsewhere(ask: Callable[[], Any]) -> Any:
    """Ask in another thread, hence on another connection."""
    answers: list[Any] = []

    def run() -> None:
        answers.append(ask())
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return answers[0]


def test_a_refusal_undoes_the_work_and_is_kept_as_its_sentence(cast: Cast) -> None:
    def do(_job: Job, _progress: Progress) -> None:
        keep_draft(cast)
        raise Refused(most=80)

    job = begin(cast, do)
    run_job(job.pk)
    failed = after(job)
    assert (failed.outcome, failed.failure_code) == (JobOutcome.FAILED, "view_not_kept")
    assert failed.failure_facts == {"most": 80}
    assert not Draft.objects.exists()
    assert InboxEntry.objects.get().code == "job_failed"


def test_an_error_of_the_program_is_tried_again_and_then_told(cast: Cast) -> None:
    def do(_job: Job, _progress: Progress) -> None:
        keep_draft(cast)
        raise ZeroDivisionError

    job = begin(cast, do)
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(ZeroDivisionError):
            run_job(job.pk)
        assert not after(job).is_finished
    run_job(job.pk)
    broken = after(job)
    assert (broken.outcome, broken.failure_code) == (JobOutcome.FAILED, "job_broken")
    assert broken.failure_facts == {"attempts": MOST_ATTEMPTS}
    assert not Draft.objects.exists()


@committed
def test_a_running_job_ends_at_its_next_step_when_its_person_wishes(cast: Cast) -> None:
    def do(job: Job, progress: Progress) -> None:
        progress.total = 3
        keep_draft(cast)
        elsewhere(lambda: cancel_job(job, by=fresh(cast.lin)))
        progress.step(1, "checking_files")

    job = begin(cast, do)
    run_job(job.pk)
    assert after(job).outcome == JobOutcome.CANCELLED
    assert not Draft.objects.exists()
    assert not InboxEntry.objects.exists()  # whoever cancels knows


def test_a_job_that_waits_is_cancelled_at_once_and_never_begun(cast: Cast) -> None:
    job = begin(cast, lambda *_: keep_draft(cast))
    cancel_job(job, by=cast.lin)
    assert after(job).outcome == JobOutcome.CANCELLED
    run_job(job.pk)
    assert not Draft.objects.exists()


def test_another_person_may_not_cancel_it(cast: Cast) -> None:
    job = begin(cast, lambda *_: None)
    with pytest.raises(PermissionDenied):
        cancel_job(job, by=cast.zhao)
    assert after(job).cancel_wished_at is None


def test_two_workers_do_not_do_the_same_job(cast: Cast) -> None:
    job = begin(cast, lambda *_: keep_draft(cast))
    with Progress(job.pk), pytest.raises(JobBusy):
        run_job(job.pk)
    assert after(job).attempt == 0
    run_job(job.pk)
    assert Draft.objects.count() == 1


def test_a_worker_that_must_end_gives_the_job_back_without_counting_it(cast: Cast) -> None:
    def do(_job: Job, progress: Progress) -> None:
        keep_draft(cast)
        progress.step()

    job = begin(cast, do)
    with pytest.raises(JobInterrupted):
        run_job(job.pk, should_stop=lambda: True)
    assert (after(job).attempt, after(job).outcome) == (0, "")
    run_job(job.pk)
    assert Draft.objects.count() == 1


def test_the_same_work_on_the_same_row_is_open_once(cast: Cast) -> None:
    first = begin(cast, lambda *_: None, subject="round 1")
    assert begin(cast, lambda *_: None, subject="round 1").pk == first.pk
    with pytest.raises(JobAlreadyOpen):
        start_job("check_files", city=cast.city, by=cast.zhao, subject="round 1")
    assert begin(cast, lambda *_: None, subject="round 2").pk != first.pk
    run_job(first.pk)
    assert begin(cast, lambda *_: None, subject="round 1").pk != first.pk


@committed
def test_a_job_whose_worker_was_killed_or_whose_entry_was_lost_is_queued_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    monkeypatch.setattr("wenming.base.services.jobs.GRACE", timedelta(0))
    job = begin(cast, lambda *_: None)
    assert take_up_left_jobs() == 0  # it waits in the queue
    set_status("doing")
    with Progress(job.pk):
        assert elsewhere(take_up_left_jobs) == 0  # a worker that lives has it
    assert take_up_left_jobs() == 1
    assert ProcrastinateJob.objects.get().status == "todo"
    set_status("succeeded")
    assert take_up_left_jobs() == 1
    assert ProcrastinateJob.objects.filter(status="todo").count() == 1


def set_status(status: str) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s", [status])


@committed
def test_a_wish_to_cancel_is_seen_by_the_work_itself(cast: Cast) -> None:
    job = begin(cast, lambda *_: None)
    Job.objects.filter(pk=job.pk).update(cancel_wished_at="2026-11-25T00:00:00Z")
    with Progress(job.pk) as progress, pytest.raises(JobCancelled):
        progress.step(1, "checking_files")
