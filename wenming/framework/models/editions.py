"""Editions of the framework as a city loaded them."""

from typing import ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from wenming.base.models import Attachment, CityQuerySet, CityRow, ExactNumber, User, one_of
from wenming.base.search import GramQuery, grams_of, question
from wenming.base.sight import Sight
from wenming.core.lifecycle import EDITION, EditionState
from wenming.core.permissions import Capability
from wenming.core.terms import Part, Words
from wenming.framework.models.checklists import ChecklistSet


class Edition(CityRow):
    """An edition of the framework (测评体系版本): a draft, then in use and frozen, then superseded.

    A database trigger refuses changes of its content once it is in use.

    Attributes:
        hash: names the content whatever the layout of its file.
        content: the plain rows of docs/reference/edition-format.md by table; the edition
            is built from them again.
        name: what the city calls a draft among its own; "" for the title of the edition.
        item_count: how many items it has.
        marks: how many of its limits are public, typical or invented.
        checklists: the checklists that were brought with it; None when there were none.
        file: the file that it was imported from; None when it came with a round.
    """

    sight = Sight(by=Capability.VIEW_FRAMEWORK)
    machine: ClassVar = EDITION

    key = models.TextField()
    title_zh = models.TextField()
    title_en = models.TextField(blank=True)
    hash = models.CharField(max_length=64)
    content = models.JSONField()
    is_partial = models.BooleanField(default=False)
    name = models.TextField(blank=True)
    state = models.CharField(max_length=20, default=EditionState.IN_USE)
    put_in_use_at = models.DateTimeField(null=True)
    superseded_by = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="supersedes"
    )
    item_count = models.PositiveIntegerField(default=0)
    marks = models.JSONField(default=dict)
    checklists = models.ForeignKey(
        ChecklistSet, null=True, on_delete=models.PROTECT, related_name="editions"
    )
    file = models.ForeignKey(Attachment, null=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["city", "hash"], name="edition_once_a_city"),
            models.CheckConstraint(
                condition=one_of("state", EditionState), name="edition_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title_zh

    @property
    def title(self) -> Words:
        """Its name in Chinese and English."""
        return Words(self.title_zh, self.title_en)

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.state == EditionState.DRAFT


class ItemQuerySet(CityQuerySet["Item"]):
    """Items."""

    def found_by(self, text: str) -> Self:
        """Those that a search finds: two Chinese characters, pinyin initials, or a key."""
        said = text.strip().lower()
        if not said:
            return self
        found = Q(key__istartswith=said)
        if said.isascii():
            found |= Q(pinyin__contains=said)
        if question(said):
            found |= Q(words=GramQuery(said))
        return self.filter(found)


class Item(CityRow):
    """One item of an edition (测评内容), for lists and references.

    Attributes:
        key: stays the same over editions.
        dimension, indicator: keys of what it belongs to.
        points: as the edition states them; None where it gives none.
        group: key of the working group that the edition names; "" for none.
        mark: the weakest of the marks of its limits; "" where it has no limit.
        pinyin: syllables and initials of its Chinese name.
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
    mark = models.CharField(max_length=20, blank=True)
    pinyin = models.TextField(blank=True)
    words = models.GeneratedField(
        expression=grams_of("key", "title_zh", "title_en", "pinyin"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects: ClassVar = ItemQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "key"], name="item_key_once_an_edition"),
            models.CheckConstraint(condition=one_of("part", Part), name="item_part_known"),
        ]
        indexes: ClassVar = [GinIndex(fields=["words"], name="item_words")]

    def __str__(self) -> str:
        return f"{self.key} {self.title_zh}"

    @property
    def title(self) -> Words:
        """Its name in Chinese and English."""
        return Words(self.title_zh, self.title_en)
