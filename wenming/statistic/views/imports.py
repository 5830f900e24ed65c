"""Figures from Excel and back: mistakes by cell, a preview, the taking over."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_in_notice, explain_on
from wenming.base.models import CityQuerySet, Import
from wenming.base.tables.exporting import WORKBOOK
from wenming.base.views.asking import sent
from wenming.base.views.mistakes import told
from wenming.files.statistics_workbook import write_statistics
from wenming.rounds.models import Collection
from wenming.statistic.forms import StatisticsFileForm
from wenming.statistic.queries.imports import statistic_rows
from wenming.statistic.services.entries import ENTER
from wenming.statistic.services.imports import (
    KIND,
    bring_statistics,
    checked_statistics,
    take_over_statistics,
)
from wenming.statistic.views.entries import READ_OR_SEND, rounds_seen

SHOWN = 500


@requires(ENTER)
@require_http_methods(READ_OR_SEND)
def bring(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring a workbook; the files brought before stand below."""
    round_ = _round(request, pk)
    form = StatisticsFileForm(sent(request), request.FILES or None, request=request)
    if request.method == "POST" and form.is_valid():
        with explain_on(form, field="file"):
            brought = bring_statistics(form.cleaned_data["file"], round_, by=person(request))
            return redirect("statistic:check", pk=brought.pk)
    earlier = _seen(request).filter(options__collection=str(round_.pk))
    context = {
        "form": form,
        "collection": round_,
        "earlier": earlier.select_related("attachment").order_by("-brought_at")[:20],
    }
    return render(request, "statistic/bring.html", context, status=form.status)


@requires(ENTER)
@require_http_methods(READ_OR_SEND)
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the file would do: its mistakes, or the changes, which are taken over from here."""
    brought = get_object_or_404(_seen(request).select_related("attachment__file", "city"), pk=pk)
    round_ = _round(request, UUID(str(brought.options["collection"])))
    if request.method == "POST":
        return _taken_over(request, brought, round_)
    checked = checked_statistics(brought, round_, by=person(request))
    context = {
        "brought": brought,
        "collection": round_,
        "problems": told(checked.problems[:SHOWN]),
        "n": len(checked.problems),
        "changes": checked.changes[:SHOWN],
        "n_changes": len(checked.changes),
        "same": checked.same,
        "shown": SHOWN,
    }
    return render(request, "statistic/check.html", context)


@requires(ENTER)
@require_safe
def workbook(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the round asks of the person as a workbook, with what was entered before."""
    round_ = _round(request, pk)
    written = write_statistics(statistic_rows(round_, by=person(request)))
    response = HttpResponse(written, content_type=WORKBOOK)
    name = f"statistics-{round_.key}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _round(request: HttpRequest, pk: UUID) -> Collection:
    rows = rounds_seen(request).select_related("edition", "city", "responsibility_plan")
    return get_object_or_404(rows, pk=pk)


def _seen(request: HttpRequest) -> CityQuerySet[Import]:
    return Import.objects.visible_to(person(request)).for_city(city_of(request)).filter(kind=KIND)


def _taken_over(request: HttpRequest, brought: Import, round_: Collection) -> HttpResponse:
    with explain_in_notice(request):
        n = len(take_over_statistics(brought, round_, by=person(request)).steps)
        said = ngettext(
            "%(n)s figure was taken over and waits for confirmation by a second person.",
            "%(n)s figures were taken over and wait for confirmation by a second person.",
            n,
        )
        messages.success(request, said % {"n": n})
        return redirect("statistic:entries", pk=round_.pk)
    return redirect("statistic:check", pk=brought.pk)
