"""Sentences and words about panels of assessors."""

from collections.abc import Mapping

from wenming.base.language import marked as _

PANELS: Mapping[str, str] = {
    "panel_needs_items": _("Choose at least one item that the panel rates."),
    "panel_needs_people": _("Choose at least one assessor."),
    "panel_item_unfit": _(
        "{item} is not rated by this method, or another session of the round rates it already."
    ),
    "assessor_not_assigned": _(
        "{person} is no assessor of “{round}”; assign them to the round first."
    ),
    "panel_own_item": _(
        "{person} does not rate {item}: their own unit answers for it. Choose somebody else."
    ),
    "panel_closed": _("“{panel}” was closed; the office opens it again where it must be."),
    "panel_mark_missing": _("{item} has no mark yet; rate every item, then hand in."),
    "panel_mark_out_of_range": _("The mark of {item} must lie between 0 and {top}."),
    "panel_nobody_rated": _("Nobody has rated in “{panel}” yet, so there is nothing to close."),
    "panel_has_marks": _("Somebody has rated in “{panel}” already, so it stays."),
    "panel_rate": _("Rate in the panel “{panel}”"),
}
"""Sentences by code."""

PANEL_INBOX: Mapping[str, str] = {"panel_rate": _("Marks of a panel")}
"""Short words for the filter of the inbox."""

PANEL_LABELS: Mapping[str, Mapping[str, str]] = {
    "panel_state": {"open": _("Being rated"), "closed": _("Marks are counted")},
    "seat_state": {"waiting": _("Has not rated yet"), "submitted": _("Has rated")},
}
"""Words by kind and code."""

PANEL_ACTIONS: Mapping[str, str] = {
    "panelsession.make": _("Called the panel “{title}” together: {people}"),
    "panelsession.drop": _("Took the panel “{title}” back"),
    "panelsession.close": _("Closed the panel “{title}” and showed its marks"),
    "panelsession.reopen": _("Opened the panel “{title}” again: {reopened_because}"),
    "panelseat.submit": _("Handed in marks in the panel “{title}”"),
    "panelseat.correct": _("Corrected marks in the panel “{title}”: {corrected_because}"),
}
"""Sentences of the audit by action."""

PANEL_SUBJECTS: Mapping[str, str] = {
    "inspection.panelsession": _("Session of a panel"),
    "inspection.panelseat": _("Seat in a panel"),
}
"""What the audit calls a row, by the kind of its subject."""
