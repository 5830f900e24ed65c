"""Questionnaires in use and their sheets, and the survey as evidence of a round."""

from wenming.survey.models.evidence import AnswerSheet, Question, SurveyPlan
from wenming.survey.models.fieldwork import Fieldwork, Instrument, Sheet
from wenming.survey.models.links import AnswerLink, LinkBatch
from wenming.survey.models.margins import PopulationMargin
from wenming.survey.models.papers import PaperKeying, PaperSheet
from wenming.survey.models.quotas import ContactCount, Quota

__all__ = [
    "AnswerLink",
    "AnswerSheet",
    "ContactCount",
    "Fieldwork",
    "Instrument",
    "LinkBatch",
    "PaperKeying",
    "PaperSheet",
    "PopulationMargin",
    "Question",
    "Quota",
    "Sheet",
    "SurveyPlan",
]
