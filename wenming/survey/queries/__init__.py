"""Surveys as the engine knows them, and questionnaires built again from their rows."""

from wenming.survey.queries.evidence import answers_by, survey_of

__all__ = ["answers_by", "survey_of"]
