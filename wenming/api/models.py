"""What the interface keeps of its callers: how much they asked, and what was done once."""

import uuid
from datetime import timedelta
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone

from wenming.base.models import CityQuerySet, CityRow, User, one_of
from wenming.base.sight import Sight
from wenming.core.lifecycle import SENT_FORM, SentFormState
from wenming.core.permissions import Capability

PHOTOS_WITHIN = timedelta(days=1)
"""How long a form may wait for its photographs before the office is told of it."""


class ApiCount(models.Model):
    """How many requests a caller made within a minute (接口调用计数).

    Attributes:
        caller: kind and identity of the token or person.
        minute: since 1970; a row counts one minute after another.
    """

    caller = models.TextField(primary_key=True)
    minute = models.PositiveBigIntegerField()
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.caller} {self.count}"


class ApiDeed(models.Model):
    """Something that a caller had done under a key of its own (接口幂等记录).

    The row is written in the transaction of the deed, so that there is neither without the other.

    Attributes:
        key: as the caller gave it.
        asked: SHA-256 of method, address and body.
        status, answer: as they were given; given again when the same is asked again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caller = models.TextField()
    key = models.TextField()
    asked = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["caller", "key"], name="api_deed_once")
        ]
        indexes: ClassVar = [models.Index(fields=["at"], name="api_deed_age")]

    def __str__(self) -> str:
        return self.key


class SentFormQuerySet(CityQuerySet["SentForm"]):
    """Forms as they were sent."""

    def not_taken(self) -> Self:
        """Those that were refused, or whose photographs did not all come within a day."""
        late = Q(sent_at__lt=timezone.now() - PHOTOS_WITHIN)
        return self.filter(~Q(refused="") | late, taken_at=None)

    def of_round(self, round_pk: UUID) -> Self:
        """Those that name the round, and those that could not be read so far as to name one."""
        return self.filter(Q(form__contains=round_pk.hex) | Q(form=""))


class SentForm(CityRow):
    """A filled-in form that a program of OpenRosa sent (收到的表单), until it was taken in.

    Once it was taken its content lies in the sheet; the row stays, and the photographs of an
    answer sheet with it.

    Attributes:
        digest: SHA-256 of the XML; posts with more photographs of it belong to the same row.
        form, instance: as the XML says; "" where it could not be read.
        refused: code of the reason; "" for none. `facts` and `problems` say more of it.
        taken_at: None for what still waits for photographs, or was refused.
        state: whether the office looked at what was not taken in; `because` says what came of it.
    """

    machine = SENT_FORM
    sight = Sight(by=Capability.MANAGE_ROUNDS, person="sent_by")

    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    xml = models.BinaryField()
    form = models.TextField(blank=True)
    instance = models.TextField(blank=True)
    refused = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    sent_at = models.DateTimeField(auto_now_add=True)
    taken_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=20, default=SentFormState.OPEN)
    because = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)

    objects: ClassVar = SentFormQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["city", "sent_by", "digest"], name="form_sent_once"),
            models.CheckConstraint(
                condition=one_of("state", SentFormState), name="form_sent_state_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["city", "sent_at"], name="form_sent_age")]

    def __str__(self) -> str:
        return self.instance or self.digest[:12]


class SentPhoto(CityRow):
    """A file that came with a form (随表文件), kept as it was until the form was taken."""

    sight = Sight(by=Capability.MANAGE_ROUNDS, person="form__sent_by")

    form = models.ForeignKey(SentForm, on_delete=models.CASCADE, related_name="photos")
    name = models.TextField()
    content = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["form", "name"], name="form_photo_once")
        ]

    def __str__(self) -> str:
        return self.name
