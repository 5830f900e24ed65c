"""The map of the demonstration: layers and places of the invented city."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wenming.demo.ground import Line
    from wenming.files.geojson import Feature
    from wenming.rounds.models import LayerKind, Round


def lay_out(round_: "Round") -> None:
    """Give the invented city its map, and its sites their places; a second time does nothing."""
    from wenming.demo.ground import places
    from wenming.demo.register import register
    from wenming.demo.write import SEED
    from wenming.rounds.models import MapLayer
    from wenming.rounds.services.layers import store_layer
    from wenming.rounds.services.places import place_demo_sites

    if MapLayer.objects.filter(city=round_.city).exists():
        return
    for title, kind, features in _layers():
        store_layer(round_.city, title, kind, features)
    sites = list(round_.sites.order_by("position"))
    place_demo_sites(places(register(SEED), SEED), city_sites=sites)


def _layers() -> Iterator[tuple[str, "LayerKind", list["Feature"]]]:
    from wenming.demo import city, ground
    from wenming.demo.write import SEED
    from wenming.files.geojson import Feature
    from wenming.rounds.models import LayerKind

    water = [Feature("LineString", ground.river(SEED), {"name": "演示河"})]
    yield "演示河", LayerKind.WATER, water
    yield "主干道", LayerKind.ROAD, [Feature("LineString", line) for line in ground.roads(SEED)]
    yield "街道界", LayerKind.GRID, _areas(ground.streets(SEED))
    yield "区界", LayerKind.BOUNDARY, _areas(ground.counties(SEED, city.STREETS))


def _areas(rings: dict[str, "Line"]) -> list["Feature"]:
    from wenming.files.geojson import Feature

    return [Feature("Polygon", [ring], {"name": name}) for name, ring in rings.items()]
