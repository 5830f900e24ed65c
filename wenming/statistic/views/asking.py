"""What a round asks of offices, year by year."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from wenming.base.access import person, requires
from wenming.base.tables import Listed, list_page
from wenming.core.permissions import Capability
from wenming.statistic.queries.asked_for import asked_years, seen_figures
from wenming.statistic.tables import ASKED_FOR
from wenming.statistic.views.entries import may_enter_in, rounds_seen


@requires(Capability.VIEW_STATISTICS)
@require_safe
def asked_for(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Every figure that a round asks for, with what is there of each year."""
    seen = rounds_seen(request).select_related("edition", "city", "responsibility_plan")
    collection = get_object_or_404(seen, pk=pk)
    wanted = seen_figures(collection, by=person(request))
    return list_page(
        request,
        ASKED_FOR,
        Listed(asked_years(collection, wanted)),
        template="statistic/asked_for.html",
        collection=collection,
        others=rounds_seen(request).exclude(pk=pk)[:12],
        may_enter=may_enter_in(request, collection),
    )
