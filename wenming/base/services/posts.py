"""Gives posts to people and takes them back; nobody can give one to themselves."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from wenming.base.access import PermissionDenied, check, check_city
from wenming.base.models import City, Group, Post, Unit, User
from wenming.base.services.audit import record
from wenming.base.services.people import AccountClosed, PostForOneself, is_of
from wenming.base.services.unit_facts import ALWAYS, Span
from wenming.base.services.unit_rules import UnitDissolved, refuse_elsewhere
from wenming.core.errors import DomainError
from wenming.core.permissions import NEED_GROUP, NEED_UNIT, Capability, PostKind, excludes


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
    if not is_of(fresh, city):
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
