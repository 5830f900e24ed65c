"""Makes the app known to Django."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """The ground of every app: the city, its units and its working groups (基础)."""

    name = "wenming.base"
