"""What does not fit in the figures of a round, and what was made of it."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from ninja import Query
from pydantic import Field, Strict
from pydantic.json_schema import SkipJsonSchema

from wenming.api.finding import narrowed, one, seen
from wenming.api.operations import Deed, Room
from wenming.api.paging import PageAsked, page
from wenming.api.refusals import plain
from wenming.api.rooms.figures import FigureShown
from wenming.api.shapes import Given, Identity, Page, Reason, Shown
from wenming.base import wording
from wenming.base.access import person
from wenming.base.models import CityQuerySet
from wenming.core.lifecycle import SettlementState
from wenming.core.permissions import Capability
from wenming.rounds.models import Round
from wenming.scoring.models import (
    FigureCheck,
    ReportedDocument,
    Settlement,
    SettlementVerdict,
)
from wenming.scoring.queries.checking import latest_run_of, own_figures_of
from wenming.scoring.queries.reconciliation import figures_of_finding
from wenming.scoring.services import settling
from wenming.scoring.services.checking import check_figures as check_now
from wenming.scoring.services.figures import frozen_result_of
from wenming.scoring.settlement_forms import LONGEST_REASON
from wenming.scoring.tables import filter_of
from wenming.scoring.views.reconciliation import newest_of

VIEW, SETTLE = Capability.VIEW_FIGURES, Capability.SETTLE_FINDING
MOST_AT_ONCE = 500
Why = Annotated[Reason, Field(max_length=LONGEST_REASON)]
room = Room(tags=["Reconciliation 数字核对"])


class SettlementShown(Shown):
    """A finding of the latest check, and what was made of it."""

    id: UUID
    round: UUID | None = Field(description="Null once no check finds it any more")
    code: str
    message: str
    facts: dict[str, Any]
    document: str = Field(description="Key of the paper; blank for the system's own records")
    state: SettlementState
    verdict: SettlementVerdict | None
    reason: str = Field(description="Of the verdict, or why it was opened again")
    settled_by: str
    settled_at: datetime | None
    found_at: datetime

    @classmethod
    def columns(cls, row: Settlement) -> dict[str, Any]:
        """What its row says."""
        same = ("code", "document", "reason", "settled_at", "found_at")
        return {
            **{name: getattr(row, name) for name in same},
            "id": row.pk,
            "round": row.round_id,
            "message": wording.sentence(row.code, row.facts, get_language() or "zh"),
            "facts": plain(row.facts),
            "state": SettlementState(row.state),
            "verdict": SettlementVerdict(row.verdict) if row.verdict else None,
            "settled_by": row.settled_by.name if row.settled_by else "",
        }

    @classmethod
    def of(cls, row: Settlement) -> "SettlementShown":
        """From its row."""
        return cls(**cls.columns(row))


class SettlementWhole(SettlementShown):
    """A finding with the figures that it is about, as they stand now."""

    figures: list[FigureShown]


class SettlementsAsked(PageAsked):
    """Which findings to list."""

    state: SettlementState | SkipJsonSchema[None] = None
    verdict: SettlementVerdict | SkipJsonSchema[None] = None
    code: str = Field("", max_length=100, pattern=r"^[^\x00]*$")
    document: str = Field(
        "", max_length=200, pattern=r"^[^\x00]*$", description="Key of a paper; `-` for our own"
    )


class VerdictGiven(Given):
    """What a finding turned out to be, and why."""

    verdict: Annotated[SettlementVerdict, Strict(False)]
    reason: Why


class VerdictsGiven(VerdictGiven):
    """One verdict and one reason for several findings, all settled or none."""

    findings: list[Identity] = Field(min_length=1, max_length=MOST_AT_ONCE)


class ReopenGiven(Given):
    """Why a settled finding is opened again."""

    reason: Why


class SettledShown(Shown):
    """What was settled at once."""

    settled: int


class CheckShown(Shown):
    """The latest check of the figures of a round."""

    checked_at: datetime
    by: str = Field(description="Blank for a run of the program")
    run: UUID | None = Field(description="Whose own figures they were compared with")
    is_after_change: bool = Field(description="Figures were changed after that run")

    @classmethod
    def of(cls, check: FigureCheck) -> "CheckShown":
        """From its row."""
        return cls(
            checked_at=check.checked_at,
            by=check.by.name if check.by else "",
            run=check.run_id,
            is_after_change=check.is_after_change,
        )


class ReconciliationShown(Shown):
    """How the reconciliation of a round stands."""

    round: UUID
    newest: UUID = Field(description="The latest revision of the round, which is the one to settle")
    frozen: str = Field(description="The result that stands on the figures; they are shut then")
    check: CheckShown | None
    open: int
    settled: int
    own: dict[str, int] = Field(description="The system's own figures by name, of the latest run")


@room.deed(
    Deed("GET", "/rounds/{uuid:pk}/reconciliation", VIEW, "数字核对概况。", ReconciliationShown)
)
def show_reconciliation(request: HttpRequest, pk: UUID) -> ReconciliationShown:
    """How many findings of a round are open, when it was checked, and whether it is frozen."""
    return reconciliation_of(request, found_round(request, pk))


@room.deed(Deed("POST", "/rounds/{uuid:pk}/check", SETTLE, "立即核对数字。", ReconciliationShown))
def check_figures(request: HttpRequest, pk: UUID) -> ReconciliationShown:
    """Check the figures of a round now, without scoring it; what was settled stays settled."""
    found = found_round(request, pk)
    check_now(found, by=person(request))
    return reconciliation_of(request, found)


@room.deed(
    Deed("GET", "/rounds/{uuid:pk}/findings", VIEW, "核对发现及其处理。", Page[SettlementShown])
)
def list_settlements(
    request: HttpRequest, pk: UUID, asked: Query[SettlementsAsked]
) -> Page[SettlementShown]:
    """What the latest check of a round found, with what was made of each."""
    found = found_round(request, pk)
    rows = seen_settlements(request).filter(round=found)
    papers = seen(request, ReportedDocument).filter(round=found).order_by("position")
    narrow = narrowed(request, filter_of(list(rows), list(papers)), rows, asked)
    return page(narrow, asked, SettlementShown.of, order="position")


@room.deed(Deed("GET", "/findings/{uuid:pk}", VIEW, "一项核对发现。", SettlementWhole))
def show_settlement(request: HttpRequest, pk: UUID) -> SettlementWhole:
    """One finding with its sum in words and the figures that it is about."""
    return _whole(request, pk)


@room.deed(Deed("POST", "/findings/{uuid:pk}/settle", SETTLE, "处理核对发现。", SettlementWhole))
def settle_finding(request: HttpRequest, pk: UUID, given: VerdictGiven) -> SettlementWhole:
    """Settle a finding with a verdict and the reason; 409 where somebody was quicker."""
    found = one(seen_settlements(request), pk)
    settling.settle_finding(found, by=person(request), verdict=given.verdict, reason=given.reason)
    return _whole(request, pk)


@room.deed(Deed("POST", "/findings/settle", SETTLE, "批量处理核对发现。", SettledShown))
def settle_findings(request: HttpRequest, given: VerdictsGiven) -> SettledShown:
    """Settle several findings with one verdict and one reason, all or none."""
    wanted = set(given.findings)
    rows = list(seen_settlements(request).filter(pk__in=wanted))
    if len(rows) < len(wanted):
        raise Http404
    count = settling.settle_findings(
        rows, by=person(request), verdict=given.verdict, reason=given.reason
    )
    return SettledShown(settled=count)


@room.deed(
    Deed("POST", "/findings/{uuid:pk}/reopen", SETTLE, "重新打开已处理的发现。", SettlementWhole)
)
def reopen_finding(request: HttpRequest, pk: UUID, given: ReopenGiven) -> SettlementWhole:
    """Open a settled finding again; the verdict so far stays in the audit."""
    found = one(seen_settlements(request), pk)
    settling.reopen_finding(found, by=person(request), reason=given.reason)
    return _whole(request, pk)


def found_round(request: HttpRequest, pk: UUID) -> Round:
    """The round with its city and plan, or 404."""
    return one(seen(request, Round).select_related("city", "responsibility_plan"), pk)


def seen_settlements(request: HttpRequest) -> CityQuerySet[Settlement]:
    """The findings that the caller may see, with who settled them."""
    return seen(request, Settlement).select_related("settled_by", "round", "city")


def reconciliation_of(request: HttpRequest, round_: Round) -> ReconciliationShown:
    """How the reconciliation of a round stands."""
    rows = seen(request, Settlement).filter(round=round_)
    check = seen(request, FigureCheck).filter(round=round_).select_related("by").first()
    run, frozen = latest_run_of(round_), frozen_result_of(round_)
    return ReconciliationShown(
        round=round_.pk,
        newest=newest_of(round_).pk,
        frozen=frozen.result_number if frozen else "",
        check=CheckShown.of(check) if check else None,
        open=rows.filter(state=SettlementState.OPEN).count(),
        settled=rows.filter(state=SettlementState.SETTLED).count(),
        own=dict(own_figures_of(run).counts) if run else {},
    )


def _whole(request: HttpRequest, pk: UUID) -> SettlementWhole:
    found = one(seen_settlements(request), pk)
    figures = [FigureShown.of_row(each) for each in figures_of_finding(found)]
    return SettlementWhole(**SettlementWhole.columns(found), figures=figures)
