"""Reads what inspectors saw."""

from wenming.inspection.queries.evidence import observations_of, panel_of

__all__ = ["observations_of", "panel_of"]
