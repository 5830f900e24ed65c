"""The door around every address of the interface: language, one form of answer, ETag."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt

from wenming.api.refusals import NotFound, WrongMethod, refused

View = Callable[..., HttpResponseBase]
API = "api"
"""What stands for the capability of these views: each operation names its own."""


def opened(view: View) -> View:
    """The view as callers meet it: its answers speak their language and can be kept."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        language = language_of(request)
        with translation.override(language):
            answer = view(request, *args, **kwargs)
            if answer.status_code == WrongMethod.status:
                answer = _wrong_method(answer)
        answer.headers["Content-Language"] = language
        answer.headers.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(answer, ["Accept-Language", "Authorization"])
        return _kept(request, answer)

    door.capability = API  # type: ignore[attr-defined]
    return csrf_exempt(door)  # the session of a browser is checked in `admission`


def nothing_here(request: HttpRequest, **parts: object) -> HttpResponse:
    """An address below the interface that leads nowhere."""
    del request, parts
    return refused(NotFound())


def language_of(request: HttpRequest) -> str:
    """Chinese, unless the caller's list of languages puts English first."""
    wished = parse_accept_lang_header(request.headers.get("Accept-Language", "")[:200])
    for code, _weight in wished:
        if code.startswith("zh"):
            return "zh-hans"
        if code.startswith("en"):
            return "en"
    return "zh-hans"


def _wrong_method(answer: HttpResponseBase) -> HttpResponse:
    allowed = answer.headers.get("Allow", "")
    said = refused(WrongMethod(methods=[each.strip() for each in allowed.split(",")]))
    said.headers["Allow"] = allowed
    return said


def _kept(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """The answer with its ETag; 304 for who has it already."""
    if request.method != "GET" or answer.status_code != 200:
        return answer
    if not isinstance(answer, HttpResponse):
        return answer  # a file that is sent as it is read
    etag = answer.headers.get("ETag") or f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    answer.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=answer) or answer
