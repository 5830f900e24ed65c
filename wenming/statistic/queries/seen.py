"""Rounds whose figures a person may see."""

from django.db.models import Q, QuerySet

from wenming.base.models import City, User
from wenming.core.lifecycle import CollectionState
from wenming.rounds.models import Collection


def rounds_with_figures(user: User, city: City) -> QuerySet[Collection]:
    """Rounds that were opened, and those that a person sees before (数据填报轮次).

    Any unit may be asked for a figure, so none is kept from whoever sees figures at all.
    """
    rows = Collection.objects.for_city(city).order_by("-period_to", "-created_at")
    own = Collection.objects.visible_to(user).for_city(city).order_by().values("pk")
    return rows.filter(Q(pk__in=own) | ~Q(state=CollectionState.PLANNED))
