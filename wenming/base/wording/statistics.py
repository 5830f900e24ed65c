"""Sentences and words about figures that offices enter for a round."""

from collections.abc import Mapping

from wenming.base.language import marked as _

ENTRIES: Mapping[str, str] = {
    "entry_taken": _(
        "{item} has its figure of {period} already; change that one, or choose another period."
    ),
    "period_unknown": _("“{period}” is no year or month; write it as 2025 or 2025-09."),
    "period_in_future": _("{period} has not begun yet; check the year."),
    "figure_not_wanted": _(
        "No figure of {item} is asked for here, or another unit answers for it; choose from the "
        "list."
    ),
    "statistics_missing": _(
        "No figure is filled in; write the value and its source into the rows of the template."
    ),
    "statistic_twice": _(
        "The figure of {item} for {period} stands here a second time (first in line "
        "{first_line}); take one out."
    ),
    "statistic_not_wanted": _(
        "No figure of {item} (condition {condition}) is asked of you in this round; copy number "
        "and condition from the template."
    ),
    "statistic_confirmed": _(
        "The figure of {item} for {period} is confirmed as {value} already. Have its "
        "confirmation taken back before you change it."
    ),
    "statistics_import_mistakes": _(
        "The file has {count} mistakes, perhaps because figures were confirmed meanwhile. Nothing "
        "was taken over; look at the mistakes below."
    ),
    "statistics_import_taken": _("“{file}” was taken over already."),
    "same_person_confirms": _("{person} entered this figure, so somebody else confirms it."),
    "figure_returned": _("The figure of {item} for {period} was returned: {reason}"),
    "figures_to_confirm": _("{round}: {count} figures wait for confirmation"),
}
"""Sentences by code."""

ENTRY_INBOX: Mapping[str, str] = {
    "figure_returned": _("Figure returned"),
    "figures_to_confirm": _("Figures to confirm"),
}
"""Short words for the filter of the inbox."""

ENTRY_LABELS: Mapping[str, Mapping[str, str]] = {
    "entry_state": {
        "lacking": _("Lacking"),
        "entered": _("Waits for confirmation"),
        "confirmed": _("Confirmed"),
        "returned": _("Returned"),
    },
    "statistic_scope": {
        "districts": _("Urban districts"),
        "city": _("Whole city"),
    },
    "oddity": {
        "out_of_percent": _("A percentage outside of 0 to 100"),
        "unit_slip": _("Perhaps another unit than in the earlier figure"),
        "jump": _("More than 30 % from the earlier figure"),
        "same": _("Exactly the earlier figure"),
    },
}
"""Words by kind and code."""

ENTRY_ACTIONS: Mapping[str, str] = {
    "statistics_import.bring": _(
        "Brought the file {name} of statistics for {round}, {problems} mistakes"
    ),
    "statistics_import.take_over": _(
        "Took statistics over from {file}: {new} new, {changed} changed"
    ),
    "entry.make": _("Entered the figure of {item} for {period}: {value}"),
    "entry.enter": _("Changed a figure to {value}"),
    "entry.confirm": _("Confirmed a figure"),
    "entry.send_back": _("Returned a figure: {reason}"),
    "entry.reopen": _("Took the confirmation of a figure back: {reason}"),
}
"""Sentences of the audit by action."""

ENTRY_SUBJECTS: Mapping[str, str] = {"statistic.entry": _("Entered figure")}
"""Words for what an entry of the audit is about."""
