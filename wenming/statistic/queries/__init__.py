"""Questions about the figures of offices."""

from wenming.statistic.queries.evidence import statistics_of

__all__ = ["statistics_of"]
