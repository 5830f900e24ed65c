"""How far the visits of a round are, as a whole and for each type of site."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wenming.base.models import User
from wenming.core.lifecycle import PanelState, SeatState, VisitState
from wenming.core.permissions import Capability
from wenming.core.terms import Method, Words
from wenming.inspection.models import PanelSession, SiteVisit
from wenming.rounds.models import Collection
from wenming.rounds.progress import MethodProgress
from wenming.rounds.queries.collections import titles_in

CAME_BACK = frozenset({VisitState.SUBMITTED, VisitState.RETURNED, VisitState.ACCEPTED})


@dataclass(frozen=True, slots=True)
class TypeProgress:
    """How far the visits of one type of site are (点位类型考察进度).

    Attributes:
        wanted: how many the round wants; 0 where nobody said.
    """

    key: str
    title: Words
    wanted: int
    planned: int
    submitted: int
    returned: int
    accepted: int
    not_possible: int


def by_type(collection: Collection, visits: QuerySet[SiteVisit]) -> Sequence[TypeProgress]:
    """The visits by type of site (分类型进度), in the order of the checklists."""
    counted: Counter[tuple[str, str]] = Counter()
    for row in visits.order_by().values("site_type", "state").annotate(n=Count("pk")):
        counted[row["site_type"], row["state"]] = row["n"]
    titles = titles_in(collection.checklist_set)
    there = {site_type for site_type, _state in counted} | set(collection.site_numbers)
    keys = [*titles, *sorted(there - set(titles))]
    return [
        TypeProgress(
            key,
            titles.get(key, Words(key)),
            collection.site_numbers.get(key, 0),
            sum(counted[key, state] for state in VisitState),
            counted[key, VisitState.SUBMITTED],
            counted[key, VisitState.RETURNED],
            counted[key, VisitState.ACCEPTED],
            counted[key, VisitState.NOT_POSSIBLE],
        )
        for key in keys
        if key in there
    ]


def visit_progress(user: User, collection: Collection) -> MethodProgress | None:
    """How far inspection is (实地考察进度); None for whoever sees no visits."""
    if not user.may(Capability.VIEW_VISITS, city=collection.city):
        return None
    rows = SiteVisit.objects.visible_to(user).filter(collection=collection).order_by()
    counted = dict(rows.values_list("state").annotate(n=Count("pk")))
    wanted = sum(collection.site_numbers.values()) or sum(counted.values())
    return MethodProgress(
        Method.INSPECTION,
        sum(n for state, n in counted.items() if state in CAME_BACK),
        _("visits"),
        wanted or None,
        counted.get(VisitState.SUBMITTED, 0),
        reverse("inspection:visits", args=[collection.pk]),
    )


def observation_progress(user: User, collection: Collection) -> MethodProgress | None:
    """How far the overall observation is (整体观察进度)."""
    return _panel_progress(user, collection, Method.OVERALL)


def hearing_progress(user: User, collection: Collection) -> MethodProgress | None:
    """How far the hearing of reports is (听取汇报进度)."""
    return _panel_progress(user, collection, Method.BRIEFING)


def _panel_progress(user: User, collection: Collection, method: Method) -> MethodProgress | None:
    """Marks sheets handed in of those asked for; a session waits when all have rated."""
    seen = PanelSession.objects.visible_to(user).filter(collection=collection, method=method)
    rated = Count("seats", filter=Q(seats__state=SeatState.SUBMITTED))
    rows = list(
        seen.order_by().annotate(n=Count("seats"), rated=rated).values("state", "n", "rated")
    )
    return MethodProgress(
        method,
        sum(row["rated"] for row in rows),
        _("assessors"),
        sum(row["n"] for row in rows) or None,
        sum(row["state"] == PanelState.OPEN and row["n"] == row["rated"] for row in rows),
        reverse("inspection:panels", args=[collection.pk]),
    )
