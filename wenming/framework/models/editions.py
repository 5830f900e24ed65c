"""Editions of the framework as a city loaded them."""

from typing import ClassVar

from django.db import models

from wenming.base.models import CityRow, ExactNumber, one_of
from wenming.base.sight import Sight
from wenming.core.permissions import Capability
from wenming.core.terms import Part, Words


class Edition(CityRow):
    """An edition of the framework (测评体系版本); never changed once it is stored.

    Attributes:
        hash: names the content whatever the layout of its file.
        content: the plain rows of docs/reference/edition-format.md by table; the edition
            is built from them again.
    """

    sight = Sight(by=Capability.VIEW_FRAMEWORK)

    key = models.TextField()
    title_zh = models.TextField()
    title_en = models.TextField(blank=True)
    hash = models.CharField(max_length=64)
    content = models.JSONField()
    is_partial = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["city", "hash"], name="edition_once_a_city")
        ]

    def __str__(self) -> str:
        return self.title_zh

    @property
    def title(self) -> Words:
        """Its name in Chinese and English."""
        return Words(self.title_zh, self.title_en)


class Item(CityRow):
    """One item of an edition (测评内容), for lists and references.

    Attributes:
        key: stays the same over editions.
        dimension, indicator: keys of what it belongs to.
        points: as the edition states them; None where it gives none.
        group: key of the working group that the edition names; "" for none.
    """

    sight = Sight(by=Capability.VIEW_FRAMEWORK)

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="items")
    key = models.TextField()
    part = models.CharField(max_length=20)
    dimension = models.TextField()
    indicator = models.TextField()
    title_zh = models.TextField()
    title_en = models.TextField(blank=True)
    points = ExactNumber(null=True)
    group = models.TextField(blank=True)
    methods = models.JSONField(default=list)
    position = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "key"], name="item_key_once_an_edition"),
            models.CheckConstraint(condition=one_of("part", Part), name="item_part_known"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.title_zh}"

    @property
    def title(self) -> Words:
        """Its name in Chinese and English."""
        return Words(self.title_zh, self.title_en)
