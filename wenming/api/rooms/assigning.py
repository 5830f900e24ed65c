"""A draft of responsibilities: terms, undoing, what changed; its file, brought in and exported."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate
from ninja import Query
from ninja.files import UploadedFile
from pydantic import Field

from wenming.api.finding import one, seen
from wenming.api.handing import WORKBOOK
from wenming.api.operations import Deed, Room
from wenming.api.refusals import said_of
from wenming.api.rooms.plans import ASSIGN, MOST_CELLS, VIEW, PlanShown
from wenming.api.shapes import Asked, Day, Given, Identity, Line, Mistake, Name, Shown, Whole
from wenming.base.access import city_of, person
from wenming.base.models import Import, Unit
from wenming.base.services.attachments import bring_in
from wenming.core.lifecycle import PlanState
from wenming.core.terms import Role
from wenming.framework.models import ResponsibilityPlan
from wenming.framework.queries.differences import Held, PlanDifference, differences, plan_before
from wenming.framework.services import plan_imports as services
from wenming.framework.services.assigning import set_terms, undo_last
from wenming.framework.services.cells import Terms
from wenming.framework.views.found import found_plan
from wenming.framework.views.imports import workbook

MOST_SHOWN = 2000
PLAN, BROUGHT = "/plans/{uuid:pk}", "/plan-imports/{uuid:pk}"
room = Room(tags=["Responsibilities 责任分解"])


class TermsGiven(Given):
    """Deadline and target grade of items; what is not named stays as it is."""

    version: Whole = Field(description="Of the draft as it was read")
    items: list[Name] = Field(min_length=1, max_length=MOST_CELLS)
    units: list[Identity] = Field(
        default_factory=list, max_length=MOST_CELLS, description="Empty for all units of the items"
    )
    due: Day | None = Field(None, description="Null takes the deadline away")
    target: Line = Field("", max_length=20, description="Blank takes the target away")

    @property
    def terms(self) -> dict[str, Any]:
        """What was named."""
        return {name: getattr(self, name) for name in {"due", "target"} & self.model_fields_set}


class VersionGiven(Given):
    """The draft as it was read."""

    version: Whole


class NameOfUnitGiven(Given):
    """Which unit a file means by a name."""

    name: Name = Field(description="As the file writes it", max_length=100)
    unit: Identity


class DutyHeldShown(Shown):
    """What a unit has to do with an item in one of two plans."""

    role: str
    due: date | None
    target: str
    note: str

    @classmethod
    def of(cls, held: Held | Terms | None) -> "DutyHeldShown | None":
        """From one side of a difference; None for no part."""
        if held is None or not held.role:
            return None
        return cls(role=Role(held.role).value, due=held.due, target=held.target, note=held.note)


class PlanChangeShown(Shown):
    """What one plan says otherwise than another."""

    item: str
    condition: int
    unit: str
    before: DutyHeldShown | None
    after: DutyHeldShown | None

    @classmethod
    def of(cls, found: PlanDifference) -> "PlanChangeShown":
        """From a difference."""
        return cls(
            item=found.key,
            condition=found.condition,
            unit=found.unit,
            before=DutyHeldShown.of(found.before),
            after=DutyHeldShown.of(found.after),
        )


class PlanChangesShown(Shown):
    """All differences of a plan from another one of its edition."""

    against: UUID | None = Field(description="Null where there was no plan before")
    rows: list[PlanChangeShown]


class PlanChangesAsked(Asked):
    """With which plan to compare."""

    against: UUID | None = Field(None, description="Null for the one before")


class PlanImportShown(Shown):
    """A workbook of responsibilities, and what it would do to its draft as both stand now."""

    id: UUID
    plan: PlanShown
    file: str
    checked_at: datetime | None
    is_taken: bool = Field(description="It was taken over")
    mistakes: int
    problems: list[Mistake] = Field(description="Every mistake with its cell; empty when right")
    strangers: dict[str, list[UUID]] = Field(
        description="Names that no unit goes by, each with the units that it may mean"
    )
    changes: list[PlanChangeShown]


@room.deed(Deed("POST", PLAN + "/terms", ASSIGN, "设定限期和目标等级。", PlanShown))
def set_plan_terms(request: HttpRequest, pk: UUID, given: TermsGiven) -> PlanShown:
    """Set deadline or target grade of items in a draft; 409 where somebody was quicker."""
    plan, by = found_plan(request, pk), person(request)
    units = {one(seen(request, Unit), each).pk for each in set(given.units)}
    done = set_terms(
        plan, given.items, given.terms, by=by, version=given.version, units=units
    )  # fmt: skip
    return PlanShown.of(done)


@room.deed(Deed("POST", PLAN + "/undo", ASSIGN, "撤销草稿的上一步。", PlanShown))
def undo_plan_step(request: HttpRequest, pk: UUID, given: VersionGiven) -> PlanShown:
    """Take the last step of a draft back, whoever did it."""
    plan = found_plan(request, pk)
    return PlanShown.of(undo_last(plan, by=person(request), version=given.version))


@room.deed(Deed("GET", PLAN + "/changes", ASSIGN, "与前一责任分解表比较。", PlanChangesShown))
def list_plan_changes(
    request: HttpRequest, pk: UUID, asked: Query[PlanChangesAsked]
) -> PlanChangesShown:
    """What a plan says otherwise than the one before it, or than another of its edition."""
    plan = found_plan(request, pk)
    against = plan_before(plan)
    if asked.against is not None:
        others = seen(request, ResponsibilityPlan).filter(edition=plan.edition_id)
        against = one(others.exclude(pk=plan.pk).exclude(state=PlanState.DRAFT), asked.against)
    found = differences(against, plan) if against else []
    return PlanChangesShown(
        against=against.pk if against else None, rows=[PlanChangeShown.of(each) for each in found]
    )


@room.deed(Deed("GET", PLAN + "/file.xlsx", VIEW, "导出责任分解表。", "file", kinds=WORKBOOK))
def download_plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The plan as a workbook, list and matrix, in the form that is read again."""
    return workbook(request, pk)


