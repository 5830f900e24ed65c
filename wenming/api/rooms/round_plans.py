"""The plan of a round changed: its dates, the calendar of its methods, numbers of sites, facts."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from pydantic import BeforeValidator, Field, Strict

from wenming.api.finding import one, seen
from wenming.api.operations import Deed
from wenming.api.rooms import collections
from wenming.api.rooms.collections import (
    MANAGE,
    ONE,
    VIEW,
    CollectionGiven,
    CollectionShown,
    found_collection,
)
from wenming.api.rooms.desk import JobShown
from wenming.api.shapes import Day, Given, Line, Name, Shown, as_whole
from wenming.base.access import city_of, person
from wenming.base.services.audit import subject_of
from wenming.base.services.jobs import start_job
from wenming.core.lifecycle import EditionState
from wenming.core.permissions import Capability
from wenming.core.terms import Method, Words
from wenming.framework.models import Edition
from wenming.framework.queries.plans import plan_in_force
from wenming.rounds.forms.collections import MOST_SITES
from wenming.rounds.models import Collection
from wenming.rounds.services import collections as services
from wenming.rounds.services.calendars import set_calendar
from wenming.rounds.services.calendars import set_site_numbers as give_numbers
from wenming.rounds.services.facts import GateSaid, set_facts
from wenming.scoring.views.gathering import folder

SCORE = Capability.RUN_SCORING
room = collections.room


class MethodDaysShown(Shown):
    """When a method of a round is worked at."""

    method: Method
    first: date
    last: date


class CalendarShown(Shown):
    """The calendar of a round; a method without dates does not stand here."""

    rows: list[MethodDaysShown]

    @classmethod
    def of(cls, found: Collection) -> "CalendarShown":
        """From the parts of a round."""
        return cls(
            rows=[
                MethodDaysShown(method=Method(each.method), first=each.starts_on, last=each.ends_on)
                for each in found.parts.order_by("starts_on", "method")
            ]
        )


class MethodDaysGiven(Given):
    """When a method is worked at."""

    method: Annotated[Method, Strict(False)]
    first: Day
    last: Day


class CalendarGiven(Given):
    """The calendar of a round as a whole; a method that is not named has no dates."""

    rows: list[MethodDaysGiven] = Field(max_length=20)


class TypeNumberGiven(Given):
    """How many sites of a type are to be visited."""

    site_type: Name
    sites: Annotated[int, Field(ge=0, le=MOST_SITES), BeforeValidator(as_whole)]


class NumbersGiven(Given):
    """How many sites of each type are to be visited; a type that is not named: none."""

    rows: list[TypeNumberGiven] = Field(max_length=200)


class GateShown(Shown):
    """What is known of a gate."""

    gate: str
    holds: bool | None
    reason: str


class AsideShown(Shown):
    """An item that does not apply to the city."""

    item: str
    reason: str


class FactsShown(Shown):
    """What the office knows of a round beside its evidence."""

    gates: list[GateShown]
    not_applicable: list[AsideShown]

    @classmethod
    def of(cls, found: Collection) -> "FactsShown":
        """From a round."""
        return cls(
            gates=[GateShown(**each) for each in found.gates],
            not_applicable=[AsideShown(**each) for each in found.not_applicable],
        )


class GateGiven(Given):
    """What is known of a gate, and from where."""

    gate: Name
    holds: bool | None = Field(description="Null for not known")
    reason: Annotated[Line, Field(max_length=300)] = ""


class AsideGiven(Given):
    """An item that does not apply, and why."""

    item: Name
    reason: Annotated[Line, Field(max_length=300)]


class FactsGiven(Given):
    """What is known of a round, in place of what was known before."""

    gates: list[GateGiven] = Field(default_factory=list, max_length=100)
    not_applicable: list[AsideGiven] = Field(default_factory=list, max_length=500)


@room.deed(Deed("PUT", ONE, MANAGE, "修改轮次方案。", CollectionShown))
def change_collection(request: HttpRequest, pk: UUID, given: CollectionGiven) -> CollectionShown:
    """Say anew what the plan of a round is; once it is open, key and edition stay."""
    found = found_collection(request, pk)
    offered = Q(state=EditionState.IN_USE) | Q(pk=found.edition_id)
    editions = seen(request, Edition).filter(offered).select_related("checklists")
    edition = one(editions, given.edition)
    is_same_note = given.note.strip() == found.note_zh
    plan = services.CollectionPlan(
        key=given.key,
        kind=given.kind,
        title=Words(given.title.strip(), given.title_en.strip()),
        period=services.Span(given.period_from, given.period_to),
        assessed_on=given.assessed_on,
        tier=found.tier,
        methods=list(dict.fromkeys(given.methods)),
        note=Words(given.note.strip(), found.note_en if is_same_note else ""),
        is_synthetic=found.is_synthetic,
    )
    lists = found.checklist_set if edition.pk == found.edition_id else edition.checklists
    standard = services.Standard(edition, lists, plan_in_force(edition))
    done = services.change_collection(found, plan, standard=standard, by=person(request))
    return CollectionShown.of(done)


@room.deed(Deed("GET", ONE + "/calendar", VIEW, "轮次日程。", CalendarShown))
def show_collection_calendar(request: HttpRequest, pk: UUID) -> CalendarShown:
    """When each method of a round is worked at."""
    return CalendarShown.of(found_collection(request, pk))


@room.deed(Deed("PUT", ONE + "/calendar", MANAGE, "设定轮次日程。", CalendarShown))
def set_collection_calendar(request: HttpRequest, pk: UUID, given: CalendarGiven) -> CalendarShown:
    """Say when each method is worked at, within the round."""
    found = found_collection(request, pk)
    spans = {each.method: services.Span(each.first, each.last) for each in given.rows}
    set_calendar(found, spans, by=person(request))
    return CalendarShown.of(found)


@room.deed(Deed("PUT", ONE + "/site-numbers", MANAGE, "设定考察点位数量。", CollectionShown))
def set_site_numbers(request: HttpRequest, pk: UUID, given: NumbersGiven) -> CollectionShown:
    """Say how many sites of each type are to be visited."""
    found = found_collection(request, pk)
    numbers = {each.site_type: each.sites for each in given.rows}
    done = give_numbers(found, numbers, by=person(request))
    return CollectionShown.of(done)


@room.deed(Deed("GET", ONE + "/facts", VIEW, "前提门槛和不适用项目。", FactsShown))
def show_collection_facts(request: HttpRequest, pk: UUID) -> FactsShown:
    """What is known of the gates, and which items do not apply."""
    return FactsShown.of(found_collection(request, pk))


@room.deed(Deed("PUT", ONE + "/facts", MANAGE, "填写前提门槛和不适用项目。", FactsShown))
def set_collection_facts(request: HttpRequest, pk: UUID, given: FactsGiven) -> FactsShown:
    """Say what is known of the gates, and which items do not apply, each with its reason."""
    found = found_collection(request, pk)
    gates = [GateSaid(each.gate, each.holds, each.reason.strip()) for each in given.gates]
    aside = {each.item: each.reason.strip() for each in given.not_applicable}
    return FactsShown.of(set_facts(found, gates, aside, by=person(request)))


@room.deed(
    Deed("POST", ONE + "/runs", SCORE, "按当前数据计分（后台任务）。", JobShown, 202)
)  # fmt: skip
def score_collection(request: HttpRequest, pk: UUID) -> JobShown:
    """Have a round in work scored from what it has brought in so far; the run is provisional.

    Asked again while it is going on, the same job is shown.
    """
    found = one(seen(request, Collection), pk)
    job = start_job(
        "gather_round",
        city=city_of(request),
        by=person(request),
        parameters={"collection": str(found.pk)},
        subject=subject_of(found),
    )
    return JobShown.of(job, person(request))


@room.deed(
    Deed(
        "GET",
        "/rounds/{uuid:pk}/folder.zip",
        SCORE,
        "轮次数据文件夹。",
        "file",
        kinds=("application/zip",),
    )
)
def download_round(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The evidence of a round as the folder that `wenming assess` reads, in an archive."""
    return folder(request, pk)
