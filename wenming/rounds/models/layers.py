"""Layers of the city's own map."""

from enum import StrEnum
from typing import ClassVar

from django.db import models

from wenming.base.models import Attachment, CityRow, User, one_of
from wenming.base.sight import Sight
from wenming.core.permissions import Capability


class LayerKind(StrEnum):
    """What a layer of the map shows (图层类型); it decides how it is drawn."""

    BOUNDARY = "boundary"  # 行政区划
    GRID = "grid"  # 网格
    WATER = "water"  # 水系
    GREEN = "green"  # 绿地
    ROAD = "road"  # 道路


class MapLayer(CityRow):
    """A layer of the city's own map (底图图层): boundaries, grids, roads, water.

    Attributes:
        datum: what the coordinates of the file refer to; the features are stored in WGS-84.
        features: a GeoJSON object of all features.
        source: the file as it was brought in; None where the program made it.
        position: layers with a smaller one lie below.
    """

    sight = Sight(by=Capability.VIEW_ORGANISATION)

    title = models.TextField()
    kind = models.CharField(max_length=20)
    datum = models.CharField(max_length=10)
    features = models.JSONField()
    count = models.PositiveIntegerField()
    source = models.ForeignKey(Attachment, null=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(default=0)
    brought_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=one_of("kind", LayerKind), name="layer_kind_known")
        ]

    def __str__(self) -> str:
        return self.title
