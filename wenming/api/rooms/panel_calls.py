"""Calling a panel together, and taking a session back."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from pydantic import Field, Strict

from wenming.api.operations import Deed
from wenming.api.rooms import panels
from wenming.api.rooms.collections import found_collection, member_of
from wenming.api.rooms.panels import (
    MANAGE,
    ONE,
    RatedItemShown,
    WholePanelShown,
    found_panel,
    whole_panel,
)
from wenming.api.shapes import Day, Given, Identity, Name, Shown, WordsShown
from wenming.base.access import person
from wenming.core.terms import Method
from wenming.inspection.models.panels import PANEL_METHODS
from wenming.inspection.queries.panels import RatedItem, free_items
from wenming.inspection.services import panels as services

ROUND = "/collections/{uuid:pk}"
room = panels.room


class FreeItemsShown(Shown):
    """What no session of a round rates yet, by method."""

    rows: dict[Method, list[RatedItemShown]]


class PanelGiven(Given):
    """A session: what is rated, by whom, on which day."""

    method: Annotated[Method, Strict(False)]
    title: Name
    held_on: Day
    items: list[Name] = Field(min_length=1, max_length=500)
    people: list[Identity] = Field(
        min_length=1, max_length=100, description="Assessors of the round"
    )


@room.deed(Deed("GET", ROUND + "/panel-items", MANAGE, "待评项目。", FreeItemsShown))
def list_free_items(request: HttpRequest, pk: UUID) -> FreeItemsShown:
    """The items that a panel may be called together for."""
    round_ = found_collection(request, pk)
    free = {method: free_items(round_, method) for method in PANEL_METHODS}
    rows = {method: [_shown(each) for each in items] for method, items in free.items()}
    return FreeItemsShown(rows=rows)


@room.deed(Deed("POST", ROUND + "/panels", MANAGE, "安排评议场次。", WholePanelShown, 201))
def make_panel(request: HttpRequest, pk: UUID, given: PanelGiven) -> WholePanelShown:
    """Call a panel together; each assessor is asked to rate."""
    round_, by = found_collection(request, pk), person(request)
    people = [member_of(round_, each).person for each in dict.fromkeys(given.people)]
    plan = services.PanelPlan(given.method, given.title.strip(), given.held_on, given.items, people)
    made = services.make_panel(round_, plan, by=by)
    return whole_panel(request, made.pk)


@room.deed(Deed("DELETE", ONE, MANAGE, "取消评议场次。", None, 204))
def drop_panel(request: HttpRequest, pk: UUID) -> None:
    """Take a session back as long as nobody has rated."""
    services.drop_panel(found_panel(request, pk), by=person(request))


def _shown(item: RatedItem) -> RatedItemShown:
    title = WordsShown.of(item.title)
    return RatedItemShown(item=item.key, title=title, top=f"{item.top:f}", trimmed=item.trimmed)
