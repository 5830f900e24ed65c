"""Plans of responsibility: all of them, beginning a draft, issuing it, discarding it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_in_notice, explain_on
from wenming.core.lifecycle import PlanState
from wenming.core.permissions import Capability
from wenming.framework.forms.responsibilities import IssueForm
from wenming.framework.models import Edition, ResponsibilityPlan
from wenming.framework.queries.differences import differences, plan_before
from wenming.framework.queries.plans import findings_of, plan_in_force
from wenming.framework.services.plans import begin_draft, discard_draft, issue_plan
from wenming.framework.views.found import found_plan, sees_whole_plan

EMPTY = "empty"
SHOWN = 10


@requires(Capability.VIEW_RESPONSIBILITIES)
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """The plans of every edition: in force, draft, earlier ones; a unit goes to its own sheet."""
    if not sees_whole_plan(request):
        return redirect("framework:duties")
    user, city = person(request), city_of(request)
    may_edit = user.may(Capability.ASSIGN_RESPONSIBILITIES, city=city)
    editions = Edition.objects.visible_to(user).for_city(city).defer("content")
    shown = []
    for edition in editions.prefetch_related("plans").order_by("title_zh"):
        all_plans = sorted(edition.plans.all(), key=lambda plan: plan.created_at, reverse=True)
        in_force = plan_in_force(edition)
        shown.append(
            {
                "edition": edition,
                "in_force": in_force,
                "draft": next((p for p in all_plans if p.is_draft), None) if may_edit else None,
                "earlier": [p for p in all_plans if not p.is_draft and p != in_force],
            }
        )
    context = {"editions": shown, "may_edit": may_edit}
    return render(request, "framework/responsibility/plans.html", context)


@requires(Capability.ASSIGN_RESPONSIBILITIES)
@require_POST
def begin(request: HttpRequest, edition: UUID) -> HttpResponse:
    """Begin a draft as a copy of a chosen plan, by default the one in force, or empty."""
    editions = Edition.objects.visible_to(person(request)).for_city(city_of(request))
    found = get_object_or_404(editions, pk=edition)
    with explain_in_notice(request):
        draft = begin_draft(found, by=person(request), based_on=_basis(request, found))
        messages.success(request, _("The draft was begun; nothing changes for the units yet."))
        return redirect("framework:matrix", pk=draft.pk)
    return redirect("framework:plans")


def _basis(request: HttpRequest, edition: Edition) -> ResponsibilityPlan | None:
    wished = request.POST.get("based_on", "")
    if wished == EMPTY:
        return None
    if not wished:
        return plan_in_force(edition)
    plans = ResponsibilityPlan.objects.visible_to(person(request)).for_city(city_of(request))
    issued = plans.filter(edition=edition).exclude(state=PlanState.DRAFT)
    return next((plan for plan in issued if str(plan.pk) == wished), plan_in_force(edition))


@requires(Capability.ASSIGN_RESPONSIBILITIES)
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The second confirmation before a plan is issued."""
    plan = found_plan(request, pk)
    first = {"title": plan.title or plan.edition.title_zh, "version": plan.version}
    form = IssueForm(request.POST or None, request=request, initial=first)
    if request.method == "POST" and form.is_valid():
        with explain_on(form):
            issued = issue_plan(plan, by=person(request), **form.cleaned_data)
            form.accept()
            messages.success(
                request,
                _("Plan %(number)d was issued; every unit was told.")
                % {"number": issued.number or 0},
            )
            return redirect("framework:matrix", pk=issued.pk)
    found = findings_of(plan, today=localdate())
    before = plan_before(plan)
    changes = differences(before, plan) if before else []
    context = {
        "plan": plan,
        "form": form,
        "findings": found[:SHOWN],
        "n": len(found),
        "rows": plan.responsibilities.count(),
        "units": plan.responsibilities.values("unit").distinct().count(),
        "before": before,
        "changes": changes[:SHOWN],
        "n_changes": len(changes),
        "n_units": len({change.unit for change in changes}),
    }
    return render(request, "framework/responsibility/issue.html", context, status=form.status)


@requires(Capability.ASSIGN_RESPONSIBILITIES)
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The second confirmation before a draft is thrown away."""
    plan = found_plan(request, pk)
    if request.method == "POST":
        with explain_in_notice(request):
            discard_draft(plan, by=person(request))
            messages.success(request, _("The draft was discarded."))
            return redirect("framework:plans")
        return redirect("framework:matrix", pk=plan.pk)
    context = {"plan": plan, "n": plan.responsibilities.count(), "edits": plan.edits.count()}
    return render(request, "framework/responsibility/discard.html", context)
