"""Verification: whether every frozen result and the audit are still what they were."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_in_notice
from wenming.base.services.jobs import start_job
from wenming.base.tables import list_page
from wenming.core.permissions import Capability
from wenming.scoring.models import Verification
from wenming.scoring.views.run_tables import VERIFICATIONS


@requires(Capability.VERIFY_RESULTS)
@require_safe
def verifications(request: HttpRequest) -> HttpResponseBase:
    """Every verification of the city, the latest first."""
    seen = Verification.objects.visible_to(person(request)).for_city(city_of(request))
    rows = seen.select_related("by").defer("problems")
    return list_page(request, VERIFICATIONS, rows, template="scoring/verifications.html")


@requires(Capability.VERIFY_RESULTS)
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Have everything verified in the background."""
    city = city_of(request)
    with explain_in_notice(request):
        job = start_job("verify_results", city=city, by=person(request), subject=f"city:{city.pk}")
        return redirect("base:job", job.pk)
    return redirect("scoring:verifications")


@requires(Capability.VERIFY_RESULTS)
@require_safe
def verification(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What one verification found: what, where, and what to do about it."""
    seen = Verification.objects.visible_to(person(request)).for_city(city_of(request))
    found = get_object_or_404(seen.select_related("by"), pk=pk)
    codes = dict.fromkeys(each["code"] for each in found.problems)
    problems = [(each, _moment(each["facts"].get("at"))) for each in found.problems]
    context = {"verification": found, "problems": problems, "codes": list(codes)}
    return render(request, "scoring/verification.html", context)


def _moment(at: str | None) -> datetime | None:
    return datetime.fromisoformat(at) if at else None
