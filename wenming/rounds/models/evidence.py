"""The evidence of a round as it was loaded: the round itself, and the sites it looked at."""

from functools import reduce
from operator import or_
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from wenming.base.models import CityQuerySet, CityRow, Unit
from wenming.base.sight import Sight
from wenming.core.permissions import Capability
from wenming.core.terms import Words
from wenming.framework.models import ChecklistSet, Edition, ResponsibilityPlan
from wenming.rounds.models.collections import Collection
from wenming.rounds.models.placed import PlacedRow, placed_or_not


class Round(CityRow):
    """One wave of collection (轮次).

    Attributes:
        revision: counts the forms of a round; once a result of it was frozen, other evidence
            makes the next one, `revised_because` says why.
        content_hash: names the evidence as it was loaded, whatever the order of its rows.
        collection: the work from which the evidence came; None where files brought it.
        responsibility_plan: None when nothing is known of responsibilities.
        city_en: English name of the city as the round gives it.
        tier: tier of the city; "" for the ordinary limits.
        methods: the methods the round uses; empty for all.
        seed: text that fixes the bootstrap of the total.
        groups: working groups as lists of key, Chinese and English name, in order.
        aliases: group key by every name that it goes by.
        not_applicable: objects of item and reason.
        gates: objects of gate, holds (true, false or null) and reason.
    """

    sight = Sight(by=Capability.VIEW_RUNS)

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="rounds")
    checklist_set = models.ForeignKey(
        ChecklistSet, null=True, on_delete=models.PROTECT, related_name="rounds"
    )
    responsibility_plan = models.ForeignKey(
        ResponsibilityPlan, null=True, on_delete=models.PROTECT, related_name="rounds"
    )
    collection = models.ForeignKey(
        Collection, null=True, on_delete=models.PROTECT, related_name="rounds"
    )
    key = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    revised_because = models.TextField(blank=True)
    title_zh = models.TextField()
    title_en = models.TextField(blank=True)
    city_en = models.TextField(blank=True)
    period_from = models.DateField(null=True)
    period_to = models.DateField(null=True)
    assessed_on = models.DateField(null=True)
    tier = models.TextField(blank=True)
    methods = models.JSONField(default=list)
    is_synthetic = models.BooleanField(default=False)
    seed = models.TextField(blank=True)
    note_zh = models.TextField(blank=True)
    note_en = models.TextField(blank=True)
    groups = models.JSONField(default=list)
    aliases = models.JSONField(default=dict)
    not_applicable = models.JSONField(default=list)
    gates = models.JSONField(default=list)
    content_hash = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["city", "key", "revision"], name="round_key_once_a_revision"
            )
        ]

    def __str__(self) -> str:
        return self.title_zh or self.key

    @property
    def title(self) -> Words:
        """Its name in Chinese and English."""
        return Words(self.title_zh, self.title_en)


class SiteQuerySet(CityQuerySet["Site"]):
    """Sites of registers."""

    def placed(self) -> Self:
        """Those of which it is known where they are."""
        return self.exclude(datum="")

    def named(self, text: str) -> Self:
        """Those whose name, pinyin initials, key, street or unit holds the text."""
        ways = ("title", "pinyin", "key", "street", "unit_name")
        return self.filter(reduce(or_, (Q(**{f"{way}__icontains": text}) for way in ways)))


class Site(PlacedRow):
    """A site of a round's register (点位).

    Attributes:
        key: the same in every round.
        site_type: key of the checklist that is used there (点位类型).
        area: the county, street or community in which it lies, as far as the tree knows it;
            people of that area see the site whoever answers for it.
        unit_name: the unit as the register names it; a later renaming leaves it alone.
    """

    sight = Sight(by=Capability.VIEW_EVIDENCE, unit="unit", area="area", group="unit__group__key")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="sites")
    key = models.TextField()
    site_type = models.TextField()
    title = models.TextField(blank=True)
    county = models.TextField(blank=True)
    street = models.TextField(blank=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="sites")
    area = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="sites_within")
    unit_name = models.TextField(default="")
    pinyin = models.TextField(blank=True)
    position = models.PositiveIntegerField()

    objects: ClassVar = SiteQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "key"], name="site_key_once_a_round"),
            placed_or_not("site_placed_or_not"),
        ]
        indexes: ClassVar = [models.Index(fields=["round", "site_type"])]

    def __str__(self) -> str:
        return self.title or self.key

    @property
    def name(self) -> str:
        """What the site is called; its key where it has no name."""
        return self.title or self.key
