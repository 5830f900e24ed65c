"""Forms of rounds, of the register, of places and the map."""

from wenming.rounds.forms.places import DATUMS, LayerForm, PlaceForm, SiteFilter

__all__ = ["DATUMS", "LayerForm", "PlaceForm", "SiteFilter"]
