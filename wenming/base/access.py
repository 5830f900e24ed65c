"""Who may open a page or act on a row: the decorators of views, and the check of services.

A view without one of these decorators is not served at all (`DenyByDefault`).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.contrib import messages
from django.core import exceptions
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from wenming.base.models import City, CityRow, User
from wenming.core.errors import DomainError
from wenming.core.permissions import NEED_SESSION, Capability

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
PUBLIC = "public"
LOGGED_IN = "logged_in"


class PermissionDenied(DomainError):
    """The person may not do this with this row."""

    code = "permission_denied"


def person(request: HttpRequest) -> User:
    """The person who asks; only for views with `@requires`.

    Raises:
        PermissionDenied: nobody is logged in.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def city_of(request: HttpRequest) -> City:
    """The city in which the person works now; only for views with `@requires`.

    Raises:
        PermissionDenied: the person holds no post in any city.
    """
    city: City | None = getattr(request, "city", None)
    if city is None:
        raise PermissionDenied
    return city


def check(user: User, capability: Capability, row: CityRow) -> None:
    """Refuse what a person may not do with a row (权限检查); every service passes through here.

    Raises:
        PermissionDenied: the capability is not held, does not reach the row, or needs an
            administrator session that is not open.
    """
    if capability in NEED_SESSION and not user.is_in_session:
        raise PermissionDenied(capability=capability.value)
    seen = type(row)._default_manager.visible_to(user, capability)
    if not seen.filter(pk=row.pk).exists():
        raise PermissionDenied(capability=capability.value)


def check_city(user: User, capability: Capability, city: City) -> None:
    """Refuse what a person may not do in a city, where there is no row yet (权限检查).

    Raises:
        PermissionDenied: as `check`.
    """
    is_shut = capability in NEED_SESSION and not user.is_in_session
    if is_shut or not user.may(capability, city=city):
        raise PermissionDenied(capability=capability.value)


def public(view: View) -> View:
    """A page for everybody, logged in or not."""
    view.capability = PUBLIC  # type: ignore[attr-defined]
    return view


def logged_in(view: View) -> View:
    """A page for everybody who is logged in, even before a new password is set."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return _sent_to_login(request)
        return view(request, *args, **kwargs)

    guarded.capability = LOGGED_IN  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def requires(capability: Capability) -> Callable[[View], View]:
    """A page only for people who hold this capability in the city they work in."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            refused = _refusal(request, capability)
            return refused if refused is not None else view(request, *args, **kwargs)

        guarded.capability = capability  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def _refusal(request: HttpRequest, capability: Capability) -> HttpResponseBase | None:
    user = request.user
    if not isinstance(user, User):
        return _sent_to_login(request)
    if user.must_change_password:
        return _sent_to(request, reverse("base:new_password"))
    if settings.SECOND_FACTOR_NEEDED and user.needs_second_factor and not has_factor(user):
        return _sent_to(request, reverse("mfa_index"))
    city = getattr(request, "city", None)
    if city is None:  # an account without a post is told so there
        return _sent_to(request, reverse("base:me"))
    if not user.may(capability, city=city):
        raise exceptions.PermissionDenied
    if capability in NEED_SESSION and not user.is_in_session:
        return _sent_to(request, reverse("base:begin_session"))
    return None


def has_factor(user: User) -> bool:
    """Whether a second factor is set up; having one, allauth asks for it at each log-in."""
    from allauth.mfa.utils import is_mfa_enabled

    return bool(is_mfa_enabled(user))


def _sent_to_login(request: HttpRequest) -> HttpResponse:
    """The log-in; whoever was in before is told why it is asked for again."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.is_empty():
        messages.info(
            request,
            _(
                "Your visit has ended: nothing was done for half an hour, or it was ended "
                "elsewhere. Log in to go on."
            ),
        )
    return _sent_to(request, reverse(settings.LOGIN_URL))


def _page_at_hand(request: HttpRequest) -> str:
    """The page that the person sees: of a fragment or a form that page, else what is asked for."""
    is_fragment = request.headers.get("HX-Request") == "true"
    if not is_fragment and request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    told = request.headers.get("HX-Current-URL" if is_fragment else "Referer", "")
    is_ours = url_has_allowed_host_and_scheme(told, {request.get_host()})
    parts = urlsplit(told)
    return urlunsplit(("", "", parts.path, parts.query, "")) if is_ours else ""


def _sent_to(request: HttpRequest, address: str) -> HttpResponse:
    """Go there and come back afterwards; a fragment takes the whole page along."""
    is_fragment = request.headers.get("HX-Request") == "true"
    back = _page_at_hand(request)
    target = f"{address}?{urlencode({'next': back})}" if back else address
    if is_fragment:
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return redirect(target)


class DenyByDefault:
    """Refuses to serve a view that does not say who may open it."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: object, kwargs: object
    ) -> None:
        """Look at the view before it is called.

        Raises:
            PermissionDenied: the view is neither for everybody nor asks for a capability.
        """
        del request, args, kwargs
        if not hasattr(view, "capability"):
            raise exceptions.PermissionDenied
