"""What documents a round asks for, and how far each of them is brought."""

from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from django.db import models
from django.db.models import Case, Count, F, Q, Value, When

from wenming.base.models import CityQuerySet, CityRow, Unit, User, one_of
from wenming.base.sight import Sight
from wenming.core.lifecycle import SubmissionState
from wenming.core.permissions import Capability
from wenming.core.terms import EvidenceKind, Method, Words
from wenming.rounds.models import Collection

BEING_REVIEWED = (SubmissionState.HANDED_IN.value, SubmissionState.PASSED.value)


class Standing(StrEnum):
    """How far a requirement is brought (报送进度)."""

    ACCEPTED = "accepted"  # 已通过
    IN_REVIEW = "in_review"  # 审核中
    RETURNED = "returned"  # 被退回
    REJECTED = "rejected"  # 未通过
    LATE = "late"  # 逾期未报
    MISSING = "missing"  # 未报


class RequirementQuerySet(CityQuerySet["Requirement"]):
    """Requirements."""

    def with_standing(self, *, today: date) -> models.QuerySet[Any]:
        """The same with counts of what was handed in, and `standing` made of them."""
        states = "submissions__state"
        counted = self.annotate(
            accepted=Count("submissions", filter=Q(**{states: SubmissionState.ACCEPTED})),
            reviewed=Count("submissions", filter=Q(**{f"{states}__in": BEING_REVIEWED})),
            returned=Count("submissions", filter=Q(**{states: SubmissionState.RETURNED})),
            rejected=Count("submissions", filter=Q(**{states: SubmissionState.REJECTED})),
        )
        return counted.annotate(
            standing=Case(
                When(accepted__gte=F("wanted"), then=Value(Standing.ACCEPTED.value)),
                When(returned__gt=0, then=Value(Standing.RETURNED.value)),
                When(reviewed__gt=0, then=Value(Standing.IN_REVIEW.value)),
                When(rejected__gt=0, then=Value(Standing.REJECTED.value)),
                When(due__lt=today, then=Value(Standing.LATE.value)),
                default=Value(Standing.MISSING.value),
                output_field=models.CharField(),
            )
        )


class Requirement(CityRow):
    """Something that a unit must hand in for an item of a round (申报要求).

    Attributes:
        condition: number of the condition that it supports; 0 for the whole item.
        item_zh, item_en: name of the item.
        title: what is asked for; once for an item, its condition and method.
        year_from, year_to: the years that the document may be of, both included.
        unit: hands it in; None as long as nobody is named.
        wanted: how many documents are asked for, at least 1.
        due: last day; None for none.
        position: place in the order of the edition.
    """

    sight = Sight(
        by=Capability.VIEW_DOCUMENTS,
        unit="unit",
        group="unit__group__key",
        team="collection__assignments__person",
    )

    collection = models.ForeignKey(
        Collection, on_delete=models.CASCADE, related_name="requirements"
    )
    item = models.TextField()
    item_zh = models.TextField()
    item_en = models.TextField(blank=True)
    dimension = models.TextField(blank=True)
    indicator = models.TextField(blank=True)
    condition = models.PositiveIntegerField(default=0)
    method = models.CharField(max_length=20)
    title = models.TextField()
    title_en = models.TextField(blank=True)
    kind = models.CharField(max_length=20)
    year_from = models.PositiveSmallIntegerField()
    year_to = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="requirements")
    wanted = models.PositiveSmallIntegerField(default=1)
    due = models.DateField(null=True)
    note = models.TextField(blank=True)
    position = models.PositiveIntegerField()
    changed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    objects: ClassVar = RequirementQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["collection", "item", "condition", "method", "title"],
                name="requirement_once",
            ),
            models.CheckConstraint(
                condition=one_of("kind", EvidenceKind), name="requirement_kind_known"
            ),
            models.CheckConstraint(
                condition=one_of("method", Method), name="requirement_method_known"
            ),
            models.CheckConstraint(
                condition=Q(year_to__gte=F("year_from")), name="requirement_years_in_order"
            ),
            models.CheckConstraint(condition=Q(wanted__gte=1), name="requirement_wants_one"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["collection", "position"], name="requirement_in_order"),
            models.Index(fields=["collection", "unit"], name="requirement_of_unit"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> Words:
        """What is asked for, in Chinese and English."""
        return Words(self.title, self.title_en)

    @property
    def item_title(self) -> Words:
        """Name of the item in Chinese and English."""
        return Words(self.item_zh, self.item_en)

    @property
    def years(self) -> str:
        """The years that the document may be of."""
        if self.year_from == self.year_to:
            return str(self.year_from)
        return f"{self.year_from}–{self.year_to}"
