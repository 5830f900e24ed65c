"""Objections of units to their responsibilities, and the rulings on them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from wenming.api.finding import narrowed, one, one_or_none, seen
from wenming.api.operations import Deed, Room
from wenming.api.paging import PageAsked, page
from wenming.api.shapes import Given, Identity, Named, Page, Reason, Shown
from wenming.base.access import person
from wenming.base.models import Unit
from wenming.core.lifecycle import ObjectionState
from wenming.core.permissions import Capability
from wenming.core.terms import Role
from wenming.framework.forms.rows import ObjectionFilter
from wenming.framework.models import Objection, Responsibility
from wenming.framework.services import objections as services

VIEW, OBJECT = Capability.VIEW_RESPONSIBILITIES, Capability.OBJECT
RELATED = ("unit", "wished_unit", "raised_by", "ruled_by", "responsibility__plan__edition", "city")
room = Room(tags=["Responsibilities 责任分解"])


class ObjectionShown(Shown):
    """An objection to a responsibility."""

    id: UUID
    responsibility: UUID
    item: str
    role: Role
    unit: Named
    reason: str
    wished_unit: Named | None
    state: ObjectionState
    raised_by: str
    raised_at: datetime
    ruling: str
    ruled_at: datetime | None

    @classmethod
    def of(cls, objection: Objection) -> "ObjectionShown":
        """From its row."""
        return cls(
            id=objection.pk,
            responsibility=objection.responsibility_id,
            item=objection.item,
            role=Role(objection.role),
            unit=Named(id=objection.unit_id, name=objection.unit.name),
            reason=objection.reason,
            wished_unit=Named.of(objection.wished_unit),
            state=ObjectionState(objection.state),
            raised_by=objection.raised_by.name,
            raised_at=objection.raised_at,
            ruling=objection.ruling,
            ruled_at=objection.ruled_at,
        )


class ObjectionsAsked(PageAsked):
    """Which objections to list."""

    state: ObjectionState | SkipJsonSchema[None] = None


class ObjectionGiven(Given):
    """What a unit says against a responsibility."""

    reason: Reason
    wished_unit: Identity | None = Field(None, description="The unit that should answer instead")


class RulingGiven(Given):
    """How the office rules."""

    verdict: Literal["uphold", "dismiss"]
    ruling: Reason
    given_to: Identity | None = Field(
        None, description="Of an upheld one: the unit that answers instead; null for none"
    )


@room.deed(Deed("GET", "/objections", VIEW, "异议列表。", Page[ObjectionShown]))
def list_objections(request: HttpRequest, asked: Query[ObjectionsAsked]) -> Page[ObjectionShown]:
    """The objections that the caller may see, the latest first."""
    rows = seen(request, Objection).select_related(*RELATED)
    narrow = narrowed(request, ObjectionFilter, rows, asked)
    return page(narrow, asked, ObjectionShown.of, order="raised_at", descending=True)


@room.deed(Deed("GET", "/objections/{uuid:pk}", VIEW, "一件异议。", ObjectionShown))
def show_objection(request: HttpRequest, pk: UUID) -> ObjectionShown:
    """One objection with its ruling."""
    return ObjectionShown.of(one(seen(request, Objection).select_related(*RELATED), pk))


@room.deed(
    Deed(
        "POST",
        "/responsibilities/{uuid:pk}/objections",
        OBJECT,
        "对本单位责任提出异议。",
        ObjectionShown,
        201,
    )
)
def raise_objection(request: HttpRequest, pk: UUID, given: ObjectionGiven) -> ObjectionShown:
    """Object to a responsibility of one's own unit; the office is asked to rule."""
    rows = seen(request, Responsibility, OBJECT).select_related("plan__edition", "unit", "city")
    wished = one_or_none(seen(request, Unit), given.wished_unit)
    raised = services.raise_objection(
        one(rows, pk), by=person(request), reason=given.reason, wished_unit=wished
    )
    return ObjectionShown.of(raised)


@room.deed(
    Deed(
        "POST",
        "/objections/{uuid:pk}/ruling",
        Capability.ARBITRATE,
        "裁定异议：采纳或驳回。",
        ObjectionShown,
    )
)
def rule_on_objection(request: HttpRequest, pk: UUID, given: RulingGiven) -> ObjectionShown:
    """Uphold an objection, which changes the draft that follows the plan, or dismiss it."""
    objection = one(seen(request, Objection).select_related(*RELATED), pk)
    to = one_or_none(seen(request, Unit), given.given_to)
    if given.verdict == "uphold":
        services.uphold(objection, by=person(request), ruling=given.ruling, given_to=to)
    else:
        services.dismiss(objection, by=person(request), ruling=given.ruling)
    return ObjectionShown.of(one(seen(request, Objection).select_related(*RELATED), pk))


@room.deed(
    Deed("POST", "/objections/{uuid:pk}/withdraw", OBJECT, "撤回本单位异议。", ObjectionShown)
)
def withdraw_objection(request: HttpRequest, pk: UUID) -> ObjectionShown:
    """Take an objection of one's own unit back."""
    objection = one(seen(request, Objection, OBJECT).select_related(*RELATED), pk)
    return ObjectionShown.of(services.withdraw(objection, by=person(request)))
