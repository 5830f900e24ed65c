"""What the interface keeps of its callers: how much they asked, and what was done once."""

import uuid
from typing import ClassVar

from django.db import models


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
