"""What a round asks for, changed: built from the edition, one more, another one, reminded."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from pydantic import BeforeValidator, Field, Strict

from wenming.api.finding import one, one_or_none, seen
from wenming.api.operations import Deed
from wenming.api.rooms import requirements
from wenming.api.rooms.requirements import (
    ROUND,
    RequirementShown,
    asking_round,
    seen_requirements,
)
from wenming.api.shapes import Day, Given, Identity, Line, Reason, Shown, Whole, as_whole
from wenming.base.access import person
from wenming.base.models import Unit
from wenming.core.permissions import Capability
from wenming.core.terms import EvidenceKind, Method
from wenming.framework.queries.editions import edition_of
from wenming.rounds.models import Collection
from wenming.rounds.services.facts import FactUnknown
from wenming.submission.models import Requirement
from wenming.submission.services import requirements as services
from wenming.submission.services.telling import remind_units

MANAGE = Capability.MANAGE_ROUNDS
Year = Annotated[int, Field(ge=1949, le=2100), BeforeValidator(as_whole)]
room = requirements.room


class RequirementGiven(Given):
    """A document that is asked for."""

    item: Annotated[Line, Field(min_length=1, max_length=100)]
    condition: Whole = Field(0, description="0 for the whole item")
    method: Annotated[Method, Strict(False)] = Method.DOCUMENTS
    title: Annotated[Reason, Field(max_length=500)]
    kind: Annotated[EvidenceKind, Strict(False)]
    year_from: Year
    year_to: Year
    unit: Identity | None = Field(None, description="Which hands it in; null for none yet")
    wanted: Annotated[int, Field(ge=1, le=99), BeforeValidator(as_whole)] = 1
    due: Day | None = None
    note: Annotated[str, Field(max_length=1000, pattern=r"^[^\x00]*$")] = ""

    def entry(self, request: HttpRequest, of: Collection) -> services.RequirementEntry:
        """What is asked for, as the services take it; an item that there is not is refused."""
        if edition_of(of.edition).item(self.item) is None:
            raise FactUnknown(key=self.item)
        unit = one_or_none(seen(request, Unit).filter(is_active=True), self.unit)
        same = ("item", "condition", "method", "kind", "wanted", "due")
        columns: dict[str, Any] = {name: getattr(self, name) for name in same}
        return services.RequirementEntry(
            title=self.title.strip(),
            years=(self.year_from, self.year_to),
            unit=unit,
            note=self.note.strip(),
            **columns,
        )


class CountShown(Shown):
    """How many there were."""

    count: int


@room.deed(
    Deed("POST", ROUND + "/requirements/build", MANAGE, "按测评体系生成申报要求。", CountShown)
)
def build_requirements(request: HttpRequest, pk: UUID) -> CountShown:
    """Ask for everything that the edition judges by documents; what is there stays as it is."""
    found = asking_round(request, pk)
    return CountShown(count=services.build_requirements(found, by=person(request)))


@room.deed(
    Deed("POST", ROUND + "/requirements/remind", MANAGE, "催报材料。", CountShown)
)  # fmt: skip
def remind_units_of_documents(request: HttpRequest, pk: UUID) -> CountShown:
    """Ask every unit for what it has not brought yet; the answer says how many were asked."""
    return CountShown(count=remind_units(asking_round(request, pk), by=person(request)))


@room.deed(Deed("POST", ROUND + "/requirements", MANAGE, "新增申报要求。", RequirementShown, 201))
def add_requirement(request: HttpRequest, pk: UUID, given: RequirementGiven) -> RequirementShown:
    """Ask for one more document."""
    found = asking_round(request, pk)
    made = services.add_requirement(found, given.entry(request, found), by=person(request))
    return _shown(request, made.pk)


@room.deed(Deed("PUT", "/requirements/{uuid:pk}", MANAGE, "修改申报要求。", RequirementShown))
def change_requirement(request: HttpRequest, pk: UUID, given: RequirementGiven) -> RequirementShown:
    """Say anew what is asked for; what was handed in stays with it."""
    found = _found(request, pk)
    entry = given.entry(request, found.collection)
    services.change_requirement(found, entry, by=person(request))
    return _shown(request, pk)


@room.deed(Deed("DELETE", "/requirements/{uuid:pk}", MANAGE, "删除申报要求。", None, 204))
def drop_requirement(request: HttpRequest, pk: UUID) -> None:
    """Ask for it no more; 409 where something was handed in for it."""
    services.drop_requirement(_found(request, pk), by=person(request))


def _found(request: HttpRequest, pk: UUID) -> Requirement:
    rows = seen(request, Requirement).select_related("collection__edition", "city", "unit")
    return one(rows, pk)


def _shown(request: HttpRequest, pk: UUID) -> RequirementShown:
    return RequirementShown.of(one(seen_requirements(request), pk))
