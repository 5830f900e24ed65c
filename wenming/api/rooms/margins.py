"""Margins of the population to which a survey is weighted, bounds of its weights, its quotas."""

from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from pydantic import Field

from wenming.api.operations import Deed, Room
from wenming.api.rooms.surveys import found_work
from wenming.api.shapes import Given, Key, Name, Number, Shown, WordsShown
from wenming.base.access import person
from wenming.core.permissions import Capability
from wenming.engine.raking import RakedGroup
from wenming.survey.models import Fieldwork
from wenming.survey.queries.margins import MarginColumn, margin_columns
from wenming.survey.queries.raking import RakingShown, ShownFigure, ShownMargin, raking_of_round
from wenming.survey.services import margins as services

EDIT = Capability.EDIT_QUESTIONNAIRE
ROUND = "/collections/{uuid:pk}"
Bound = Annotated[str, Field(pattern=r"^[0-9]{1,3}(\.[0-9]{1,3})?$")]
Total = Annotated[str, Field(pattern=r"^[0-9]{1,15}(\.[0-9]{1,6})?$")]
room = Room(tags=["Weights 加权"])


class ColumnShown(Shown):
    """A column by which a round can be weighted."""

    column: str
    title: str
    kind: str = Field(description="`choices`, `numbers` or `drawn`")
    choices: list[str] = Field(description="Groups that are offered; none for numbers")

    @classmethod
    def of(cls, column: MarginColumn) -> "ColumnShown":
        """From a question or a column of the design."""
        choices = [key for key, _words in column.choices]
        return cls(column=column.key, title=column.title, kind=column.kind, choices=choices)


class MarginGroupShown(Shown):
    """A group of the population, and how it came out."""

    group: str = Field(description="In words")
    total: Number
    share: float | None = Field(description="Of the population; null before the first sheet")
    weighted: float | None = Field(description="Share of the weights afterwards")
    sheets: int | None


class MarginShown(Shown):
    """How the population divides by a column."""

    column: str
    source: str
    groups: list[MarginGroupShown]
    unanswered: int = Field(description="Sheets without an answer to it")
    outside: int = Field(description="Sheets whose answer is in no group")

    @classmethod
    def of(cls, shown: ShownMargin) -> "MarginShown":
        """From a margin with what raking made of it."""
        return cls(
            column=shown.column.key,
            source=shown.source,
            groups=[_group(words, total, raked) for words, total, raked in shown.groups],
            unanswered=shown.unanswered,
            outside=shown.outside,
        )


class EstimateShown(Shown):
    """What the sheets say of an item, in percent."""

    item: str
    title: WordsShown
    n: int | None
    unraked: Number | None = Field(description="Without raking")
    value: Number | None
    low: Number | None
    high: Number | None
    state: str
    grade: str

    @classmethod
    def of(cls, shown: ShownFigure) -> "EstimateShown":
        """From an estimate."""
        same = ("item", "n", "unraked", "value", "low", "high", "state", "grade")
        columns: dict[str, Any] = {name: getattr(shown, name) for name in same}
        return cls(title=WordsShown.of(shown.title), **columns)


class WeightsShown(Shown):
    """Margins, weights and estimates of a round as they stand."""

    sheets: int = Field(description="Accepted ones, of which everything is made")
    margins: list[MarginShown]
    columns: list[ColumnShown] = Field(description="By which it can be weighted besides")
    trim_lower: str | None = Field(description="In mean weights; null for an open end")
    trim_upper: str | None
    is_raked: bool | None = Field(description="Null without margins or before the first sheet")
    estimates: list[EstimateShown]
    warnings: list[str]
    refused: list[str] = Field(description="Why nothing can be estimated")


class MarginGroupGiven(Given):
    """A group and how many people it has."""

    group: Name = Field(description="An answer by its key, or a range as `18..29`")
    total: Total = Field(description="A number as text")


class MarginGiven(Given):
    """How the population divides, and where that is known from."""

    source: Name
    groups: list[MarginGroupGiven] = Field(min_length=1, max_length=200)


class TrimGiven(Given):
    """Bounds of a raked weight, in mean weights."""

    lower: Bound | None = Field(None, description="Below 1, as `0.3`; null for an open end")
    upper: Bound | None = Field(None, description="Above 1, as `3`; null for an open end")


@room.deed(Deed("GET", ROUND + "/margins", EDIT, "人口边际、加权和估计现状。", WeightsShown))
def list_margins(request: HttpRequest, pk: UUID) -> WeightsShown:
    """What raking does to the accepted sheets now, and what they say; 404 without a survey."""
    return _weights(found_work(request, pk))


@room.deed(Deed("PUT", ROUND + "/margins/{column}", EDIT, "设定人口边际。", WeightsShown))
def set_margin(request: HttpRequest, pk: UUID, column: Key, given: MarginGiven) -> WeightsShown:
    """Say how the population divides by a column, in place of what was said before."""
    work = found_work(request, pk)
    groups = [(each.group, each.total) for each in given.groups]
    wish = services.MarginWish(column, given.source.strip(), groups)
    services.set_margin(work, wish, by=person(request))
    return _weights(work)


@room.deed(Deed("DELETE", ROUND + "/margins/{column}", EDIT, "删除人口边际。", None, 204))
def clear_margin(request: HttpRequest, pk: UUID, column: Key) -> None:
    """Take a margin away; what stood there is in the audit."""
    services.clear_margin(found_work(request, pk), column, by=person(request))


@room.deed(Deed("PUT", ROUND + "/trim", EDIT, "设定权数截尾界限。", WeightsShown))
def set_trim(request: HttpRequest, pk: UUID, given: TrimGiven) -> WeightsShown:
    """Say between which bounds raked weights must stay; null leaves an end open."""
    lower, upper = (None if end is None else Decimal(end) for end in (given.lower, given.upper))
    done = services.set_trim(found_work(request, pk), lower=lower, upper=upper, by=person(request))
    return _weights(done)


def _weights(work: Fieldwork) -> WeightsShown:
    shown: RakingShown = raking_of_round(work)
    had = {each.column.key for each in shown.margins}
    lower, upper = work.trim_lower, work.trim_upper
    return WeightsShown(
        sheets=shown.sheets,
        margins=[MarginShown.of(each) for each in shown.margins],
        columns=[ColumnShown.of(each) for each in margin_columns(work) if each.key not in had],
        trim_lower=None if lower is None else f"{lower.normalize():f}",
        trim_upper=None if upper is None else f"{upper.normalize():f}",
        is_raked=None if shown.report is None else shown.report.is_applied,
        estimates=[EstimateShown.of(each) for each in shown.figures],
        warnings=list(shown.warnings),
        refused=list(shown.refused),
    )


def _group(words: str, total: Decimal, raked: RakedGroup | None) -> MarginGroupShown:
    return MarginGroupShown(
        group=words,
        total=total,
        share=raked.population if raked else None,
        weighted=raked.after if raked else None,
        sheets=raked.sheets if raked else None,
    )
