"""Editions of the framework (测评体系): what is looked at, how it is judged, what it is worth."""

from wenming.core.framework.build import build_edition
from wenming.core.framework.canonical import edition_hash, plain_edition
from wenming.core.framework.checklist import (
    CheckLine,
    Checklist,
    Checklists,
    build_checklists,
)
from wenming.core.framework.model import (
    Condition,
    Criterion,
    Dimension,
    Edition,
    Gate,
    Indicator,
    Item,
    OfficialDesign,
    SiteRule,
    Source,
    Tier,
)

__all__ = [
    "CheckLine",
    "Checklist",
    "Checklists",
    "Condition",
    "Criterion",
    "Dimension",
    "Edition",
    "Gate",
    "Indicator",
    "Item",
    "OfficialDesign",
    "SiteRule",
    "Source",
    "Tier",
    "build_checklists",
    "build_edition",
    "edition_hash",
    "plain_edition",
]
