"""What a run says: the result, its items, gaps and findings."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from ninja import Query
from pydantic import Field, Strict
from pydantic.json_schema import SkipJsonSchema

from wenming.api.finding import one, seen
from wenming.api.operations import Deed, Room
from wenming.api.paging import PageAsked, page
from wenming.api.refusals import plain
from wenming.api.rooms.findings import SettlementShown
from wenming.api.shapes import Key, Number, Page, Shown, WordsShown
from wenming.base import wording
from wenming.base.access import check, person
from wenming.core.permissions import Capability
from wenming.core.terms import Part, State
from wenming.scoring import queries
from wenming.scoring.models import ItemResult, Run
from wenming.scoring.queries.checking import findings_with_settlements
from wenming.scoring.views.tables import tabs_for

C = Capability
room = Room(tags=["Scoring 计分"])


class ResultShown(Shown):
    """The whole result, as `docs/reference/assessment.md` describes it; `digest` names it."""

    result: dict[str, Any]


class ItemResultShown(Shown):
    """What a run says of one item."""

    key: str
    title: WordsShown
    part: Part
    dimension: str
    indicator: str
    group: str
    state: State
    grade: str
    certain: bool | None
    value: Number | None
    unit: str
    low: Number | None
    high: Number | None
    p_true: Number | None
    p_repeat: Number | None
    points: Number | None
    score: Number | None
    lost: Number | None
    gap: Number | None
    lead: UUID | None
    lead_name: str
    due: date | None

    @classmethod
    def of(cls, row: ItemResult) -> "ItemResultShown":
        """From its row."""
        same = (
            "key", "dimension", "indicator", "group", "grade", "certain", "value", "unit", "low",
            "high", "p_true", "p_repeat", "points", "score", "lost", "gap", "lead_name", "due",
        )  # fmt: skip
        columns: dict[str, Any] = {name: getattr(row, name) for name in same}
        return cls(
            title=WordsShown.of(row.title),
            part=Part(row.part),
            state=State(row.state),
            lead=row.lead_id,
            **columns,
        )


class ItemResultWhole(Shown):
    """An item with its criteria, chances and reasons, and each reason as a sentence."""

    item: dict[str, Any]
    reasons: list[str]


class ResultsAsked(PageAsked):
    """Which items of a run to list."""

    text: str = Field("", max_length=100, pattern=r"^[^\x00]*$", description="Key, name or pinyin")
    state: State | SkipJsonSchema[None] = None
    part: Part | SkipJsonSchema[None] = None
    dimension: str = Field("", max_length=100, pattern=r"^[^\x00]*$")
    group: str = Field("", max_length=100, pattern=r"^[^\x00]*$")


class GapShown(Shown):
    """One row of the gap list."""

    key: str
    title: WordsShown
    items: int
    met: int
    not_met: int
    untested: int
    points: Number | None
    lost: Number | None
    county: str = Field(description="In which a street lies; blank in other lists")
    sites: int = Field(description="Of the register; like what follows 0 but for areas and types")
    visited: int
    checks: int = Field(description="Lines of checklists that were judged")
    passing_checks: int
    rate: Number | None = Field(description="Share of passing lines, 0 to 1")


class GapsShown(Shown):
    """Where points are lost, most first."""

    rows: list[GapShown]


class FindingShown(Shown):
    """Something that does not fit."""

    id: UUID
    code: str
    message: str
    facts: dict[str, Any]
    settlement: SettlementShown | None = Field(
        description="What was made of it; null for one that no check has met"
    )


class FindingsShown(Shown):
    """What does not fit in a run."""

    rows: list[FindingShown]


@room.deed(Deed("GET", "/runs/{uuid:pk}/result", C.VIEW_SCORE, "全部结果。", ResultShown))
def show_result(request: HttpRequest, pk: UUID) -> ResultShown:
    """The whole result of a run as it was published; its digest can be computed from it.

    The caller also needs the capabilities `view_results` and `view_figures` in the whole city.
    """
    run = one(seen(request, Run), pk)
    for needed in (C.VIEW_SCORE, C.VIEW_RESULTS, C.VIEW_FIGURES):
        check(person(request), needed, run)
    items = [each.detail for each in run.items.order_by("position")]
    findings = [{"code": each.code, **each.facts} for each in run.findings.order_by("position")]
    whole = {"items": items, "findings": findings}
    return ResultShown(result=run.summary | whole)


@room.deed(
    Deed(
        "GET", "/runs/{uuid:pk}/items", C.VIEW_RESULTS, "各测评内容的结果。", Page[ItemResultShown]
    )
)
def list_results(
    request: HttpRequest, pk: UUID, asked: Query[ResultsAsked]
) -> Page[ItemResultShown]:
    """What a run says of the items that the caller may see, in the order of the edition."""
    run = queries.seen_by(person(request), one(seen(request, Run), pk))
    wanted = queries.ItemFilter(
        part=asked.part or "",
        dimension=asked.dimension,
        group=asked.group,
        state=asked.state or "",
        text=asked.text,
    )
    rows = queries.items_of(run, wanted).defer("detail").order_by()
    return page(rows, asked, ItemResultShown.of, order="position")


@room.deed(
    Deed(
        "GET",
        "/runs/{uuid:pk}/items/{key}",
        C.VIEW_RESULTS,
        "一项测评内容的结果与理由。",
        ItemResultWhole,
    )
)
def show_item_result(request: HttpRequest, pk: UUID, key: Key) -> ItemResultWhole:
    """One item of a run with everything behind its number, and the reasons in words."""
    run = queries.seen_by(person(request), one(seen(request, Run), pk))
    found = queries.item_result(run, key)
    if found is None:
        raise Http404
    reasons = list(_sentences(found.detail["reasons"], get_language() or "zh"))
    return ItemResultWhole(item=found.detail, reasons=reasons)


@room.deed(Deed("GET", "/runs/{uuid:pk}/gaps/{by}", C.VIEW_RESULTS, "差距清单。", GapsShown))
def list_gaps(
    request: HttpRequest, pk: UUID, by: Annotated[queries.GapBy, Strict(False)]
) -> GapsShown:
    """Where points are lost, by dimension, unit, area or site type, as the caller sees it."""
    run = queries.seen_by(person(request), one(seen(request, Run), pk))
    if by.value not in tabs_for(run):
        raise Http404
    rows = [
        GapShown(
            key=each.key,
            title=WordsShown.of(each.title),
            items=each.items,
            met=each.met,
            not_met=each.not_met,
            untested=each.untested,
            points=each.points,
            lost=each.lost,
            county=each.county,
            sites=each.register,
            visited=each.visited,
            checks=each.checks,
            passing_checks=each.passing_checks,
            rate=each.rate,
        )
        for each in queries.gap_rows(run.run, by)
    ]
    return GapsShown(rows=rows)


@room.deed(Deed("GET", "/runs/{uuid:pk}/findings", C.VIEW_FIGURES, "核对发现。", FindingsShown))
def list_findings(request: HttpRequest, pk: UUID) -> FindingsShown:
    """What does not fit in a run: reported figures, untested items, missing leads."""
    run, language = one(seen(request, Run).select_related("round"), pk), get_language() or "zh"
    rows = [
        FindingShown(
            id=each.pk,
            code=each.code,
            message=wording.sentence(each.code, each.facts, language),
            facts=plain(each.facts),
            settlement=SettlementShown.of(settlement) if settlement else None,
        )
        for each, settlement in findings_with_settlements(run)
    ]
    return FindingsShown(rows=rows)


def _sentences(reasons: list[dict[str, Any]], language: str) -> list[str]:
    return [wording.sentence(each["code"], each["facts"], language) for each in reasons]
