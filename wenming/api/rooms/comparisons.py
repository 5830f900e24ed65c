"""Two runs side by side, and one item over all runs."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from ninja import Query
from pydantic import Field
from pydantic import WithJsonSchema as Described

from wenming.api.finding import narrowed
from wenming.api.operations import Deed, Room
from wenming.api.paging import PageAsked, page
from wenming.api.rooms.runs import RunShown, found_run
from wenming.api.shapes import Key, Number, Page, Shown, WordsShown, offered
from wenming.base import wording
from wenming.base.access import person
from wenming.core.lifecycle import RunState
from wenming.core.permissions import Capability
from wenming.core.terms import State
from wenming.scoring import queries
from wenming.scoring.models import ItemResult, Run
from wenming.scoring.queries import SeenRun
from wenming.scoring.queries.changes import (
    CHANGES,
    change_counts,
    changes_of,
    common_change,
    gone_from,
    in_order,
    total_change,
)
from wenming.scoring.views.comparing import ANY_CHANGE, ChangeFilter

C = Capability
Change = Annotated[str, Described({"type": "string", "enum": [*CHANGES]})]
PAIR = "/runs/{uuid:pk}/comparison/{uuid:other}"
room = Room(tags=["Scoring 计分"])


class TotalShown(Shown):
    """The total of one run."""

    score: Number | None
    low: Number | None
    high: Number | None


class CommonShown(Shown):
    """The points of the items of the basic part that both runs judged."""

    items: int
    only_later: int = Field(description="Items that only the later run judged")
    only_earlier: int
    score: Number
    points: Number
    before_score: Number
    before_points: Number


class TotalsShown(Shown):
    """How far two totals lie apart; docs/methods/difference.md says what the interval means."""

    later: TotalShown
    earlier: TotalShown
    gain: float | None = Field(description="Later minus earlier, in points")
    low: float | None = Field(description="Interval of the gain; null where there is none")
    high: float | None
    verdict: str = Field(
        description="`same_round`, `apart`, `not_apart`, `no_interval`, `outside` or `no_total`"
    )
    message: str
    common: CommonShown


class GoneShown(Shown):
    """An item that only the earlier run has."""

    key: str
    title: WordsShown


class RunComparison(Shown):
    """Two runs of a city side by side."""

    later: RunShown
    earlier: RunShown
    editions_differ: bool = Field(description="Limits, points and items may differ")
    totals: TotalsShown | None = Field(description="Null without `view_score`")
    changes: dict[str, int] = Field(
        description="How many items of those that the caller sees became better, worse …"
    )
    gone: list[GoneShown]


class ChangesAsked(PageAsked):
    """Which items of a comparison to list."""

    text: str = Field("", max_length=100, pattern=r"^[^\x00]*$", description="Key, name or pinyin")
    change: Annotated[
        str,
        offered([ANY_CHANGE, *CHANGES]),
        Described({"type": "string", "enum": [ANY_CHANGE, *CHANGES]}),
    ] = Field("", description="`changed` for whatever is not the same")


class ChangeShown(Shown):
    """One item in the later run, and what the earlier run said of it."""

    key: str
    title: WordsShown
    change: Change
    before_state: State | None = Field(description="Null where the earlier run has it not")
    before_grade: str
    before_score: Number | None
    state: State
    grade: str
    score: Number | None
    gain: Number | None
    lead_name: str

    @classmethod
    def of(cls, row: Any) -> "ChangeShown":
        """From a row of `changes_of`."""
        return cls(
            key=row.key,
            title=WordsShown.of(row.title),
            change=row.change,
            before_state=State(row.before_state) if row.before_state else None,
            before_grade=row.before_grade or "",
            before_score=row.before_score,
            state=State(row.state),
            grade=row.grade,
            score=row.score,
            gain=row.gain,
            lead_name=row.lead_name,
        )


class PastShown(Shown):
    """What one run says of an item."""

    run: UUID
    run_number: int
    run_state: RunState
    result_number: str
    round: WordsShown
    finished_at: datetime
    state: State
    grade: str
    certain: bool | None
    value: Number | None
    unit: str
    points: Number | None
    score: Number | None

    @classmethod
    def of(cls, row: ItemResult) -> "PastShown":
        """From its row with its run and round."""
        same = ("grade", "certain", "value", "unit", "points", "score")
        columns: dict[str, Any] = {name: getattr(row, name) for name in same}
        return cls(
            run=row.run_id,
            run_number=row.run.number,
            run_state=RunState(row.run.state),
            result_number=row.run.result_number,
            round=WordsShown.of(row.run.round.title),
            finished_at=row.run.finished_at,
            state=State(row.state),
            **columns,
        )


class HistoryShown(Shown):
    """An item over the runs of its city, the latest first; at most twelve."""

    rows: list[PastShown]


@room.deed(Deed("GET", PAIR, C.VIEW_RUNS, "两次计分对比；总分仅有权者可见。", RunComparison))
def compare_runs(request: HttpRequest, pk: UUID, other: UUID) -> RunComparison:
    """Two runs side by side, in whichever order they are named; totals only for `view_score`."""
    later, earlier = _pair(request, pk, other)
    user = person(request)
    seen, before = queries.seen_by(user, later), queries.seen_by(user, earlier)
    gone = gone_from(seen, before)
    return RunComparison(
        later=RunShown.of(later),
        earlier=RunShown.of(earlier),
        editions_differ=later.edition_hash != earlier.edition_hash,
        totals=_totals(seen, before) if user.may(C.VIEW_SCORE, city=later.city) else None,
        changes=dict(change_counts(seen, before)),
        gone=[GoneShown(key=each.key, title=WordsShown.of(each.title)) for each in gone],
    )


@room.deed(Deed("GET", PAIR + "/items", C.VIEW_RUNS, "两次计分逐项变化。", Page[ChangeShown]))
def list_changes(
    request: HttpRequest, pk: UUID, other: UUID, asked: Query[ChangesAsked]
) -> Page[ChangeShown]:
    """What became of each item that the caller may see, in the order of the later edition."""
    later, earlier = _pair(request, pk, other)
    user = person(request)
    rows = changes_of(queries.seen_by(user, later), queries.seen_by(user, earlier))
    narrow = narrowed(request, ChangeFilter, rows, asked)
    return page(narrow, asked, ChangeShown.of, order="position")


@room.deed(
    Deed(
        "GET",
        "/runs/{uuid:pk}/items/{key}/history",
        C.VIEW_RESULTS,
        "一项测评内容的历次结果。",
        HistoryShown,
    )
)
def show_item_history(request: HttpRequest, pk: UUID, key: Key) -> HistoryShown:
    """One item of a run in all runs of the city, matched by its key.

    Runs of other editions may judge by other limits.
    """
    run = queries.seen_by(person(request), found_run(request, pk))
    if queries.item_result(run, key) is None:
        raise Http404
    return HistoryShown(rows=[PastShown.of(each) for each in queries.history_of(run, key)])


def _pair(request: HttpRequest, pk: UUID, other: UUID) -> tuple[Run, Run]:
    """The later and the earlier of two runs, or 404; a run is not compared with itself."""
    if pk == other:
        raise Http404
    return in_order(found_run(request, pk), found_run(request, other))


def _totals(seen: SeenRun, before: SeenRun) -> TotalsShown:
    later, earlier = seen.run, before.run
    change = total_change(later, earlier)
    totals = [TotalShown(score=e.score, low=e.low, high=e.high) for e in (later, earlier)]
    return TotalsShown(
        later=totals[0],
        earlier=totals[1],
        gain=change.gain,
        low=change.low,
        high=change.high,
        verdict=change.verdict,
        message=wording.label("total_change", change.verdict, get_language() or "zh"),
        common=CommonShown(**asdict(common_change(seen, before))),
    )
