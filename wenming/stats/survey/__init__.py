"""Design-based estimation from a sample: what `docs/methods/estimation.md` says, as functions."""

from wenming.stats.survey.calibration import (
    TrimReport,
    calibrate,
    post_stratify,
    rake,
    rake_counted,
    trim,
)
from wenming.stats.survey.design import Design, Lonely
from wenming.stats.survey.estimate import (
    covariance_of_means,
    estimate_levels,
    estimate_mean,
    estimate_mean_of,
    estimate_ratio,
    estimate_share,
    estimate_total,
)
from wenming.stats.survey.intervals import IntervalKind, effective_size
from wenming.stats.survey.result import Estimate, Options
from wenming.stats.survey.sums import domains
from wenming.stats.survey.table import CellError, EstimateRequest, Row, estimate_table

__all__ = [
    "CellError",
    "Design",
    "Estimate",
    "EstimateRequest",
    "IntervalKind",
    "Lonely",
    "Options",
    "Row",
    "TrimReport",
    "calibrate",
    "covariance_of_means",
    "domains",
    "effective_size",
    "estimate_levels",
    "estimate_mean",
    "estimate_mean_of",
    "estimate_ratio",
    "estimate_share",
    "estimate_table",
    "estimate_total",
    "post_stratify",
    "rake",
    "rake_counted",
    "trim",
]
