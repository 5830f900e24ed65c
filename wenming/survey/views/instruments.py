"""Questionnaires on the desk: the list, one of them with its versions, its steps, its workbook."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_in_notice
from wenming.base.models import CityQuerySet
from wenming.base.tables import list_page
from wenming.base.tables.exporting import WORKBOOK
from wenming.core.permissions import Capability
from wenming.core.questionnaire import compare_instruments
from wenming.files.xlsform_out import write_xlsform
from wenming.rounds.models import Collection
from wenming.survey.models import Instrument
from wenming.survey.queries.instruments import instrument_of
from wenming.survey.queries.reading import lines_of
from wenming.survey.services.instruments import put_instrument_in_use, retire_instrument
from wenming.survey.tables import INSTRUMENTS

VIEW, EDIT = Capability.VIEW_SHEETS, Capability.EDIT_QUESTIONNAIRE


def seen_instruments(request: HttpRequest) -> CityQuerySet[Instrument]:
    """The questionnaires that the person who asks sees in the city at hand."""
    return Instrument.objects.visible_to(person(request)).for_city(city_of(request))


def found_instrument(request: HttpRequest, pk: UUID) -> Instrument:
    """A questionnaire that the person who asks sees, or 404."""
    rows = seen_instruments(request).select_related("city", "created_by")
    return get_object_or_404(rows, pk=pk)


def may_edit(request: HttpRequest) -> bool:
    """Whether the person who asks edits questionnaires of the city at hand (编辑权限)."""
    return person(request).may(EDIT, city=city_of(request))


@requires(VIEW)
@require_safe
def instruments(request: HttpRequest) -> HttpResponseBase:
    """The questionnaires of the city, each version for itself."""
    rows = seen_instruments(request).select_related("created_by")
    listed = rows.annotate(rounds=Count("fieldwork"))
    return list_page(
        request, INSTRUMENTS, listed, template="survey/instruments.html", may_edit=may_edit(request)
    )


@requires(VIEW)
@require_safe
def instrument(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One questionnaire: its questions as a sheet, its versions, and how one differs."""
    found = found_instrument(request, pk)
    built = instrument_of(found)
    same = seen_instruments(request).filter(key=found.key)
    versions = list(same.select_related("created_by").order_by("-created_at"))
    other = next((v for v in versions if str(v.pk) == request.GET.get("compare")), None)
    rounds = Collection.objects.visible_to(person(request)).for_city(found.city)
    context = {
        "instrument": found,
        "built": built,
        "lines": lines_of(built),
        "versions": versions,
        "other": other,
        "changes": compare_instruments(instrument_of(other), built) if other else (),
        "rounds": rounds.filter(fieldwork__instrument=found).order_by("-period_to"),
        "may_edit": may_edit(request),
    }
    return render(request, "survey/instrument.html", context)


@requires(EDIT)
@require_POST
def use(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a draft in use."""
    found = found_instrument(request, pk)
    with explain_in_notice(request):
        put_instrument_in_use(found, by=person(request))
        messages.success(request, _("The questionnaire is in use; rounds can take it now."))
    return redirect("survey:instrument", pk)


@requires(EDIT)
@require_POST
def retire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a questionnaire out of use."""
    found = found_instrument(request, pk)
    with explain_in_notice(request):
        retire_instrument(found, by=person(request))
        messages.success(
            request, _("The questionnaire is out of use; rounds that have it keep it.")
        )
    return redirect("survey:instrument", pk)


@requires(VIEW)
@require_safe
def workbook(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The questionnaire as an XLSForm."""
    found = found_instrument(request, pk)
    response = HttpResponse(write_xlsform(instrument_of(found)), content_type=WORKBOOK)
    name = f"{found.key}-{found.version}.xlsx"
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or ""
    )
    return response
