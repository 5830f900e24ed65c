"""Makes the app known to Django."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """Rounds and their register of sites (轮次)."""

    name = "wenming.rounds"
