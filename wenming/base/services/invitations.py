"""One-time links that let a person set a password (邀请、重置密码)."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from wenming.base.access import PermissionDenied, check_city
from wenming.base.models import City, Invitation, Message, User
from wenming.base.services.accounts import set_password
from wenming.base.services.audit import record
from wenming.base.services.people import AccountClosed, is_kept_by
from wenming.core.errors import DomainError
from wenming.core.permissions import Capability

LASTS = timedelta(hours=72)
RESET_LASTS = timedelta(hours=1)
PAUSE = timedelta(minutes=5)  # between two mails to the same person


class LinkUsedUp(DomainError):
    """A one-time link was used, has run out, or never existed."""

    code = "link_used_up"


@transaction.atomic
def invite(user: User, *, city: City, by: User) -> str:
    """Make a link by which a person sets a password (邀请); earlier links no longer work.

    Returns:
        The secret part of the link; it is kept nowhere and can be shown only once.

    Raises:
        AccountClosed: the account was deactivated.
        PermissionDenied: `by` may not edit accounts in the city, has no session open, or the
            account is kept by another city.
    """
    check_city(by, Capability.EDIT_PEOPLE, city)
    if not is_kept_by(user, city) or user.pk == by.pk:
        raise PermissionDenied
    if not user.is_active:
        raise AccountClosed(name=user.name)
    secret = _link(user, by=by, lasts=LASTS)
    record("account.invite", by=by, city=city, subject=user)
    return secret


def link_of_installation(user: User) -> str:
    """A link for a first administrator, made by whoever runs the program (首任管理员邀请).

    Returns:
        As `invite`.
    """
    return _link(user, by=None, lasts=LASTS)


@transaction.atomic
def ask_for_reset(username: str, *, address: str, language: str) -> None:
    """Send a link to whoever forgot the password (找回密码), where an e-mail address is known.

    Whether the account exists cannot be told from outside: nothing is returned.

    Args:
        address: where the link leads, ending where the secret is added.
    """
    user = User.objects.filter(username=username.strip().lower(), is_active=True).first()
    if user is None or not user.email or _was_sent(user):
        record("account.reset_asked", by=None, city=None)  # it takes as long as with one
        return
    secret = _link(user, by=None, lasts=RESET_LASTS)
    city = user.home or next(iter(user.cities), None)
    Message.objects.create(
        city=city,
        channel="email",
        user=user,
        address=user.email,
        code="mail_reset",
        facts={"name": user.name, "link": f"{address}{secret}/"},
        language=language,
    )
    record("account.reset_asked", by=None, city=city, subject=user)


def _was_sent(user: User) -> bool:
    since = timezone.now() - PAUSE
    return user.invitations.filter(created_at__gt=since, made_by=None).exists()


def invitation_of(secret: str) -> Invitation | None:
    """The link that still works (有效邀请) for a secret; None for any other."""
    found = Invitation.objects.select_related("user").filter(digest=_digest(secret))
    return found.filter(used_at=None, expires_at__gt=timezone.now(), user__is_active=True).first()


@transaction.atomic
def take_up(secret: str, password: str) -> User:
    """Set the password by a one-time link (接受邀请); the link is used up.

    Raises:
        LinkUsedUp: it was used, has run out, or never existed.
        PasswordRefused: the password breaks the rules; the link still works.
    """
    found = invitation_of(secret)
    if found is None:
        raise LinkUsedUp
    taken = Invitation.objects.filter(pk=found.pk, used_at=None).update(used_at=timezone.now())
    if not taken:
        raise LinkUsedUp
    city = found.user.home or next(iter(found.user.cities), None)
    return set_password(found.user, password, by=found.user, city=city)


def _link(user: User, *, by: User | None, lasts: timedelta) -> str:
    secret = secrets.token_urlsafe(32)
    now = timezone.now()
    user.invitations.filter(used_at=None).update(used_at=now)
    Invitation.objects.create(
        user=user,
        digest=_digest(secret),
        is_reset=user.has_usable_password(),
        made_by=by,
        expires_at=now + lasts,
    )
    return secret


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
