"""Sentences about accounts: passwords, one-time links, sessions and tokens."""

from collections.abc import Mapping

from wenming.base.language import marked as _

ACCOUNTS: Mapping[str, str] = {
    "password_refused": _("The password breaks these rules: {rules}"),
    "link_used_up": _("This link no longer works. Ask the system administrator for a new one."),
    "wrong_password": _("The password is wrong; nothing was begun. Type it again."),
    "token_too_long": _(
        "The token may last until {last} at most, and not end in the past. Choose another last day."
    ),
    "token_too_wide": _(
        "You may not do this yourself, or it needs an administrator session: {capabilities}. "
        "Leave it out."
    ),
}
"""Sentences by code."""
