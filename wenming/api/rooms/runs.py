"""Runs of the engine: what was scored, when, and by which program."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Query

from wenming.api.finding import one, seen
from wenming.api.operations import Deed, Room
from wenming.api.paging import PageAsked, page
from wenming.api.shapes import Page, Shown
from wenming.core.permissions import Capability
from wenming.scoring.models import Run

C = Capability
room = Room(tags=["Scoring 计分"])


class RunShown(Shown):
    """A run of the engine; nothing from which the score could be told."""

    id: UUID
    round: UUID
    number: int
    started_at: datetime
    finished_at: datetime
    engine_version: str
    edition_hash: str
    evidence_hash: str
    digest: str

    @classmethod
    def of(cls, run: Run) -> "RunShown":
        """From its row."""
        return cls(
            id=run.pk,
            round=run.round_id,
            number=run.number,
            started_at=run.started_at,
            finished_at=run.finished_at,
            engine_version=run.engine_version,
            edition_hash=run.edition_hash,
            evidence_hash=run.evidence_hash,
            digest=run.digest,
        )


@room.deed(Deed("GET", "/runs", C.VIEW_RUNS, "计分列表。", Page[RunShown]))
def list_runs(request: HttpRequest, asked: Query[PageAsked]) -> Page[RunShown]:
    """The runs of the city, the latest first."""
    return page(seen(request, Run), asked, RunShown.of, order="number", descending=True)


@room.deed(Deed("GET", "/runs/{uuid:pk}", C.VIEW_RUNS, "一次计分的版本与摘要值。", RunShown))
def show_run(request: HttpRequest, pk: UUID) -> RunShown:
    """One run: what was scored, by which program, and the digest of its result."""
    return RunShown.of(one(seen(request, Run), pk))
