"""From an address without a run to the same page of the city's latest run."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from wenming.base.access import city_of, person, requires
from wenming.core.permissions import Capability
from wenming.scoring.models import Run

PAGES = frozenset({"overview", "items", "gaps", "findings", "method"})


@requires(Capability.VIEW_RUNS)
@require_safe
def latest(request: HttpRequest, page: str) -> HttpResponse:
    """A page of the latest run; where there is none yet, the page that says so."""
    if page not in PAGES:
        raise Http404
    runs = Run.objects.visible_to(person(request)).for_city(city_of(request))
    run = runs.order_by("-finished_at").first()
    return redirect("scoring:home") if run is None else redirect(f"scoring:{page}", run=run.pk)
