"""The organisation tree (组织架构): groups, units, their names, and who speaks for them."""

import uuid
from datetime import date
from enum import StrEnum
from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from wenming.base.models.cities import CityRow, one_of, pinyin_key
from wenming.base.search import grams_of
from wenming.base.sight import Sight
from wenming.core.permissions import Capability
from wenming.core.terms import Words

PATH_MARK = "/"


class UnitKind(StrEnum):
    """What a node of the organisation tree is (机构类型)."""

    COMMITTEE = "committee"  # 创城委
    OFFICE = "office"  # 创城办
    UNIT = "unit"  # 责任单位
    COUNTY = "county"  # 县区
    STREET = "street"  # 街道·乡镇
    COMMUNITY = "community"  # 社区·村


class ProvisionKind(StrEnum):
    """One of the three that must be in place (三落实)."""

    BODIES = "bodies"  # 机构
    PEOPLE = "people"  # 人员
    FUNDS = "funds"  # 经费


class Group(CityRow):
    """A working group of the city (工作组).

    Attributes:
        aliases: other names it goes by in the city's papers.
    """

    sight = Sight(by=Capability.VIEW_ORGANISATION, group="key")

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
    """A node of the organisation tree; most are units that answer for items and sites (责任单位).

    Attributes:
        parent: the node above; None at the top.
        path: identities from the top down to itself, each between slashes; see `path_below`.
        pinyin: the key by which it sorts and is found; see `pinyin_key`.
        is_active: False once the unit was dissolved; its rows stay.
        words: what the search finds it by.
    """

    sight = Sight(by=Capability.VIEW_ORGANISATION, unit="id", group="group__key")

    name = models.TextField()
    name_en = models.TextField(blank=True)
    kind = models.CharField(max_length=20, default=UnitKind.UNIT)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.TextField(default="")
    group = models.ForeignKey(Group, null=True, on_delete=models.SET_NULL, related_name="units")
    pinyin = models.TextField()
    is_active = models.BooleanField(default=True)
    words = models.GeneratedField(
        expression=grams_of("name", "pinyin"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["city", "name"], name="unit_name_once_a_city"),
            models.CheckConstraint(condition=one_of("kind", UnitKind), name="unit_kind_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["city", "pinyin"]),
            models.Index(fields=["path"], name="unit_path", opclasses=["text_pattern_ops"]),
            GinIndex(fields=["words"], name="unit_words"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> Words:
        """Its name in Chinese and English."""
        return Words(self.name, self.name_en)


def path_below(parent: Unit | None, pk: uuid.UUID) -> str:
    """The path of a unit below `parent`; a subtree is what begins with the path of its top."""
    above = parent.path if parent else PATH_MARK
    return f"{above}{pk.hex}{PATH_MARK}"


def new_unit(name: str, *, kind: UnitKind = UnitKind.UNIT, parent: Unit | None = None) -> Unit:
    """A unit with its path and its key, not stored yet and without its city."""
    unit = Unit(name=name, kind=kind, parent=parent, pinyin=pinyin_key(name))
    unit.path = path_below(parent, unit.pk)
    return unit


class UnitName(CityRow):
    """Another name of a unit (别名·曾用名), with the time in which it was or is in use.

    Attributes:
        valid_from, valid_until: the first and the last day; None for open.
    """

    sight = Sight(by=Capability.VIEW_ORGANISATION, unit="unit")

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="names")
    name = models.TextField()
    pinyin = models.TextField()
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    words = models.GeneratedField(
        expression=grams_of("name", "pinyin"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "name"], name="unit_alias_once"),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="unit_alias_ends_after_it_starts",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["city", "name"]),
            GinIndex(fields=["words"], name="unit_alias_words"),
        ]

    def __str__(self) -> str:
        return self.name

    def is_valid(self, day: date) -> bool:
        """Whether the name is in use on a day."""
        starts = self.valid_from is None or self.valid_from <= day
        return starts and (self.valid_until is None or day <= self.valid_until)


class LiaisonPerson(CityRow):
    """Who speaks for a unit (联络员); need not have an account."""

    sight = Sight(by=Capability.VIEW_ORGANISATION, unit="unit")

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="liaison_persons")
    name = models.TextField()
    post_title = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    user = models.ForeignKey(
        "base.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Provision(CityRow):
    """Whether a unit has its body, people or funds for the campaign in place (三落实).

    Attributes:
        in_place: None as long as nobody has said.
    """

    sight = Sight(by=Capability.VIEW_ORGANISATION, unit="unit")

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="provisions")
    kind = models.CharField(max_length=20)
    in_place = models.BooleanField(null=True)
    note = models.TextField(blank=True)
    as_of = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "kind"], name="provision_once_a_unit"),
            models.CheckConstraint(
                condition=one_of("kind", ProvisionKind), name="provision_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.kind
