"""Long work: what I started, how far it is, what came of it, and the way to end it."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.models import Job
from wenming.base.queries.jobs import told
from wenming.base.services.jobs import cancel_job, start_job, take_note
from wenming.core.permissions import Capability

SHOWN = 100


@requires(Capability.USE_DESK)
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """The long work of the person, the latest first."""
    seen = Job.objects.visible_to(person(request)).for_city(city_of(request))
    shown = list(seen.order_by("-created_at", "pk")[:SHOWN])
    context = {
        "all_told": [told(each, now=timezone.now()) for each in shown],
        "may_check": person(request).may(Capability.OPERATE, city=city_of(request)),
    }
    return render(request, "base/jobs.html", context)


@requires(Capability.USE_DESK)
@require_safe
def job(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One piece of long work; asked for as a part, only its progress."""
    found = _found(request, pk)
    take_note(found, by=person(request))
    is_part = request.headers.get("HX-Target") == f"job-{found.pk}"
    template = "base/parts/job.html" if is_part else "base/job.html"
    return render(request, template, {"told": told(found, now=timezone.now())})


@requires(Capability.USE_DESK)
@require_POST
def end_job(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Wish a piece of long work to end."""
    found = _found(request, pk)
    cancel_job(found, by=person(request))
    messages.success(request, _("It ends at its next step; nothing of it is stored."))
    return redirect("base:job", pk)


@requires(Capability.OPERATE)
@require_POST
def check_files(request: HttpRequest) -> HttpResponse:
    """Have every stored file of the city read again and compared with its digest."""
    city = city_of(request)
    begun = start_job("check_files", city=city, by=person(request), subject=f"city:{city.pk}")
    return redirect("base:job", begun.pk)


def _found(request: HttpRequest, pk: uuid.UUID) -> Job:
    seen = Job.objects.visible_to(person(request)).for_city(city_of(request))
    found: Job = get_object_or_404(seen, pk=pk)
    return found
