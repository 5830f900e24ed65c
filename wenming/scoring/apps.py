"""Makes the app known to Django."""

from django.apps import AppConfig


class ScoringConfig(AppConfig):
    """Runs, their results and what does not fit (计分)."""

    name = "wenming.scoring"
