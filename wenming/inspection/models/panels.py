"""Panels of assessors: what they look at or hear together, and what each of them says of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wenming.base.models import CityRow, ExactNumber, User, one_of
from wenming.base.sight import Sight
from wenming.core.lifecycle import PANEL, SEAT, PanelState, SeatState
from wenming.core.permissions import Capability
from wenming.core.terms import Method, Words
from wenming.rounds.models import Collection

VIEW = Capability.VIEW_COLLECTION
PANEL_METHODS = (Method.OVERALL, Method.BRIEFING, Method.DOCUMENTS)
"""Methods by which an edition has a panel rate."""


class PanelSession(CityRow):
    """A session of a panel in a round (评议场次): it observes, hears reports or reads documents.

    Attributes:
        reopened_because: why it was opened again the last time; "" before.
    """

    machine = PANEL
    sight = Sight(by=VIEW, team="seats__person")

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="panels")
    method = models.CharField(max_length=20)
    title = models.TextField()
    held_on = models.DateField()
    state = models.CharField(max_length=20, default=PanelState.OPEN)
    reopened_because = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=one_of("method", PANEL_METHODS), name="panel_method_known"
            ),
            models.CheckConstraint(condition=one_of("state", PanelState), name="panel_state_known"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether marks are taken in."""
        return self.state == PanelState.OPEN


class PanelItem(CityRow):
    """An item that a session rates, as the edition has it (评议项目).

    Attributes:
        top: the highest mark possible.
        trimmed: one highest and one lowest mark are dropped.
    """

    sight = Sight(by=VIEW, team="session__seats__person")

    session = models.ForeignKey(PanelSession, on_delete=models.CASCADE, related_name="items")
    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="+")
    item = models.TextField()
    title_zh = models.TextField()
    title_en = models.TextField(blank=True)
    top = ExactNumber()
    trimmed = models.BooleanField(default=False)
    position = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["collection", "item"], name="panel_item_once")
        ]

    def __str__(self) -> str:
        return self.item

    @property
    def title(self) -> Words:
        """What is rated, in Chinese and English."""
        return Words(self.title_zh, self.title_en)


class PanelSeat(CityRow):
    """One assessor in a session (评委席位).

    Attributes:
        version: how often marks were handed in.
    """

    machine = SEAT
    sight = Sight(by=Capability.RATE, person="person")

    session = models.ForeignKey(PanelSession, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, default=SeatState.WAITING)
    version = models.PositiveIntegerField(default=0)
    corrected_because = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "person"], name="panel_seat_once"),
            models.CheckConstraint(condition=one_of("state", SeatState), name="seat_state_known"),
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class PanelRating(CityRow):
    """The mark of one assessor for one item (评委评分); it is never changed, only followed.

    Who may see the marks of others: `queries.panels.spread_of`.

    Attributes:
        version: of the handing in that it belongs to, from 1; the highest counts.
        because: why the marks of this version replace those before; "" of the first.
        knew: it was given after the marks of all had been shown.
    """

    sight = Sight(by=Capability.RATE, person="seat__person")

    seat = models.ForeignKey(PanelSeat, on_delete=models.CASCADE, related_name="ratings")
    item = models.ForeignKey(PanelItem, on_delete=models.CASCADE, related_name="ratings")
    version = models.PositiveIntegerField()
    mark = ExactNumber()
    remark = models.TextField(blank=True)
    because = models.TextField(blank=True)
    knew = models.BooleanField(default=False)
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["seat", "item", "version"], name="panel_rating_version_once"
            ),
            models.CheckConstraint(condition=Q(mark__gte=0), name="panel_rating_from_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.mark}"
