"""Rounds, the register of sites, sealed draws, and the map."""

from wenming.rounds.models.collections import Assignment, Collection, CollectionPart
from wenming.rounds.models.draws import (
    DrawMember,
    DrawPick,
    DrawPickQuerySet,
    DrawRelease,
    SealedDraw,
)
from wenming.rounds.models.evidence import Round, Site, SiteQuerySet
from wenming.rounds.models.layers import LayerKind, MapLayer
from wenming.rounds.models.register import RegisteredSite, RegisterQuerySet

__all__ = [
    "Assignment",
    "Collection",
    "CollectionPart",
    "DrawMember",
    "DrawPick",
    "DrawPickQuerySet",
    "DrawRelease",
    "LayerKind",
    "MapLayer",
    "RegisterQuerySet",
    "RegisteredSite",
    "Round",
    "SealedDraw",
    "Site",
    "SiteQuerySet",
]
