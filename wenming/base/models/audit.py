"""What was done, by whom and when (审计): a chain of entries that is only ever added to."""

import uuid
from typing import ClassVar

from django.db import models

from wenming.base.models.cities import City
from wenming.base.models.people import User


class AuditHead(models.Model):
    """The end of a chain of entries; the one row that is locked to add another.

    Attributes:
        city: None for what belongs to no city.
        number: of the last entry; 0 before the first.
        hash: of the last entry.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    city = models.OneToOneField(City, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(city__isnull=True), name="audit_head_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.hash[:12]}"


class AuditEntry(models.Model):
    """One thing that was done (审计记录); the database refuses to change or delete it.

    Attributes:
        number: counts the entries of the chain from 1, without a gap.
        actor: None for the program itself.
        action: what was done; a key of the wording table.
        subject: the kind and identity of the row, as `framework.edition:…`.
        detail: facts by name; plain values only.
        request: the number of the request that did it; "" outside of one.
        before: hash of the entry before it; "" for the first.
        hash: of everything above with `before`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    head = models.ForeignKey(AuditHead, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    action = models.TextField()
    subject = models.TextField(blank=True)
    detail = models.JSONField(default=dict)
    request = models.TextField(blank=True)
    before = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["head", "number"], name="audit_number_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["subject", "number"]),
            models.Index(fields=["actor", "-at"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"


class AdministratorSession(models.Model):
    """A time in which an administrator may act as one (管理会话), with the reason.

    Attributes:
        ends_at: the latest end; `ended_at` is earlier when the person ended it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    begun_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)


class AdministratorRequest(models.Model):
    """One request of an administrator session (管理操作记录); only ever added to."""

    id = models.BigAutoField(primary_key=True)
    session = models.ForeignKey(
        AdministratorSession, on_delete=models.PROTECT, related_name="requests"
    )
    at = models.DateTimeField()
    method = models.CharField(max_length=10)
    address = models.TextField()
    status = models.PositiveSmallIntegerField()
    request = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.method} {self.address}"
