"""Makes the app known to Django."""

from django.apps import AppConfig


class SubmissionConfig(AppConfig):
    """Documents and their review (材料审核)."""

    name = "wenming.submission"
