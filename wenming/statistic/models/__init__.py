"""Figures of a round as its evidence, and as they are entered and confirmed before."""

from wenming.statistic.models.entries import Entry, StatisticScope
from wenming.statistic.models.evidence import Statistic

__all__ = ["Entry", "Statistic", "StatisticScope"]
