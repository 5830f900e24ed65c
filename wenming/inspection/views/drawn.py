"""Planning visits from what a sealed draw released: shown first, then done."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wenming.base import wording
from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_in_notice, explain_on
from wenming.base.views.asking import sent
from wenming.core.permissions import Capability
from wenming.core.terms import AssignmentRole
from wenming.inspection.drawn_forms import PairsForm
from wenming.inspection.services.drawn import look_at_sites, plan_drawn
from wenming.inspection.services.drawn_plans import DrawnPlan, drawn_plan
from wenming.rounds.models import SealedDraw
from wenming.rounds.queries.collections import assigned
from wenming.rounds.queries.draws import seen_draws

METHODS = ["GET", "HEAD", "POST"]


@requires(Capability.VIEW_DRAW)
@require_http_methods(METHODS)
@never_cache
def drawn(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was released to oneself as visits: pairs are chosen, looked at, then planned."""
    found = _found(request, pk)
    with explain_in_notice(request), transaction.atomic():
        return _page(request, found)
    return redirect("rounds:draw", pk=found.pk)


def _found(request: HttpRequest, pk: UUID) -> SealedDraw:
    """A draw of whose team one is and whose round one leads; for everybody else it is not there."""
    asks, city = person(request), city_of(request)
    if not asks.may(Capability.MANAGE_ROUNDS, city=city):
        raise Http404
    return get_object_or_404(seen_draws(asks, city), pk=pk)


def _page(request: HttpRequest, found: SealedDraw) -> HttpResponse:
    by = person(request)
    released = look_at_sites(found, by=by)
    form = PairsForm(sent(request), request=request)
    people = assigned(released.collection, AssignmentRole.INSPECTOR)
    form.offer(released.open_releases, people)
    is_deed = request.method == "POST" and request.POST.get("step") == "plan"
    if form.is_valid() and is_deed:
        with explain_on(form):
            shown = request.POST.get("confirmed", "")
            n = len(plan_drawn(found, form.pairs, confirmed=shown, by=by))
            said = ngettext("%(n)d visit was planned.", "%(n)d visits were planned.", n)
            messages.success(request, said % {"n": n})
            return redirect("inspection:visits", released.collection.pk)
    plan = drawn_plan(released, form.pairs)
    context = {"draw": found, "form": form, "plan": plan, "rows": _rows(form, plan)}
    return render(request, "inspection/drawn.html", context, status=form.status)


def _rows(form: PairsForm, plan: DrawnPlan) -> list[dict[str, Any]]:
    language = "en" if get_language() == "en" else "zh"
    return [
        {
            "route": each,
            "fields": [form[name] for name in form.names_of(each.release)],
            "refused": [(one.pick, wording.refusal(one.reason, language)) for one in each.refused],
        }
        for each in plan.routes
    ]
