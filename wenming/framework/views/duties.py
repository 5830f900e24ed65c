"""What is asked of a unit: its own sheet of responsibilities, on screen, in Word and in Excel."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.models import InboxEntry, Unit
from wenming.core.permissions import Capability
from wenming.framework.models import Edition, Responsibility, ResponsibilityPlan
from wenming.framework.queries.plans import UnitDuty, duties_of, plan_in_force
from wenming.framework.services.noting import TOLD, take_note
from wenming.framework.views.sheets import KINDS, unit_sheet

ON_SHEETS = ("duties_issued", "duty_handed_on")


@requires(Capability.VIEW_RESPONSIBILITIES)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What is asked of the units that the person sees, unit by unit."""
    seen = Responsibility.objects.visible_to(person(request)).for_city(city_of(request))
    plans = _plans_in_force(request)
    rows = seen.filter(plan__in=plans).select_related("unit", "plan").order_by("unit__pinyin")
    units: dict[UUID, dict[str, object]] = {}
    for row in rows:
        found = units.setdefault(row.unit_id, {"unit": row.unit, "n": 0, "leads": 0})
        found["n"] = int(str(found["n"])) + 1
        found["leads"] = int(str(found["leads"])) + (row.role == "lead")
    if len(units) == 1:
        return _shown(request, next(iter(units.values()))["unit"])  # type: ignore[arg-type]
    told = told_to(request).filter(code__in=ON_SHEETS)
    context = {"units": list(units.values()), "plans": plans, "told": told}
    return render(request, "framework/responsibility/units.html", context)


@requires(Capability.VIEW_RESPONSIBILITIES)
@require_safe
def of_unit(request: HttpRequest, unit: UUID) -> HttpResponse:
    """The sheet of one unit."""
    return _shown(request, found_duty_unit(request, unit))


@requires(Capability.VIEW_RESPONSIBILITIES)
@require_safe
def sheet(request: HttpRequest, unit: UUID, form: str) -> HttpResponse:
    """The sheet of one unit as a file: docx or xlsx."""
    if form not in KINDS:
        raise Http404
    found = found_duty_unit(request, unit)
    written = unit_sheet(found, duties_by_plan(request, found), form=form)
    response = HttpResponse(written, content_type=KINDS[form])
    response.headers["Content-Disposition"] = f'attachment; filename="duties.{form}"'
    return response


@requires(Capability.VIEW_RESPONSIBILITIES)
@require_POST
def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take something that a unit was told out of its inbox, because it was read."""
    seen = InboxEntry.objects.visible_to(person(request)).for_city(city_of(request))
    take_note(get_object_or_404(seen.filter(code__in=TOLD), pk=pk), by=person(request))
    messages.success(request, _("Noted; it stands under “Done” in the inbox."))
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if is_ours else "base:inbox")


def told_to(request: HttpRequest) -> QuerySet[InboxEntry]:
    """What the person was told and has not said to have read."""
    seen = InboxEntry.objects.visible_to(person(request)).for_city(city_of(request)).open()
    return seen.filter(code__in=TOLD)


def _plans_in_force(request: HttpRequest) -> list[ResponsibilityPlan]:
    editions = Edition.objects.visible_to(person(request)).for_city(city_of(request))
    found = [plan_in_force(edition) for edition in editions.defer("content")]
    return [plan for plan in found if plan is not None]


def found_duty_unit(request: HttpRequest, pk: UUID) -> Unit:
    """A unit of which the person sees at least one responsibility."""
    seen = Responsibility.objects.visible_to(person(request)).for_city(city_of(request))
    units = Unit.objects.visible_to(person(request)).for_city(city_of(request))
    return get_object_or_404(units.filter(pk__in=seen.filter(unit=pk).values("unit")), pk=pk)


def duties_by_plan(
    request: HttpRequest, unit: Unit
) -> list[tuple[ResponsibilityPlan, list[UnitDuty]]]:
    """What the person sees of the duties of a unit, by each plan in force."""
    seen = Responsibility.objects.visible_to(person(request)).for_city(city_of(request))
    found = []
    for plan in _plans_in_force(request):
        rows = list(seen.filter(plan=plan, unit=unit).prefetch_related("objections"))
        if rows:
            found.append((plan, duties_of(plan, rows)))
    return found


def _shown(request: HttpRequest, unit: Unit) -> HttpResponse:
    user, city = person(request), city_of(request)
    own = {pk for grant in user.grants(Capability.OBJECT, city=city) for pk in grant.units}
    context = {
        "unit": unit,
        "sheets": duties_by_plan(request, unit),
        "may_object": unit.pk in own,
        "told": told_to(request).filter(unit=unit, code__in=ON_SHEETS),
    }
    return render(request, "framework/responsibility/duties.html", context)
