"""Refusals of the program as a whole: sentences for what the command and the services refuse."""

from collections.abc import Mapping

from wenming.base.language import marked as _

COMMANDS: Mapping[str, str] = {
    "domain_error": _("A rule was broken that has no sentence of its own; please report this."),
    "bad_input": _("The input has mistakes: {count}."),
    "nothing_to_score": _(
        "The edition {edition} has no item that can be scored; add items with points."
    ),
    "not_reconcilable": _(
        "Rounded parts cannot add up to the total: {missing} is left over {parts} parts."
    ),
    "round_already_scored": _(
        "The round {round} was scored already and its content has changed; load it under a new key."
    ),
    "bad_sample": _("The sample cannot be judged: its numbers contradict each other."),
    "bad_resample": _("A resample needs at least one replicate and one row."),
    "bad_outcome": _("The chances of an item do not add up to 1."),
    "bad_outcome.no_replicate": _("A distribution needs at least one replicate."),
    "not_json": _("This is not a JSON file that the command wrote: {problem}."),
    "seed_wrong": _("The seed must be 64 hexadecimal digits; there are {length} characters."),
    "seed_exists": _("The seed file exists already; name another, for a seed is used once."),
    "same_file": _("Input and output are the same file; name another output."),
    "no_free_port": _("No port from {port} on is free; choose another with --port."),
    "server_unavailable": _("The site cannot be started: {problem}"),
    "nothing_asked": _("Nothing is asked for; name a variable with --mean, --total or --ratio."),
    "ratio_wrong": _("{value} is not a ratio; write numerator/denominator, such as income/rooms."),
    "interrupted": _("Stopped."),
}
"""Sentences by code."""
