"""Sentences of long work and of messages: what is done, how it ended, why it cannot be."""

from collections.abc import Mapping

from wenming.base.language import marked as _

JOBS: Mapping[str, str] = {
    "job_already_open": _(
        "Somebody else has started this already and it has not ended; its result will be the same. "
        "Wait for it, then reload the page."
    ),
    "job_broken": _(
        "The work was begun {attempts} times and broke off each time; nothing of it was stored. "
        "Give its number to the system administrator: the log says where it broke off."
    ),
    "job_succeeded": _("Done: {job_name}. Look at the result."),
    "job_failed": _("Not done: {job_name}. Look at what was wrong."),
    "checking_files": _("Reading every file again and comparing it with its digest"),
    "files_whole": _("All files are there and unchanged: {count}."),
    "files_wrong": _(
        "Of {count} files {missing} are missing and {changed} have changed. Fetch them from a "
        "backup; their digests begin with {digests}."
    ),
    "channel_missing": _(
        "Messages of this kind cannot be sent: only e-mail is set up here. Choose e-mail, or tell "
        "the person yourself."
    ),
    "no_address": _(
        "No e-mail address of {name} is known. Enter one with the account, or tell {name} yourself."
    ),
    "mail_subject": _("Wenming: a message for you"),
}
"""Sentences by code."""
