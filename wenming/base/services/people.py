"""Makes accounts; whoever makes one can give it no post."""

import re
from dataclasses import dataclass

from django.db import transaction

from wenming.base.access import PermissionDenied, check_city
from wenming.base.models import City, User, pinyin_key
from wenming.base.services.audit import record
from wenming.core.errors import DomainError
from wenming.core.permissions import Capability

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


class UsernameTaken(DomainError):
    """Somebody else logs in with this name."""

    code = "username_taken"


class BadUsername(DomainError):
    """A name for logging in has other signs than letters, digits, dots and hyphens."""

    code = "bad_username"


class PostForOneself(DomainError):
    """A person was about to change their own posts."""

    code = "post_for_oneself"


class AccountClosed(DomainError):
    """The account was deactivated."""

    code = "account_closed"


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """What is said of a person (人员资料)."""

    name: str
    email: str = ""
    phone: str = ""


@transaction.atomic
def make_account(city: City, username: str, details: PersonDetails, *, by: User) -> User:
    """Open an account (开设账号); it can do nothing until somebody else gives it a post.

    Args:
        username: kept in small letters.

    Raises:
        BadUsername, UsernameTaken: another name has to be found.
        PermissionDenied: `by` may not edit accounts in the city, or has no session open.
    """
    check_city(by, Capability.EDIT_PEOPLE, city)
    user = new_account(city, username, details)
    facts = {"username": user.username, "name": details.name}
    record("account.make", by=by, city=city, subject=user, detail=facts)
    return user


def new_account(city: City, username: str, details: PersonDetails) -> User:
    """An account without post and password (新账号); the caller has settled who may open one.

    Raises:
        BadUsername, UsernameTaken: another name has to be found.
    """
    wanted = username.strip().lower()
    if not _USERNAME.fullmatch(wanted):
        raise BadUsername(name=username)
    if User.objects.filter(username__iexact=wanted).exists():
        raise UsernameTaken(name=wanted)
    user = User(username=wanted, home=city)
    _fill(user, details)
    user.set_unusable_password()
    user.save(force_insert=True)
    return user


@transaction.atomic
def change_account(user: User, details: PersonDetails, *, city: City, by: User) -> User:
    """Change what is said of a person (变更人员资料); the name for logging in stays.

    Raises:
        PermissionDenied: `by` may not edit accounts, or the account is kept by another city.
    """
    fresh = _account(user, city, by)
    names = ("name", "email", "phone")
    changed = [each for each in names if getattr(fresh, each) != getattr(details, each)]
    _fill(fresh, details)
    fresh.save(update_fields=[*names, "pinyin"])
    # Which facts changed, not what they are: nobody can erase the record.
    record("account.change", by=by, city=city, subject=fresh, detail={"changed": changed})
    return fresh


@transaction.atomic
def deactivate_account(user: User, *, city: City, by: User, reason: str) -> User:
    """Close an account (停用账号); it is never deleted, and its sessions end at once.

    Raises:
        AccountClosed: somebody was faster.
        PostForOneself: it is `by`'s own.
        PermissionDenied: `by` may not edit accounts, or the account is kept by another city.
    """
    fresh = _account(user, city, by)
    if fresh.pk == by.pk:
        raise PostForOneself
    if not fresh.is_active:
        raise AccountClosed(name=fresh.name)
    fresh.is_active = False
    fresh.save(update_fields=["is_active"])
    record("account.deactivate", by=by, city=city, subject=fresh, detail={"reason": reason})
    return fresh


@transaction.atomic
def reactivate_account(user: User, *, city: City, by: User) -> User:
    """Open a closed account again (恢复账号); one that is open is left as it is.

    Raises:
        PermissionDenied: `by` may not edit accounts, or the account is kept by another city.
    """
    fresh = _account(user, city, by)
    if fresh.is_active:
        return fresh
    fresh.is_active = True
    fresh.save(update_fields=["is_active"])
    record("account.reactivate", by=by, city=city, subject=fresh)
    return fresh


def _fill(user: User, details: PersonDetails) -> None:
    user.name, user.pinyin = details.name, pinyin_key(details.name)
    user.email, user.phone = details.email, details.phone


def _account(user: User, city: City, by: User) -> User:
    check_city(by, Capability.EDIT_PEOPLE, city)
    fresh = User.objects.select_for_update().get(pk=user.pk)
    if not is_kept_by(fresh, city):
        raise PermissionDenied
    return fresh


def is_kept_by(user: User, city: City) -> bool:
    """Whether a city's administrator keeps an account (账号归属): it was opened there.

    The very first accounts belong to no city; they are kept where their holders have posts.
    """
    if user.home_id is not None:
        return user.home_id == city.pk
    return user.posts.filter(city=city).exists()


def is_of(user: User, city: City) -> bool:
    """Whether a person belongs to a city (本市人员): by the account, or by a post."""
    return user.home_id == city.pk or user.posts.filter(city=city).exists()
