"""How far the documents of a round are, for the page of the round."""

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from wenming.base.models import User
from wenming.core.permissions import Capability
from wenming.core.terms import Method
from wenming.rounds.models import Collection
from wenming.rounds.progress import MethodProgress
from wenming.submission.models import Requirement, Standing
from wenming.submission.queries.seen import counted


def documents_of_round(user: User, collection: Collection) -> MethodProgress | None:
    """How many requirements are met, and how many documents wait (材料审核进度)."""
    if not user.may(Capability.VIEW_DOCUMENTS, city=collection.city):
        return None
    seen = Requirement.objects.visible_to(user).for_city(collection.city)
    rows = seen.filter(collection=collection).with_standing(today=localdate())
    numbers = dict(counted(rows))
    return MethodProgress(
        Method.DOCUMENTS,
        done=numbers[Standing.ACCEPTED],
        unit=_("documents"),
        wanted=sum(numbers.values()) or None,
        waiting=numbers[Standing.IN_REVIEW],
        address=reverse("submission:coverage", args=[collection.pk]),
    )
