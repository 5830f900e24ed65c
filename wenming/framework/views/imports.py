"""Responsibilities from Excel and back: mistakes by cell, a preview of changes, the taking over."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wenming.base import wording
from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_on
from wenming.base.models import Import, Unit
from wenming.core.errors import DomainError
from wenming.core.permissions import Capability
from wenming.core.terms import Role
from wenming.files.responsibility_workbook import ListedItem, write_responsibilities
from wenming.framework.forms.responsibilities import FileForm
from wenming.framework.models import Item, ResponsibilityPlan
from wenming.framework.services.plan_imports import (
    KIND,
    accept_name,
    bring_file,
    check_file,
    take_over,
)
from wenming.framework.views.found import found_plan, seen_rows
from wenming.framework.views.sheets import KINDS

SHOWN = 500


@requires(Capability.ASSIGN_RESPONSIBILITIES)
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring a workbook; the files brought before stand below."""
    plan = found_plan(request, pk)
    form = FileForm(request.POST or None, request.FILES or None, request=request)
    if request.method == "POST" and form.is_valid():
        with explain_on(form, field="file"):
            brought = bring_file(plan, form.cleaned_data["file"], by=person(request))
            return redirect("framework:check_import", pk=plan.pk, brought=brought.pk)
    seen = Import.objects.visible_to(person(request)).for_city(city_of(request))
    earlier = seen.filter(kind=KIND, options__plan=str(plan.pk)).select_related("attachment")
    context = {"plan": plan, "form": form, "earlier": earlier.order_by("-brought_at")[:20]}
    return render(request, "framework/responsibility/bring.html", context, status=form.status)


@requires(Capability.ASSIGN_RESPONSIBILITIES)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, pk: UUID, brought: UUID) -> HttpResponse:
    """What the file would do: its mistakes, or the changes, which are taken over from here."""
    plan = found_plan(request, pk)
    seen = Import.objects.visible_to(person(request)).for_city(city_of(request))
    found = get_object_or_404(seen.select_related("attachment__file"), pk=brought, kind=KIND)
    if request.method == "POST":
        return _decided(request, plan, found)
    checked = check_file(plan, found, today=localdate())
    language = get_language() or "zh"
    problems = [
        {
            "at": each.place.address or each.place.sheet,
            "sentence": wording.sentence(each.code, each.facts, language),
        }
        for each in checked.problems
    ]
    context = {
        "plan": plan,
        "brought": found,
        "problems": problems[:SHOWN],
        "n": len(problems),
        "strangers": checked.strangers,
        "changes": checked.changes[:SHOWN],
        "n_changes": len(checked.changes),
    }
    return render(request, "framework/responsibility/check.html", context)


def _decided(request: HttpRequest, plan: ResponsibilityPlan, found: Import) -> HttpResponse:
    user = person(request)
    try:
        if name := request.POST.get("name", ""):
            units = Unit.objects.visible_to(user).for_city(city_of(request))
            unit = get_object_or_404(units, pk=request.POST.get("unit", ""))
            accept_name(plan, name=name, unit=unit, by=user)
            return redirect("framework:check_import", pk=plan.pk, brought=found.pk)
        version = request.POST.get("version", "")
        take_over(plan, found, by=user, version=int(version) if version.isdecimal() else -1)
    except DomainError as refusal:
        messages.error(request, wording.refusal(refusal, get_language() or "zh"))
        return redirect("framework:check_import", pk=plan.pk, brought=found.pk)
    messages.success(request, _("The draft now says what the file says."))
    return redirect("framework:matrix", pk=plan.pk)


@requires(Capability.VIEW_RESPONSIBILITIES)
@require_safe
def workbook(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The plan as a workbook: list and matrix, in the form that is read again."""
    plan = found_plan(request, pk)
    duties: dict[str, list[tuple[str, Role, object, str, str]]] = {}
    units: dict[str, None] = {}
    rows = seen_rows(request, plan).filter(condition=0).select_related("unit")
    for row in rows.order_by("unit__group__position", "unit__pinyin"):
        duties.setdefault(row.item, []).append(
            (row.unit.name, Role(row.role), row.due, row.target, row.note)
        )
        units[row.unit.name] = None
    items = Item.objects.visible_to(person(request)).filter(edition=plan.edition_id)
    listed = [
        ListedItem(item.key, item.title_zh, duties.get(item.key, []))  # type: ignore[arg-type]
        for item in items.order_by("position")
    ]
    written = write_responsibilities(listed, list(units))
    response = HttpResponse(written, content_type=KINDS["xlsx"])
    response.headers["Content-Disposition"] = 'attachment; filename="responsibilities.xlsx"'
    return response
