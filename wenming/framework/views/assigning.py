"""What is sent from the matrix: cells, deadlines, undoing; to a script it is answered in JSON."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenming.base import wording
from wenming.base.access import person, requires
from wenming.core.errors import DomainError
from wenming.core.permissions import Capability
from wenming.framework.forms.matrix import AssignForm, TermsForm
from wenming.framework.models import Item, ResponsibilityPlan
from wenming.framework.queries.steps import changed_since, standing_of
from wenming.framework.services.assigning import assign, set_terms, undo_last
from wenming.framework.views.found import found_plan
from wenming.framework.views.matrix import asked_before, shown_matrix

Change = Callable[[], ResponsibilityPlan]


@requires(Capability.ASSIGN_RESPONSIBILITIES)
@require_POST
def assign_cells(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give every chosen item to every chosen unit, or set the cells that a script painted."""
    plan = found_plan(request, pk)
    form = AssignForm(request.POST, plan=plan, keys=_keys(request, plan))
    if not form.is_valid() or not form.assignments:
        return _refused(request, plan, _("Choose items, units and a role."))
    cells, version = form.assignments, form.cleaned_data["version"]
    return _done(
        request,
        plan,
        lambda: assign(plan, cells, by=person(request), version=version),
        said=_("%(count)d cells were assigned.") % {"count": len(cells)},
    )


@requires(Capability.ASSIGN_RESPONSIBILITIES)
@require_POST
def terms(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set deadline and target grade of the chosen items; a blank field leaves them alone."""
    plan = found_plan(request, pk)
    form = TermsForm(request.POST, plan=plan, keys=_keys(request, plan))
    if not form.is_valid():
        first = next(iter(form.errors.values()))
        return _refused(request, plan, str(first[0]))
    if not form.terms:
        return _refused(request, plan, _("Write a deadline or a target grade, or remove one."))
    said = form.cleaned_data
    units = {unit.pk for unit in said["units"]}
    return _done(
        request,
        plan,
        lambda: set_terms(
            plan, said["items"], form.terms, by=person(request), version=said["version"],
            units=units,
        ),
        said=_("Deadline and target were set for %(n)d items.") % {"n": len(said["items"])},
    )  # fmt: skip


@requires(Capability.ASSIGN_RESPONSIBILITIES)
@require_POST
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the last step of the draft back."""
    plan = found_plan(request, pk)
    version = _number(request.POST.get("version", ""))
    return _done(
        request,
        plan,
        lambda: undo_last(plan, by=person(request), version=version),
        said=_("The last step was undone."),
    )


def _keys(request: HttpRequest, plan: ResponsibilityPlan) -> list[str]:
    items = Item.objects.visible_to(person(request)).filter(edition=plan.edition_id)
    return list(items.values_list("key", flat=True))


def _done(
    request: HttpRequest, plan: ResponsibilityPlan, change: Change, *, said: str
) -> HttpResponse:
    """Make the change; a script is told what stands in every cell that changed since it looked."""
    try:
        changed = change()
    except DomainError as refusal:
        return _refused(request, plan, wording.refusal(refusal, get_language() or "zh"))
    if _wants_json(request):
        return JsonResponse(_standing(request, changed))
    messages.success(request, said)
    asked = asked_before(request).urlencode()
    address = reverse("framework:matrix", args=[plan.pk])
    return redirect(f"{address}?{asked}" if asked else address)


def _refused(request: HttpRequest, plan: ResponsibilityPlan, sentence: str) -> HttpResponse:
    if _wants_json(request):
        plan.refresh_from_db()
        return JsonResponse({"refusal": sentence, **_standing(request, plan)}, status=409)
    if not plan.is_draft:
        messages.error(request, sentence)
        return redirect("framework:matrix", pk=plan.pk)
    plan.refresh_from_db()
    return shown_matrix(request, plan, asked=asked_before(request), refusal=sentence)


def _standing(request: HttpRequest, plan: ResponsibilityPlan) -> dict[str, Any]:
    since = _number(request.POST.get("version", ""))
    cells = changed_since(plan, since)
    return {
        "version": plan.version,
        "cells": [[item, str(unit), role] for (item, unit), role in cells.items()],
        "rows": standing_of(plan, {item for item, _unit in cells}),
    }


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else -1
