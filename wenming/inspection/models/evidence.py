"""What inspectors saw at sites, and what assessors marked."""

from typing import ClassVar

from django.db import models

from wenming.base.models import CityRow, ExactNumber, one_of
from wenming.base.sight import Sight
from wenming.core.permissions import Capability
from wenming.core.terms import Outcome
from wenming.rounds.models import Round, Site


class Observation(CityRow):
    """Site × line of the checklist × time (观测).

    Attributes:
        line, item: keys of the line of the checklist and of the item that it feeds.
        time: as it was written; `seen_at` is the same as a moment, where it is one.
        recorded: what the inspector judged; "" where the number seen decides.
        outcome: what that comes to, by the number seen where nothing was judged.
        photo: name of the photograph; the file itself is not kept yet.
        position: place in the canonical order of the round.
    """

    sight = Sight(
        by=Capability.VIEW_EVIDENCE,
        unit="site__unit",
        area="site__area",
        group="site__unit__group__key",
    )

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="observations")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="observations")
    line = models.TextField()
    item = models.TextField()
    time = models.TextField(blank=True)
    seen_at = models.DateTimeField(null=True)
    recorded = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=20)
    value = ExactNumber(null=True)
    inspector = models.TextField(blank=True)
    remark = models.TextField(blank=True)
    photo = models.TextField(blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "position"], name="observation_position_once"),
            models.CheckConstraint(
                condition=one_of("outcome", Outcome), name="observation_outcome_known"
            ),
            models.CheckConstraint(
                condition=one_of("recorded", Outcome) | models.Q(recorded="", value__isnull=False),
                name="observation_judged_or_counted",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["round", "item", "site"])]

    def __str__(self) -> str:
        return f"{self.line} {self.outcome}"


class PanelMark(CityRow):
    """One assessor's mark for one item (整体观察评分)."""

    sight = Sight(by=Capability.VIEW_EVIDENCE)

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="panel_marks")
    item = models.TextField()
    assessor = models.TextField()
    mark = ExactNumber()
    position = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "position"], name="panel_mark_position_once"),
            models.CheckConstraint(condition=models.Q(mark__gte=0), name="panel_mark_from_zero"),
        ]
        indexes: ClassVar = [models.Index(fields=["round", "item"])]

    def __str__(self) -> str:
        return f"{self.item} {self.mark}"
