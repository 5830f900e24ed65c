"""One finding and what was made of it: settle it, settle several, open it again."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_on
from wenming.base.tables import chosen_rows
from wenming.base.views.asking import Question, asked, sent
from wenming.core.lifecycle import SettlementState
from wenming.core.permissions import Capability
from wenming.scoring.models import Settlement
from wenming.scoring.queries.reconciliation import figures_of_finding
from wenming.scoring.services.settling import reopen_finding, settle_finding, settle_findings
from wenming.scoring.settlement_forms import ReopenForm, SeveralForm, VerdictForm
from wenming.scoring.views.reconciliation import seen_settlements


@requires(Capability.VIEW_FIGURES)
@require_safe
def finding(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One finding with the figures that it is about; for the office the form that settles it."""
    found = get_object_or_404(seen_settlements(request), pk=pk)
    return _shown(request, found, _form_of(request, found))


@requires(Capability.SETTLE_FINDING)
@require_POST
def settle_one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Settle a finding; with a mistake it is shown again with what was typed."""
    found = get_object_or_404(seen_settlements(request), pk=pk)
    form = _form_of(request, found)
    if form.is_valid():
        with explain_on(form):
            settle_finding(found, by=person(request), **form.said)
            form.accept()
            messages.success(request, _("The finding was settled."))
            return redirect(_desk_of(found))
    return _shown(request, found, form)


def _form_of(request: HttpRequest, found: Settlement) -> VerdictForm:
    return VerdictForm(sent(request), request=request, draft=f"settle-{found.pk}")


def _shown(request: HttpRequest, found: Settlement, form: VerdictForm) -> HttpResponse:
    context = {
        "finding": found,
        "figures": figures_of_finding(found),
        "form": form,
        "desk_address": _desk_of(found),
        "may_settle": person(request).may(Capability.SETTLE_FINDING, city=city_of(request)),
        "is_open": found.state == SettlementState.OPEN and found.round is not None,
    }
    return render(request, "scoring/reconciliation/finding.html", context, status=form.status)


@requires(Capability.SETTLE_FINDING)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen_one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open a settled finding again."""
    found = get_object_or_404(seen_settlements(request), pk=pk)
    question = Question(
        title=_("Open the finding again"),
        back=reverse("scoring:finding", args=[found.pk]),
        within=_("Finding"),
        done=_("The finding is open again."),
        submit=pgettext("of a finding", "Open it again"),
        advice=_("The verdict so far stays in the audit. The office is asked to settle it anew."),
    )

    def act(given: Mapping[str, Any]) -> None:
        reopen_finding(found, by=person(request), reason=given["reason"])

    return asked(request, ReopenForm(sent(request), request=request), question, act)


@requires(Capability.SETTLE_FINDING)
@require_POST
def settle_several(request: HttpRequest) -> HttpResponse:
    """Settle the chosen findings with one verdict and one reason."""
    seen = seen_settlements(request)
    chosen = chosen_rows(request, seen).filter(state=SettlementState.OPEN).exclude(round=None)
    rows = list(chosen.order_by("position"))
    if not rows:
        messages.info(request, _("Nothing was settled: choose findings that are still open."))
        return redirect("scoring:reconciliation_latest")
    is_sent = "reason" in request.POST
    form = SeveralForm(
        request.POST if is_sent else None, request=request, initial={"rows": [r.pk for r in rows]}
    )
    form.fields["rows"].queryset = seen  # type: ignore[attr-defined]
    if is_sent and form.is_valid():
        with explain_on(form):
            count = settle_findings(form.cleaned_data["rows"], by=person(request), **form.said)
            done = ngettext("%(n)s finding was settled.", "%(n)s findings were settled.", count)
            messages.success(request, done % {"n": count})
            return redirect(_desk_of(rows[0]))
    context = {"form": form, "rows": rows, "desk_address": _desk_of(rows[0])}
    return render(request, "scoring/reconciliation/several.html", context, status=form.status)


def _desk_of(found: Settlement) -> str:
    """The desk on which a finding stands."""
    if found.round_id is None:
        return reverse("scoring:reconciliation_latest")
    return reverse("scoring:reconciliation", args=[found.round_id])
