"""Ways to look at one plan: as a list, by what is wrong with it, by what changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from wenming.base.access import requires
from wenming.base.models import Group, Unit
from wenming.base.tables import Column, Empty, Table, list_page
from wenming.base.templatetags.figures import words
from wenming.base.templatetags.labels import label
from wenming.core.lifecycle import PlanState
from wenming.core.permissions import Capability
from wenming.core.responsibility import PlanFault, PlanFinding
from wenming.core.terms import Role, Words
from wenming.files.tables_out import Cell, Sheet, write_workbook
from wenming.framework.forms.rows import RowFilter
from wenming.framework.models import Responsibility, ResponsibilityPlan
from wenming.framework.queries.differences import Held, PlanDifference, differences, plan_before
from wenming.framework.queries.plans import findings_of
from wenming.framework.templatetags.matrix import plan_sentence
from wenming.framework.views.found import found_plan, other_plan, seen_rows
from wenming.framework.views.sheets import KINDS


def _matrix_of(row: Responsibility) -> str:
    address = reverse("framework:matrix", args=[row.plan_id])
    return f"{address}?{urlencode({'text': row.item})}"


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
        Column(
            "unit_name",
            gettext_lazy("Unit"),
            sort="unit__pinyin",
            template="framework/responsibility/unit_cell.html",
        ),
        Column(
            "role",
            gettext_lazy("Role"),
            label="role",
            sort="role",
            template="framework/responsibility/role_cell.html",
        ),
        Column("group", gettext_lazy("Working group"), sort="group"),
        Column("due", gettext_lazy("Due"), kind="day", sort="due"),
        Column("target", gettext_lazy("Target grade"), sort="target"),
        Column("note", gettext_lazy("Note"), is_optional=True),
    ),
    sort="item",
    filters=RowFilter,
    address=_matrix_of,
    empty=Empty(
        gettext_lazy("No responsibility fits"),
        gettext_lazy("Take a filter away, or assign units in the matrix."),
    ),
)


@requires(Capability.VIEW_RESPONSIBILITIES)
@require_safe
def rows(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The responsibilities of a plan as a list that can be filtered, sorted and exported."""
    plan = found_plan(request, pk)
    seen = seen_rows(request, plan).with_titles().select_related("unit")
    return list_page(request, ROWS, seen, template="framework/responsibility/rows.html", plan=plan)


@dataclass(frozen=True, slots=True)
class _Mend:
    """A finding beside the way to mend it; without an address it is only told."""

    finding: PlanFinding
    address: str
    button: str

    @property
    def about(self) -> str:
        """What it is about."""
        return self.finding.item or self.finding.unit or self.finding.group


@requires(Capability.ASSIGN_RESPONSIBILITIES)
@require_safe
def findings(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is wrong with a plan, each finding beside the place where it is mended."""
    plan = found_plan(request, pk)
    found = findings_of(plan, today=localdate())
    if request.GET.get("form") == "xlsx":
        return _workbook("findings", [_findings_sheet(found)])
    counts: dict[str, int] = {}
    for each in found:
        counts[each.fault] = counts.get(each.fault, 0) + 1
    fault = request.GET.get("fault", "")
    fault = fault if fault in counts else ""
    draft = _draft_beside(plan)
    context = {
        "plan": plan,
        "draft": draft,
        "mends": _mends(draft or plan, [each for each in found if fault in ("", each.fault)]),
        "counts": counts,
        "fault": fault,
        "n": len(found),
    }
    return render(request, "framework/responsibility/findings.html", context)


def _draft_beside(plan: ResponsibilityPlan) -> ResponsibilityPlan | None:
    """The draft in which something about a plan is mended; None when there is none."""
    if plan.is_draft:
        return plan
    return ResponsibilityPlan.objects.filter(edition=plan.edition_id, state=PlanState.DRAFT).first()


def _mends(plan: ResponsibilityPlan, found: Sequence[PlanFinding]) -> list[_Mend]:
    units = Unit.objects.for_city(plan.city).filter(name__in={each.unit for each in found})
    groups = Group.objects.for_city(plan.city).filter(title_zh__in={each.group for each in found})
    unit_of = {name: str(pk) for name, pk in units.values_list("name", "pk")}
    group_of = dict(groups.values_list("title_zh", "key"))
    matrix = reverse("framework:matrix", args=[plan.pk])
    mends = []
    for each in found:
        unit = unit_of.get(each.unit, "")
        ways = {
            PlanFault.OVERLOADED: (_("Hand items on"), {"unit": unit, "role": Role.LEAD.value}),
            PlanFault.GONE_UNIT: (_("Hand items on"), {"unit": unit}),
            PlanFault.IDLE_UNIT: (_("Give it a part"), {"columns": "all"}),
            PlanFault.IDLE_GROUP: (
                _("Give it a part"), {"group": group_of.get(each.group, ""), "columns": "all"}
            ),
            PlanFault.TWO_LEADS: (_("Choose one lead"), {"text": each.item}),
            PlanFault.PAST_DUE: (_("Set a new deadline"), {"text": each.item}),
        }  # fmt: skip
        button, asked = ways.get(each.fault, (_("Choose a lead"), {"text": each.item}))
        mends.append(_Mend(each, f"{matrix}?{urlencode(asked)}", button))
    return mends


def _findings_sheet(found: Sequence[PlanFinding]) -> Sheet:
    lines = [
        [label(each.fault, "plan_fault"), each.item, each.unit or each.group, plan_sentence(each)]
        for each in found
    ]
    header = [_("Kind"), _("Item"), _("Unit or group"), _("What was found")]
    return Sheet(_("Findings"), header, lines)


@requires(Capability.ASSIGN_RESPONSIBILITIES)
@require_safe
def changes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a plan says otherwise than the one before it, or than another of the edition."""
    plan = found_plan(request, pk)
    others = ResponsibilityPlan.objects.filter(edition=plan.edition_id).exclude(pk=plan.pk)
    others = others.exclude(state=PlanState.DRAFT).order_by("-number", "-created_at")
    against = other_plan(others, request.GET.get("with", "")) or plan_before(plan)
    found = differences(against, plan) if against else []
    if request.GET.get("form") == "xlsx":
        return _workbook("changes", [_changes_sheet(found)])
    context = {"plan": plan, "against": against, "others": others, "changes": found}
    return render(request, "framework/responsibility/changes.html", context)


def _changes_sheet(found: Sequence[PlanDifference]) -> Sheet:
    header = [
        _("Key"), _("Item"), _("Unit"), _("Role before"), _("Role after"), _("Due before"),
        _("Due after"), _("Target before"), _("Target after"),
    ]  # fmt: skip
    return Sheet(_("What changed"), header, [_change_line(each) for each in found])


def _change_line(each: PlanDifference) -> list[Cell]:
    nobody = Held(each.unit, "", None, "", "")
    before, after = each.before or nobody, each.after or nobody
    roles = [label(held.role, "role") if held.role else "" for held in (before, after)]
    title = words(each.item.title) if each.item else ""
    return [
        each.key, title, each.unit, *roles, before.due, after.due, before.target, after.target,
    ]  # fmt: skip


def _workbook(name: str, sheets: Sequence[Sheet]) -> HttpResponse:
    written = BytesIO()
    write_workbook(written, sheets)
    response = HttpResponse(written.getvalue(), content_type=KINDS["xlsx"])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
