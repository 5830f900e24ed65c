"""Questionnaires in use and their sheets, and the survey as evidence of a round."""

from wenming.survey.models.evidence import AnswerSheet, Question, SurveyPlan
from wenming.survey.models.fieldwork import Fieldwork, Instrument, Sheet

__all__ = ["AnswerSheet", "Fieldwork", "Instrument", "Question", "Sheet", "SurveyPlan"]
