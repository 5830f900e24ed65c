"""How far the figures of a round are."""

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wenming.base.models import User
from wenming.core.lifecycle import EntryState
from wenming.core.permissions import Capability
from wenming.core.terms import Method
from wenming.rounds.models import Collection
from wenming.rounds.progress import MethodProgress
from wenming.statistic.models import Entry


def figures_of_round(user: User, collection: Collection) -> MethodProgress | None:
    """How many figures are confirmed, and how many wait for a second person (统计数据进度).

    How many the edition asks for is not said here: reading a whole edition is too dear for a line.
    """
    if not user.may(Capability.VIEW_STATISTICS, city=collection.city):
        return None
    rows = Entry.objects.visible_to(user).filter(collection=collection).order_by()
    counted = dict(rows.values_list("state").annotate(n=Count("pk")))
    return MethodProgress(
        Method.STATISTIC,
        counted.get(EntryState.CONFIRMED, 0),
        _("figures"),
        waiting=counted.get(EntryState.ENTERED, 0),
        address=reverse("statistic:entries", args=[collection.pk]),
    )
