"""Changes of rounds, their registers, the places of sites and the city's own map."""

from wenming.rounds.services.layers import add_layer, drop_layer
from wenming.rounds.services.places import place_site
from wenming.rounds.services.register import Version, store_round, store_sites

__all__ = ["Version", "add_layer", "drop_layer", "place_site", "store_round", "store_sites"]
