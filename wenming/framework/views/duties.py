"""What is asked of a unit: its own sheet of responsibilities, on screen, in Word and in Excel."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.models import Unit
from wenming.core.permissions import Capability
from wenming.framework.models import Edition, Responsibility, ResponsibilityPlan
from wenming.framework.queries.plans import UnitDuty, duties_of, plan_in_force
from wenming.framework.views.sheets import KINDS, unit_sheet


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
    context = {"units": list(units.values()), "plans": plans}
    return render(request, "framework/responsibility/units.html", context)


@requires(Capability.VIEW_RESPONSIBILITIES)
@require_safe
def of_unit(request: HttpRequest, unit: UUID) -> HttpResponse:
    """The sheet of one unit."""
    return _shown(request, _unit(request, unit))


@requires(Capability.VIEW_RESPONSIBILITIES)
@require_safe
def sheet(request: HttpRequest, unit: UUID, form: str) -> HttpResponse:
    """The sheet of one unit as a file: docx or xlsx."""
    if form not in KINDS:
        raise Http404
    found = _unit(request, unit)
    written = unit_sheet(found, _duties(request, found), form=form)
    response = HttpResponse(written, content_type=KINDS[form])
    response.headers["Content-Disposition"] = f'attachment; filename="duties.{form}"'
    return response


def _plans_in_force(request: HttpRequest) -> list[ResponsibilityPlan]:
    editions = Edition.objects.visible_to(person(request)).for_city(city_of(request))
    found = [plan_in_force(edition) for edition in editions.defer("content")]
    return [plan for plan in found if plan is not None]


def _unit(request: HttpRequest, pk: UUID) -> Unit:
    """A unit of which the person sees at least one responsibility."""
    seen = Responsibility.objects.visible_to(person(request)).for_city(city_of(request))
    units = Unit.objects.visible_to(person(request)).for_city(city_of(request))
    return get_object_or_404(units.filter(pk__in=seen.filter(unit=pk).values("unit")), pk=pk)


def _duties(request: HttpRequest, unit: Unit) -> list[tuple[ResponsibilityPlan, list[UnitDuty]]]:
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
        "sheets": _duties(request, unit),
        "may_object": unit.pk in own,
    }
    return render(request, "framework/responsibility/duties.html", context)
