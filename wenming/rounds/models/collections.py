"""A round while its evidence is being collected, and who works in it."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from wenming.base.models import CityRow, User, one_of
from wenming.base.sight import Sight
from wenming.core.lifecycle import COLLECTION, CollectionState
from wenming.core.permissions import Capability
from wenming.core.terms import AssignmentRole, Method, RoundKind, Words
from wenming.framework.models import ChecklistSet, Edition, ResponsibilityPlan


class Collection(CityRow):
    """A round with its plan, while evidence is being collected (轮次采集).

    What people bring in hangs on it. Its evidence as one whole, for a score, is a `Round`.

    Attributes:
        key: short name, unique in the city; the rounds made from it bear the same.
        kind: what the round is for.
        methods: the methods that the round uses, in the order of the framework.
        site_numbers: how many sites are to be visited, by site type.
        tier: tier of the city; "" for the ordinary limits.
        not_applicable: objects of item and reason.
        gates: objects of gate, holds (true, false or null) and reason.
        seed: text that fixes the bootstrap of the total.
    """

    machine = COLLECTION
    sight = Sight(by=Capability.VIEW_COLLECTION, team="assignments__person")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="collections")
    checklist_set = models.ForeignKey(
        ChecklistSet, null=True, on_delete=models.PROTECT, related_name="collections"
    )
    responsibility_plan = models.ForeignKey(
        ResponsibilityPlan, null=True, on_delete=models.PROTECT, related_name="collections"
    )
    key = models.TextField()
    kind = models.CharField(max_length=20)
    title_zh = models.TextField()
    title_en = models.TextField(blank=True)
    period_from = models.DateField()
    period_to = models.DateField()
    assessed_on = models.DateField(null=True)
    tier = models.TextField(blank=True)
    methods = models.JSONField(default=list)
    site_numbers = models.JSONField(default=dict)
    not_applicable = models.JSONField(default=list)
    gates = models.JSONField(default=list)
    seed = models.TextField(blank=True)
    is_synthetic = models.BooleanField(default=False)
    note_zh = models.TextField(blank=True)
    note_en = models.TextField(blank=True)
    state = models.CharField(max_length=20, default=CollectionState.PLANNED)
    reopened_because = models.TextField(blank=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["city", "key"], name="collection_key_once"),
            models.CheckConstraint(condition=one_of("kind", RoundKind), name="round_kind_known"),
            models.CheckConstraint(
                condition=one_of("state", CollectionState), name="collection_state_known"
            ),
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")), name="collection_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title_zh

    @property
    def title(self) -> Words:
        """Its name in Chinese and English."""
        return Words(self.title_zh, self.title_en)

    @property
    def is_open(self) -> bool:
        """Whether evidence is taken in now."""
        return self.state == CollectionState.OPEN

    @property
    def is_planned(self) -> bool:
        """Whether nothing has been taken in yet."""
        return self.state == CollectionState.PLANNED

    def uses(self, method: Method) -> bool:
        """Whether a method is part of the round; one that names none uses all."""
        return not self.methods or method in self.methods


class CollectionPart(CityRow):
    """When one method of a round is worked at (轮次日程)."""

    sight = Sight(by=Capability.VIEW_COLLECTION, team="collection__assignments__person")

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="parts")
    method = models.CharField(max_length=20)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["collection", "method"], name="part_method_once"),
            models.CheckConstraint(condition=one_of("method", Method), name="part_method_known"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="part_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.starts_on}"


class Assignment(CityRow):
    """What a person does in a round (任务分工).

    Attributes:
        roles: one or more of `AssignmentRole`.
    """

    sight = Sight(by=Capability.VIEW_COLLECTION, person="person")

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="assignments")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    roles = ArrayField(models.CharField(max_length=20))
    assigned_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["collection", "person"], name="assigned_once"),
            models.CheckConstraint(
                condition=Q(
                    roles__contained_by=[role.value for role in AssignmentRole], roles__len__gt=0
                ),
                name="assignment_roles_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {', '.join(self.roles)}"
