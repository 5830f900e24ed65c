"""Checklists of sites as a city loaded them."""

from typing import ClassVar

from django.db import models

from wenming.base.models import CityRow
from wenming.base.sight import Sight
from wenming.core.permissions import Capability


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

    @property
    def version(self) -> str:
        """How forms made of them name their state (检查表版本)."""
        return self.hash[:10]
