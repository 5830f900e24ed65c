"""Makes accounts and gives posts; nobody can do both, and nobody can give one to themselves."""

import re
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from wenming.base.access import PermissionDenied, check, check_city
from wenming.base.models import City, Group, Post, Unit, User, pinyin_key
from wenming.base.services.audit import record
from wenming.base.services.unit_facts import ALWAYS, Span
from wenming.base.services.unit_rules import UnitDissolved, refuse_elsewhere
from wenming.core.errors import DomainError
from wenming.core.permissions import NEED_GROUP, NEED_UNIT, Capability, PostKind, excludes

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


class PostsExclude(DomainError):
    """Two posts that one person must not hold together (三员分立)."""

    code = "posts_exclude"


class PostWithoutPlace(DomainError):
    """A post that belongs to a unit or a working group does not name it."""

    code = "post_without_place"


class PostHeldAlready(DomainError):
    """The person holds the same post already."""

    code = "post_held_already"


class PostEnded(DomainError):
    """The post had ended before already."""

    code = "post_ended"


class AccountClosed(DomainError):
    """The account was deactivated."""

    code = "account_closed"


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """What is said of a person (人员资料)."""

    name: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class PostDetails:
    """What is said of a post (岗位资料).

    Attributes:
        unit: of a unit's post.
        group: of a group lead's post.
    """

    kind: PostKind
    unit: Unit | None = None
    group: Group | None = None
    title: str = ""
    span: Span = ALWAYS

    @property
    def row(self) -> dict[str, object]:
        """The same as columns of a post; a place that the kind does not need is left out."""
        return {
            "kind": self.kind.value,
            "unit": self.unit if self.kind in NEED_UNIT else None,
            "group": self.group if self.kind in NEED_GROUP else None,
            "title": self.title,
            "valid_from": self.span.first,
            "valid_until": self.span.last,
        }


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


@transaction.atomic
def grant_post(user: User, details: PostDetails, *, city: City, by: User) -> Post:
    """Give a person a post (授予岗位).

    Raises:
        PostForOneself: nobody gives a post to themselves.
        PostsExclude: the person holds a post, in any city, that excludes this one.
        PostWithoutPlace: the post needs a unit or a working group.
        PostHeldAlready: the same post is held already.
        UnitDissolved: the unit is no more.
        AccountClosed: the account was deactivated.
        EndsBeforeStart: the span ends before it starts.
        PermissionDenied: `by` may not give posts in the city, or has no session open.
    """
    check_city(by, Capability.GRANT_POSTS, city)
    fresh = User.objects.select_for_update().get(pk=user.pk)
    if fresh.pk == by.pk:
        raise PostForOneself
    if not _is_of(fresh, city):
        raise PermissionDenied
    if not fresh.is_active:
        raise AccountClosed(name=fresh.name)
    details.span.check()
    _refuse_place(details, city)
    _refuse_beside(fresh, details, city)
    post = Post.objects.create(city=city, user=fresh, **details.row)
    facts = {
        "person": fresh.name,
        "post": details.kind,
        "place": str(post.unit or post.group or ""),
    }
    record("post.grant", by=by, city=city, subject=fresh, detail=facts)
    return post


@transaction.atomic
def end_post(post: Post, *, by: User, day: date) -> Post:
    """Take a post back (免去岗位); that it was held stays written.

    Args:
        day: the last day on which it is held; a post that had not begun yet never begins.

    Raises:
        PostForOneself: it is `by`'s own.
        PostEnded: it ended before that day already.
        PermissionDenied: `by` may not give posts in the city, or has no session open.
    """
    check(by, Capability.GRANT_POSTS, post)
    fresh = Post.objects.select_for_update().select_related("user", "city").get(pk=post.pk)
    if fresh.user_id == by.pk:
        raise PostForOneself
    if fresh.valid_until is not None and fresh.valid_until < day:
        raise PostEnded(person=fresh.user.name, post=fresh.kind, day=fresh.valid_until.isoformat())
    fresh.valid_until = day
    if fresh.valid_from is not None and fresh.valid_from > day:
        fresh.valid_from = day
    fresh.save(update_fields=["valid_from", "valid_until"])
    facts = {"person": fresh.user.name, "post": fresh.kind, "day": day}
    record("post.end", by=by, city=fresh.city, subject=fresh.user, detail=facts)
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


def _is_of(user: User, city: City) -> bool:
    return user.home_id == city.pk or user.posts.filter(city=city).exists()


def _refuse_place(details: PostDetails, city: City) -> None:
    row = details.row
    for needed, name in ((NEED_UNIT, "unit"), (NEED_GROUP, "group")):
        if details.kind in needed and row[name] is None:
            raise PostWithoutPlace(post=details.kind)
    for place in (details.unit, details.group):
        if place is not None:
            refuse_elsewhere(city, place)
    if details.unit is not None and not details.unit.is_active:
        raise UnitDissolved(unit=details.unit.name)


def _refuse_beside(user: User, details: PostDetails, city: City) -> None:
    """What is held now or later counts: a post of next month excludes one of today."""
    is_open = Q(valid_until=None) | Q(valid_until__gte=localdate())
    for held in user.posts.filter(is_open):
        if excludes(PostKind(held.kind), details.kind):
            raise PostsExclude(person=user.name, held=held.kind, wanted=details.kind)
        row = details.row
        is_same = (held.city_id, held.kind) == (city.pk, details.kind)
        if is_same and (held.unit, held.group) == (row["unit"], row["group"]):
            raise PostHeldAlready(person=user.name, post=held.kind)
