"""Whom a survey wants how often, and what interviewers met with at doors and in streets."""

from typing import ClassVar

from django.db import models

from wenming.base.models import CityRow, User
from wenming.base.sight import Sight
from wenming.core.permissions import Capability
from wenming.core.response import Dispositions
from wenming.survey.models.fieldwork import Fieldwork


class Quota(CityRow):
    """How many sheets a round wants of a kind of people (配额).

    Attributes:
        cell: for each question that matters, the key of a choice, or the lowest and the highest
            number as text, null for open.
    """

    sight = Sight(by=Capability.VIEW_COLLECTION, team="fieldwork__collection__assignments__person")

    fieldwork = models.ForeignKey(Fieldwork, on_delete=models.PROTECT, related_name="quotas")
    position = models.PositiveIntegerField()
    cell = models.JSONField()
    wanted = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fieldwork", "position"], name="quota_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.fieldwork_id} {self.position}"


class ContactCount(CityRow):
    """What an interviewer met with on one day beside interviews (接触登记).

    Interviews are not typed: they are the sheets. What was typed before stands in the audit.

    Attributes:
        unknown_eligibility: nobody knows whether there was anybody to be asked.
    """

    sight = Sight(by=Capability.VIEW_SHEETS, person="interviewer")

    fieldwork = models.ForeignKey(Fieldwork, on_delete=models.PROTECT, related_name="contacts")
    interviewer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="contact_counts")
    day = models.DateField()
    refused = models.PositiveIntegerField()
    not_reached = models.PositiveIntegerField()
    not_eligible = models.PositiveIntegerField()
    unknown_eligibility = models.PositiveIntegerField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["fieldwork", "interviewer", "day"], name="contacts_day_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fieldwork_id} {self.interviewer_id} {self.day}"

    @property
    def dispositions(self) -> Dispositions:
        """What was typed, as outcomes of contacts."""
        return Dispositions(
            refused=self.refused,
            not_reached=self.not_reached,
            not_eligible=self.not_eligible,
            unknown=self.unknown_eligibility,
        )
