"""The matrix of responsibilities: who leads, answers for and supports which item."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wenming.base import wording
from wenming.base.access import person, requires
from wenming.base.templatetags.figures import words
from wenming.core.errors import DomainError
from wenming.core.permissions import Capability
from wenming.framework.forms.responsibilities import AssignForm, MatrixFilterForm, role_choices
from wenming.framework.models import Item, ResponsibilityPlan
from wenming.framework.queries.headings import Heading, Headings, headings_of
from wenming.framework.queries.plans import ItemRow, MatrixFilter, matrix_of
from wenming.framework.services.cells import Assignment
from wenming.framework.services.plans import assign, set_terms
from wenming.framework.views.found import found_plan, seen_rows, sees_whole_plan

ZOOMS = ("read", "whole")


@requires(Capability.VIEW_RESPONSIBILITIES)
@require_safe
def matrix(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Items × units; whoever may assign edits a draft in its cells."""
    plan = found_plan(request, pk)
    headings = headings_of(plan.edition)
    form = MatrixFilterForm(
        request.GET,
        plan=plan,
        dimensions=[(each.key, words(each.title)) for each in headings.dimensions],
    )
    found = matrix_of(
        plan, form.wanted, seen=seen_rows(request, plan), whole=sees_whole_plan(request)
    )
    zoom = request.GET.get("zoom", "")
    context: dict[str, Any] = {
        "plan": plan,
        "matrix": found,
        "blocks": _blocks(found.rows, headings),
        "groups": [
            (group, len(list(columns)))
            for group, columns in groupby(found.columns, key=lambda column: column.group)
        ],
        "form": form,
        "filtered": form.wanted != MatrixFilter(),
        "zoom": zoom if zoom in ZOOMS else ZOOMS[0],
        "may_edit": plan.is_draft,
        "roles": role_choices(),
    }
    return render(request, "framework/responsibility/matrix.html", context)


def _blocks(rows: Sequence[ItemRow], headings: Headings) -> list[tuple[Heading, list[ItemRow]]]:
    """The rows under their indicators, in the order of the edition."""
    blocks = groupby(rows, key=lambda row: row.item.indicator)
    return [(headings.indicator(key), list(block)) for key, block in blocks]


@requires(Capability.ASSIGN_RESPONSIBILITIES)
@require_POST
def assign_cells(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give every chosen item to every chosen unit; a script is answered with the new version."""
    plan = found_plan(request, pk)
    keys = Item.objects.visible_to(person(request)).filter(edition=plan.edition_id)
    form = AssignForm(request.POST, plan=plan, keys=list(keys.values_list("key", flat=True)))
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    if not form.is_valid():
        return _refused(request, plan, _("Choose items, units and a role."), wants_json=wants_json)
    chosen = form.cleaned_data
    cells = [
        Assignment(item, unit, form.chosen_role)
        for item in chosen["items"]
        for unit in chosen["units"]
    ]
    try:
        plan = assign(plan, cells, by=person(request), version=chosen["version"])
    except DomainError as refusal:
        sentence = wording.refusal(refusal, get_language() or "zh")
        return _refused(request, plan, sentence, wants_json=wants_json)
    if wants_json:
        return JsonResponse({"version": plan.version})
    messages.success(request, _("%(count)d cells were changed.") % {"count": len(cells)})
    return redirect("framework:matrix", pk=plan.pk)


@requires(Capability.ASSIGN_RESPONSIBILITIES)
@require_POST
def terms(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set deadline and target grade of the chosen items; a blank field leaves them alone."""
    plan = found_plan(request, pk)
    items = request.POST.getlist("items")
    changed: dict[str, object] = {}
    written = request.POST.get("due", "").strip()
    due = _day(written)
    if written and due is None:
        sentence = _("“%(day)s” is not a date; write it as 2026-12-31.") % {"day": written}
        return _refused(request, plan, sentence, wants_json=False)
    if due is not None:
        changed["due"] = due
    if request.POST.get("target", ""):
        changed["target"] = request.POST["target"][:20]
    version = request.POST.get("version", "")
    if not items or not changed or not version.isdecimal():
        sentence = _("Choose items, and a deadline or a target grade.")
        return _refused(request, plan, sentence, wants_json=False)
    try:
        set_terms(plan, items, changed, by=person(request), version=int(version))
    except DomainError as refusal:
        sentence = wording.refusal(refusal, get_language() or "zh")
        return _refused(request, plan, sentence, wants_json=False)
    messages.success(
        request, _("Deadline and target were set for %(n)d items.") % {"n": len(items)}
    )
    return redirect("framework:matrix", pk=plan.pk)


def _day(written: str) -> Any:
    try:
        return parse_date(written)
    except ValueError:
        return None


def _refused(
    request: HttpRequest, plan: ResponsibilityPlan, sentence: str, *, wants_json: bool
) -> HttpResponse:
    if wants_json:
        return JsonResponse({"refusal": sentence}, status=409)
    messages.error(request, sentence)
    return redirect("framework:matrix", pk=plan.pk)
