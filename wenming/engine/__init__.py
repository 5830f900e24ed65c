"""The engine: joins an edition, the evidence of a round and statistics into an assessment.

`core` judges exactly and knows no statistics; `stats` estimates and knows no evidence. This
room holds both hands (ADR 0001). It reads no file and no database.
"""

from wenming.engine.assess import assess
from wenming.engine.readings import (
    Assessment,
    ConditionReading,
    CriterionResult,
    ItemResult,
    Reading,
)
from wenming.engine.report import as_json

__all__ = [
    "Assessment",
    "ConditionReading",
    "CriterionResult",
    "ItemResult",
    "Reading",
    "as_json",
    "assess",
]
