"""Margins, weights and estimates of a survey on the desk."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenming.base.access import person, requires
from wenming.base.forms import explain_in_notice, explain_on
from wenming.base.tables import Listed, list_page
from wenming.base.views.asking import Question, asked, sent
from wenming.core.lifecycle import CollectionState
from wenming.survey.estimate_tables import estimates_table
from wenming.survey.forms.margins import TrimForm, margin_as_typed, margin_form
from wenming.survey.models import Fieldwork, PopulationMargin
from wenming.survey.queries.margins import MarginColumn, margin_columns
from wenming.survey.queries.raking import raking_of_round
from wenming.survey.services.margins import MarginWish, clear_margin, set_margin, set_trim
from wenming.survey.views.instruments import EDIT
from wenming.survey.views.sheets import METHODS, found_round, seen_work


@requires(EDIT)
@require_safe
def raking(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """What raking does to the accepted sheets now, and what they say of the items they feed."""
    round_ = found_round(request, pk)
    work = seen_work(request, round_)
    shown = raking_of_round(work) if work else None
    columns: list[MarginColumn] = []
    if work is not None and shown is not None:
        had = {each.column.key for each in shown.margins}
        columns = [each for each in margin_columns(work) if each.key not in had]
    return list_page(
        request,
        estimates_table(),
        Listed(shown.figures if shown else ()),
        template="survey/raking.html",
        round=round_,
        work=work,
        shown=shown,
        columns=columns,
        may_edit=round_.state != CollectionState.CLOSED,
    )


@requires(EDIT)
@require_http_methods(METHODS)
def margin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say how the population divides by the column that the address names."""
    round_ = found_round(request, pk)
    work = seen_work(request, round_)
    column = _column(request, work)
    if work is None or column is None:
        messages.error(request, _("Choose what to weight by first."))
        return redirect("survey:raking", pk)
    stored = (
        PopulationMargin.objects.visible_to(person(request))
        .filter(fieldwork=work, column=column.key)
        .first()
    )
    known = stored.groups if stored else []
    initial = margin_as_typed(column, stored.source if stored else "", known)
    form = margin_form(column, known)(sent(request), request=request, initial=initial)
    if request.method == "POST" and form.is_valid():
        wish = MarginWish(column.key, form.cleaned_data["source"], form.cleaned_data["groups"])
        with explain_on(form):
            set_margin(work, wish, by=person(request))
            messages.success(request, _("The margin was set."))
            return redirect("survey:raking", pk)
    context = {"round": round_, "form": form, "column": column, "stored": stored}
    return render(request, "survey/margin.html", context, status=form.status)


@requires(EDIT)
@require_POST
def margin_clear(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a margin away."""
    round_ = found_round(request, pk)
    work = seen_work(request, round_)
    if work is not None:
        with explain_in_notice(request):
            clear_margin(work, request.POST.get("column", ""), by=person(request))
            messages.success(request, _("The margin was taken away."))
    return redirect("survey:raking", pk)


@requires(EDIT)
@require_http_methods(METHODS)
def trim(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say between which bounds raked weights must stay."""
    round_ = found_round(request, pk)
    work = seen_work(request, round_)
    if work is None:
        messages.error(request, _("Choose the questionnaire of the round first."))
        return redirect("survey:sheets", pk)
    known = {"lower": work.trim_lower, "upper": work.trim_upper}
    form = TrimForm(sent(request), request=request, initial=known)
    question = Question(
        title=_("Trim weights"),
        back=reverse("survey:raking", args=[round_.pk]),
        within=_("Margins and weights"),
        done=_("The bounds of the weights were set."),
        submit=_("Save"),
        advice=_("Trimming makes the weights less unequal, and the margins are met only nearly."),
    )

    def act(given: Mapping[str, Any]) -> None:
        set_trim(work, lower=given["lower"], upper=given["upper"], by=person(request))

    return asked(request, form, question, act)


def _column(request: HttpRequest, work: Fieldwork | None) -> MarginColumn | None:
    wanted = request.GET.get("column", "")
    columns = margin_columns(work) if work is not None and wanted else []
    return next((each for each in columns if each.key == wanted), None)
