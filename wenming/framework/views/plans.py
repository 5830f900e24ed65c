"""Plans of responsibility: the list, beginning a draft, issuing it, and what is wrong with it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenming.base import wording
from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_on
from wenming.base.tables import Column, Empty, Table, list_page
from wenming.core.errors import DomainError
from wenming.core.lifecycle import PlanState
from wenming.core.permissions import Capability
from wenming.core.terms import Words
from wenming.framework.forms.responsibilities import IssueForm
from wenming.framework.forms.rows import RowFilter
from wenming.framework.models import Edition
from wenming.framework.queries.plans import findings_of, plan_in_force
from wenming.framework.services.plans import begin_draft, discard_draft, issue_plan
from wenming.framework.views.found import found_plan, seen_rows, sees_whole_plan

ROWS = Table(
    key="responsibilities",
    title=gettext_lazy("Responsibilities"),
    columns=(
        Column("item", gettext_lazy("Item"), sort="item"),
        Column(
            "title",
            gettext_lazy("Name of the item"),
            kind="words",
            value=lambda row: Words(row.title_zh or "", row.title_en or ""),
        ),
        Column("unit_name", gettext_lazy("Unit"), sort="unit__pinyin"),
        Column("role", gettext_lazy("Role"), label="role", sort="role"),
        Column("group", gettext_lazy("Working group"), sort="group"),
        Column("due", gettext_lazy("Due"), kind="day", sort="due"),
        Column("target", gettext_lazy("Target grade"), sort="target"),
        Column("note", gettext_lazy("Note"), is_optional=True),
    ),
    sort="item",
    filters=RowFilter,
    empty=Empty(
        gettext_lazy("No responsibility fits"),
        gettext_lazy("Take a filter away, or assign units in the matrix."),
    ),
)


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
    """Begin a draft as a copy of the plan in force, or empty where there is none."""
    editions = Edition.objects.visible_to(person(request)).for_city(city_of(request))
    found = get_object_or_404(editions, pk=edition)
    try:
        draft = begin_draft(found, by=person(request), based_on=plan_in_force(found))
    except DomainError as refusal:
        messages.error(request, wording.refusal(refusal, get_language() or "zh"))
        return redirect("framework:plans")
    return redirect("framework:matrix", pk=draft.pk)


@requires(Capability.VIEW_RESPONSIBILITIES)
@require_safe
def rows(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The responsibilities of a plan as a list that can be filtered, sorted and exported."""
    plan = found_plan(request, pk)
    seen = seen_rows(request, plan).with_titles().select_related("unit")
    return list_page(request, ROWS, seen, template="framework/responsibility/rows.html", plan=plan)


@requires(Capability.ASSIGN_RESPONSIBILITIES)
@require_safe
def findings(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is wrong with a plan, each finding beside the place where it is mended."""
    plan = found_plan(request, pk)
    found = findings_of(plan, today=localdate())
    counts: dict[str, int] = {}
    for each in found:
        counts[each.fault] = counts.get(each.fault, 0) + 1
    fault = request.GET.get("fault", "")
    shown = [each for each in found if not fault or each.fault == fault]
    context = {"plan": plan, "findings": shown, "counts": counts, "fault": fault, "n": len(found)}
    return render(request, "framework/responsibility/findings.html", context)


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
    context = {
        "plan": plan,
        "form": form,
        "findings": found[:10],
        "n": len(found),
        "rows": plan.responsibilities.count(),
        "units": plan.responsibilities.values("unit").distinct().count(),
    }
    return render(request, "framework/responsibility/issue.html", context, status=form.status)


@requires(Capability.ASSIGN_RESPONSIBILITIES)
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The second confirmation before a draft is thrown away."""
    plan = found_plan(request, pk)
    if request.method == "POST":
        try:
            discard_draft(plan, by=person(request))
        except DomainError as refusal:
            messages.error(request, wording.refusal(refusal, get_language() or "zh"))
            return redirect("framework:matrix", pk=plan.pk)
        messages.success(request, _("The draft was discarded."))
        return redirect("framework:plans")
    is_draft = plan.state == PlanState.DRAFT
    context = {"plan": plan, "is_draft": is_draft}
    return render(request, "framework/responsibility/discard.html", context)
