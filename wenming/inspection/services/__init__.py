"""Stores what inspectors saw."""

from wenming.inspection.services.evidence import store_observations, store_panel_marks

__all__ = ["store_observations", "store_panel_marks"]
