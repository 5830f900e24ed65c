"""Documents that a round asks for, and how far each of them is brought."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.timezone import localdate
from ninja import Query
from pydantic import Field

from wenming.api.finding import narrowed, one
from wenming.api.operations import Deed, Room
from wenming.api.paging import PageAsked, page
from wenming.api.shapes import Named, Page, Shown, WordsShown
from wenming.base.access import city_of, person
from wenming.core.permissions import Capability
from wenming.core.terms import EvidenceKind, Method
from wenming.rounds.models import Collection
from wenming.submission.forms.requirements import CoverageFilter
from wenming.submission.models import Requirement, Standing
from wenming.submission.queries.seen import collections_seen, counted, waiting_for

VIEW = Capability.VIEW_DOCUMENTS
ROUND = "/collections/{uuid:pk}"
room = Room(tags=["Documents 材料"])


class RequirementShown(Shown):
    """A document that is asked for, and how far it is brought."""

    id: UUID
    collection: UUID
    item: str
    item_title: WordsShown
    condition: int = Field(description="0 for the whole item")
    method: Method
    title: WordsShown
    kind: EvidenceKind
    year_from: int
    year_to: int
    unit: Named | None
    wanted: int
    accepted: int
    due: date | None
    note: str
    standing: Standing

    @classmethod
    def of(cls, row: Any) -> "RequirementShown":
        """From its row with its standing."""
        same = ("item", "condition", "method", "kind", "year_from", "year_to", "wanted",
                "accepted", "due", "note", "standing")  # fmt: skip
        columns: dict[str, Any] = {name: getattr(row, name) for name in same}
        return cls(
            id=row.pk,
            collection=row.collection_id,
            item_title=WordsShown.of(row.item_title),
            title=WordsShown.of(row.name),
            unit=Named.of(row.unit),
            **columns,
        )


class RequirementsAsked(PageAsked):
    """Which requirements of a round."""

    text: str | None = Field(None, max_length=60)
    standing: Standing | None = None
    unit: UUID | None = None


class CoverageShown(Shown):
    """How many requirements stand how, of those that the caller sees."""

    standings: dict[Standing, int]
    waiting: int = Field(description="Documents that wait for the caller's own review or decision")


@room.deed(Deed("GET", ROUND + "/requirements", VIEW, "申报要求及进度。", Page[RequirementShown]))
def list_requirements(
    request: HttpRequest, pk: UUID, asked: Query[RequirementsAsked]
) -> Page[RequirementShown]:
    """What a round asks for, in the order of the edition; a unit sees its own part."""
    rows = seen_requirements(request).filter(collection=asking_round(request, pk))
    found = narrowed(request, CoverageFilter, rows, asked)
    return page(found, asked, RequirementShown.of, order="position")


@room.deed(Deed("GET", ROUND + "/coverage", VIEW, "材料报送进度。", CoverageShown))
def show_coverage(request: HttpRequest, pk: UUID) -> CoverageShown:
    """How many requirements are accepted, in review, returned, late or missing."""
    found = asking_round(request, pk)
    rows = seen_requirements(request).filter(collection=found)
    numbers = {Standing(each): n for each, n in counted(rows)}
    waiting = waiting_for(person(request), found).count()
    return CoverageShown(standings=numbers, waiting=waiting)


@room.deed(Deed("GET", "/requirements/{uuid:pk}", VIEW, "一项申报要求。", RequirementShown))
def show_requirement(request: HttpRequest, pk: UUID) -> RequirementShown:
    """One requirement with its standing."""
    return RequirementShown.of(one(seen_requirements(request), pk))


def asking_round(request: HttpRequest, pk: UUID) -> Collection:
    """A round that asks the caller for documents, or 404."""
    return one(collections_seen(person(request), city_of(request)).select_related("city"), pk)


def seen_requirements(request: HttpRequest) -> QuerySet[Any]:
    """The requirements that the caller sees, with their standing."""
    rows = Requirement.objects.visible_to(person(request)).for_city(city_of(request))
    standing: QuerySet[Any] = rows.with_standing(today=localdate()).select_related("unit")
    return standing
