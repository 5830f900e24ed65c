"""Makes the app known to Django."""

from django.apps import AppConfig


class InspectionConfig(AppConfig):
    """What was seen on site, and what assessors marked (实地考察·整体观察)."""

    name = "wenming.inspection"
