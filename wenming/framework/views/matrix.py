"""The matrix of responsibilities: who leads, answers for and supports which item."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from wenming.base.access import requires
from wenming.base.templatetags.figures import words
from wenming.core.permissions import Capability
from wenming.framework.forms.matrix import MatrixFilterForm, role_choices
from wenming.framework.models import ResponsibilityPlan
from wenming.framework.queries.headings import Heading, Headings, headings_of
from wenming.framework.queries.matrix import ItemRow, MatrixFilter, matrix_of
from wenming.framework.services.assigning import last_step
from wenming.framework.views.found import found_plan, seen_rows, sees_whole_plan

ZOOMS = ("read", "whole")
STEPS = 10


@requires(Capability.VIEW_RESPONSIBILITIES)
@require_safe
def matrix(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Items × units; whoever may assign edits a draft in its cells."""
    return shown_matrix(request, found_plan(request, pk), asked=request.GET)


def asked_before(request: HttpRequest) -> QueryDict:
    """The filters of the page from which a form was sent."""
    return QueryDict(urlsplit(request.POST.get("next", "")).query)


def shown_matrix(
    request: HttpRequest, plan: ResponsibilityPlan, *, asked: QueryDict, refusal: str = ""
) -> HttpResponse:
    """The page of the matrix; after a refusal with everything that was chosen before.

    Args:
        asked: filters and zoom.
    """
    headings = headings_of(plan.edition)
    seen = seen_rows(request, plan)
    form = MatrixFilterForm(
        asked,
        plan=plan,
        dimensions=[(each.key, words(each.title)) for each in headings.dimensions],
        units=_units(seen),
    )
    is_whole = sees_whole_plan(request)
    found = matrix_of(plan, form.wanted, seen=seen, whole=is_whole, today=localdate())
    zoom = asked.get("zoom", "")
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
        "asked": asked.urlencode(),
        "roles": role_choices(),
        "refusal": refusal,
        "today": localdate(),
    }
    if plan.is_draft:
        context |= _editing(request, plan)
    page = "framework/responsibility/matrix.html"
    return render(request, page, context, status=409 if refusal else 200)


def _editing(request: HttpRequest, plan: ResponsibilityPlan) -> dict[str, Any]:
    steps = plan.edits.select_related("by").order_by("-version")[:STEPS]
    return {
        "may_edit": True,
        "steps": steps,
        "undone_next": last_step(plan),
        "ticked": set(request.POST.getlist("items")),
        "chosen": set(request.POST.getlist("units")),
        "brush": request.POST.get("role", "lead"),
        "typed": request.POST,
    }


def _units(seen: Any) -> list[tuple[str, str]]:
    named = seen.order_by("unit__pinyin").values_list("unit", "unit__name").distinct()
    return [(str(pk), name) for pk, name in named]


def _blocks(rows: Sequence[ItemRow], headings: Headings) -> list[tuple[Heading, list[ItemRow]]]:
    """The rows under their indicators, in the order of the edition."""
    blocks = groupby(rows, key=lambda row: row.item.indicator)
    return [(headings.indicator(key), list(block)) for key, block in blocks]
