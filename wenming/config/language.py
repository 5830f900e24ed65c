"""Which language a page is in: what the visitor chose, else Chinese.

A browser's list of languages is not a choice: machines in a Chinese office often say English.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

PARAMETER = "lang"
YEAR_S = 365 * 24 * 3600
SHORT = {"zh": "zh-hans", "zh-cn": "zh-hans"}

Respond = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """`?lang=en` chooses and is remembered in a cookie; the cookie decides from then on."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request in its language."""
        chosen = known_language(request.GET.get(PARAMETER, ""))
        kept = known_language(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))
        language = chosen or kept or settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.respond(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        if chosen and chosen != kept:
            _remember(response, chosen)
        return response


def known_language(written: str) -> str | None:
    """The language of the site that a visitor means by `zh`, `zh-hans` or `en`; else None."""
    code = SHORT.get(written.lower(), written.lower())
    return code if code in dict(settings.LANGUAGES) else None


def _remember(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR_S,
        httponly=True,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
