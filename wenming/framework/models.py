"""Editions of the framework as a city loaded them, and who answers for which item."""

from typing import ClassVar

from django.db import models

from wenming.base.models import CityRow, ExactNumber, Unit, one_of
from wenming.base.sight import Sight
from wenming.core.permissions import Capability
from wenming.core.terms import Part, Role, Words


class Edition(CityRow):
    """An edition of the framework (测评体系版本); never changed once it is stored.

    Attributes:
        hash: names the content whatever the layout of its file.
        content: the plain rows of docs/reference/edition-format.md by table; the edition
            is built from them again.
    """

    sight = Sight(by=Capability.VIEW_FRAMEWORK)

    key = models.TextField()
    title_zh = models.TextField()
    title_en = models.TextField(blank=True)
    hash = models.CharField(max_length=64)
    content = models.JSONField()
    is_partial = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["city", "hash"], name="edition_once_a_city")
        ]

    def __str__(self) -> str:
        return self.title_zh

    @property
    def title(self) -> Words:
        """Its name in Chinese and English."""
        return Words(self.title_zh, self.title_en)


class Item(CityRow):
    """One item of an edition (测评内容), for lists and references.

    Attributes:
        key: stays the same over editions.
        dimension, indicator: keys of what it belongs to.
        points: as the edition states them; None where it gives none.
        group: key of the working group that the edition names; "" for none.
    """

    sight = Sight(by=Capability.VIEW_FRAMEWORK)

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="items")
    key = models.TextField()
    part = models.CharField(max_length=20)
    dimension = models.TextField()
    indicator = models.TextField()
    title_zh = models.TextField()
    title_en = models.TextField(blank=True)
    points = ExactNumber(null=True)
    group = models.TextField(blank=True)
    methods = models.JSONField(default=list)
    position = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "key"], name="item_key_once_an_edition"),
            models.CheckConstraint(condition=one_of("part", Part), name="item_part_known"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.title_zh}"

    @property
    def title(self) -> Words:
        """Its name in Chinese and English."""
        return Words(self.title_zh, self.title_en)


class ChecklistSet(CityRow):
    """The checklists of a round (检查表); never changed once they are stored.

    Attributes:
        content: the plain rows of docs/reference/edition-format.md, section 3, by table.
    """

    sight = Sight(by=Capability.VIEW_FRAMEWORK)

    hash = models.CharField(max_length=64)
    content = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["city", "hash"], name="checklists_once_a_city")
        ]

    def __str__(self) -> str:
        return self.hash[:12]


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
