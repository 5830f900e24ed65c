"""Runs of the engine, what stands behind them, what papers reported and what was made of it."""

from wenming.scoring.models.freezing import ManifestPart, Verification
from wenming.scoring.models.reported import Figure, ReportedDocument
from wenming.scoring.models.runs import Finding, ItemResult, Run, RunItems
from wenming.scoring.models.settlements import FigureCheck, Settlement, SettlementVerdict

__all__ = [
    "Figure",
    "FigureCheck",
    "Finding",
    "ItemResult",
    "ManifestPart",
    "ReportedDocument",
    "Run",
    "RunItems",
    "Settlement",
    "SettlementVerdict",
    "Verification",
]
