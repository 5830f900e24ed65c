"""Files that people bring in (附件): kept once by content, reached only through a permission."""

import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q

from wenming.base.models.cities import CityQuerySet, CityRow
from wenming.base.models.people import User
from wenming.base.models.units import Unit
from wenming.base.sight import NOTHING, Sight
from wenming.core.permissions import GRANTS, Capability, PostKind

if TYPE_CHECKING:
    pass


class StoredFile(models.Model):
    """The bytes of a file, kept once however often it is brought in (文件).

    Attributes:
        digest: SHA-256 of the bytes; also names the place where they lie.
        kind: what it is by its content, such as `jpeg`.
        size: in bytes.
        source: the original of a cleaned copy or a thumbnail; None for what was brought in.
        variant: "" for what was brought in, else `clean`, `preview`, `thumbnail`.
        looks: perceptual hash of a picture, 16 hexadecimal digits; "" for others.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    size = models.PositiveBigIntegerField()
    source = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="variants")
    variant = models.CharField(max_length=20, blank=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    looks = models.CharField(max_length=16, blank=True)
    taken_at = models.DateTimeField(null=True)
    longitude = models.DecimalField(max_digits=10, decimal_places=7, null=True)
    latitude = models.DecimalField(max_digits=10, decimal_places=7, null=True)
    stored_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["digest"], condition=Q(source__isnull=True), name="file_once"
            ),
            models.UniqueConstraint(
                fields=["source", "variant"],
                condition=Q(source__isnull=False),
                name="file_variant_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["looks"])]

    def __str__(self) -> str:
        return self.digest[:12]


class AttachmentQuerySet(CityQuerySet["Attachment"]):
    """Attachments; each says itself which capability opens it."""

    def visible_to(self, user: User, capability: Capability | None = None) -> Self:
        """What a person brought in, or may open by a capability that reaches its unit."""
        seen = NOTHING
        held = {c for post in user.posts_held for c in GRANTS[PostKind(post.kind)]}
        for each in held if capability is None else held & {capability}:
            sight = Sight(by=each, unit="unit")
            seen |= Q(opened_by=each.value) & sight.condition(
                user.grants(each), self.model._default_manager
            )
        return self.filter(seen | Q(brought_by=user, city__in=[c.pk for c in user.cities]))


class Attachment(CityRow):
    """A file as somebody brought it in (附件): with its name, for one thing.

    Attributes:
        opened_by: the capability that opens it, within the city or the reach of `unit`.
        subject: kind and identity of the row that it belongs to; "" for none yet.
    """

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="attachments")
    name = models.TextField()
    opened_by = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    subject = models.TextField(blank=True)
    brought_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = AttachmentQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject"])]

    def __str__(self) -> str:
        return self.name


class Import(CityRow):
    """A file that brings rows in (导入), kept with every mistake until it is right.

    Attributes:
        kind: what it brings, such as `edition` or `responsibilities`.
        problems: what is wrong: lists of code, place and facts; empty when nothing is.
        subject: kind and identity of what it became; "" as long as it was not taken over.
    """

    sight = Sight(by=Capability.USE_DESK, person="brought_by")

    kind = models.TextField()
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="imports")
    options = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    checked_at = models.DateTimeField(null=True)
    subject = models.TextField(blank=True)
    brought_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.kind
