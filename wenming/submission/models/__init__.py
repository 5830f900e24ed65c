"""Documents of a round as its evidence, and what is asked for and handed in before."""

from wenming.submission.models.evidence import Document
from wenming.submission.models.papers import ReviewStep, Submission, SubmissionVersion
from wenming.submission.models.requirements import Requirement, RequirementQuerySet, Standing

__all__ = [
    "Document",
    "Requirement",
    "RequirementQuerySet",
    "ReviewStep",
    "Standing",
    "Submission",
    "SubmissionVersion",
]
