"""How the population of a city divides, for the weights of a survey."""

from typing import ClassVar

from django.db import models

from wenming.base.models import CityRow
from wenming.base.sight import Sight
from wenming.core.permissions import Capability
from wenming.survey.models.fieldwork import Fieldwork


class PopulationMargin(CityRow):
    """How many people each group of a column has (人口边际).

    Attributes:
        column: key of a question, or a column of the design.
        source: where the totals come from, in words.
        groups: pairs of name and total as text; a name is an answer, or a range as 18..29.
    """

    sight = Sight(by=Capability.VIEW_COLLECTION, team="fieldwork__collection__assignments__person")

    fieldwork = models.ForeignKey(Fieldwork, on_delete=models.PROTECT, related_name="margins")
    position = models.PositiveIntegerField()
    column = models.TextField()
    source = models.TextField()
    groups = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fieldwork", "column"], name="margin_column_once"),
        ]

    def __str__(self) -> str:
        return f"{self.fieldwork_id} {self.column}"
