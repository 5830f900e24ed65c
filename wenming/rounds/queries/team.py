"""Who can work in a round, and who does."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from wenming.base.models import City, Post, User
from wenming.core.permissions import PostKind
from wenming.core.terms import AssignmentRole
from wenming.rounds.models import Collection

POSTS = {
    AssignmentRole.INSPECTOR: frozenset({PostKind.INSPECTOR}),
    AssignmentRole.INTERVIEWER: frozenset({PostKind.INTERVIEWER}),
    AssignmentRole.REVIEWER: frozenset({PostKind.REVIEWER}),
    AssignmentRole.ASSESSOR: frozenset(
        {PostKind.INSPECTOR, PostKind.REVIEWER, PostKind.ASSESSOR, PostKind.OFFICE}
    ),
}
"""The posts that a role needs, so that whoever is assigned can do the work."""


@dataclass(frozen=True, slots=True)
class Member:
    """A person who works in a round or could (任务人员).

    Attributes:
        possible: the roles for which the person holds a post.
        roles: those that the person has.
    """

    person: User
    possible: Sequence[AssignmentRole]
    roles: Sequence[AssignmentRole]


def members_of(collection: Collection) -> list[Member]:
    """Everybody who works in a round or holds a post for it (任务分工), by name."""
    able = {kind for kinds in POSTS.values() for kind in kinds}
    given = {each.person_id: each.roles for each in collection.assignments.all()}
    people = _people(collection.city, able) | User.objects.filter(pk__in=given)
    found = []
    for person in people.distinct().prefetch_related("posts").order_by("pinyin", "pk"):
        held = {PostKind(each.kind) for each in person.posts.all() if _is_held(each, collection)}
        possible = [role for role in AssignmentRole if POSTS[role] & held]
        roles = [AssignmentRole(role) for role in given.get(person.pk, [])]
        if possible or roles:
            found.append(Member(person, possible, roles))
    return found


def _people(city: City, kinds: set[PostKind]) -> QuerySet[User]:
    held = Post.objects.for_city(city).filter(kind__in=kinds)
    return User.objects.filter(pk__in=held.values("user"), is_active=True)


def _is_held(post: Post, collection: Collection) -> bool:
    ends = collection.period_to
    is_over = post.valid_until is not None and post.valid_until < collection.period_from
    is_later = post.valid_from is not None and post.valid_from > ends
    return post.city_id == collection.city_id and not is_over and not is_later
