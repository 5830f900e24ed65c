"""How far long work is (任务进度): told while it runs, and the way by which it is ended early.

What is told is written on a connection of its own, so that it is seen at once although the work's
own transaction is still open.
"""

import json
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from wenming.base.models import Job

PAUSE_S = 0.5  # what is told more often than this is not written
LOCK_WAIT = "5s"  # the row of a job is never locked for long; waiting longer is a fault


class JobCancelled(Exception):
    """The person who started the work wished it to end (任务取消)."""


class JobInterrupted(Exception):
    """The worker is to stop; the work is begun anew by the next one (任务中断)."""


class JobBusy(Exception):
    """Another worker has the work in its hands (任务执行中)."""


def plain(facts: Mapping[str, object]) -> dict[str, Any]:
    """Facts as they are kept in a JSON column; anything but numbers and lists becomes text."""
    kept: dict[str, Any] = json.loads(json.dumps(dict(facts), default=str, ensure_ascii=False))
    return kept


def _goes_on() -> bool:
    return False


class Progress:
    """What the work tells while it runs; within its block nobody else does the same work.

    The work sets `total` once it knows it and calls `step` for each thing that it has done.
    """

    def __init__(self, job: UUID, *, should_stop: Callable[[], bool] = _goes_on) -> None:
        """Tell about a job.

        Args:
            should_stop: whether the worker is to end.
        """
        self.job = job
        self.total = 0
        self.done = 0
        self._should_stop = should_stop
        self._told = ("", "{}")
        self._written_at = float("-inf")
        self._aside: BaseDatabaseWrapper | None = None

    def __enter__(self) -> Self:
        """Take the work in hand.

        Raises:
            JobBusy: another worker has it.
        """
        self._aside = connections["default"].copy()
        if not self._ask("SELECT pg_try_advisory_lock(%s)", lock_key(self.job)):
            self._aside.close()
            raise JobBusy
        self._ask("SELECT set_config('lock_timeout', %s, false)", LOCK_WAIT)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Put the work down; a connection that broke has let go of it already."""
        aside = self._aside
        if aside is None:
            return
        if aside.is_usable():
            self._ask("SELECT set_config('lock_timeout', '0', false)")
            self._ask("SELECT pg_advisory_unlock(%s)", lock_key(self.job))
        aside.close()

    def step(self, done: int | None = None, code: str = "", **facts: object) -> None:
        """Tell what is done and what comes next (进度更新).

        Args:
            done: how much of `total` is done; None for one more.
            code: of the sentence that says what is being done now; "" for the same as before.

        Raises:
            JobCancelled: the person wished the work to end.
            JobInterrupted: the worker is to stop.
        """
        self.done = self.done + 1 if done is None else done
        told = (code, json.dumps(plain(facts))) if code else self._told
        if self._should_stop():
            raise JobInterrupted
        now = time.monotonic()
        if told == self._told and now < self._written_at + PAUSE_S and self.done < self.total:
            return
        self._told, self._written_at = told, now
        wished = self._ask(
            "UPDATE base_job SET done = %s, total = %s, doing = %s, doing_facts = %s::jsonb,"
            " heartbeat_at = %s WHERE id = %s RETURNING cancel_wished_at",
            self.done, self.total, *told, timezone.now(), self.job,
        )  # fmt: skip
        if wished:
            raise JobCancelled

    def _ask(self, statement: str, *values: Any) -> Any:
        assert self._aside is not None  # noqa: S101  # nosec B101
        with self._aside.cursor() as cursor:
            cursor.execute(statement, values)
            row = cursor.fetchone()
        return row[0] if row else None


def lock_key(job: UUID) -> int:
    """The number of the lock by which a worker holds a job (任务锁); 64 bits with a sign."""
    return int.from_bytes(job.bytes[:8], signed=True)


def is_in_hand(job: Job) -> bool:
    """Whether a worker that lives has a job in its hands (任务是否在执行)."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock_key(job.pk)])
        (free,) = cursor.fetchone()
        if free:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [lock_key(job.pk)])
    return not free
