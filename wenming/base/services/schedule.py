"""What the worker does by itself (定时任务): looks after queue, outbox and leftovers."""

import time
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from wenming.base.models import Draft, Visit
from wenming.base.services.attachments import sweep_files
from wenming.base.services.jobs import TASK, take_up_left_jobs
from wenming.base.services.outbox import KEPT_DAYS, deliver_waiting, forget_messages

OPEN_TRANSACTION = timedelta(days=1)  # a younger file may belong to one
DRAFT_LASTS = timedelta(days=60)
ENTRY_LASTS = timedelta(days=7)  # of the queue, when it has failed


@app.periodic(cron="* * * * * */20")
@app.task(name="look_after")
def look_after(timestamp: int) -> None:
    """Three times a minute: jobs that were left lying, messages whose time has come."""
    del timestamp
    take_up_left_jobs()
    deliver_waiting(now=timezone.now())


@app.periodic(cron="23 * * * *")
@app.task(name="sweep")
def sweep(timestamp: int) -> None:
    """Once an hour: what nobody needs any more."""
    del timestamp
    sweep_leftovers()


@app.periodic(cron="40 22 * * *")  # by UTC: 06:40 in China
@app.task(name="daily")
def daily(timestamp: int) -> None:
    """Every morning: what rooms remind of."""
    del timestamp
    do_daily()


def do_daily() -> dict[str, int]:
    """Do what rooms do every morning (每日提醒).

    Returns:
        What each of them counted.
    """
    now = timezone.now()
    return {name: import_string(path)(now) for name, path in settings.DONE_DAILY.items()}


def sweep_leftovers() -> dict[str, int]:
    """Take away what nobody needs any more (清理过期数据).

    Returns:
        How many files, drafts, visits, messages and entries of the queue were taken away, and
        what rooms further downstream took away of theirs.
    """
    now = timezone.now()
    drafts, _ = Draft.objects.filter(saved_at__lt=now - DRAFT_LASTS).delete()
    visits, _ = Visit.objects.filter(expire_date__lt=now).delete()
    return {
        "files": sweep_files(before=time.time() - OPEN_TRANSACTION.total_seconds()),
        "drafts": drafts,
        "visits": visits,
        "messages": forget_messages(before=now - timedelta(days=KEPT_DAYS)),
        "entries": _sweep_queue(),
        **{name: import_string(path)(now) for name, path in settings.SWEPT_BESIDE.items()},
    }


def _sweep_queue() -> int:
    """Entries that failed long ago, or whose worker was killed; jobs have their own way back."""
    lost = timezone.now() - timedelta(seconds=settings.WORKER_LOST_S)
    alive = ProcrastinateWorker.objects.filter(last_heartbeat__gt=lost).values("pk")
    left = ProcrastinateJob.objects.filter(status="doing").exclude(task_name=TASK)
    count = 0
    for entry in left.exclude(worker__in=alive).values_list("pk", flat=True):
        app.job_manager.retry_job_by_id(entry, retry_at=timezone.now())
        count += 1
    return count
