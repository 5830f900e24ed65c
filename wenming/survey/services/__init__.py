"""Changes of questionnaires and their sheets, and the survey stored as evidence."""

from wenming.survey.services.evidence import store_survey

__all__ = ["store_survey"]
