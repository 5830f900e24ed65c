"""What does not fit, and how the numbers came about."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wenming.scoring import queries
from wenming.scoring.models import Run
from wenming.scoring.views.shell import found_run, page

SHOWN_RUNS = 20


@require_safe
def findings(request: HttpRequest, run: UUID) -> HttpResponse:
    """Reported figures and what does not fit in them."""
    found = found_run(run)
    return page(
        request,
        "scoring/findings.html",
        found,
        section="findings",
        findings=list(found.findings.order_by("position")),
        reported=queries.reported_figures(found),
        titles={row.key: row.title for row in found.items.defer("detail")},
    )


@require_safe
def method(request: HttpRequest, run: UUID) -> HttpResponse:
    """The edition, the limits by source, and how to compute the run again."""
    found = found_run(run)
    return page(
        request,
        "scoring/method.html",
        found,
        section="method",
        sources=found.round.edition.content.get("sources", []),
        runs=Run.objects.select_related("round", "city")
        .defer("summary")
        .order_by("-finished_at")[:SHOWN_RUNS],
    )
