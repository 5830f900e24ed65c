"""Sites from Excel and back: mistakes by cell, a preview with a map, the taking over."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_in_notice, explain_on
from wenming.base.models import CityQuerySet, Import
from wenming.base.tables.exporting import WORKBOOK
from wenming.base.views.asking import sent
from wenming.base.views.mistakes import told
from wenming.core.permissions import Capability
from wenming.files.geojson import Feature, geojson_text
from wenming.files.register_workbook import write_register
from wenming.rounds.forms.register import RegisterFileForm
from wenming.rounds.models import MapLayer
from wenming.rounds.queries.register_imports import register_rows
from wenming.rounds.services.register_imports import (
    KIND,
    bring_register,
    checked_register,
    take_over_register,
)
from wenming.rounds.views.map import GEOJSON
from wenming.rounds.views.register import seen_register

EDIT = Capability.EDIT_REGISTER
SHOWN = 500


@requires(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Bring a workbook; the files brought before stand below."""
    form = RegisterFileForm(sent(request), request.FILES or None, request=request)
    if request.method == "POST" and form.is_valid():
        with explain_on(form, field="file"):
            brought = bring_register(
                form.cleaned_data["file"], city=city_of(request), by=person(request)
            )
            return redirect("rounds:register_check", pk=brought.pk)
    earlier = _seen(request).select_related("attachment").order_by("-brought_at")[:20]
    context = {"form": form, "earlier": earlier}
    return render(request, "rounds/register/bring.html", context, status=form.status)


@requires(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the file would do: its mistakes, or the changes, which are taken over from here."""
    brought = _found(request, pk)
    if request.method == "POST":
        return _taken_over(request, brought)
    checked = checked_register(brought)
    context = {
        "brought": brought,
        "problems": told(checked.problems[:SHOWN]),
        "n": len(checked.problems),
        "changes": checked.changes[:SHOWN],
        "n_changes": len(checked.changes),
        "points": sum(details.place is not None for _site, details in checked.sites),
        "layers": MapLayer.objects.visible_to(person(request)).for_city(brought.city),
        "shown": SHOWN,
    }
    return render(request, "rounds/register/check.html", context)


@requires(EDIT)
@require_safe
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where the sites of the file lie, as GeoJSON in WGS-84."""
    checked = checked_register(_found(request, pk))
    text = geojson_text(
        Feature(
            "Point",
            [details.place.longitude, details.place.latitude],
            {"name": details.title, "site_type": details.site_type, "key": details.key},
        )
        for _site, details in checked.sites
        if details.place is not None
    )
    return HttpResponse(text, content_type=GEOJSON)


@requires(EDIT)
@require_safe
def template(_request: HttpRequest) -> HttpResponse:
    """A blank workbook with its headings and what to write under them."""
    return _file(write_register([]), "sites-template.xlsx")


@requires(EDIT)
@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The register as a workbook in the form that is read again."""
    listed = list(seen_register(request).in_use().order_by("key"))
    rows = register_rows(listed, city_of(request))
    return _file(write_register(rows), f"sites-{localdate():%Y%m%d}.xlsx")


def _seen(request: HttpRequest) -> CityQuerySet[Import]:
    return Import.objects.visible_to(person(request)).for_city(city_of(request)).filter(kind=KIND)


def _found(request: HttpRequest, pk: UUID) -> Import:
    return get_object_or_404(_seen(request).select_related("attachment__file", "city"), pk=pk)


def _taken_over(request: HttpRequest, brought: Import) -> HttpResponse:
    with explain_in_notice(request):
        n = take_over_register(brought, by=person(request))
        said = ngettext("%(n)s site was taken over.", "%(n)s sites were taken over.", n)
        messages.success(request, said % {"n": n})
        return redirect("rounds:register")
    return redirect("rounds:register_check", pk=brought.pk)


def _file(written: bytes, name: str) -> HttpResponse:
    response = HttpResponse(written, content_type=WORKBOOK)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
