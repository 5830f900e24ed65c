"""Paper sheets that two people key, each without seeing what the other keyed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wenming.base.models import CityRow, User
from wenming.base.sight import Sight
from wenming.core.permissions import Capability
from wenming.survey.models.fieldwork import Fieldwork, Sheet


class PaperSheet(CityRow):
    """A sheet of paper under its number, until it is taken in (纸质答卷).

    Attributes:
        number: as it stands on the paper.
        sheet: the answer sheet that it became; None until two keyings agree or are settled.
    """

    sight = Sight(by=Capability.VIEW_SHEETS, team="fieldwork__collection__assignments__person")

    fieldwork = models.ForeignKey(Fieldwork, on_delete=models.PROTECT, related_name="papers")
    number = models.TextField()
    sheet = models.OneToOneField(Sheet, null=True, on_delete=models.PROTECT, related_name="paper")
    begun_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fieldwork", "number"], name="paper_number_once"),
        ]

    def __str__(self) -> str:
        return self.number


class PaperKeying(CityRow):
    """What one person keyed of a paper sheet (录入); nobody sees it before the second keying.

    Attributes:
        position: 1 and 2 for the keyings, 3 for what was settled where they differ.
        content: text by column: times, columns of the design, and answers; see `survey.papers`.
    """

    paper = models.ForeignKey(PaperSheet, on_delete=models.PROTECT, related_name="keyings")
    position = models.PositiveSmallIntegerField()
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    keyed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["paper", "position"], name="keying_position_once"),
            models.UniqueConstraint(
                fields=["paper", "person"],
                condition=Q(position__lt=3),
                name="keying_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.position}"
