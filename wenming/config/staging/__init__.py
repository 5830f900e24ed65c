"""The rounds of the invented city, worked through by the services that people use."""

from wenming.config.staging.rounds import stage_work

__all__ = ["stage_work"]
