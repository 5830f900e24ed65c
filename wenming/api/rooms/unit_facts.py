"""What belongs to a unit: other names, who speaks for it, what is in place."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from pydantic import Field

from wenming.api.finding import one, seen
from wenming.api.operations import Deed, Room
from wenming.api.rooms.units import EDIT, UnitWhole, found_unit, whole_unit
from wenming.api.shapes import Day, Given, Line, Name
from wenming.base.access import person
from wenming.base.models import LiaisonPerson, ProvisionKind, User
from wenming.base.services import unit_facts

LIAISON = "/units/{uuid:pk}/liaison-persons/{uuid:liaison}"
Email = Annotated[
    str, Field(max_length=254, pattern=r"^([A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)?$")
]
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


class LiaisonGiven(Given):
    """Who speaks for a unit, with the first and the last day."""

    name: Annotated[Name, Field(max_length=50)]
    post_title: Annotated[Line, Field(max_length=100)] = ""
    phone: Annotated[str, Field(pattern=r"^([0-9+() \-]{5,30})?$")] = ""
    email: Email = ""
    valid_from: Day | None = None
    valid_until: Day | None = None

    def details(self, user: User | None = None) -> unit_facts.LiaisonDetails:
        """The person, as the services take it; an account that is linked stays linked."""
        return unit_facts.LiaisonDetails(
            name=self.name.strip(),
            post_title=self.post_title.strip(),
            phone=self.phone,
            email=self.email,
            user=user,
            span=unit_facts.Span(self.valid_from, self.valid_until),
        )


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


@room.deed(
    Deed("POST", "/units/{uuid:pk}/liaison-persons", EDIT, "登记联络员。", UnitWhole, 201)
)  # fmt: skip
def add_liaison_person(request: HttpRequest, pk: UUID, given: LiaisonGiven) -> UnitWhole:
    """Name who speaks for a unit."""
    unit = found_unit(request, pk)
    unit_facts.add_liaison(unit, given.details(), by=person(request))
    return whole_unit(request, unit)


@room.deed(Deed("PUT", LIAISON, EDIT, "变更联络员。", UnitWhole))
def change_liaison_person(
    request: HttpRequest, pk: UUID, liaison: UUID, given: LiaisonGiven
) -> UnitWhole:
    """Say anew what is said of a liaison person; what is not named becomes blank."""
    unit, known = found_unit(request, pk), _liaison(request, pk, liaison)
    unit_facts.change_liaison(known, given.details(known.user), by=person(request))
    return whole_unit(request, unit)


@room.deed(Deed("DELETE", LIAISON, EDIT, "移除联络员。", None, 204))
def remove_liaison_person(request: HttpRequest, pk: UUID, liaison: UUID) -> None:
    """Take a liaison person off the list, with telephone and address."""
    unit_facts.remove_liaison(_liaison(request, pk, liaison), by=person(request))


def _liaison(request: HttpRequest, pk: UUID, liaison: UUID) -> LiaisonPerson:
    rows = seen(request, LiaisonPerson).filter(unit=found_unit(request, pk))
    return one(rows.select_related("unit__city", "user"), liaison)
