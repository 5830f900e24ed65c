"""The city's register of sites (点位库), whatever round looks at them."""

from functools import reduce
from operator import or_
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from wenming.base.models import CityQuerySet, ExactNumber, Unit, User
from wenming.base.sight import Sight
from wenming.core.permissions import Capability
from wenming.rounds.models.placed import PlacedRow, placed_or_not


class RegisterQuerySet(CityQuerySet["RegisteredSite"]):
    """Sites of the register."""

    def in_use(self) -> Self:
        """Those that rounds may still look at."""
        return self.filter(retired_on__isnull=True)

    def named(self, text: str) -> Self:
        """Those whose name, pinyin initials, key, address, street or unit holds the text."""
        ways = ("title", "pinyin", "key", "address", "street", "unit_name", "keeper")
        return self.filter(reduce(or_, (Q(**{f"{way}__icontains": text}) for way in ways)))


class RegisteredSite(PlacedRow):
    """A site of the city's register (点位).

    Attributes:
        key: number of the site, unique in the city; rounds know it by this.
        site_type: key of the checklist that is used there (点位类型).
        more_types: site types whose checklists are used there as well.
        area: the smallest county, street or community of the tree in which it lies.
        unit_name: the unit as the register names it.
        keeper, keeper_phone: who is responsible on the spot.
        size: what a draw by size goes by, such as households; None where unknown.
        retired_on: the first day on which it is no site any more.
    """

    sight = Sight(by=Capability.VIEW_EVIDENCE, unit="unit", area="area", group="unit__group__key")

    key = models.TextField()
    site_type = models.TextField()
    more_types = models.JSONField(default=list)
    title = models.TextField()
    address = models.TextField(blank=True)
    county = models.TextField(blank=True)
    street = models.TextField(blank=True)
    unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="registered_sites"
    )
    unit_name = models.TextField(blank=True)
    area = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="registered_within"
    )
    keeper = models.TextField(blank=True)
    keeper_phone = models.TextField(blank=True)
    size = ExactNumber(null=True)
    note = models.TextField(blank=True)
    pinyin = models.TextField(blank=True)
    retired_on = models.DateField(null=True)
    changed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    objects: ClassVar = RegisterQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["city", "key"], name="registered_key_once"),
            models.CheckConstraint(
                condition=Q(size__isnull=True) | Q(size__gt=0), name="registered_size_above_zero"
            ),
            placed_or_not("registered_site_placed_or_not"),
        ]
        indexes: ClassVar = [models.Index(fields=["city", "site_type"])]

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        """What the site is called."""
        return self.title or self.key
