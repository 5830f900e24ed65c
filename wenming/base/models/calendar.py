"""Days on which a city works or rests other than the country's calendar says (工作日历)."""

from typing import ClassVar

from django.db import models

from wenming.base.models.cities import CityRow
from wenming.base.sight import Sight
from wenming.core.permissions import Capability


class CalendarDay(CityRow):
    """A day that differs from the country's calendar in this city (本地调休)."""

    sight = Sight(by=Capability.VIEW_ORGANISATION)

    day = models.DateField()
    kind = models.CharField(max_length=20)
    name = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["city", "day"], name="calendar_day_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["holiday", "workday"]), name="calendar_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"
