"""Adds layers to the city's own map and takes them away."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from wenming.base.access import check, check_city
from wenming.base.models import Attachment, City, User
from wenming.base.services.attachments import path_of
from wenming.base.services.audit import record, subject_of
from wenming.core.permissions import Capability
from wenming.files.datum import Datum
from wenming.files.geojson import Feature, geojson_text, read_geojson
from wenming.rounds.models import LayerKind, MapLayer

EDIT = Capability.EDIT_ORGANISATION


@dataclass(frozen=True, slots=True)
class LayerWish:
    """A layer that somebody wants on the map.

    Attributes:
        datum: what the coordinates of the file refer to.
    """

    title: str
    kind: LayerKind
    datum: Datum
    file: Attachment


@transaction.atomic
def add_layer(wish: LayerWish, *, city: City, by: User) -> MapLayer:
    """Add a layer (添加底图图层) from a GeoJSON file; stored in WGS-84, the file kept as brought.

    Raises:
        BadInput: every mistake of the file, each with its place in it.
        PermissionDenied: `by` may not edit the organisation of this city.
    """
    check_city(by, EDIT, city)
    features = read_geojson(path_of(wish.file.file), name=wish.file.name, datum=wish.datum)
    layer = store_layer(city, wish.title, wish.kind, features)
    layer.datum, layer.source, layer.brought_by = wish.datum.value, wish.file, by
    layer.save(update_fields=["datum", "source", "brought_by"])
    Attachment.objects.filter(pk=wish.file.pk).update(subject=subject_of(layer))
    detail = {"title": layer.title, "file": wish.file.name, "features": layer.count}
    record("map.add", by=by, city=city, subject=layer, detail=detail)
    return layer


def store_layer(city: City, title: str, kind: LayerKind, features: Sequence[Feature]) -> MapLayer:
    """Store features in WGS-84 as a layer above all others (图层入库)."""
    above = MapLayer.objects.filter(city=city).order_by("-position").first()
    return MapLayer.objects.create(
        city=city,
        title=title,
        kind=kind.value,
        datum=Datum.WGS84.value,
        features=json.loads(geojson_text(features)),
        count=len(features),
        position=above.position + 1 if above else 0,
    )


@transaction.atomic
def drop_layer(layer: MapLayer, *, by: User) -> None:
    """Take a layer off the map (移除图层); the file that it came from stays.

    Raises:
        PermissionDenied: `by` may not edit the organisation of this city.
    """
    check(by, EDIT, layer)
    record("map.drop", by=by, city=layer.city, subject=layer, detail={"title": layer.title})
    layer.delete()
