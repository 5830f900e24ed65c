"""Rounds, requirements and documents as a person sees them."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from wenming.base.models import City, Unit, User
from wenming.core.lifecycle import SubmissionState
from wenming.core.permissions import Capability
from wenming.core.terms import AssignmentRole
from wenming.rounds.models import Collection
from wenming.rounds.queries.collections import is_assigned
from wenming.rounds.queries.conflicts import own_paths
from wenming.submission.models import Requirement, Standing, Submission, SubmissionVersion


def collections_seen(user: User, city: City) -> QuerySet[Collection]:
    """The rounds (轮次) that ask a person for documents, or that they may see; the newest first."""
    asked = Requirement.objects.visible_to(user).for_city(city).order_by()
    own = Collection.objects.visible_to(user).for_city(city).order_by()
    found = Q(pk__in=asked.values("collection")) | Q(pk__in=own.values("pk"))
    return Collection.objects.for_city(city).filter(found).order_by("-period_to", "-created_at")


def waiting_for(user: User, collection: Collection) -> QuerySet[Submission]:
    """What waits for a person's own review or decision (待审材料), the oldest first.

    Documents of the person's own unit, and those that they handed in or reviewed first, wait
    for somebody else.
    """
    seen = Submission.objects.visible_to(user).filter(collection=collection)
    states = Q(pk__in=[])
    if user.may(Capability.REVIEW_DOCUMENT, city=collection.city) and is_assigned(
        collection, user, AssignmentRole.REVIEWER
    ):
        states |= Q(state=SubmissionState.HANDED_IN)
    if user.may(Capability.DECIDE_DOCUMENT, city=collection.city):
        own = Q(reviewed_by=user) | Q(handed_in_by=user)
        states |= Q(state=SubmissionState.PASSED) & ~own
    found = seen.filter(states)
    if paths := own_paths(user):
        units = Unit.objects.for_city(collection.city)
        related = [
            unit.pk
            for unit in units
            if any(unit.path.startswith(own) or own.startswith(unit.path) for own in paths)
        ]
        found = found.exclude(unit__in=related)
    return found.order_by("handed_in_at", "number")


def counted(rows: QuerySet[Any]) -> list[tuple[str, int]]:
    """How many requirements stand how (报送进度), each standing in its order.

    Args:
        rows: with their standing.
    """
    found: dict[str, int] = {}
    for standing in rows.order_by().values_list("standing", flat=True):
        found[standing] = found.get(standing, 0) + 1
    return [(each.value, found.get(each.value, 0)) for each in Standing]


def citable(user: User, requirement: Requirement) -> list[SubmissionVersion]:
    """What the unit of a requirement handed in before and may cite again (引用已报材料)."""
    seen = SubmissionVersion.objects.visible_to(user).filter(
        submission__unit=requirement.unit, submission__city=requirement.city
    )
    rows = seen.select_related("attachment", "submission").order_by("-handed_in_at")
    found: dict[object, SubmissionVersion] = {}
    for each in rows[:500]:
        found.setdefault(each.attachment.file_id, each)
    return list(found.values())[:100]


def submissions_of(user: User, requirement: Requirement) -> QuerySet[Submission]:
    """What was handed in for a requirement (已报材料), the newest first."""
    seen = Submission.objects.visible_to(user).filter(requirement=requirement)
    return seen.annotate(n_versions=Count("versions")).order_by("-number")
