"""Long work (任务) as people see it: who started it, how far it is, and how it ended."""

from datetime import timedelta
from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q

from wenming.base.models.cities import CityRow, one_of
from wenming.base.models.people import User
from wenming.base.sight import Sight
from wenming.core.permissions import Capability


class JobOutcome(StrEnum):
    """How a job ended (任务结果)."""

    SUCCEEDED = "succeeded"  # 完成
    FAILED = "failed"  # 失败
    CANCELLED = "cancelled"  # 已取消


class Job(CityRow):
    """A piece of long work (任务).

    Attributes:
        kind: which work; a key of the table of jobs in the settings.
        subject: kind and identity of the row it works on; one open job for each.
        done, total: how far it is; total 0 while it is not known.
        doing, doing_facts: what is being done, as a coded sentence.
        outcome: "" while it is not finished.
        attempt: how often it was begun.
    """

    sight = Sight(by=Capability.USE_DESK, person="by")

    kind = models.TextField()
    subject = models.TextField(blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="jobs")
    parameters = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    attempt = models.PositiveIntegerField(default=0)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    doing = models.TextField(blank=True)
    doing_facts = models.JSONField(default=dict)
    cancel_wished_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    result = models.JSONField(default=dict)
    failure_code = models.TextField(blank=True)
    failure_facts = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome="") | one_of("outcome", JobOutcome), name="job_outcome_known"
            ),
            models.UniqueConstraint(
                fields=["city", "kind", "subject"],
                condition=Q(outcome="") & ~Q(subject=""),
                name="job_once_at_a_time",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["by", "-created_at"])]

    def __str__(self) -> str:
        return self.kind

    @property
    def is_finished(self) -> bool:
        """Whether it has ended, however it ended."""
        return bool(self.outcome)

    @property
    def lasted(self) -> timedelta:
        """How long it took from its first beginning to its end; zero while it has not ended."""
        if self.started_at is None or self.finished_at is None:
            return timedelta()
        return self.finished_at - self.started_at
