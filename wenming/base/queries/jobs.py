"""How far long work is, as its person is told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from wenming.base.models import Job

LEAST_SHARE = 20  # below one twentieth the speed is not known well enough
QUIET = timedelta(seconds=90)  # after which a job that says nothing is said to be quiet


@dataclass(frozen=True, slots=True)
class Told:
    """A job with what is reckoned from it (任务进展).

    Attributes:
        percent: share that is done; None while it is not known.
        left: how long it still takes at the speed so far; None while it cannot be said.
        is_quiet: it has begun and has told nothing for a while.
    """

    job: Job
    percent: int | None
    left: timedelta | None
    is_quiet: bool


def told(job: Job, *, now: datetime) -> Told:
    """What a person is told about a job (任务进展)."""
    if job.is_finished or job.started_at is None:
        return Told(job, None, None, is_quiet=False)
    percent = min(100, 100 * job.done // job.total) if job.total else None
    beat = job.heartbeat_at or job.started_at
    return Told(job, percent, _left(job, beat), is_quiet=now - beat > QUIET)


def _left(job: Job, beat: datetime) -> timedelta | None:
    if job.started_at is None or not job.total or job.done * LEAST_SHARE < job.total:
        return None
    spent = beat - job.started_at
    return spent * (max(0, job.total - job.done) / job.done)
