"""Sentences and words of the desk."""

from collections.abc import Mapping

from wenming.base.language import marked as _
from wenming.base.wording.documents import DOCUMENT_INBOX
from wenming.base.wording.panels import PANEL_INBOX
from wenming.base.wording.statistics import ENTRY_INBOX

DESK: Mapping[str, str] = {
    "view_not_kept": _(
        "The view was not kept: give it a name of at most {most} characters, and fewer filters "
        "if there are very many."
    ),
    "draft_too_large": _(
        "What you typed is not kept as a draft, because it has more than {most} characters. "
        "Send the form, or keep the text elsewhere."
    ),
}
"""Sentences by code."""

DESK_LABELS: Mapping[str, Mapping[str, str]] = {
    "due": {
        "overdue": _("Overdue"),
        "today": _("Due today"),
        "this_week": _("Due this week"),
        "later": _("Due later"),
        "open_ended": _("Without a deadline"),
    },
    "inbox": {
        "job_succeeded": _("A result"),
        "job_failed": _("Work that failed"),
        "duties_issued": _("Sheet of responsibilities"),
        "duty_handed_on": _("Responsibility handed on"),
        "findings_to_settle": _("Figures that do not fit"),
        "objection_to_rule": _("Objection to rule on"),
        "objection_upheld": _("Objection upheld"),
        "objection_dismissed": _("Objection dismissed"),
        "visit_returned": _("Visit to correct"),
        **DOCUMENT_INBOX,
        **ENTRY_INBOX,
        **PANEL_INBOX,
    },
    "job": {
        "check_files": _("Check of all files"),
        "gather_round": _("Gathering and scoring of a round"),
        "score_round": _("Scoring of a round"),
        "verify_results": _("Verification of results and audit"),
    },
    "job_outcome": {
        "succeeded": _("Done"),
        "failed": _("Failed"),
        "cancelled": _("Cancelled"),
    },
}
"""Words by kind and code."""
