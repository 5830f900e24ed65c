"""How pages look to a person: colours and the size of letters, remembered in cookies."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from wenming.base.access import public

THEMES = ("auto", "light", "dark")
SIZES = ("usual", "large")
THEME_COOKIE, SIZE_COOKIE = "theme", "size"
YEAR_S = 365 * 24 * 3600


def theme_of(request: HttpRequest) -> str:
    """The colours the visitor chose; "auto" follows the device."""
    kept = request.COOKIES.get(THEME_COOKIE, "")
    return kept if kept in THEMES else "auto"


def size_of(request: HttpRequest) -> str:
    """The size of letters: "usual", or "large" for people whose eyes are tired (适老化)."""
    kept = request.COOKIES.get(SIZE_COOKIE, "")
    return kept if kept in SIZES else "usual"


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
