"""The door around every OpenRosa address: who comes, in which language, and what is refused."""

import base64
import binascii
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.core import exceptions
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from wenming.api.admission import admit
from wenming.api.door import API, language_of
from wenming.api.odk.answers import headed, refused
from wenming.api.refusals import Unauthenticated, Unreadable, WrongMethod
from wenming.base.models import City, User
from wenming.base.services.tokens import token_user
from wenming.core.errors import DomainError
from wenming.core.permissions import Capability

HIDDEN = "•"
logger = logging.getLogger("wenming.api")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who came, in which city, and the token of the address; "" where the head had it."""

    user: User
    city: City
    token: str


View = Callable[..., HttpResponse]


def opened(*methods: str) -> Callable[[View], View]:
    """A view of the door, for callers with a token, in the address or as a Basic password."""

    def wrap(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, token: str = "", **parts: str) -> HttpResponse:  # nosec B107  # none given
            # Whatever writes addresses down from here on finds none that opens anything.
            if token:
                request.path = request.path.replace(token, HIDDEN)
            with translation.override(language_of(request)):
                return headed(_answer(request, token, parts))

        def _answer(request: HttpRequest, token: str, parts: dict[str, str]) -> HttpResponse:
            try:
                if request.method not in methods:
                    raise WrongMethod(methods=list(methods))
                return view(request, _caller(request, token), **parts)
            except DomainError as refusal:
                return refused(refusal)
            except (MultiPartParserError, exceptions.BadRequest, exceptions.SuspiciousOperation):
                return refused(Unreadable())

        door.capability = API  # type: ignore[attr-defined]
        return csrf_exempt(door)

    return wrap


def _caller(request: HttpRequest, token: str) -> Caller:
    secret = token or _password(request)
    found = token_user(secret) if secret.isascii() else None
    if found is None:
        raise Unauthenticated
    user, shown = found
    request.user = user
    request.city = shown.city  # type: ignore[attr-defined]
    admit(user, shown.city, Capability.USE_API, caller=f"token:{shown.pk}")
    return Caller(user, shown.city, token)


def _password(request: HttpRequest) -> str:
    """The password of HTTP Basic, which is a token; the name before it does not count."""
    scheme, _blank, told = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        name_and_password = base64.b64decode(told, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return name_and_password.partition(":")[2]
