"""How much may be sent with a request, and how long its answer may be kept."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from wenming.base.access import PUBLIC
from wenming.base.models import User
from wenming.base.views.errors import too_large

Respond = Callable[[HttpRequest], HttpResponseBase]


class BodyLimit:
    """Refuses, unread, more than anybody may send; from strangers even a small file.

    What is sent with a form lies on the disk before any view is asked whether it wants it.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: object, kwargs: object
    ) -> HttpResponseBase | None:
        """Look at what is announced; programs are asked for their token before they are read."""
        del args, kwargs
        told = request.META.get("CONTENT_LENGTH") or "0"
        size = int(told) if told.isdecimal() else 0
        is_open = getattr(view, "capability", PUBLIC) == PUBLIC
        is_known = isinstance(request.user, User) or "Authorization" in request.headers
        is_strange = is_open or not (is_known or request.path.startswith("/odk/"))
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE if is_strange else settings.LARGEST_BODY
        return too_large(request, most=most) if size > most else None


class NotKept:
    """Tells browsers and proxies to keep no page, unless it says itself how long it may be."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        response = self.respond(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response
