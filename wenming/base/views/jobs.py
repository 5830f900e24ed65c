"""Long work: what I started, how far it is, and what came of it."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.models import Job
from wenming.core.permissions import Capability

SHOWN = 100


@requires(Capability.USE_DESK)
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """The long work of the person, the latest first."""
    seen = Job.objects.visible_to(person(request)).for_city(city_of(request))
    shown = list(seen.order_by("-created_at", "pk")[:SHOWN])
    return render(request, "base/jobs.html", {"jobs": shown})


@requires(Capability.USE_DESK)
@require_safe
def job(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One piece of long work; asked for as a part, only its progress."""
    seen = Job.objects.visible_to(person(request)).for_city(city_of(request))
    found = get_object_or_404(seen, pk=pk)
    is_part = request.headers.get("HX-Target") == f"job-{found.pk}"
    return render(request, "base/parts/job.html" if is_part else "base/job.html", {"job": found})
