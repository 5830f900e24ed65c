"""What programs show instead of a password (接密码牌)."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from wenming.base.access import PermissionDenied, check_city
from wenming.base.models import ApiToken, City, User
from wenming.base.services.audit import record
from wenming.core.errors import DomainError
from wenming.core.permissions import NEED_SESSION, Capability

PREFIX = "wm_"
SHOWN = 9
LONGEST = timedelta(days=366)
SEEN_STEP = timedelta(minutes=5)  # how exactly the last use is kept


class TokenTooLong(DomainError):
    """A token was to last longer than a year, or not at all."""

    code = "token_too_long"


class TokenTooWide(DomainError):
    """A token was to allow more than its owner may do."""

    code = "token_too_wide"


@transaction.atomic
def make_token(
    user: User, name: str, *, city: City, capabilities: Collection[Capability], until: date
) -> tuple[ApiToken, str]:
    """Make a token for a program (创建令牌).

    Args:
        capabilities: what it may do; `USE_API` is always among them.
        until: its last day.

    Returns:
        The token, and what the program has to show; that is kept nowhere.

    Raises:
        TokenTooLong: it would last more than a year, or ends before today.
        TokenTooWide: it would allow more than the person may do, or what needs a session.
        PermissionDenied: the person may not use the API in the city.
    """
    check_city(user, Capability.USE_API, city)
    today = timezone.localdate()
    if not today <= until <= today + LONGEST:
        raise TokenTooLong(last=(today + LONGEST).isoformat())
    wanted = {Capability.USE_API, *capabilities}
    beyond = wanted - user.capabilities(city) | wanted & NEED_SESSION
    if beyond:
        raise TokenTooWide(capabilities=sorted(beyond))
    secret = PREFIX + secrets.token_urlsafe(32)
    end = datetime.combine(until + timedelta(days=1), time(), timezone.get_current_timezone())
    token = ApiToken.objects.create(
        user=user,
        city=city,
        name=name,
        start=secret[:SHOWN],
        digest=_digest(secret),
        capabilities=sorted(wanted),
        expires_at=end,
    )
    facts = {"name": name, "capabilities": sorted(wanted), "until": until}
    record("token.make", by=user, city=city, subject=token, detail=facts)
    return token, secret


@transaction.atomic
def revoke_token(token: ApiToken, *, by: User) -> None:
    """Make a token worthless (吊销令牌), at once and for good.

    Raises:
        PermissionDenied: it is somebody else's.
    """
    if token.user_id != by.pk:
        raise PermissionDenied
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
        record("token.revoke", by=by, city=token.city, subject=token, detail={"name": token.name})


def token_user(secret: str) -> tuple[User, ApiToken] | None:
    """Who stands behind a token (令牌持有人), able to do no more than the token allows.

    Returns:
        None for a token that never was, has run out or was revoked, or of a closed account.
    """
    now = timezone.now()
    found = ApiToken.objects.select_related("user", "city").filter(
        digest=_digest(secret), revoked_at=None, expires_at__gt=now, user__is_active=True
    )
    token = found.first()
    if token is None:
        return None
    if token.last_used_at is None or now - token.last_used_at > SEEN_STEP:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    user = token.user
    user.limited_to = frozenset(map(Capability, token.capabilities))
    user.posts_held = [post for post in user.posts_held if post.city_id == token.city_id]
    return user, token


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
