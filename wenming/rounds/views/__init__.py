"""Pages of sites and of the map."""

from wenming.rounds.views.layers import add_map_layer, drop_map_layer, layer, layers
from wenming.rounds.views.map import features, site_map
from wenming.rounds.views.sites import latest, place, site, sites

__all__ = [
    "add_map_layer",
    "drop_map_layer",
    "features",
    "latest",
    "layer",
    "layers",
    "place",
    "site",
    "site_map",
    "sites",
]
