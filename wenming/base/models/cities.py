"""The city, and what every row below a city has; who may see a row is said beside it.

Text from files has no length limit in the database: PostgreSQL gains nothing by one, and a
long name must not be refused after its file was accepted.
"""

import uuid
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.core.checks import CheckMessage
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from pypinyin import lazy_pinyin

from wenming.base.sight import Sight
from wenming.core.permissions import Capability
from wenming.core.terms import Words

if TYPE_CHECKING:
    from wenming.base.models.people import User

R = TypeVar("R", bound="CityRow", covariant=True)


@lru_cache(maxsize=10_000)
def pinyin_key(name: str) -> str:
    """The key by which a Chinese name sorts: its syllables, then its initials.

    The database has no Chinese collation; the initials let people search 市公安局 by "sgaj". It is
    kept for a while: a list of 300 units asks for the same 300 keys on every page.
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
    """A city that prepares for the assessment (城市).

    Attributes:
        is_synthetic: an invented city, for demonstration only.
        working_hours: pairs of times such as ["08:30", "12:00"]; empty for the usual hours.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name_zh = models.TextField(unique=True)
    name_en = models.TextField(blank=True)
    pinyin = models.TextField(db_index=True)
    province = models.TextField(blank=True)
    is_synthetic = models.BooleanField(default=False)
    working_hours = models.JSONField(default=list)

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

    def visible_to(self, user: "User", capability: Capability | None = None) -> Self:
        """The rows that a person may see, or act on with a capability (可见范围).

        Every read for a person starts here. A model that says nothing of who may see it shows
        nothing to anybody.

        Args:
            capability: what the person wants to do; None for what the model asks for viewing.
        """
        sight: Sight | None = getattr(self.model, "sight", None)
        if sight is None:
            return self.none()
        grants = user.grants(capability or sight.by)
        return self.filter(sight.condition(grants, self.model._default_manager))


class CityRow(models.Model):
    """What every row below a city has: an identity that says nothing, and the city.

    Attributes:
        sight: who may see the rows; without one nobody may.
    """

    sight: ClassVar[Sight | None] = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="+")

    objects = CityQuerySet.as_manager()

    class Meta:
        abstract = True
