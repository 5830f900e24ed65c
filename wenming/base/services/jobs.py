"""Starts long work (任务), runs it in the worker, and keeps what came of it.

Work and outcome are stored in one transaction: a job that was killed before it was through has
done nothing, one that is finished is never done again (docs/adr/0006-jobs.md).
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job as QueuedJob

from wenming.base.access import check
from wenming.base.models import City, Job, JobOutcome, User
from wenming.base.services.audit import record
from wenming.base.services.inbox import Asked, Asking, ask, settle
from wenming.base.services.progress import (
    JobCancelled,
    JobInterrupted,
    Progress,
    is_in_hand,
    plain,
)
from wenming.core.errors import DomainError
from wenming.core.permissions import Capability

MOST_ATTEMPTS = 5
WAIT_S = 1  # before an attempt that failed is repeated; doubled each time
QUEUE = "jobs"
TASK = "run_job"
GRACE = timedelta(seconds=5)  # within which a job that was queued a moment ago is let alone

log = logging.getLogger(__name__)

Work = Callable[[Job, Progress], Mapping[str, object] | None]


class JobAlreadyOpen(DomainError):
    """Somebody else has started the same work, and it has not ended."""

    code = "job_already_open"


class JobBroken(DomainError):
    """The work ended in an error of the program, or took its worker down, again and again."""

    code = "job_broken"


@dataclass(frozen=True, slots=True)
class _Ending:
    """How a job ends without its work being stored."""

    outcome: JobOutcome
    because: str = ""
    facts: Mapping[str, object] | None = None


class _Retrying(BaseRetryStrategy):
    """Every error that leaves `run_job` means: again; `MOST_ATTEMPTS` ends it."""

    def get_retry_decision(self, *, exception: BaseException, job: QueuedJob) -> RetryDecision:
        wait = 0 if isinstance(exception, JobInterrupted) else WAIT_S << min(job.attempts, 4)
        return RetryDecision(retry_in={"seconds": wait})


@transaction.atomic
def start_job(
    kind: str,
    *,
    city: City,
    by: User | None,
    parameters: Mapping[str, object] | None = None,
    subject: str = "",
) -> Job:
    """Have long work done (发起任务); it begins when the transaction of the caller is through.

    Started again by the same person while it is open, the open one is returned.

    Args:
        kind: a key of `settings.JOBS`.
        by: None for the program itself.
        parameters: plain values that the work needs.
        subject: kind and identity of the row it works on; blank when any number may run.

    Raises:
        JobAlreadyOpen: somebody else's work of this kind on this subject is open.
        KeyError: there is no such kind.
    """
    _ = settings.JOBS[kind]
    try:
        with transaction.atomic():
            job = Job.objects.create(
                city=city, kind=kind, by=by, parameters=plain(parameters or {}), subject=subject
            )
    except IntegrityError:
        return _open_one(kind, city=city, by=by, subject=subject)
    _queue(job)
    record("job.start", by=by, city=city, subject=job, detail={"kind": kind, "on": subject})
    return job


def _open_one(kind: str, *, city: City, by: User | None, subject: str) -> Job:
    job: Job = Job.objects.for_city(city).get(kind=kind, subject=subject, outcome="")
    if job.by_id != (by.pk if by else None):
        raise JobAlreadyOpen
    return job


def _queue(job: Job) -> None:
    """Entered in the transaction at hand: there is no job without its entry, and no entry alone."""
    run_queued_job.configure(queue=QUEUE).defer(job_id=str(job.pk))


@transaction.atomic
def cancel_job(job: Job, *, by: User) -> None:
    """Wish a job to end (取消任务); what it has done so far is undone.

    A job that has not begun ends at once, one that runs ends at its next step, and one that has
    ended stays what it is.

    Raises:
        PermissionDenied: the job is somebody else's.
    """
    check(by, Capability.USE_DESK, job)
    now = timezone.now()
    still_open = Job.objects.filter(pk=job.pk, outcome="", cancel_wished_at=None)
    if not still_open.update(cancel_wished_at=now):
        return
    waiting = Job.objects.filter(pk=job.pk, outcome="", started_at=None)
    waiting.update(outcome=JobOutcome.CANCELLED, finished_at=now)
    record("job.cancel", by=by, city=job.city, subject=job)


@app.task(name=TASK, retry=_Retrying(), pass_context=True)
def run_queued_job(context: JobContext, job_id: str) -> None:
    """What the queue calls."""
    run_job(UUID(job_id), should_stop=context.should_abort)


def run_job(job_id: UUID, *, should_stop: Callable[[], bool] = lambda: False) -> None:
    """Do the work of a job (执行任务), exactly once however often it is called.

    Args:
        should_stop: asked at each step; true when the worker is to end.

    Raises:
        JobBusy: another worker has it in its hands.
        JobInterrupted: this worker is to stop; the job goes back to the queue.
        Exception: whatever went wrong unexpectedly, as long as attempts are left.
    """
    with Progress(job_id, should_stop=should_stop) as progress:
        job = _begun(job_id)
        if job is None:
            return
        try:
            _do(job, progress)
        except JobInterrupted:
            Job.objects.filter(pk=job.pk).update(attempt=F("attempt") - 1, doing="")
            raise
        except JobCancelled:
            _end(job, _Ending(JobOutcome.CANCELLED))
        except DomainError as refused:
            _end(job, _Ending(JobOutcome.FAILED, refused.code, refused.facts))


def _begun(job_id: UUID) -> Job | None:
    """The job with one more attempt; None when it has ended, or ends here for good."""
    job: Job | None = Job.objects.select_related("city", "by").filter(pk=job_id).first()
    if job is None or job.is_finished:
        return None
    if job.cancel_wished_at:
        _end(job, _Ending(JobOutcome.CANCELLED))
        return None
    if job.attempt >= MOST_ATTEMPTS:
        _end(job, _Ending(JobOutcome.FAILED, JobBroken.code, {"attempts": job.attempt}))
        return None
    now = timezone.now()
    begun = Job.objects.filter(pk=job_id, outcome="").update(
        started_at=job.started_at or now,
        heartbeat_at=now,
        attempt=F("attempt") + 1,
        done=0,
        total=0,
        doing="",
    )
    return job if begun else None


@transaction.atomic
def _do(job: Job, progress: Progress) -> None:
    """The work and its outcome, stored together or not at all."""
    work: Work = import_string(settings.JOBS[job.kind])
    result = plain(work(job, progress) or {})
    total = progress.total or progress.done
    _close(job, _Ending(JobOutcome.SUCCEEDED), result=result, done=total, total=total)


@transaction.atomic
def _end(job: Job, ending: _Ending) -> None:
    """End a job whose work was undone, or was never begun."""
    facts = plain(ending.facts or {})
    _close(job, ending, failure_code=ending.because, failure_facts=facts)


def _close(job: Job, ending: _Ending, **columns: object) -> None:
    now = timezone.now()
    still_open = Job.objects.filter(pk=job.pk, outcome="")
    if not still_open.update(outcome=ending.outcome, finished_at=now, doing="", **columns):
        return
    if job.by is not None and ending.outcome != JobOutcome.CANCELLED:
        ask(_result(job, ending), city=job.city, by=None)
    detail = {"kind": job.kind, "outcome": ending.outcome.value, "code": ending.because}
    record("job.end", by=job.by, city=job.city, subject=job, detail=detail)


def _result(job: Job, ending: _Ending) -> Asking:
    """What the inbox says to whoever started the job, until they have looked at it."""
    to, address = Asked(person=job.by), reverse("base:job", args=[job.pk])
    facts = {"job": job.kind}
    if ending.outcome == JobOutcome.SUCCEEDED:
        return Asking("job_succeeded", to=to, subject=job, address=address, facts=facts)
    return Asking("job_failed", to=to, subject=job, address=address, facts=facts)


def take_note(job: Job, *, by: User) -> int:
    """Take the result of a job out of the inbox (知悉结果), because its person has seen it.

    Returns:
        How many entries were settled: one, or none.
    """
    return settle(job, by=by) if job.is_finished and job.by_id == by.pk else 0


def take_up_left_jobs() -> int:
    """Queue the jobs again (恢复任务) whose worker was killed, or whose entry was lost.

    A job that a living worker holds, or that waits in the queue, is let alone.

    Returns:
        How many were queued.
    """
    count = 0
    old = timezone.now() - GRACE
    for job in Job.objects.filter(outcome="", created_at__lt=old):
        entries = ProcrastinateJob.objects.filter(task_name=TASK, args__job_id=str(job.pk))
        if entries.filter(status="todo").exists() or is_in_hand(job):
            continue
        left = entries.filter(status="doing").values_list("pk", flat=True).first()
        if left is None:
            _queue(job)
        else:
            app.job_manager.retry_job_by_id(left, retry_at=timezone.now())
        log.warning("job taken up again", extra={"job": str(job.pk), "kind": job.kind})
        count += 1
    return count
