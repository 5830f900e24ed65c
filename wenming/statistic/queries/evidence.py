"""Figures of offices as the engine knows them."""

from wenming.core import evidence as records
from wenming.core.errors import Place
from wenming.rounds.models import Round


def statistics_of(round_: Round) -> tuple[records.Statistic, ...]:
    """The figures (统计数据) of a round, in canonical order."""
    place = Place("statistics.csv")
    rows = round_.statistics.order_by("position").values_list(
        "item", "value", "unit", "period", "source", "condition"
    )
    return tuple(records.Statistic(*row, place) for row in rows)
