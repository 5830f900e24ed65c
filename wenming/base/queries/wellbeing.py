"""How the installation is (运行状况): workers, long work, outbox, audit; for those who watch it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min, Q
from procrastinate.contrib.django.models import ProcrastinateWorker

from wenming.base.models import AuditHead, Job, Message


@dataclass(frozen=True, slots=True)
class WorkState:
    """Long work at one moment (后台任务状况).

    Attributes:
        waiting, running: open jobs that have not begun, and that have.
        ended: ended jobs by how they ended.
        oldest: since when the oldest one waits that has not begun; None when none waits.
    """

    waiting: int
    running: int
    ended: Mapping[str, int]
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class OutboxState:
    """Messages at one moment (发件箱状况); `oldest` waits longest, None when none waits."""

    waiting: int
    sent: int
    given_up: int
    oldest: datetime | None


def workers_alive(*, now: datetime) -> int:
    """How many workers were heard of lately (在线后台进程)."""
    since = now - timedelta(seconds=settings.WORKER_LOST_S)
    return ProcrastinateWorker.objects.filter(last_heartbeat__gt=since).count()


def work_state() -> WorkState:
    """How long work stands (后台任务状况)."""
    waits = Q(outcome="", started_at=None)
    told = Job.objects.aggregate(
        waiting=Count("pk", filter=waits),
        running=Count("pk", filter=Q(outcome="", started_at__isnull=False)),
        oldest=Min("created_at", filter=waits),
    )
    ended = Job.objects.exclude(outcome="").values_list("outcome").annotate(Count("pk")).order_by()
    return WorkState(told["waiting"], told["running"], dict(ended), told["oldest"])


def outbox_state() -> OutboxState:
    """How the outbox stands (发件箱状况)."""
    waits = Q(sent_at=None, given_up_at=None)
    told = Message.objects.aggregate(
        waiting=Count("pk", filter=waits),
        sent=Count("pk", filter=Q(sent_at__isnull=False)),
        given_up=Count("pk", filter=Q(given_up_at__isnull=False)),
        oldest=Min("created_at", filter=waits),
    )
    return OutboxState(told["waiting"], told["sent"], told["given_up"], told["oldest"])


def audit_numbers() -> Sequence[tuple[str, int]]:
    """The number of the last entry of each audit chain (审计序号), by the identity of its city."""
    heads = AuditHead.objects.order_by("city_id").values_list("city_id", "number")
    return [(str(city or ""), number) for city, number in heads]


def missing_migrations() -> Sequence[str]:
    """The changes of the tables that were not made yet (待执行迁移), `app.name`."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
