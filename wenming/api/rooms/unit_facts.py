"""What belongs to a unit: other names, and whether body, people and funds are in place."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from pydantic import Field

from wenming.api.operations import Deed, Room
from wenming.api.rooms.units import EDIT, UnitWhole, found_unit, whole_unit
from wenming.api.shapes import Day, Given, Line, Name
from wenming.base.access import person
from wenming.base.models import ProvisionKind
from wenming.base.services import unit_facts

room = Room(tags=["Organisation 组织架构"])


class AliasGiven(Given):
    """Another name of a unit, with its first and last day."""

    name: Name
    valid_from: Day | None = None
    valid_until: Day | None = None


class ProvisionGiven(Given):
    """Whether something is in place."""

    in_place: bool | None = Field(description="Null for not known")
    note: Line = ""
    as_of: Day | None = Field(None, description="Null for today")


@room.deed(Deed("POST", "/units/{uuid:pk}/names", EDIT, "添加别名或曾用名。", UnitWhole, 201))
def add_unit_name(request: HttpRequest, pk: UUID, given: AliasGiven) -> UnitWhole:
    """Have a unit be found by another name, too."""
    unit = found_unit(request, pk)
    span = unit_facts.Span(given.valid_from, given.valid_until)
    unit_facts.add_alias(unit, given.name.strip(), span=span, by=person(request))
    return whole_unit(request, unit)


@room.deed(Deed("DELETE", "/units/{uuid:pk}/names/{uuid:name}", EDIT, "删除别名。", None, 204))
def remove_unit_name(request: HttpRequest, pk: UUID, name: UUID) -> None:
    """Take another name away from a unit."""
    alias = get_object_or_404(found_unit(request, pk).names.select_related("unit"), pk=name)
    unit_facts.remove_alias(alias, by=person(request))


@room.deed(
    Deed(
        "PUT",
        "/units/{uuid:pk}/provisions/{kind}",
        EDIT,
        "登记机构、人员、经费是否落实。",
        UnitWhole,
    )
)
def set_unit_provision(
    request: HttpRequest, pk: UUID, kind: Annotated[ProvisionKind, Field()], given: ProvisionGiven
) -> UnitWhole:
    """Say whether a unit's body, people or funds are in place."""
    unit = found_unit(request, pk)
    unit_facts.set_provision(
        unit,
        kind,
        in_place=given.in_place,
        note=given.note,
        day=given.as_of or localdate(),
        by=person(request),
    )
    return whole_unit(request, unit)
