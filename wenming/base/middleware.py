"""What is settled before a view is called: the number of the request, the city, the session."""

import re
import uuid
from collections.abc import Callable

from django.conf import settings
from django.core import exceptions
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from wenming.base.access import PermissionDenied
from wenming.base.models import AdministratorRequest, AdministratorSession, City, User
from wenming.base.services.audit import in_request

CITY_KEY = "city"
SESSION_KEY = "administrator_session"
_NUMBER = re.compile(r"[A-Za-z0-9-]{8,64}")

Respond = Callable[[HttpRequest], HttpResponseBase]


class RequestNumber:
    """Gives every request a number, which the log, the audit and the answer carry."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request under its number."""
        given = request.headers.get("X-Request-ID", "") if settings.TRUST_PROXY else ""
        number = given if _NUMBER.fullmatch(given) else uuid.uuid4().hex
        request.number = number  # type: ignore[attr-defined]
        with in_request(number):
            response = self.respond(request)
        response.headers["X-Request-ID"] = number
        return response


class WorkingPlace:
    """Settles in which city a person works now, and whether as an administrator."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request; one within an administrator session is recorded."""
        user = request.user
        request.city = None  # type: ignore[attr-defined]
        session = None
        if isinstance(user, User):
            request.city = _city(request, user)  # type: ignore[attr-defined]
            session = _session(request, user)
            user.is_in_session = session is not None
        request.administrator_session = session  # type: ignore[attr-defined]
        response = self.respond(request)
        if session is not None:
            AdministratorRequest.objects.create(
                session=session,
                at=timezone.now(),
                method=request.method or "",
                address=request.path,
                status=response.status_code,
                request=getattr(request, "number", ""),
            )
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """A refusal by the rules of the field is a refusal of the page.

        Raises:
            PermissionDenied: in Django's own form, which becomes the page that says so.
        """
        del request
        if isinstance(exception, PermissionDenied):
            raise exceptions.PermissionDenied from exception


def _city(request: HttpRequest, user: User) -> City | None:
    chosen = request.session.get(CITY_KEY, "")
    held = {str(city.pk): city for city in user.cities}
    return held.get(chosen) or next(iter(held.values()), None)


def _session(request: HttpRequest, user: User) -> AdministratorSession | None:
    """The administrator session that this browser began, as long as it lasts."""
    kept = request.session.get(SESSION_KEY, "")
    if not kept:
        return None
    now = timezone.now()
    open_ones = AdministratorSession.objects.filter(user=user, ended_at=None, ends_at__gt=now)
    return open_ones.filter(pk=kept, city=getattr(request, "city", None)).first()
