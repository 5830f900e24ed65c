"""What stands behind a frozen result, row by row, and what came of verifying it."""

from typing import ClassVar

from django.db import models

from wenming.base.models import CityRow, User
from wenming.base.sight import Sight
from wenming.core.permissions import Capability
from wenming.scoring.models.runs import Run


class ManifestPart(CityRow):
    """The stored rows of one table behind a frozen run (佐证清单), each by its hash.

    Attributes:
        table: kind of row, such as `inspection.observation`.
        rows: lists of identity, place in the order, name and hash.
        hash: of `rows`.
    """

    sight = Sight(by=Capability.VERIFY_RESULTS)

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="manifest")
    table = models.TextField()
    rows = models.JSONField()
    row_count = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)
    position = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "table"], name="manifest_table_once_a_run")
        ]

    def __str__(self) -> str:
        return self.table


class Verification(CityRow):
    """One verification of a city's frozen results and audit chain (结果核验).

    Attributes:
        by: None for the command.
        results, entries: how many frozen results and audit entries were looked at.
        problems: what was found, as objects of code and facts.
    """

    sight = Sight(by=Capability.VERIFY_RESULTS)

    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(auto_now_add=True)
    engine_version = models.CharField(max_length=50)
    results = models.PositiveIntegerField()
    entries = models.PositiveBigIntegerField()
    problems = models.JSONField(default=list)
    problem_count = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["city", "-finished_at"])]

    def __str__(self) -> str:
        return f"{self.finished_at:%Y-%m-%d %H:%M}"
