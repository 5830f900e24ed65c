"""Pages of runs and results, each starting at one run."""

from wenming.scoring.views.about import findings, method
from wenming.scoring.views.comparing import compare, compare_latest
from wenming.scoring.views.evidence import document, item_sites, observation, question, site
from wenming.scoring.views.gaps import gaps, gaps_export
from wenming.scoring.views.items import item, items
from wenming.scoring.views.latest import latest
from wenming.scoring.views.overview import home, overview
from wenming.scoring.views.record import correct, freeze, record
from wenming.scoring.views.runs import runs, score
from wenming.scoring.views.verifications import verification, verifications, verify

__all__ = [
    "compare",
    "compare_latest",
    "correct",
    "document",
    "findings",
    "freeze",
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
    "record",
    "runs",
    "score",
    "site",
    "verification",
    "verifications",
    "verify",
]
