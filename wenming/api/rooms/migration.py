"""Responsibilities carried over to another edition: proposals, and the draft that was decided."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from pydantic import Field

from wenming.api.operations import Deed, Room
from wenming.api.rooms.plans import ASSIGN, PlanShown
from wenming.api.shapes import Given, Line, Name, Shown, WordsShown
from wenming.base.access import person
from wenming.core.compare import PlacedItem
from wenming.core.succession import Kinship
from wenming.framework.queries.migration import Proposal, proposed
from wenming.framework.services.migration import migrate_plan
from wenming.framework.views.found import found_plan
from wenming.framework.views.seen_editions import found_edition

MIGRATION = "/editions/{uuid:pk}/migration/{uuid:plan}"
MOST_ITEMS = 2000
room = Room(tags=["Responsibilities 责任分解"])


class PlacedShown(Shown):
    """An item of one of the two editions."""

    item: str
    title: WordsShown

    @classmethod
    def of(cls, found: PlacedItem | None) -> "PlacedShown | None":
        """From its place in the edition; None from none."""
        if found is None:
            return None
        return cls(item=found.item.key, title=WordsShown.of(found.item.title))


class ProposalShown(Shown):
    """What an item of the new edition seems to continue."""

    kind: Kinship
    after: PlacedShown | None = Field(description="Null for an item that is gone")
    before: PlacedShown | None = Field(description="Null for an item that is new")
    likeness: float = Field(description="From 0 to 1; how alike their names are")
    responsibilities: int = Field(description="How many would be carried over")
    needs_a_look: bool

    @classmethod
    def of(cls, found: Proposal) -> "ProposalShown":
        """From a proposal."""
        kinship = found.succession
        return cls(
            kind=found.kind,
            after=PlacedShown.of(kinship.after),
            before=PlacedShown.of(kinship.before),
            likeness=round(float(kinship.likeness), 4),
            responsibilities=len(found.rows),
            needs_a_look=found.needs_a_look,
        )


class ProposalsShown(Shown):
    """One proposal for each item of the new edition, then the items that are gone."""

    rows: list[ProposalShown]


class ContinuedGiven(Given):
    """Which earlier item an item of the new edition continues."""

    item: Annotated[Name, Field(max_length=100)]
    continues: Annotated[Line, Field(max_length=100)] = Field(
        description="Key of the earlier item; blank for nobody yet"
    )


class MigrationGiven(Given):
    """What was decided; an item that is not named begins without anybody."""

    continued: list[ContinuedGiven] = Field(min_length=1, max_length=MOST_ITEMS)


class MigrationShown(Shown):
    """What became of the responsibilities."""

    plan: PlanShown = Field(description="The draft for the new edition")
    carried: int
    dissolved: int = Field(description="Left behind, because their unit is dissolved")
    reworded: int = Field(description="Left behind, because the condition is worded otherwise")


@room.deed(Deed("GET", MIGRATION, ASSIGN, "责任迁移建议，逐项列出。", ProposalsShown))
def show_migration(request: HttpRequest, pk: UUID, plan: UUID) -> ProposalsShown:
    """Which item of the new edition continues which earlier one; nothing is changed."""
    found = proposed(found_plan(request, plan), found_edition(request, pk))
    return ProposalsShown(rows=[ProposalShown.of(each) for each in found])


@room.deed(Deed("POST", MIGRATION, ASSIGN, "按确认结果迁移责任，生成草稿。", MigrationShown, 201))
def migrate_responsibilities(
    request: HttpRequest, pk: UUID, plan: UUID, given: MigrationGiven
) -> MigrationShown:
    """Make a draft for the edition from a plan of another one; the old plan stays as it is.

    Nothing is taken for granted: proposals that shall hold are sent back with the others.
    """
    edition, old = found_edition(request, pk), found_plan(request, plan)
    continued = {each.item: each.continues for each in given.continued}
    made = migrate_plan(old, edition, continued, by=person(request))
    return MigrationShown(
        plan=PlanShown.of(made.plan),
        carried=made.carried,
        dissolved=made.dissolved,
        reworded=made.reworded,
    )
