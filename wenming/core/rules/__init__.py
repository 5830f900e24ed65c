"""Rule shapes of the framework: what is measured, and which grade or rate it gives."""

from wenming.core.rules.judge import Verdict, judge, worst_of
from wenming.core.rules.limits import (
    ConditionTest,
    Grade,
    GradeLimit,
    Limit,
    Scale,
    holds,
    shift_limits,
)
from wenming.core.rules.measurements import (
    ConditionsMet,
    Documents,
    Measurement,
    Number,
    Rating,
    Sites,
)
from wenming.core.rules.shapes import (
    AllOrNothingRule,
    ConditionsRule,
    DeductionRule,
    DocumentsRule,
    NumberRule,
    RatingRule,
    RatioRule,
    Rule,
    Shape,
    SitesRule,
    VetoRule,
)

__all__ = [
    "AllOrNothingRule",
    "ConditionTest",
    "ConditionsMet",
    "ConditionsRule",
    "DeductionRule",
    "Documents",
    "DocumentsRule",
    "Grade",
    "GradeLimit",
    "Limit",
    "Measurement",
    "Number",
    "NumberRule",
    "Rating",
    "RatingRule",
    "RatioRule",
    "Rule",
    "Scale",
    "Shape",
    "Sites",
    "SitesRule",
    "Verdict",
    "VetoRule",
    "holds",
    "judge",
    "shift_limits",
    "worst_of",
]
