"""Who answers for what: plans of responsibility and their rows."""

from typing import ClassVar

from django.db import models

from wenming.base.models import CityRow, Unit, one_of
from wenming.base.sight import Sight
from wenming.core.permissions import Capability
from wenming.core.terms import Role
from wenming.framework.models.editions import Edition


class ResponsibilityPlan(CityRow):
    """Who answers for what (责任分解表), as it stood when a round was loaded.

    Rounds with the same assignments share one plan; a change makes a new one, so that
    what an earlier round said stays reproducible.
    """

    sight = Sight(by=Capability.VIEW_FRAMEWORK)

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="plans")
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["city", "edition", "hash"], name="plan_once_a_city")
        ]

    def __str__(self) -> str:
        return self.hash[:12]


class Responsibility(CityRow):
    """What one unit has to do with one item (责任分解).

    Attributes:
        item: key of the item.
        unit_name: the unit as the plan names it; a later renaming leaves it alone.
        group: the working group as the plan names it; "" for none.
        group_key: key of that working group; "" where the city has none of this name.
        target: the grade aimed at; "" for none.
    """

    sight = Sight(by=Capability.VIEW_RESPONSIBILITIES, unit="unit", group="group_key")

    plan = models.ForeignKey(
        ResponsibilityPlan, on_delete=models.CASCADE, related_name="responsibilities"
    )
    item = models.TextField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="responsibilities")
    unit_name = models.TextField(default="")
    role = models.CharField(max_length=20)
    group = models.TextField(blank=True)
    group_key = models.TextField(blank=True)
    due = models.DateField(null=True)
    target = models.TextField(blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "responsibilities"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "position"], name="responsibility_position_once"
            ),
            models.CheckConstraint(
                condition=one_of("role", Role), name="responsibility_role_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["plan", "item"])]

    def __str__(self) -> str:
        return f"{self.item} {self.role}"
