"""Pages of the whole house: colours, health, and what to say when something went wrong."""

import logging
import secrets

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"
YEAR_S = 365 * 24 * 3600
logger = logging.getLogger("wenming")


def theme_of(request: HttpRequest) -> str:
    """The colours the visitor chose; "auto" follows the device."""
    kept = request.COOKIES.get(THEME_COOKIE, "")
    return kept if kept in THEMES else "auto"


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember the colours, and go back to the page."""
    chosen = request.POST.get("theme", "")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    if chosen in THEMES:
        response.set_cookie(
            THEME_COOKIE,
            chosen,
            max_age=YEAR_S,
            httponly=True,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
        )
    return response


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether the program runs and reaches its database."""
    del request
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database unreachable"}, status=503)
    return JsonResponse({"status": "ok"})


def not_found(request: HttpRequest, exception: Http404) -> HttpResponse:
    """There is nothing at this address."""
    del exception
    return _explained(
        request,
        status=404,
        title=_("This page does not exist"),
        happened=_(
            "There is nothing at this address. It may be misspelt, or it may "
            "belong to a round that was replaced."
        ),
        advice=_("Check the address, or start again from the overview."),
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


def refused(
    request: HttpRequest, exception: Exception | None = None, reason: str = ""
) -> HttpResponse:
    """The request was refused, most often because a form had grown old."""
    del exception, reason
    return _explained(
        request,
        status=403,
        title=_("This was refused"),
        happened=_(
            "The form came from another site, or the browser does not keep cookies for this one."
        ),
        advice=_("Go back, reload the page, and try again with cookies allowed."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke; the number leads to the line in the log."""
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


def _explained(
    request: HttpRequest, *, status: int, title: str, happened: str, advice: str
) -> HttpResponse:
    number = secrets.token_hex(4)
    logger.warning("answer %s, number %s, address %s", status, number, request.path)
    context = {
        "title": title,
        "happened": happened,
        "advice": advice,
        "number": number,
        "address": request.path,
        "theme": theme_of(request),
    }
    return render(request, "error.html", context, status=status)
