"""What does not fit, and how the numbers came about."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wenming.base.access import person, requires
from wenming.core.permissions import Capability
from wenming.scoring import queries
from wenming.scoring.models import Run
from wenming.scoring.queries.checking import findings_with_settlements
from wenming.scoring.views.shell import found_run, page, seen_run

SHOWN_RUNS = 20


@requires(Capability.VIEW_FIGURES)
@require_safe
def findings(request: HttpRequest, run: UUID) -> HttpResponse:
    """Reported figures and what does not fit in them."""
    seen = seen_run(request, run)
    found = seen.run
    return page(
        request,
        "scoring/findings.html",
        found,
        section="findings",
        findings=findings_with_settlements(found),
        reported=queries.reported_figures(found),
        titles={row.key: row.title for row in seen.items.defer("detail")},
    )


@requires(Capability.VIEW_SCORE)
@require_safe
def method(request: HttpRequest, run: UUID) -> HttpResponse:
    """The edition, the limits by source, and how to compute the run again."""
    found = found_run(request, run)
    runs = Run.objects.visible_to(person(request)).for_city(found.city).order_by("-number")
    return page(
        request,
        "scoring/method.html",
        found,
        section="method",
        sources=found.round.edition.content.get("sources", []),
        runs=runs.select_related("round", "city").defer("summary")[:SHOWN_RUNS],
    )
