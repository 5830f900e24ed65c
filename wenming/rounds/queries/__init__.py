"""Rounds and registers as the engine knows them, and sites as maps and lists show them."""

from wenming.rounds.queries.register import (
    gates_of,
    groups_of,
    not_applicable_of,
    plan_of,
    sites_of,
    sites_of_unit,
)
from wenming.rounds.queries.sites import latest_round, layer_text, sites_text, type_titles

__all__ = [
    "gates_of",
    "groups_of",
    "latest_round",
    "layer_text",
    "not_applicable_of",
    "plan_of",
    "sites_of",
    "sites_of_unit",
    "sites_text",
    "type_titles",
]
