"""Assessors of the invented city rate what an edition has a panel rate, each alone first."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from wenming.config.staging.people import Staff
from wenming.core.terms import Method
from wenming.inspection.models import PanelSession
from wenming.inspection.models.panels import PANEL_METHODS
from wenming.inspection.queries.panels import free_items, items_for
from wenming.inspection.services.panels import (
    GivenMark,
    PanelPlan,
    close_panel,
    hand_in_marks,
    make_panel,
)
from wenming.rounds.models import Collection, Round

_TITLES = {
    Method.OVERALL: "整体观察评议（演示）",
    Method.BRIEFING: "听取汇报评议（演示）",
    Method.DOCUMENTS: "特色项目材料评议（演示）",
}


def call_panels(collection: Collection, held_on: date, *, staff: Staff) -> list[PanelSession]:
    """Call a panel together for each method by which the edition has one rate (评议场次)."""
    people = [*staff.inspectors, staff.reviewer]
    found = []
    for method in PANEL_METHODS:
        items = [each.key for each in free_items(collection, method)]
        if items:
            plan = PanelPlan(method, _TITLES[method], held_on, items, people)
            found.append(make_panel(collection, plan, by=staff.office))
    return found


def rate(session: PanelSession, like: Round, *, staff: Staff, share: float = 1) -> None:
    """Hand in the marks that the loaded round has; with all of them there, close the session.

    Args:
        share: of the assessors, in the order of their seats, who have rated.
    """
    marks: dict[str, list[Decimal]] = defaultdict(list)
    rows = like.panel_marks.order_by("item", "assessor").values_list("item", "mark")
    for item, mark in rows:
        marks[item].append(mark)
    seats = list(session.seats.select_related("person").order_by("person__pinyin", "pk"))
    for n, seat in enumerate(seats[: round(len(seats) * share)]):
        mine, _own = items_for(seat)
        given = {
            each.item: GivenMark(_mark(marks.get(each.item, []), n, each.top)) for each in mine
        }
        hand_in_marks(seat, given, by=seat.person)
    if share == 1:
        close_panel(session, by=staff.office)


def _mark(known: list[Decimal], n: int, top: Decimal) -> Decimal:
    return known[n % len(known)] if known else top / 2
