"""The time in which an administrator may act as one (管理会话)."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from wenming.base.access import PermissionDenied
from wenming.base.models import AdministratorSession, City, User
from wenming.base.services.audit import record
from wenming.core.errors import DomainError
from wenming.core.permissions import NEED_SESSION

LASTS = timedelta(minutes=30)


class WrongPassword(DomainError):
    """The password that was typed again is not the person's."""

    code = "wrong_password"


@transaction.atomic
def begin_session(user: User, *, city: City, reason: str, password: str) -> AdministratorSession:
    """Begin an administrator session (开始管理会话); it ends by itself after half an hour.

    A person has one at a time: an earlier one, in another browser, ends.

    Raises:
        PermissionDenied: no post of the person needs such a session.
        WrongPassword: the password typed again is wrong.
    """
    if not NEED_SESSION & user.capabilities(city):
        raise PermissionDenied
    if not user.check_password(password):
        raise WrongPassword
    now = timezone.now()
    for each in AdministratorSession.objects.filter(user=user, ended_at=None, ends_at__gt=now):
        end_session(each, by=user)
    begun = AdministratorSession.objects.create(
        user=user, city=city, reason=reason, begun_at=now, ends_at=now + LASTS
    )
    record("session.begin", by=user, city=city, subject=begun, detail={"reason": reason})
    return begun


@transaction.atomic
def end_session(session: AdministratorSession, *, by: User) -> None:
    """End an administrator session before its time (结束管理会话).

    Raises:
        PermissionDenied: it is somebody else's.
    """
    if session.user_id != by.pk:
        raise PermissionDenied
    open_one = AdministratorSession.objects.filter(pk=session.pk, ended_at=None)
    if open_one.update(ended_at=timezone.now()):
        record("session.end", by=by, city=session.city, subject=session)
