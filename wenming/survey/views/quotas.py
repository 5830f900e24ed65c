"""Quotas of a round on the desk: how full they are, and setting them."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wenming.base.access import person, requires
from wenming.base.forms import explain_on
from wenming.base.views.asking import sent
from wenming.core.lifecycle import CollectionState
from wenming.survey.forms.quota_cross import CrossForm, cross_of
from wenming.survey.forms.quotas import quotas_as_typed, quotas_form
from wenming.survey.models import Quota
from wenming.survey.queries.instruments import instrument_of
from wenming.survey.queries.quotas import quotas_of
from wenming.survey.services.quotas import set_quotas
from wenming.survey.views.instruments import EDIT, VIEW, may_edit
from wenming.survey.views.sheets import METHODS, found_round, seen_work


@requires(VIEW)
@require_safe
def quotas(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How full each quota of a round is, among the sheets of all interviewers."""
    round_ = found_round(request, pk)
    work = seen_work(request, round_)
    context = {
        "round": round_,
        "work": work,
        "quotas": quotas_of(work) if work else None,
        "may_edit": may_edit(request) and round_.state != CollectionState.CLOSED,
    }
    return render(request, "survey/quotas.html", context)


@requires(EDIT)
@require_http_methods(METHODS)
def quotas_set(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say whom a round wants how often: a cross of two questions, and free rows."""
    round_ = found_round(request, pk)
    work = seen_work(request, round_)
    if work is None:
        messages.error(request, _("Choose the questionnaire of the round first."))
        return redirect("survey:sheets", pk)
    instrument = instrument_of(work.instrument)
    stored = list(Quota.objects.visible_to(person(request)).filter(fieldwork=work))
    stored.sort(key=lambda each: each.position)
    kept = cross_of(stored, instrument)
    cross = CrossForm(request.GET if "down" in request.GET else kept, request=request)
    cross.offer(instrument)
    crossed, free = _parted(stored, kept)
    kind = quotas_form(instrument, cross.axes, len(free))
    initial = quotas_as_typed(cross.axes, crossed, free)
    form = kind(sent(request), request=request, initial=initial)
    if request.method == "POST" and cross.is_valid() and form.is_valid():
        with explain_on(form):
            set_quotas(work, form.wishes, by=person(request))
            messages.success(request, _("The quotas were set."))
            return redirect("survey:quotas", pk)
    context = {"round": round_, "cross": cross, "form": form, "is_other": _is_other(cross, kept)}
    status = max(cross.status, form.status)
    return render(request, "survey/quotas_set.html", context, status=status)


def _parted(stored: Sequence[Quota], kept: dict[str, str]) -> tuple[list[Quota], list[Quota]]:
    """The quotas of the cross, and the others."""
    keys = {kept[name] for name in ("down", "across") if kept.get(name)}
    crossed = [each for each in stored if set(each.cell) == keys]
    return crossed, [each for each in stored if set(each.cell) != keys]


def _is_other(cross: CrossForm, kept: dict[str, str]) -> bool:
    """Whether another cross is shown than the one that is stored."""
    shown = {cross.data.get("down"), cross.data.get("across")}
    return bool(kept) and shown != {kept["down"], kept["across"]}