@room.deed(
    Deed("POST", PLAN + "/imports", ASSIGN, "导入责任分解表，返回全部错误。", PlanImportShown, 201)
)
def bring_plan(request: HttpRequest, pk: UUID, file: UploadedFile) -> PlanImportShown:
    """Bring in a workbook for a draft; kept with every mistake it has; nothing is changed yet."""
    plan, by = found_plan(request, pk), person(request)
    kept = bring_in(file, city=city_of(request), by=by, opened_by=ASSIGN)
    return _shown(request, services.bring_file(plan, kept, by=by))


@room.deed(Deed("GET", BROUGHT, ASSIGN, "导入文件的错误和变动。", PlanImportShown))
def show_plan_import(request: HttpRequest, pk: UUID) -> PlanImportShown:
    """A workbook with its mistakes, or with what it would change."""
    return _shown(request, _found(request, pk))


@room.deed(Deed("POST", BROUGHT + "/accept", ASSIGN, "采用无错误的责任分解表。", PlanImportShown))
def accept_plan_import(request: HttpRequest, pk: UUID, given: VersionGiven) -> PlanImportShown:
    """Make the draft what the file says: all of it or nothing; 409 where somebody was quicker."""
    kept = _found(request, pk)
    plan = _plan_of(request, kept)
    services.take_over(plan, kept, by=person(request), version=given.version)
    return _shown(request, _found(request, pk))


@room.deed(
    Deed("POST", BROUGHT + "/names", ASSIGN, "确认文件中的单位名称。", PlanImportShown)
)  # fmt: skip
def accept_plan_name(request: HttpRequest, pk: UUID, given: NameOfUnitGiven) -> PlanImportShown:
    """Keep a name of the file as another name of a unit, from today on."""
    kept, unit = _found(request, pk), one(seen(request, Unit), given.unit)
    plan = _plan_of(request, kept)
    services.accept_name(plan, name=given.name.strip(), unit=unit, by=person(request))
    return _shown(request, kept)


def _found(request: HttpRequest, pk: UUID) -> Import:
    rows = seen(request, Import).filter(kind=services.KIND)
    return one(rows.select_related("attachment__file", "city"), pk)


def _plan_of(request: HttpRequest, kept: Import) -> ResponsibilityPlan:
    """The draft that a file was brought for; 404 once it is gone."""
    if not (named := kept.options.get("plan")):
        raise Http404
    return found_plan(request, UUID(named))


def _shown(request: HttpRequest, kept: Import) -> PlanImportShown:
    plan = _plan_of(request, kept)
    checked = services.check_file(plan, kept, today=localdate())
    return PlanImportShown(
        id=kept.pk,
        plan=PlanShown.of(plan),
        file=kept.attachment.name,
        checked_at=kept.checked_at,
        is_taken=bool(kept.subject),
        mistakes=len(checked.problems),
        problems=[Mistake(**said_of(each)) for each in checked.problems[:MOST_SHOWN]],
        strangers={name: [u.pk for u in units] for name, units in checked.strangers.items()},
        changes=[
            PlanChangeShown(
                item=each.item,
                condition=0,
                unit=each.unit,
                before=DutyHeldShown.of(each.before),
                after=DutyHeldShown.of(each.after),
            )
            for each in checked.changes[:MOST_SHOWN]
        ],
    )
