"""Passwords and locks of accounts (账号安全)."""

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from wenming.base.access import PermissionDenied, check_city
from wenming.base.models import City, UsedPassword, User
from wenming.base.services.audit import record
from wenming.base.services.people import is_of
from wenming.core.errors import DomainError
from wenming.core.permissions import Capability

KEPT = 3


class PasswordRefused(DomainError):
    """A password breaks the rules."""

    code = "password_refused"


class NoFactors(DomainError):
    """There is no second factor to take away."""

    code = "factors_missing"


class OwnFactors(DomainError):
    """Somebody was about to take away their own second factors as an administrator."""

    code = "factors_own"


@transaction.atomic
def set_password(user: User, password: str, *, by: User | None, city: City | None) -> User:
    """Give a person a new password (设置密码); all other visits of the person end.

    Args:
        by: the person, or None for a program.

    Raises:
        PasswordRefused: with every rule that it breaks.
    """
    fresh = User.objects.select_for_update().get(pk=user.pk)
    try:
        validate_password(password, fresh)
    except ValidationError as refused:
        broken = _("; ").join(each.rstrip(".。") for each in refused.messages)
        raise PasswordRefused(rules=broken) from None
    if fresh.has_usable_password():
        UsedPassword.objects.create(user=fresh, password=fresh.password)
    kept = fresh.used_passwords.order_by("-at").values_list("pk", flat=True)[:KEPT]
    fresh.used_passwords.exclude(pk__in=list(kept)).delete()
    fresh.set_password(password)
    fresh.must_change_password = False
    fresh.password_changed_at = timezone.now()
    fresh.save(update_fields=["password", "must_change_password", "password_changed_at"])
    record("account.password", by=by, city=city, subject=fresh)
    return fresh


@transaction.atomic
def unlock_account(user: User, *, city: City, by: User) -> None:
    """Let a person try again who typed too many wrong passwords (解锁账号).

    Raises:
        PermissionDenied: `by` may not unlock accounts in the city, or has no session open, or the
            person does not belong to the city.
    """
    from axes.utils import reset

    _refuse_strange(user, city=city, by=by)
    reset(username=user.username)
    record("account.unlock", by=by, city=city, subject=user)


def is_locked(user: User) -> bool:
    """Whether too many wrong passwords were typed for an account (是否锁定)."""
    from axes.models import AccessAttempt

    since = timezone.now() - settings.AXES_COOLOFF_TIME
    tries = AccessAttempt.objects.filter(username=user.username, attempt_time__gt=since)
    wrong = tries.aggregate(n=Sum("failures_since_start"))["n"] or 0
    return bool(wrong >= settings.AXES_FAILURE_LIMIT)


@transaction.atomic
def remove_factors(user: User, *, city: City, by: User, reason: str) -> None:
    """Take away the second factors of a person who lost them (解除二次验证).

    Whoever may send a link for a new password (the system administrator) may not do this, so
    that no administrator alone gets into the account of somebody else. All visits of the person
    end; the next log-in of a post that needs a second factor leads to setting one up.

    Raises:
        OwnFactors: the person is `by`.
        NoFactors: there is none, or somebody was faster.
        PermissionDenied: `by` may not unlock accounts in the city, or has no session open, or the
            person does not belong to the city.
    """
    from allauth.mfa.models import Authenticator

    _refuse_strange(user, city=city, by=by)
    if user.pk == by.pk:
        raise OwnFactors
    removed, _ = Authenticator.objects.filter(user=user).delete()
    if not removed:
        raise NoFactors(name=user.name)
    user.visits.all().delete()
    record("factor.removed_by_other", by=by, city=city, subject=user, detail={"reason": reason})


def _refuse_strange(user: User, *, city: City, by: User) -> None:
    check_city(by, Capability.UNLOCK_ACCOUNTS, city)
    if not is_of(user, city):
        raise PermissionDenied
