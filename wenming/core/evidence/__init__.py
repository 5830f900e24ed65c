"""Evidence of a round (佐证): what was counted, answered, seen and reviewed, before any rule."""

from wenming.core.evidence.build import build_evidence
from wenming.core.evidence.margins import Margin, MarginGroup, RakingPlan, TrimBounds
from wenming.core.evidence.records import (
    AnswerTable,
    DocumentReview,
    Evidence,
    GateFact,
    NotApplicable,
    Observation,
    PanelMark,
    Question,
    Responsibility,
    RoundPlan,
    Site,
    Statistic,
    SurveyDesign,
)

__all__ = [
    "AnswerTable",
    "DocumentReview",
    "Evidence",
    "GateFact",
    "Margin",
    "MarginGroup",
    "NotApplicable",
    "Observation",
    "PanelMark",
    "Question",
    "RakingPlan",
    "Responsibility",
    "RoundPlan",
    "Site",
    "Statistic",
    "SurveyDesign",
    "TrimBounds",
    "build_evidence",
]
