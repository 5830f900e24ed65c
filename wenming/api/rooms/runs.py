"""Runs of the engine: started, looked at, frozen as the result of a round, and corrected."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from wenming.api.finding import narrowed, one, seen
from wenming.api.operations import Deed, Room
from wenming.api.paging import PageAsked, page
from wenming.api.rooms.desk import JobShown
from wenming.api.rooms.rounds import RoundShown
from wenming.api.shapes import Given, Page, Reason, Shown
from wenming.base.access import city_of, person
from wenming.base.services.audit import subject_of
from wenming.base.services.jobs import start_job
from wenming.core.lifecycle import RunState
from wenming.core.permissions import Capability
from wenming.rounds.models import Round
from wenming.scoring import services
from wenming.scoring.models import ManifestPart, Run
from wenming.scoring.queries import newer_run, next_revision
from wenming.scoring.queries.changes import run_before
from wenming.scoring.run_forms import LONGEST_REASON
from wenming.scoring.views.run_tables import RunFilter

C = Capability
RELATED = ("round", "by", "frozen_by", "city")
Why = Annotated[Reason, Field(max_length=LONGEST_REASON)]
room = Room(tags=["Scoring 计分"])


class RunShown(Shown):
    """A run of the engine; nothing from which the score could be told."""

    id: UUID
    round: UUID
    round_key: str
    revision: int = Field(description="Of the round that was scored")
    number: int
    state: RunState
    result_number: str = Field(description="As it is quoted, such as `2026-001`; blank before")
    frozen_at: datetime | None
    corrects: UUID | None = Field(description="The result that it took the place of")
    corrected_by: UUID | None = Field(description="The result that took its place")
    by: str = Field(description="Who had it computed; blank for the command")
    started_at: datetime
    finished_at: datetime
    engine_version: str
    edition_hash: str
    evidence_hash: str
    digest: str

    @classmethod
    def columns(cls, run: Run) -> dict[str, Any]:
        """What its row says."""
        same = (
            "number", "result_number", "frozen_at", "started_at", "finished_at", "engine_version",
            "edition_hash", "evidence_hash", "digest",
        )  # fmt: skip
        return {
            **{name: getattr(run, name) for name in same},
            "id": run.pk,
            "round": run.round_id,
            "round_key": run.round.key,
            "revision": run.round.revision,
            "state": RunState(run.state),
            "corrects": run.corrects_id,
            "corrected_by": run.corrected_by_id,
            "by": run.by.name if run.by else "",
        }

    @classmethod
    def of(cls, run: Run) -> "RunShown":
        """From its row."""
        return cls(**cls.columns(run))


class ManifestShown(Shown):
    """The stored rows of one table behind a frozen run."""

    table: str
    rows: int
    hash: str


class RunRecord(RunShown):
    """The record of a run: what it stands on, what proves it, and whether it still holds."""

    frozen_by: str
    correction: str | None = Field(
        description="Why it took the place of `corrects`; null for whoever has neither "
        "`view_score` nor `verify_results`"
    )
    result_order: int | None = Field(description="Its place in the chain of results")
    before: str = Field(description="Chain hash of the result before")
    manifest_hash: str
    chain_hash: str
    manifest: list[ManifestShown] = Field(description="Only for `verify_results`")
    newer: UUID | None = Field(description="The latest later run of the same round")
    run_before: UUID | None = Field(description="The one that it is best compared with")
    next_revision: UUID | None = Field(description="The round as it is being corrected")


class RunsAsked(PageAsked):
    """Which runs to list."""

    round: str = Field(
        "", max_length=200, pattern=r"^[^\x00]*$", description="Its key, whatever the revision"
    )
    state: RunState | SkipJsonSchema[None] = None


class FreezeGiven(Given):
    """With what a run is frozen."""

    reason: Why | None = Field(
        None, description="Needed where an earlier result of the round is frozen: why it is wrong"
    )


class CorrectionGiven(Given):
    """Why a result is corrected."""

    reason: Why


@room.deed(Deed("GET", "/runs", C.VIEW_RUNS, "计分列表。", Page[RunShown]))
def list_runs(request: HttpRequest, asked: Query[RunsAsked]) -> Page[RunShown]:
    """The runs of the city, the latest first."""
    rows = narrowed(request, RunFilter, seen(request, Run), asked)
    rows = rows.select_related("round", "by").defer("summary")
    return page(rows, asked, RunShown.of, order="number", descending=True)


@room.deed(Deed("GET", "/runs/{uuid:pk}", C.VIEW_RUNS, "一次计分的记录、状态与摘要值。", RunRecord))
def show_run(request: HttpRequest, pk: UUID) -> RunRecord:
    """The record of one run: its state, what was scored, and the hashes that prove it."""
    return record_of(request, found_run(request, pk))


@room.deed(
    Deed(
        "POST",
        "/rounds/{uuid:pk}/runs",
        C.RUN_SCORING,
        "对一个轮次计分（后台任务）。",
        JobShown,
        202,
    )
)
def start_run(request: HttpRequest, pk: UUID) -> JobShown:
    """Have a round scored in the background; `result.facts.run` of the job names the run.

    Asked again while it is going on, the same job is shown. The same evidence, edition and
    program give the run that there is already.
    """
    found = one(seen(request, Round), pk)
    job = start_job(
        "score_round",
        city=city_of(request),
        by=person(request),
        parameters={"round": str(found.pk)},
        subject=subject_of(found),
    )
    return JobShown.of(job, person(request))


@room.deed(Deed("POST", "/runs/{uuid:pk}/freeze", C.FREEZE_RUN, "定稿，此后不可更改。", RunRecord))
def freeze_run(request: HttpRequest, pk: UUID, given: FreezeGiven) -> RunRecord:
    """Freeze a run as the result of its round; it can never be undone.

    The run gets its number and is chained to the result before; neither it nor any row behind
    it can be changed from then on. 409 where it is frozen already, where evidence or program
    are no longer those of the run, or where an earlier result stands and no reason is given.
    """
    frozen = services.freeze_run(
        found_run(request, pk), by=person(request), reason=given.reason or ""
    )
    return record_of(request, found_run(request, frozen.pk))


@room.deed(
    Deed(
        "POST",
        "/runs/{uuid:pk}/correction",
        C.FREEZE_RUN,
        "开始更正已定稿结果：生成轮次的下一修订版。",
        RoundShown,
        201,
    )
)
def begin_correction(request: HttpRequest, pk: UUID, given: CorrectionGiven) -> RoundShown:
    """Begin the correction of a frozen result: the next revision of its round, which may change.

    The result stands until a run of the revision is frozen with a reason.
    """
    run = found_run(request, pk)
    return RoundShown.of(services.begin_correction(run, by=person(request), reason=given.reason))


def found_run(request: HttpRequest, pk: UUID) -> Run:
    """The run with its round and people, or 404."""
    return one(seen(request, Run).select_related(*RELATED).defer("summary"), pk)


def record_of(request: HttpRequest, run: Run) -> RunRecord:
    """The record of a run, as far as the caller may see it."""
    user = person(request)
    may_know_why = bool({C.VIEW_SCORE, C.VERIFY_RESULTS} & user.capabilities(run.city))
    parts = seen(request, ManifestPart).filter(run=run).defer("rows").order_by("position")
    newer, revision = newer_run(user, run), next_revision(run)
    earlier = run_before(user, run)
    return RunRecord(
        **RunRecord.columns(run),
        frozen_by=run.frozen_by.name if run.frozen_by else "",
        correction=run.correction if may_know_why else None,
        result_order=run.result_order,
        before=run.before,
        manifest_hash=run.manifest_hash,
        chain_hash=run.chain_hash,
        manifest=[
            ManifestShown(table=each.table, rows=each.row_count, hash=each.hash) for each in parts
        ],
        newer=newer.pk if newer else None,
        run_before=earlier.pk if earlier else None,
        next_revision=revision.pk if revision else None,
    )
