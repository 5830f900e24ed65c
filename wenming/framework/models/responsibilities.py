"""Who answers for what: plans of responsibility, their rows, and objections to them."""

from enum import StrEnum
from typing import ClassVar, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from wenming.base.models import CityQuerySet, CityRow, Unit, User, one_of
from wenming.base.sight import Sight
from wenming.core.lifecycle import OBJECTION, PLAN, ObjectionState, PlanState
from wenming.core.permissions import Capability
from wenming.core.terms import Role
from wenming.framework.models.editions import Edition, Item


class ResponsibilityPlan(CityRow):
    """Who answers for what (责任分解表): written as a draft, then issued and never changed.

    Rounds refer to the plan that stood when they were loaded, so that what an earlier round
    said stays reproducible.

    Attributes:
        hash: names the content of an issued plan; "" for a draft.
        number: counts the plans that a city issued on screen; None for a draft, and for a plan
            that came with a round.
        version: counts the edits of a draft, so that nobody writes over what others changed.
        based_on: the plan that the draft was begun from; None when it was begun empty.
    """

    sight = Sight(by=Capability.VIEW_FRAMEWORK)
    machine: ClassVar = PLAN

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="plans")
    state = models.CharField(max_length=20, default=PlanState.ISSUED)
    hash = models.CharField(max_length=64, blank=True)
    title = models.TextField(blank=True)
    number = models.PositiveIntegerField(null=True)
    version = models.PositiveIntegerField(default=0)
    based_on = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["city", "edition", "hash"], condition=~Q(hash=""), name="plan_once_a_city"
            ),
            models.UniqueConstraint(
                fields=["edition"], condition=Q(state=PlanState.DRAFT), name="plan_one_draft"
            ),
            models.UniqueConstraint(fields=["city", "number"], name="plan_number_once_a_city"),
            models.CheckConstraint(condition=one_of("state", PlanState), name="plan_state_known"),
            models.CheckConstraint(
                condition=Q(state=PlanState.DRAFT, hash="")
                | (~Q(state=PlanState.DRAFT) & ~Q(hash="")),
                name="plan_has_a_hash_once_issued",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.hash[:12]

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.state == PlanState.DRAFT


class ResponsibilityQuerySet(CityQuerySet["Responsibility"]):
    """Responsibilities."""

    def with_titles(self) -> Self:
        """The same with the name of the item as `title_zh` and `title_en`."""
        items = Item.objects.filter(edition=OuterRef("plan__edition"), key=OuterRef("item"))
        return self.annotate(
            title_zh=Subquery(items.values("title_zh")[:1]),
            title_en=Subquery(items.values("title_en")[:1]),
        )


class Responsibility(CityRow):
    """What one unit has to do with one item (责任分解).

    Attributes:
        item: key of the item.
        condition: number of the one condition that is meant; 0 for the whole item.
        unit_name: the unit as the plan names it; a later renaming leaves it alone.
        group: the working group as the plan names it; "" for none.
        group_key: key of that working group; "" where the city has none of this name.
        target: the grade aimed at; "" for none.
        position: place in the canonical order of an issued plan; of a draft, only unique.
    """

    sight = Sight(by=Capability.VIEW_RESPONSIBILITIES, unit="unit", group="group_key")

    plan = models.ForeignKey(
        ResponsibilityPlan, on_delete=models.CASCADE, related_name="responsibilities"
    )
    item = models.TextField()
    condition = models.PositiveIntegerField(default=0)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="responsibilities")
    unit_name = models.TextField(default="")
    role = models.CharField(max_length=20)
    group = models.TextField(blank=True)
    group_key = models.TextField(blank=True)
    due = models.DateField(null=True)
    target = models.TextField(blank=True)
    note = models.TextField(blank=True)
    position = models.PositiveIntegerField()

    objects: ClassVar = ResponsibilityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "responsibilities"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "position"],
                name="responsibility_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=one_of("role", Role), name="responsibility_role_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["plan", "item"]),
            models.Index(fields=["plan", "unit"]),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.role}"


class EditKind(StrEnum):
    """By which way a draft was changed (修改方式)."""

    ASSIGN = "assign"  # 分配
    TERMS = "terms"  # 限期与目标
    IMPORT = "import"  # 导入
    RULING = "ruling"  # 仲裁
    UNDO = "undo"  # 撤销


class PlanEdit(CityRow):
    """One step in the writing of a draft (修改记录): what stood before and after, and whose it was.

    Attributes:
        version: of the draft, to which the step led.
        cells: of each cell that changed, `{item, condition, unit, name, before, after}`; before
            and after are `{role, due, target, note}`, or None where the unit had no part.
        is_undone: taken back by a later step.
    """

    sight = Sight(by=Capability.ASSIGN_RESPONSIBILITIES)

    plan = models.ForeignKey(ResponsibilityPlan, on_delete=models.CASCADE, related_name="edits")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    cells = models.JSONField(default=list)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    is_undone = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "version"], name="plan_edit_version_once"),
            models.CheckConstraint(condition=one_of("kind", EditKind), name="plan_edit_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"


class ObjectionQuerySet(CityQuerySet["Objection"]):
    """Objections."""

    def with_titles(self) -> Self:
        """The same with the name of the item as `title_zh` and `title_en`."""
        items = Item.objects.filter(
            edition=OuterRef("responsibility__plan__edition"), key=OuterRef("item")
        )
        return self.annotate(
            title_zh=Subquery(items.values("title_zh")[:1]),
            title_en=Subquery(items.values("title_en")[:1]),
        )


class Objection(CityRow):
    """What a unit says against a responsibility it was given (异议), and what was ruled.

    Attributes:
        item, role: as the responsibility stood when the objection was raised.
        wished_unit: the unit that should answer instead; None when none is proposed.
        ruling: the reason of the arbitration; "" as long as there is none.
        given_to: the unit that gets the responsibility instead; None when nobody does.
    """

    sight = Sight(by=Capability.VIEW_RESPONSIBILITIES, unit="unit", group="unit__group__key")
    machine: ClassVar = OBJECTION

    responsibility = models.ForeignKey(
        Responsibility, on_delete=models.PROTECT, related_name="objections"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="objections")
    item = models.TextField()
    role = models.CharField(max_length=20)
    reason = models.TextField()
    wished_unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=20, default=ObjectionState.RAISED)
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(auto_now_add=True)
    ruling = models.TextField(blank=True)
    given_to = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ruled_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField(null=True)

    objects: ClassVar = ObjectionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=one_of("state", ObjectionState), name="objection_state_known"
            ),
            models.UniqueConstraint(
                fields=["responsibility"],
                condition=Q(state=ObjectionState.RAISED),
                name="objection_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.state}"
