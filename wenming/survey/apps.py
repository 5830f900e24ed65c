"""Makes the app known to Django."""

from django.apps import AppConfig


class SurveyConfig(AppConfig):
    """Questionnaires and answer sheets (问卷调查)."""

    name = "wenming.survey"
