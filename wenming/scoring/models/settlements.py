"""What a person made of a finding: verdict and reason."""

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q

from wenming.base.models import CityRow, User, one_of
from wenming.base.sight import Sight
from wenming.core.lifecycle import SETTLEMENT, SettlementState
from wenming.core.permissions import Capability


class SettlementVerdict(StrEnum):
    """What a finding turned out to be (核对结论)."""

    PAPER_WRONG = "paper_wrong"  # 材料有误
    OWN_WRONG = "own_wrong"  # 系统数据有误
    EXPLAINED = "explained"  # 口径不同
    NOTED = "noted"  # 属实待办


class Settlement(CityRow):
    """What was made of one finding of a round (核对处理): open, or settled with a reason.

    A later run of the round whose finding has the same code and facts meets it again.

    Attributes:
        round_key: of the round, whatever its revision.
        fingerprint: of code and facts.
    """

    sight = Sight(by=Capability.VIEW_FIGURES)
    machine: ClassVar = SETTLEMENT

    round_key = models.TextField()
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
