"""Sealed draws: what was drawn, who may see it, and what was released."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from wenming.base.models import CityQuerySet, CityRow, User, one_of
from wenming.base.sight import Sight
from wenming.core.lifecycle import DRAW, DrawState
from wenming.core.permissions import Capability
from wenming.core.terms import DropReason
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


class DrawRelease(CityRow):
    """Drawn units handed to members of the team for one route of one day (抽样下发).

    Attributes:
        route: as the team calls it, such as 东线.
        day: for which day it is.
        is_for_all: for every member of the team, whoever joins it later too.
        people: else for these, as long as they belong to the team.
    """

    sight = Sight(by=Capability.VIEW_DRAW, team="draw__members__person")

    draw = models.ForeignKey(SealedDraw, on_delete=models.CASCADE, related_name="releases")
    route = models.TextField()
    day = models.DateField()
    is_for_all = models.BooleanField(default=False)
    people = models.ManyToManyField(User, related_name="+")
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.day} {self.route}"


class DrawPickQuerySet(CityQuerySet["DrawPick"]):
    """Drawn units; whoever belongs to the team without being a keeper sees what was released."""

    def visible_to(self, user: User, capability: Capability | None = None) -> Self:
        """The whole list for keepers, for other members what was released to them (可见范围)."""
        kept = DrawMember.objects.filter(person=user, is_keeper=True).values("draw")
        own = self.model._default_manager.released_to(user).values("pk")
        return super().visible_to(user, capability).filter(Q(draw__in=kept) | Q(pk__in=own))

    def in_use(self) -> Self:
        """The drawn ones and those that took a place, as far as they did not drop out."""
        taken = Q(is_replacement=False) | Q(stands_for__isnull=False)
        return self.filter(taken, dropped_because="")

    def released_to(self, person: User) -> Self:
        """Those that were released to a person who belongs to the team (下发给本人).

        A keeper sees whatever was released, to whomever.
        """
        teams = DrawMember.objects.filter(person=person)
        named = DrawRelease.people.through.objects.filter(user=person).values("drawrelease")
        return self.filter(
            Q(draw__in=teams.filter(is_keeper=True).values("draw"))
            | Q(release__is_for_all=True)
            | Q(release__in=named),
            release__isnull=False,
            draw__in=teams.values("draw"),
        )


class DrawPick(CityRow):
    """One drawn row of the frame, or one that may take its place (抽中单元).

    Attributes:
        key: of the row in the frame.
        stratum: as the draw names it.
        psu: its first-stage unit: its cluster, or the row itself.
        position: place in the list of the draw, from 0; replacements follow the selected.
        probability: its inclusion probability as an exact fraction; "" for a replacement.
        is_replacement: it is used only when a drawn one drops out.
        label: what people call it; "" where the frame has no name for it.
        release: how it was released; None for not yet.
        dropped_because: why it was not looked at, a `DropReason`; "" for nothing of the kind.
        dropped_note: the same in words.
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
    release = models.ForeignKey(
        DrawRelease, null=True, on_delete=models.PROTECT, related_name="picks"
    )
    dropped_because = models.TextField(blank=True)
    dropped_note = models.TextField(blank=True)
    stands_for = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )

    objects: ClassVar = DrawPickQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw", "position"], name="pick_position_once"),
            models.UniqueConstraint(fields=["draw", "key"], name="pick_key_once"),
            models.CheckConstraint(
                condition=Q(dropped_because="") | one_of("dropped_because", DropReason),
                name="pick_drop_reason_known",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def name(self) -> str:
        """What it is called."""
        return self.label or self.key

    @property
    def is_waiting(self) -> bool:
        """Whether it is a replacement whose turn has not come."""
        return self.is_replacement and self.stands_for_id is None

    @property
    def is_dropped(self) -> bool:
        """Whether it dropped out."""
        return self.dropped_because != ""
