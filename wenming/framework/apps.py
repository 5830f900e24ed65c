"""Makes the app known to Django."""

from django.apps import AppConfig


class FrameworkConfig(AppConfig):
    """Editions of the framework and who answers for what (测评体系)."""

    name = "wenming.framework"
