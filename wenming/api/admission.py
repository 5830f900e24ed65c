"""Who calls: a program by its token, or a person by the session of the browser; deny by default."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer

from wenming.api.counting import count_request
from wenming.api.refusals import NotReady
from wenming.base.access import PermissionDenied, has_factor
from wenming.base.models import ApiToken, City, User
from wenming.base.services.tokens import token_user
from wenming.core.permissions import NEED_SESSION, Capability


class Token(HttpBearer):
    """A token in the head `Authorization: Bearer wm_…`."""

    openapi_description = "A token made under “Me → Tokens for programs” 在“我的 → 接口令牌”创建"

    def __init__(self, capability: Capability) -> None:
        super().__init__()
        self.capability = capability

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """The person behind the token, able to do no more than it allows."""
        found = token_user(token) if token.isascii() else None
        if found is None:
            return None
        user, shown = found
        request.user = user
        request.city = shown.city  # type: ignore[attr-defined]
        request.api_token = shown  # type: ignore[attr-defined]
        admit(user, shown.city, self.capability, caller=f"token:{shown.pk}")
        return user


class Session(APIKeyCookie):
    """The session of a person who is logged in; changes need the CSRF token of the page."""

    param_name = settings.SESSION_COOKIE_NAME
    openapi_description = "The session of a browser 浏览器会话"

    def __init__(self, capability: Capability) -> None:
        super().__init__(csrf=True)
        self.capability = capability

    def __call__(self, request: HttpRequest) -> Any:
        """The person, unless a token was shown, which then alone counts."""
        if "Authorization" in request.headers or not isinstance(request.user, User):
            return None
        return super().__call__(request)

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:
        """The person who is logged in."""
        del key
        user = request.user
        if not isinstance(user, User):
            return None
        city: City | None = getattr(request, "city", None)
        admit(user, city, self.capability, caller=f"user:{user.pk}")
        return user


def admit(user: User, city: City | None, capability: Capability, *, caller: str) -> None:
    """Let a caller in, as `requires` does for a page.

    Raises:
        TooMany: too many requests within the minute.
        NotReady: the account lacks a password of its own, or a second factor.
        PermissionDenied: the capability is not held, or needs an administrator session.
    """
    count_request(caller)
    lacks_factor = settings.SECOND_FACTOR_NEEDED and user.needs_second_factor
    if user.must_change_password or (lacks_factor and not has_factor(user)):
        raise NotReady
    held = user.capabilities(city)
    is_shut = capability in NEED_SESSION and not user.is_in_session
    if is_shut or not {Capability.USE_API, capability} <= held:
        raise PermissionDenied(capability=capability.value)


def caller_of(request: HttpRequest) -> str:
    """Whose requests are counted and remembered together."""
    token: ApiToken | None = getattr(request, "api_token", None)
    return f"token:{token.pk}" if token else f"user:{request.user.pk}"
