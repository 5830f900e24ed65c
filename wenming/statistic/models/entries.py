"""Figures as units enter them for a round, until a second person has confirmed them."""

from enum import StrEnum
from typing import ClassVar

from django.db import models

from wenming.base.models import Attachment, CityRow, ExactNumber, Unit, User, one_of
from wenming.base.sight import Sight
from wenming.core.lifecycle import ENTRY, EntryState
from wenming.core.permissions import Capability
from wenming.rounds.models import Collection


class StatisticScope(StrEnum):
    """Of which area a figure is (统计范围)."""

    DISTRICTS = "districts"  # 市辖区
    CITY = "city"  # 全市


class Entry(CityRow):
    """A figure for an item of a round and one period (统计数据填报).

    Attributes:
        condition: number of the condition; 0 for the item itself.
        unit: answers for the figure; None for the office.
        period: the year, or year and month, that it is about: 2025 or 2025-09.
        measure: in what it is counted, such as % or 人/万台车.
        source: the document that states it, with its page or table.
        attachment: that document; None when only its name is known.
        entered_by: the last person who entered or changed it.
    """

    machine = ENTRY
    sight = Sight(by=Capability.VIEW_STATISTICS, unit="unit", group="unit__group__key")

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="entries")
    item = models.TextField()
    item_zh = models.TextField(blank=True)
    item_en = models.TextField(blank=True)
    condition = models.PositiveIntegerField(default=0)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="entries")
    period = models.TextField()
    value = ExactNumber()
    measure = models.TextField(blank=True)
    scope = models.CharField(max_length=20, default=StatisticScope.DISTRICTS)
    source = models.TextField()
    attachment = models.ForeignKey(
        Attachment, null=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField(blank=True)
    state = models.CharField(max_length=20, default=EntryState.ENTERED)
    reason = models.TextField(blank=True)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "entries"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["collection", "item", "condition", "period"], name="entry_once"
            ),
            models.CheckConstraint(condition=one_of("state", EntryState), name="entry_state_known"),
            models.CheckConstraint(
                condition=one_of("scope", StatisticScope), name="entry_scope_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["collection", "state"], name="entry_by_state")]

    def __str__(self) -> str:
        return f"{self.item} {self.period}"
