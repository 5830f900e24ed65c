"""Sentences about accounts: passwords, one-time links, sessions and tokens."""

from collections.abc import Mapping

from wenming.base.language import marked as _

ACCOUNTS: Mapping[str, str] = {
    "password_refused": _("The password breaks these rules: {rules}."),
    "administrator_exists": _(
        "{person} is {post} of {city} already. Further accounts are opened by the system "
        "administrator, and posts are given by the security administrator, on the pages."
    ),
    "no_administrator": _(
        "{post} is no administrator. Choose system, security or audit; every other post is given "
        "on the pages."
    ),
    "password_missing": _(
        "No password came on the standard input. Send one line, or leave --password-stdin out "
        "to get a link."
    ),
    "option_missing": _("{option} is missing; give it, or start the command in a terminal."),
    "city_unclear": _("Name the city with --city; there are {count} in the database."),
    "visit_gone": _("This visit had ended already; nothing was left to do."),
    "factors_missing": _("{name} has no second factor that could be removed."),
    "factors_own": _(
        "You cannot remove your own second factors here. Change them under “My account”, or ask "
        "another security administrator."
    ),
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
