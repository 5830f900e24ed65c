"""What is done with figures of offices: entered, confirmed, imported, stored as evidence."""

from wenming.statistic.services.evidence import store_statistics

__all__ = ["store_statistics"]
