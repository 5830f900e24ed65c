"""Sealed draws: what was drawn, who may see it, and what was released."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wenming.base.models import CityRow, User, one_of
from wenming.base.sight import Sight
from wenming.core.lifecycle import DRAW, DrawState
from wenming.core.permissions import Capability
from wenming.rounds.models.collections import Collection
from wenming.rounds.models.register import RegisteredSite


class SealedDraw(CityRow):
    """A draw whose outcome only its team sees until it is made public (密封抽样).

    Attributes:
        frame: the canonical bytes of the frame as text; public once the draw is.
        plan: the plan of the draw as plain values.
        seed: 32 bytes in hexadecimal; secret until the draw is public.
        commitment, frame_hash, plan_hash: public at once.
        of_register: the frame is the register of sites, so that picks are sites of it.
    """

    machine = DRAW
    sight = Sight(by=Capability.VIEW_DRAW, team="members__person")

    collection = models.ForeignKey(
        Collection, null=True, on_delete=models.PROTECT, related_name="draws"
    )
    title = models.TextField()
    frame = models.TextField()
    plan = models.JSONField()
    seed = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64, unique=True)
    frame_hash = models.CharField(max_length=64)
    plan_hash = models.CharField(max_length=64)
    of_register = models.BooleanField(default=False)
    state = models.CharField(max_length=20, default=DrawState.SEALED)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    revealed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=one_of("state", DrawState), name="draw_state_known")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_sealed(self) -> bool:
        """Whether only its team may see what was drawn."""
        return self.state == DrawState.SEALED


class DrawMember(CityRow):
    """A person of the testing team, who may see what was drawn (抽样组成员).

    Attributes:
        is_keeper: sees the whole list; the others see what was released.
    """

    sight = Sight(by=Capability.VIEW_DRAW, team="draw__members__person")

    draw = models.ForeignKey(SealedDraw, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_keeper = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw", "person"], name="draw_member_once")
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class DrawPick(CityRow):
    """One drawn row of the frame, or one that may take its place (抽中单元).

    Attributes:
        key: of the row in the frame.
        stratum: as the draw names it.
        psu: its first-stage unit: its cluster, or the row itself.
        position: place in the list of the draw, from 0; replacements follow the selected.
        probability: its inclusion probability as an exact fraction; "" for a replacement.
        is_replacement: it is used only when a drawn one drops out.
        route, day: how it was released; None for not yet.
        dropped_because: why it was not looked at (拒访, 无法进入, …).
        stands_for: the pick whose place it took.
    """

    sight = Sight(by=Capability.VIEW_DRAW, team="draw__members__person")

    draw = models.ForeignKey(SealedDraw, on_delete=models.CASCADE, related_name="picks")
    key = models.TextField()
    label = models.TextField(blank=True)
    stratum = models.TextField()
    psu = models.TextField()
    position = models.PositiveIntegerField()
    probability = models.TextField(blank=True)
    is_replacement = models.BooleanField(default=False)
    site = models.ForeignKey(
        RegisteredSite, null=True, on_delete=models.PROTECT, related_name="picks"
    )
    route = models.TextField(blank=True)
    day = models.DateField(null=True)
    released_at = models.DateTimeField(null=True)
    dropped_because = models.TextField(blank=True)
    stands_for = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw", "position"], name="pick_position_once"),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | Q(day__isnull=False),
                name="pick_released_for_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.key
