"""Pages of the result: read only, each starting at one run."""

from wenming.scoring.views.about import findings, method
from wenming.scoring.views.evidence import document, item_sites, observation, question, site
from wenming.scoring.views.gaps import gaps, gaps_export
from wenming.scoring.views.items import item, items
from wenming.scoring.views.latest import latest
from wenming.scoring.views.overview import home, overview

__all__ = [
    "document",
    "findings",
    "gaps",
    "gaps_export",
    "home",
    "item",
    "item_sites",
    "items",
    "latest",
    "method",
    "observation",
    "overview",
    "question",
    "site",
]
