"""Documents, web checks and briefings, with what their review came to."""

from typing import ClassVar

from django.db import models

from wenming.base.models import CityRow, Unit, one_of
from wenming.base.sight import Sight
from wenming.core.permissions import Capability
from wenming.core.terms import Method, Review
from wenming.rounds.models import Round


class Document(CityRow):
    """One document and the outcome of its review (材料审核).

    Attributes:
        condition: number of the condition it supports; 0 for the whole item.
        requirement: names what is required.
        kind: which of the kinds of evidence it is, as written.
    """

    sight = Sight(by=Capability.VIEW_EVIDENCE, unit="unit", group="unit__group__key")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="documents")
    key = models.TextField()
    item = models.TextField()
    condition = models.PositiveBigIntegerField(default=0)
    requirement = models.TextField(blank=True)
    method = models.CharField(max_length=20)
    title = models.TextField(blank=True)
    kind = models.TextField(blank=True)
    outcome = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    reviewer = models.TextField(blank=True)
    reviewed_on = models.TextField(blank=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="documents")
    unit_name = models.TextField(default="")
    position = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "position"], name="document_position_once"),
            models.CheckConstraint(
                condition=one_of("outcome", Review), name="document_outcome_known"
            ),
            models.CheckConstraint(
                condition=one_of("method", Method), name="document_method_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["round", "item"])]

    def __str__(self) -> str:
        return self.title or self.key
