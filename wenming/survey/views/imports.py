"""Questionnaires from XLSForm: mistakes by cell, a preview, the taking over."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_in_notice, explain_on
from wenming.base.models import CityQuerySet, Import
from wenming.base.views.asking import sent
from wenming.base.views.mistakes import told
from wenming.core.permissions import Capability
from wenming.survey.forms.imports import XLSFormForm
from wenming.survey.queries.reading import lines_of
from wenming.survey.services.instrument_imports import (
    KIND,
    bring_xlsform,
    checked_xlsform,
    take_over_xlsform,
)

EDIT = Capability.EDIT_QUESTIONNAIRE
SHOWN = 500


@requires(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Bring a workbook; the files brought before stand below."""
    form = XLSFormForm(sent(request), request.FILES or None, request=request)
    if request.method == "POST" and form.is_valid():
        with explain_on(form, field="file"):
            brought = bring_xlsform(
                form.cleaned_data["file"], city=city_of(request), by=person(request)
            )
            return redirect("survey:instrument_check", pk=brought.pk)
    earlier = _seen(request).select_related("attachment").order_by("-brought_at")[:20]
    context = {"form": form, "earlier": earlier}
    return render(request, "survey/bring.html", context, status=form.status)


@requires(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the workbook says: its mistakes, or its questions, which become a draft from here."""
    rows = _seen(request).select_related("attachment__file", "city")
    brought = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        with explain_in_notice(request):
            made = take_over_xlsform(brought, by=person(request))
            messages.success(request, _("The questionnaire is a draft now."))
            return redirect("survey:instrument", pk=made.pk)
        return redirect("survey:instrument_check", pk=pk)
    checked = checked_xlsform(brought)
    context = {
        "brought": brought,
        "problems": told(checked.problems[:SHOWN]),
        "n": len(checked.problems),
        "shown": SHOWN,
        "form_read": checked.instrument,
        "lines": lines_of(checked.instrument) if checked.instrument else (),
    }
    return render(request, "survey/check.html", context)


def _seen(request: HttpRequest) -> CityQuerySet[Import]:
    rows = Import.objects.visible_to(person(request), EDIT).for_city(city_of(request))
    return rows.filter(kind=KIND)
