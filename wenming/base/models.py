"""The city, its working groups and its units; every other row belongs to one city.

Text from files has no length limit in the database: PostgreSQL gains nothing by one, and a
long name must not be refused after its file was accepted.
"""

import uuid
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, ClassVar, Self, TypeVar

from django.core.checks import CheckMessage
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from pypinyin import lazy_pinyin

from wenming.core.terms import Words

R = TypeVar("R", bound="CityRow", covariant=True)


def pinyin_key(name: str) -> str:
    """The key by which a Chinese name sorts: its syllables, then its initials.

    The database has no Chinese collation; the initials let people search 市公安局 by "sgaj".
    """
    syllables = lazy_pinyin(name.lower())
    initials = "".join(syllable[0] for syllable in syllables)
    return " ".join([*syllables, initials]).strip()


def one_of(column: str, members: Iterable[StrEnum]) -> models.Q:
    """The condition of a check constraint: the column holds one of these values."""
    return models.Q(**{f"{column}__in": [member.value for member in members]})


class ExactNumber(models.DecimalField):  # type: ignore[type-arg]  # generic in the stubs only
    """A decimal kept with every digit as it was written: PostgreSQL's numeric without limits."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """The column type."""
        return "numeric"

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """There are no limits to check, so only what every field checks."""
        return super(models.DecimalField, self).check(**kwargs)


class City(models.Model):
    """A city that prepares for the assessment (城市)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name_zh = models.TextField(unique=True)
    name_en = models.TextField(blank=True)
    pinyin = models.TextField(db_index=True)

    def __str__(self) -> str:
        return self.name_zh

    @property
    def name(self) -> Words:
        """Its name in Chinese and English."""
        return Words(self.name_zh, self.name_en)


class CityQuerySet(models.QuerySet[R]):
    """Rows that each belong to one city."""

    def for_city(self, city: City) -> Self:
        """The rows of one city; the first step of every question."""
        return self.filter(city=city)


class CityRow(models.Model):
    """What every row below a city has: an identity that says nothing, and the city."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="+")

    objects = CityQuerySet.as_manager()

    class Meta:
        abstract = True


class Group(CityRow):
    """A working group of the city (工作组).

    Attributes:
        aliases: other names it goes by in the city's papers.
    """

    key = models.TextField()
    title_zh = models.TextField()
    title_en = models.TextField(blank=True)
    aliases = models.JSONField(default=list)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["city", "key"], name="group_key_once_a_city")
        ]

    def __str__(self) -> str:
        return self.title_zh

    @property
    def title(self) -> Words:
        """Its name in Chinese and English."""
        return Words(self.title_zh, self.title_en)


class Unit(CityRow):
    """A unit that answers for items and sites (责任单位).

    Attributes:
        aliases: other names it goes by in the city's papers.
        pinyin: the key by which it sorts and is found; see `pinyin_key`.
    """

    name = models.TextField()
    aliases = models.JSONField(default=list)
    group = models.ForeignKey(Group, null=True, on_delete=models.SET_NULL, related_name="units")
    pinyin = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["city", "name"], name="unit_name_once_a_city")
        ]
        indexes: ClassVar = [models.Index(fields=["city", "pinyin"])]

    def __str__(self) -> str:
        return self.name
