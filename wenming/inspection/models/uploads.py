"""Photographs on their way from a phone, in pieces."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wenming.base.models import Attachment, CityRow, User
from wenming.base.sight import Sight
from wenming.core.permissions import Capability
from wenming.inspection.models.visits import SiteVisit


class PhotoUpload(CityRow):
    """A photograph that comes in pieces (照片续传); its identity is made on the phone.

    Attributes:
        size, digest: of the whole, as the phone says; SHA-256.
        offset: bytes that are there.
        attachment: what it became; None as long as it is on its way.
    """

    sight = Sight(by=Capability.INSPECT, person="begun_by")

    visit = models.ForeignKey(SiteVisit, on_delete=models.CASCADE, related_name="uploads")
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    offset = models.PositiveIntegerField(default=0)
    attachment = models.ForeignKey(
        Attachment, null=True, on_delete=models.PROTECT, related_name="+"
    )
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(offset__lte=F("size")), name="upload_offset_within")
        ]

    def __str__(self) -> str:
        return f"{self.offset}/{self.size}"
