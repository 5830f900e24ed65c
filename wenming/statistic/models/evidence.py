"""Figures that offices report for items."""

from typing import ClassVar

from django.db import models

from wenming.base.models import CityRow, ExactNumber
from wenming.base.sight import Sight
from wenming.core.permissions import Capability
from wenming.rounds.models import Round


class Statistic(CityRow):
    """A figure for an item or one of its conditions (统计数据).

    Attributes:
        condition: number of the condition; 0 for the item itself.
        period: the year or the month that it is about, as written.
    """

    sight = Sight(by=Capability.VIEW_EVIDENCE)

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="statistics")
    item = models.TextField()
    condition = models.PositiveBigIntegerField(default=0)
    value = ExactNumber()
    unit = models.TextField(blank=True)
    period = models.TextField(blank=True)
    source = models.TextField(blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "position"], name="statistic_position_once")
        ]
        indexes: ClassVar = [models.Index(fields=["round", "item"])]

    def __str__(self) -> str:
        return f"{self.item} {self.value} {self.unit}".strip()
