"""Sentences of the interface for programs."""

from collections.abc import Mapping

from wenming.base.language import marked as _

API: Mapping[str, str] = {
    "api_unauthenticated": _(
        "The call shows no token that holds. Send a token that has neither run out nor been "
        "revoked, or log in."
    ),
    "api_not_ready": _(
        "The account is not ready: set a password of your own and a second factor on the pages "
        "first."
    ),
    "api_forged": _(
        "A change by the session of a browser needs the token of its page. Reload the page, or "
        "call with a token for programs."
    ),
    "api_not_found": _(
        "There is nothing at this address that you may see. It may be misspelt, or belong to "
        "another unit or city."
    ),
    "api_page_gone": _(
        "The row after which the page was to begin is no more. Begin with the first page again."
    ),
    "api_wrong_method": _("This address takes {methods} only. Use one of these methods."),
    "api_key_reused": _(
        "Another request was made under this key within a day. Give each request a key of its own."
    ),
    "api_key_unfit": _(
        "The key has characters other than letters, digits, - and _, or more than 200 of them. "
        "Choose another key."
    ),
    "api_too_many": _("More than {most} requests within a minute. Try again in {seconds} seconds."),
    "api_unreadable": _(
        "The body cannot be read: it is not what its head says. Send what the description asks for."
    ),
    "api_too_large": _(
        "The body has {bytes} bytes, more than the {most} that are read at once. Nothing was "
        "stored; send it in smaller parts."
    ),
    "api_input_wrong": _(
        "Names or values of the request that are not as described: {count}. Correct them and send "
        "it again."
    ),
    "api_broken": _(
        "Something went wrong here; nothing was stored. Try again, or tell the office the "
        "number {number}."
    ),
    "api_missing": _("Something is missing here. Give a value."),
    "api_unknown_name": _("There is no such name here. Look it up in the description."),
    "api_not_offered": _("Only these are possible here: {expected}."),
    "api_out_of_bounds": _("The number lies beyond the bound {bound}. Give another one."),
    "api_wrong_length": _("The length lies beyond the bound {bound}. Shorten it, or add to it."),
    "api_blank_text": _(
        "The text is blank or holds characters that cannot be stored. Write it anew."
    ),
    "api_wrong_type": _("The value is of another kind than described. Give it as described."),
}
"""Sentences by code."""
