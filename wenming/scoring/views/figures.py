"""Papers and their figures: entered, changed and removed at the reconciliation desk."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_in_notice, explain_on
from wenming.base.views.asking import Question, asked, sent
from wenming.core.permissions import Capability
from wenming.scoring.figure_forms import FigureForm, NewPaperForm, PaperForm, as_typed
from wenming.scoring.models import Figure, ReportedDocument
from wenming.scoring.services.figures import (
    change_figure,
    enter_figure,
    remove_figure,
)
from wenming.scoring.services.papers import add_paper, change_paper, remove_paper
from wenming.scoring.views.reconciliation import found_round

READ_OR_SEND = ["GET", "HEAD", "POST"]


def found_paper(request: HttpRequest, pk: UUID) -> ReportedDocument:
    """The paper where the person may see it; else 404."""
    seen = ReportedDocument.objects.visible_to(person(request)).for_city(city_of(request))
    return get_object_or_404(seen.select_related("round__city"), pk=pk)


def found_figure(request: HttpRequest, pk: UUID) -> Figure:
    """The figure where the person may see it; else 404."""
    seen = Figure.objects.visible_to(person(request)).for_city(city_of(request))
    return get_object_or_404(seen.select_related("round__city"), pk=pk)


@requires(Capability.EDIT_FIGURES)
@require_http_methods(READ_OR_SEND)
def paper_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a paper to a round."""
    round_ = found_round(request, pk)
    form = NewPaperForm(
        sent(request), request.FILES or None, request=request, draft=f"paper-new-{round_.pk}"
    )
    question = Question(
        title=_("Add a paper"), back=desk_of(round_.pk), within=_("Reconciliation"),
        done=_("The paper was added. Enter its figures now."),
    )  # fmt: skip

    def act(given: Mapping[str, Any]) -> None:
        add_paper(round_, form.entry, by=person(request), file=given["file"])

    return asked(request, form, question, act)


@requires(Capability.EDIT_FIGURES)
@require_http_methods(READ_OR_SEND)
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what is said of a paper."""
    found = found_paper(request, pk)
    initial = {name: getattr(found, name) for name in ("title_zh", "title_en", "as_of")}
    form = PaperForm(sent(request), request=request, initial=initial)
    question = Question(
        title=_("Change the paper"), back=desk_of(found.round_id), within=_("Reconciliation"),
        done=_("The paper was changed."),
    )  # fmt: skip

    def act(_given: Mapping[str, Any]) -> None:
        change_paper(found, form.entry, by=person(request))

    return asked(request, form, question, act)


@requires(Capability.EDIT_FIGURES)
@require_http_methods(READ_OR_SEND)
def figure_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter a figure of a paper; the next one can follow at once."""
    found = found_paper(request, pk)
    form = FigureForm(sent(request), request=request, draft=f"figure-new-{found.pk}")
    form.offer(_figures(request, found.round_id), document=found.key, figure=None)
    if request.method == "POST" and form.is_valid():
        with explain_on(form):
            entered = enter_figure(found, form.entry, by=person(request))
            form.accept()
            said = _("Entered: %(figure)s. What does not fit is listed at the right.")
            messages.success(request, said % {"figure": str(entered)})
            return redirect(desk_of(found.round_id))
    context = {"form": form, "paper": found, "desk_address": desk_of(found.round_id)}
    return render(request, "scoring/reconciliation/figure.html", context, status=form.status)


@requires(Capability.EDIT_FIGURES)
@require_http_methods(READ_OR_SEND)
def figure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a figure to what the paper really says."""
    found = found_figure(request, pk)
    form = FigureForm(
        sent(request), request=request, draft=f"figure-{found.pk}", initial=as_typed(found)
    )
    form.offer(_figures(request, found.round_id), document=found.document, figure=found)
    if request.method == "POST" and form.is_valid():
        with explain_on(form):
            seen = form.cleaned_data["seen"]
            change_figure(found, form.entry, by=person(request), seen=seen)
            form.accept()
            messages.success(request, _("The figure was changed, and the round checked again."))
            return redirect(desk_of(found.round_id))
    context = {"form": form, "figure": found, "desk_address": desk_of(found.round_id)}
    return render(request, "scoring/reconciliation/figure.html", context, status=form.status)


@requires(Capability.EDIT_FIGURES)
@require_POST
def paper_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove a paper with its figures."""
    found = found_paper(request, pk)
    with explain_in_notice(request):
        remove_paper(found, by=person(request))
        messages.success(request, _("The paper and its figures were removed."))
    return redirect(desk_of(found.round_id))


@requires(Capability.EDIT_FIGURES)
@require_POST
def figure_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove a figure."""
    found = found_figure(request, pk)
    with explain_in_notice(request):
        remove_figure(found, by=person(request))
        messages.success(request, _("The figure was removed."))
    return redirect(desk_of(found.round_id))


def _figures(request: HttpRequest, round_: UUID) -> list[Figure]:
    seen = Figure.objects.visible_to(person(request)).for_city(city_of(request))
    return list(seen.filter(round=round_).order_by("position"))


def desk_of(round_: UUID) -> str:
    """The desk of a round."""
    return reverse("scoring:reconciliation", args=[round_])
