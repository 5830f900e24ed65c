"""Pages of the figures of offices: what is asked for, entered and confirmed."""

from wenming.statistic.views.asking import asked_for
from wenming.statistic.views.entries import edit, enter, entries, entry, home, step
from wenming.statistic.views.imports import bring, check, workbook

__all__ = [
    "asked_for",
    "bring",
    "check",
    "edit",
    "enter",
    "entries",
    "entry",
    "home",
    "step",
    "workbook",
]
