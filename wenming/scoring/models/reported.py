"""What papers reported: documents and their figures, kept as they were given."""

from typing import ClassVar

from django.db import models

from wenming.base.models import CityRow, ExactNumber
from wenming.base.sight import Sight
from wenming.core.permissions import Capability
from wenming.core.terms import Words
from wenming.rounds.models import Round


class ReportedDocument(CityRow):
    """A paper that reports figures (所报材料)."""

    sight = Sight(by=Capability.VIEW_FIGURES)

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="reported_documents")
    key = models.TextField()
    title_zh = models.TextField()
    title_en = models.TextField(blank=True)
    as_of = models.TextField(blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "key"], name="reported_document_key_once")
        ]

    def __str__(self) -> str:
        return self.title_zh

    @property
    def title(self) -> Words:
        """Its name in Chinese and English."""
        return Words(self.title_zh, self.title_en)


class Figure(CityRow):
    """One figure as a paper reports it (所报数字), however wrong it looks.

    Attributes:
        document: key of the paper; "" for none.
        of: key of the whole that it is a part of.
        means: "tested" when it counts the tested items of its whole.
        base: number behind a percentage.
        compared_with: name of the system's own figure; "" for none.
        split: lists of part and value (as text, every digit kept), as the paper orders them.
        split_by: "group" when every working group must have a part.
        members: the things counted.
    """

    sight = Sight(by=Capability.VIEW_FIGURES)

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="figures")
    key = models.TextField()
    title_zh = models.TextField(blank=True)
    title_en = models.TextField(blank=True)
    document = models.TextField(blank=True)
    value = ExactNumber()
    unit = models.TextField(blank=True)
    of = models.TextField(blank=True)
    means = models.TextField(blank=True)
    lower_bound = models.BooleanField(default=False)
    base = models.BigIntegerField(null=True)
    compared_with = models.TextField(blank=True)
    split = models.JSONField(default=list)
    split_by = models.TextField(blank=True)
    members = models.JSONField(default=list)
    position = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "position"], name="figure_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.title_zh} {self.value}".strip()

    @property
    def title(self) -> Words:
        """Its name in Chinese and English."""
        return Words(self.title_zh, self.title_en)
