"""What a page says when something went wrong: what happened, what to do, a number to quote."""

import errno
import logging
import secrets
import sys

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wenming.base import wording
from wenming.core.permissions import GRANTS, Capability

logger = logging.getLogger("wenming")
RETRY_S = 30


def not_found(request: HttpRequest, exception: Http404) -> HttpResponse:
    """There is nothing at this address, or nothing that this person may see."""
    del exception
    return _explained(
        request,
        status=404,
        title=_("This page does not exist"),
        happened=_(
            "There is nothing at this address that you may see. It may be misspelt, it may have "
            "been taken away, or it may belong to another unit or city."
        ),
        advice=_("Check the address, or start again from the start page."),
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request made no sense."""
    del exception
    return _explained(
        request,
        status=400,
        title=_("This request was not understood"),
        happened=_(
            "The address or what was sent with it is not in a form that this program knows."
        ),
        advice=_("Go back and try again from the page before."),
    )


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The person may not do this: which right is missing, and who has it."""
    wanted = _capability(request, exception)
    if wanted is None:
        return _explained(
            request,
            status=403,
            title=_("This was refused"),
            happened=_("Your posts do not include what this page needs."),
            advice=_("If it is part of your work, ask the security administrator for the post."),
        )
    language = get_language() or "zh"
    kinds = [kind for kind, grants in GRANTS.items() if wanted in grants]
    holders = _("、").join(wording.label("post", kind.value, language) for kind in kinds)
    right = wording.label("capability", wanted.value, language)
    return _explained(
        request,
        status=403,
        title=_("This needs a right that you do not have"),
        happened=_("What is missing is the right “%(right)s”. These posts have it: %(posts)s.")
        % {"right": right, "posts": holders},
        advice=_("If it is part of your work, ask the security administrator for such a post."),
    )


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token, most often because it had grown old."""
    del reason
    return _explained(
        request,
        status=403,
        title=_("This was refused"),
        happened=_(
            "The form came from another site, or the browser does not keep cookies for this one."
        ),
        advice=_("Go back, reload the page, and try again with cookies allowed."),
    )


def too_many(request: HttpRequest) -> HttpResponse:
    """Too much came from one place within a short time."""
    return _explained(
        request,
        status=429,
        title=_("Too many attempts"),
        happened=_("There were too many attempts from your address within a short time."),
        advice=_("Wait a few minutes, and then try again."),
    )


def too_large(request: HttpRequest, *, most: int) -> HttpResponse:
    """More was sent than is taken in at once."""
    return _explained(
        request,
        status=413,
        title=_("This is too large"),
        happened=_("At most %(most)d MB are taken in at once here; nothing was stored.")
        % {"most": most // 1_000_000},
        advice=_("Make the file smaller or send it in parts, and try again."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke; the number leads to the line in the log."""
    failed = sys.exc_info()[1]
    if isinstance(failed, OperationalError | InterfaceError):
        return _without_database(request)
    if isinstance(failed, OSError) and failed.errno in {errno.ENOSPC, errno.EDQUOT}:
        return _without_room(request)
    return _explained(
        request,
        status=500,
        title=_("Something went wrong"),
        happened=_("The page could not be made. Nothing that was stored is lost."),
        advice=_(
            "Try again in a minute. If it happens again, tell the office and quote "
            "the number below."
        ),
    )


def _without_database(request: HttpRequest) -> HttpResponse:
    response = _explained(
        request,
        status=503,
        title=_("The database does not answer"),
        happened=_("The page could not be made. What you were told is stored, is stored."),
        advice=_(
            "Try again in a minute; what you typed is still on the page before. If it lasts, tell "
            "the office and quote the number below."
        ),
    )
    response.headers["Retry-After"] = str(RETRY_S)
    return response


def _without_room(request: HttpRequest) -> HttpResponse:
    return _explained(
        request,
        status=507,
        title=_("There is no room on the disk"),
        happened=_("What you sent was not stored. What you were told is stored, is stored."),
        advice=_("Tell the office and quote the number below; try again once there is room."),
    )


def _capability(request: HttpRequest, exception: Exception | None) -> Capability | None:
    """The right that was missing: named by the rule that refused, else by the page."""
    cause = exception.__cause__ if exception is not None else None
    named = getattr(cause, "facts", {}).get("capability")
    if named is None and request.resolver_match is not None:
        named = getattr(request.resolver_match.func, "capability", None)
    return Capability(named) if named in set(Capability) else None


def _explained(
    request: HttpRequest, *, status: int, title: str, happened: str, advice: str
) -> HttpResponse:
    number = getattr(request, "number", "") or secrets.token_hex(4)
    match = request.resolver_match
    told = {"status": status, "request": number, "view": match.view_name if match else ""}
    logger.warning("refused", extra=told)  # not the address: it may carry a secret
    context = {
        "title": title,
        "happened": happened,
        "advice": advice,
        "number": number,
        "address": request.path,
        "status": status,
    }
    return render(request, "error.html", context, status=status)
