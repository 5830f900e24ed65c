"""What ends a visit: half an hour without a request, twelve hours in all; and who is kept out."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from wenming.base.accounts.visits import BEGUN_KEY, TOUCHED_KEY, begin_visit

LONGEST = timedelta(hours=12)
STEP_S = 60  # how exactly idleness is counted: a page within it writes nothing


class VisitLimits:
    """Ends a visit that has lasted too long, and keeps one alive that is in use."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request; polling by a page left open does not count as use."""
        if request.user.is_authenticated:
            self._look(request)
        elif BEGUN_KEY in request.session:  # the account was closed meanwhile
            request.session.flush()
        return self.respond(request)

    def _look(self, request: HttpRequest) -> None:
        now, session = timezone.now().timestamp(), request.session
        begun = session.get(BEGUN_KEY)
        touched = session.get(TOUCHED_KEY, begun)
        if begun is None or touched is None:  # made by a program, as tests do
            begin_visit(request)
            return
        is_over = now - begun > LONGEST.total_seconds()
        if is_over or now - touched > settings.SESSION_COOKIE_AGE:
            logout(request)
            return
        is_polling = request.headers.get("X-Polling") == "yes"
        if now - touched > STEP_S and not is_polling:
            session[TOUCHED_KEY] = now


def typed_name(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str:
    """The user name whose wrong passwords are counted, however it was written."""
    del request
    return str((credentials or {}).get("username") or "").strip().lower()


def locked_out(request: HttpRequest, *args: object) -> HttpResponse:
    """Too many wrong passwords (锁定); the same sentence whether or not the account exists."""
    del args
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "account/locked.html", {"minutes": minutes}, status=429)
