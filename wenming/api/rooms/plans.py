"""Plans of responsibility: who answers for what, assigned in a draft and then issued."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import get_language
from ninja import Query
from pydantic import Field, Strict
from pydantic.json_schema import SkipJsonSchema

from wenming.api.finding import narrowed, one, seen
from wenming.api.operations import Deed, Room
from wenming.api.paging import PageAsked, page
from wenming.api.refusals import plain
from wenming.api.shapes import Day, Given, Identity, Line, Name, Page, Shown, Whole
from wenming.base import wording
from wenming.base.access import person
from wenming.base.models import Unit
from wenming.core.lifecycle import PlanState
from wenming.core.permissions import Capability
from wenming.core.terms import Role
from wenming.framework.forms.rows import RowFilter
from wenming.framework.models import Responsibility, ResponsibilityPlan
from wenming.framework.queries.plans import findings_of, plan_in_force
from wenming.framework.services import plans as services
from wenming.framework.services.assigning import Assignment, assign
from wenming.framework.views.found import found_plan, seen_rows
from wenming.framework.views.seen_editions import found_edition

VIEW, ASSIGN = Capability.VIEW_RESPONSIBILITIES, Capability.ASSIGN_RESPONSIBILITIES
MOST_CELLS = 2000
room = Room(tags=["Responsibilities 责任分解"])


class PlanShown(Shown):
    """A plan of responsibility."""

    id: UUID
    edition: UUID
    title: str
    state: PlanState
    number: int | None
    version: int = Field(description="Counts the edits of a draft; give it back with a change")
    based_on: UUID | None
    issued_at: datetime | None

    @classmethod
    def of(cls, plan: ResponsibilityPlan) -> "PlanShown":
        """From its row."""
        return cls(
            id=plan.pk,
            edition=plan.edition_id,
            title=plan.title,
            state=PlanState(plan.state),
            number=plan.number,
            version=plan.version,
            based_on=plan.based_on_id,
            issued_at=plan.issued_at,
        )


class ResponsibilityShown(Shown):
    """What one unit has to do with one item."""

    id: UUID
    item: str
    condition: int
    unit: UUID
    unit_name: str
    role: Role
    group: str
    due: date | None
    target: str
    note: str

    @classmethod
    def of(cls, row: Responsibility) -> "ResponsibilityShown":
        """From its row."""
        return cls(
            id=row.pk,
            item=row.item,
            condition=row.condition,
            unit=row.unit_id,
            unit_name=row.unit_name,
            role=Role(row.role),
            group=row.group,
            due=row.due,
            target=row.target,
            note=row.note,
        )


class RowsAsked(PageAsked):
    """Which responsibilities to list."""

    text: str = Field("", max_length=100, pattern=r"^[^\x00]*$", description="Item or unit")
    role: Role | SkipJsonSchema[None] = None


class CellGiven(Given):
    """What a unit has to do with an item from now on."""

    item: Name
    unit: Identity
    role: Annotated[Role, Strict(False)] | None = Field(description="Null takes the unit off")
    condition: Whole = Field(0, description="0 for the whole item")
    due: Day | None = Field(None, description="Null leaves it as it is")
    target: Line | None = Field(None, description="Null leaves it as it is")


class CellsGiven(Given):
    """Cells of the matrix, all stored or none."""

    version: Whole = Field(description="Of the draft as it was read")
    cells: list[CellGiven] = Field(min_length=1, max_length=MOST_CELLS)


class IssueGiven(Given):
    """Under which title a draft is issued."""

    version: Whole
    title: Name


class BeginGiven(Given):
    """From what a draft is begun."""

    copy_of: Literal["in_force", "nothing"] = "in_force"


class PlanFaultShown(Shown):
    """Something that is wrong with a plan."""

    code: str
    message: str
    item: str
    unit: str
    facts: dict[str, Any]


class PlanFaultsShown(Shown):
    """What is wrong with a plan."""

    rows: list[PlanFaultShown]


@room.deed(Deed("GET", "/plans", VIEW, "责任分解表列表；草稿仅可分解者可见。", Page[PlanShown]))
def list_plans(request: HttpRequest, asked: Query[PageAsked]) -> Page[PlanShown]:
    """The plans of the city, the latest first; drafts only for whoever may assign."""
    rows = seen(request, ResponsibilityPlan)
    if not person(request).may(ASSIGN):
        rows = rows.exclude(state=PlanState.DRAFT)
    return page(rows, asked, PlanShown.of, order="created_at", descending=True)


@room.deed(Deed("GET", "/plans/{uuid:pk}", VIEW, "责任分解表概况。", PlanShown))
def show_plan(request: HttpRequest, pk: UUID) -> PlanShown:
    """One plan."""
    return PlanShown.of(found_plan(request, pk))


@room.deed(
    Deed("GET", "/plans/{uuid:pk}/responsibilities", VIEW, "责任清单。", Page[ResponsibilityShown])
)
def list_responsibilities(
    request: HttpRequest, pk: UUID, asked: Query[RowsAsked]
) -> Page[ResponsibilityShown]:
    """The responsibilities of a plan; a unit or group sees its own."""
    rows = seen_rows(request, found_plan(request, pk))
    narrow = narrowed(request, RowFilter, rows, asked)
    return page(narrow, asked, ResponsibilityShown.of, order="position")


@room.deed(Deed("GET", "/plans/{uuid:pk}/findings", ASSIGN, "责任分解的问题。", PlanFaultsShown))
def list_plan_findings(request: HttpRequest, pk: UUID) -> PlanFaultsShown:
    """What is wrong with a plan: no lead, two leads, overdue, overloaded."""
    language = get_language() or "zh"
    rows = [
        PlanFaultShown(
            code=each.fault.value,
            message=wording.sentence(each.fault.value, each.facts, language),
            item=each.item,
            unit=each.unit,
            facts=plain(each.facts),
        )
        for each in findings_of(found_plan(request, pk), today=localdate())
    ]
    return PlanFaultsShown(rows=rows)


@room.deed(
    Deed("POST", "/editions/{uuid:pk}/plans", ASSIGN, "开始编制责任分解表草稿。", PlanShown, 201)
)
def begin_plan(request: HttpRequest, pk: UUID, given: BeginGiven) -> PlanShown:
    """Begin a draft for an edition, as a copy of the plan in force or empty."""
    edition = found_edition(request, pk)
    earlier = plan_in_force(edition) if given.copy_of == "in_force" else None
    return PlanShown.of(services.begin_draft(edition, by=person(request), based_on=earlier))


@room.deed(
    Deed("POST", "/plans/{uuid:pk}/cells", ASSIGN, "分解责任；版本不符时返回 409。", PlanShown)
)
def assign_cells(request: HttpRequest, pk: UUID, given: CellsGiven) -> PlanShown:
    """Give units their roles in a draft; 409 where somebody changed it meanwhile."""
    plan = found_plan(request, pk)
    units = {each.pk: each for each in seen(request, Unit).select_related("group")}
    cells = [
        Assignment(
            each.item,
            units.get(each.unit) or one(seen(request, Unit), each.unit),
            each.role,
            condition=each.condition,
            due=each.due,
            target=each.target,
        )
        for each in given.cells
    ]
    changed = assign(plan, cells, by=person(request), version=given.version)
    return PlanShown.of(changed)


@room.deed(Deed("POST", "/plans/{uuid:pk}/issue", ASSIGN, "下发责任分解表。", PlanShown))
def issue_plan(request: HttpRequest, pk: UUID, given: IssueGiven) -> PlanShown:
    """Issue a draft: it gets its number, is frozen, and every unit is told."""
    plan = found_plan(request, pk)
    issued = services.issue_plan(
        plan, by=person(request), title=given.title.strip(), version=given.version
    )
    return PlanShown.of(issued)


@room.deed(Deed("DELETE", "/plans/{uuid:pk}", ASSIGN, "放弃草稿。", None, 204))
def discard_plan(request: HttpRequest, pk: UUID) -> None:
    """Throw a draft away; what was issued stays."""
    services.discard_draft(found_plan(request, pk), by=person(request))
