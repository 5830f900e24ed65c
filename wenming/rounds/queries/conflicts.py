"""Who may not look at what, because it is their own."""

from collections.abc import Iterable
from uuid import UUID

from wenming.base.models import Post, Unit, User
from wenming.core.permissions import PostKind


def conflict_of(person: User, unit: Unit | None) -> bool:
    """Whether a unit is a person's own (利益冲突): the unit of a post, one above it or below it.

    A post counts whether it is valid today or not yet or no longer: who left an office last
    month does not inspect it this month.
    """
    if unit is None:
        return False
    paths = own_paths(person)
    return any(unit.path.startswith(own) or own.startswith(unit.path) for own in paths)


def own_paths(person: User) -> list[str]:
    """The places in the tree of the units in which a person holds or held a post (所属单位)."""
    held = Post.objects.filter(user=person, kind=PostKind.UNIT, unit__isnull=False)
    return list(held.values_list("unit__path", flat=True).distinct())


def in_conflict(people: Iterable[User], units: Iterable[Unit]) -> set[tuple[UUID, UUID]]:
    """The pairs of person and unit that may not meet (利益冲突), for lists; one query."""
    posts = Post.objects.filter(user__in=list(people), kind=PostKind.UNIT, unit__isnull=False)
    own = list(posts.values_list("user_id", "unit__path").distinct())
    wanted = list(units)
    return {
        (person, unit.pk)
        for person, path in own
        for unit in wanted
        if unit.path.startswith(path) or path.startswith(unit.path)
    }
