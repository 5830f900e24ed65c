"""Stores the figures of offices."""

from collections.abc import Sequence

from wenming.core import evidence as records
from wenming.rounds.models import Round
from wenming.statistic.models import Statistic


def store_statistics(round_: Round, statistics: Sequence[records.Statistic]) -> None:
    """Store figures (统计数据), in canonical order."""
    Statistic.objects.bulk_create(
        Statistic(
            city_id=round_.city_id,
            round=round_,
            item=each.item,
            condition=each.condition,
            value=each.value,
            unit=each.unit,
            period=each.period,
            source=each.source,
            position=position,
        )
        for position, each in enumerate(statistics)
    )
