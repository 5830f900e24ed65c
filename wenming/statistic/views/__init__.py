"""Pages of the figures of offices: what is asked for, entered and confirmed."""

from wenming.statistic.views.entries import edit, enter, entries, entry, home, step

__all__ = ["edit", "enter", "entries", "entry", "home", "step"]
