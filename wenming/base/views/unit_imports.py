"""The organisation from Excel and back: mistakes by cell, a preview, the taking over."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from wenming.base import wording
from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_in_notice, explain_on
from wenming.base.forms.imports import UnitsFileForm
from wenming.base.models import CityQuerySet, Import
from wenming.base.queries.unit_workbook import organisation_rows
from wenming.base.services.unit_imports import (
    KIND,
    bring_units,
    check_units,
    take_over_units,
)
from wenming.base.tables.exporting import WORKBOOK
from wenming.base.views.asking import sent
from wenming.base.views.organisation import seen_units
from wenming.core.permissions import Capability
from wenming.files.units_workbook import write_organisation

EDIT = Capability.EDIT_ORGANISATION
SHOWN = 500


@requires(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Bring a workbook; the files brought before stand below."""
    form = UnitsFileForm(sent(request), request.FILES or None, request=request)
    if request.method == "POST" and form.is_valid():
        with explain_on(form, field="file"):
            brought = bring_units(
                form.cleaned_data["file"], city=city_of(request), by=person(request)
            )
            return redirect("base:check_units", pk=brought.pk)
    earlier = _seen(request).select_related("attachment").order_by("-brought_at")[:20]
    context = {"form": form, "earlier": earlier}
    return render(request, "base/organisation/bring.html", context, status=form.status)


@requires(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the file would do: its mistakes, or the changes, which are taken over from here."""
    seen = _seen(request).select_related("attachment__file", "city")
    brought = get_object_or_404(seen, pk=pk)
    if request.method == "POST":
        return _taken_over(request, brought)
    checked, language = check_units(brought), get_language() or "zh"
    problems = [
        {
            "at": each.place.address or each.place.sheet,
            "sentence": wording.sentence(each.code, each.facts, language),
        }
        for each in checked.problems
    ]
    context = {
        "brought": brought,
        "problems": problems[:SHOWN],
        "n": len(problems),
        "changes": checked.changes[:SHOWN],
        "n_changes": len(checked.changes),
        "shown": SHOWN,
    }
    return render(request, "base/organisation/check.html", context)


@requires(EDIT)
@require_safe
def template(_request: HttpRequest) -> HttpResponse:
    """A blank workbook with its headings and what to write under them."""
    return _file(write_organisation({}), "organisation-template.xlsx")


@requires(EDIT)
@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The organisation as a workbook in the form that is read again."""
    rows = organisation_rows(city_of(request), seen_units(request))
    return _file(write_organisation(rows), f"organisation-{localdate():%Y%m%d}.xlsx")


def _seen(request: HttpRequest) -> CityQuerySet[Import]:
    return Import.objects.visible_to(person(request)).for_city(city_of(request)).filter(kind=KIND)


def _taken_over(request: HttpRequest, brought: Import) -> HttpResponse:
    with explain_in_notice(request):
        n = take_over_units(brought, by=person(request), day=localdate())
        said = ngettext("%(n)s change was taken over.", "%(n)s changes were taken over.", n)
        messages.success(request, said % {"n": n})
        return redirect("base:organisation")
    return redirect("base:check_units", pk=brought.pk)


def _file(written: bytes, name: str) -> HttpResponse:
    response = HttpResponse(written, content_type=WORKBOOK)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
