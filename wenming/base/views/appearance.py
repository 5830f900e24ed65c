"""Remembers how a person wants pages to look."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from wenming.base.access import public
from wenming.base.appearance import SIZE_COOKIE, SIZES, THEME_COOKIE, THEMES

YEAR_S = 365 * 24 * 3600


@public
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember the colours, and go back to the page."""
    return _remembered(request, THEME_COOKIE, THEMES)


@public
@require_POST
def size(request: HttpRequest) -> HttpResponse:
    """Remember the size of letters, and go back to the page."""
    return _remembered(request, SIZE_COOKIE, SIZES)


def page_before(request: HttpRequest) -> str:
    """The page that a small form says it stands on; the start page when that is not ours."""
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return back if is_ours else "/"


def _remembered(request: HttpRequest, name: str, choices: tuple[str, ...]) -> HttpResponse:
    response = redirect(page_before(request))
    chosen = request.POST.get(name, "")
    if chosen in choices:
        response.set_cookie(
            name,
            chosen,
            max_age=YEAR_S,
            httponly=True,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
        )
    return response
