"""Makes the app known to Django."""

from django.apps import AppConfig


class StatisticConfig(AppConfig):
    """Figures of the statistical offices (统计数据)."""

    name = "wenming.statistic"
