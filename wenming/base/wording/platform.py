"""Sentences of the platform: what was refused at the one door, and where a chain does not hold."""

from collections.abc import Mapping

from wenming.base.language import marked as _

PLATFORM: Mapping[str, str] = {
    "permission_denied": _(
        "You may not do this here. If it is part of your work, ask the security administrator "
        "for the post that it belongs to."
    ),
    "transition_not_allowed": _(
        "This step is no longer possible: somebody has moved the matter on meanwhile. "
        "Reload the page to see where it stands."
    ),
    "facts_missing": _("Something is missing for this step: {missing}. Fill it in and try again."),
    "storage_full": _(
        "There is no room left on the disk for files; nothing was stored. Tell the system "
        "administrator, and try again afterwards."
    ),
    "audit_changed": _("Entry {number} of the audit was changed after it was written."),
    "audit_missing": _("Entry {number} of the audit is missing."),
    "audit_reordered": _("Entry {number} of the audit does not follow the entry before it."),
    "audit_head_changed": _("The end of the audit chain was changed; its last entry is {number}."),
}
"""Sentences by code."""
