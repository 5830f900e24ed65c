"""What a person made of a finding: verdict and reason."""

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from wenming.base.models import CityRow, User, one_of
from wenming.base.sight import Sight
from wenming.core.lifecycle import SETTLEMENT, SettlementState
from wenming.core.permissions import Capability
from wenming.rounds.models import Round
from wenming.scoring.models.runs import Run


class SettlementVerdict(StrEnum):
    """What a finding turned out to be (核对结论)."""

    PAPER_WRONG = "paper_wrong"  # 材料有误
    OWN_WRONG = "own_wrong"  # 系统数据有误
    EXPLAINED = "explained"  # 口径不同
    NOTED = "noted"  # 属实待办


class FigureCheck(CityRow):
    """The latest check of the figures of a round (核对记录).

    Attributes:
        run: whose own figures they were compared with; None before the round is scored.
        by: who changed a figure or asked for the check; None for a run of the program.
        is_after_change: whether figures were changed after that run was computed.
    """

    sight = Sight(by=Capability.VIEW_FIGURES)

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="figure_check")
    run = models.ForeignKey(Run, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()
    is_after_change = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.checked_at:%Y-%m-%d %H:%M}"


class Settlement(CityRow):
    """What was made of one finding of a round (核对处理): open, or settled with a reason.

    A later run of the round whose finding has the same code and facts meets it again.

    Attributes:
        round_key: of the round, whatever its revision.
        round: the revision whose latest check finds it; None when none does any more.
        document: key of the paper that it is about; "" for the system's own records.
        fingerprint: of code and facts.
        position: place among the findings of the latest check that found it.
    """

    sight = Sight(by=Capability.VIEW_FIGURES)
    machine: ClassVar = SETTLEMENT

    round_key = models.TextField()
    round = models.ForeignKey(
        Round, null=True, on_delete=models.SET_NULL, related_name="settlements"
    )
    document = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)
    found_at = models.DateTimeField(default=timezone.now)
    code = models.TextField()
    facts = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(max_length=20, default=SettlementState.OPEN)
    verdict = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)
    settled_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["city", "round_key", "fingerprint"], name="settlement_once_a_finding"
            ),
            models.CheckConstraint(
                condition=one_of("state", SettlementState), name="settlement_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=SettlementState.OPEN)
                | (
                    one_of("verdict", SettlementVerdict)
                    & ~Q(reason="")
                    & Q(settled_at__isnull=False)
                ),
                name="settlement_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"
