"""The evidence behind an item of a run, down to the single observation or document."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Q

from wenming.base.models import CityQuerySet
from wenming.core.framework import CheckLine
from wenming.framework.models import ChecklistSet
from wenming.framework.queries import checklists_of
from wenming.inspection.models import Observation, PanelMark
from wenming.rounds.models import Site
from wenming.scoring.models import Run
from wenming.scoring.queries.answers import QuestionCounts, counts_of
from wenming.scoring.queries.seen import SeenRun
from wenming.statistic.models import Statistic
from wenming.submission.models import Document
from wenming.survey.models import Question

PAGE = 100

E = TypeVar("E", Observation, Document)


@dataclass(frozen=True, slots=True)
class SeenLine:
    """An observation with the line of the checklist that it answers."""

    observation: Observation
    line: CheckLine


@dataclass(frozen=True, slots=True)
class SiteVisit:
    """What was seen at one site, in the order of its checklist."""

    site: Site
    lines: Sequence[SeenLine]


@dataclass(frozen=True, slots=True)
class ItemEvidence:
    """Everything that was counted, answered, seen and reviewed for one item (佐证).

    Attributes:
        outcomes: observations by outcome, over all pages.
        visits: one page of sites with what was seen there for the item.
        following: pass it as `after` for the next page; None on the last.
    """

    outcomes: Mapping[str, int]
    visits: Sequence[SiteVisit]
    following: UUID | None
    questions: Sequence[QuestionCounts]
    documents: Sequence[Document]
    statistics: Sequence[Statistic]
    panel: Sequence[PanelMark]


def evidence_behind(
    run: Run, item: str, *, after: UUID | None = None, size: int = PAGE
) -> ItemEvidence:
    """The evidence behind an item of a run.

    Args:
        item: its key.
        after: the last observation of the page before; None for the first page.
        size: observations a page, at least 1.
    """
    seen = Observation.objects.filter(round=run.round_id, item=item)
    outcomes = dict(
        seen.values_list("outcome").annotate(observations=Count("pk")).order_by("outcome")
    )
    visits: Sequence[SiteVisit] = ()
    following = None
    if outcomes:
        page = list(
            seen.filter(_beyond(run, after))
            .select_related("site__unit")
            .order_by("site__key", "position")[: size + 1]
        )
        following = page[size - 1].pk if len(page) > size else None
        visits = _visits(run, page[:size])
    of_item = {"round": run.round_id, "item": item}
    questions = list(Question.objects.filter(**of_item).order_by("position"))
    documents = Document.objects.filter(**of_item).select_related("unit")
    return ItemEvidence(
        outcomes=outcomes,
        visits=visits,
        following=following,
        questions=counts_of(run.round, questions),
        documents=list(documents.order_by("condition", "requirement", "key")),
        statistics=list(Statistic.objects.filter(**of_item).order_by("condition", "period")),
        panel=list(PanelMark.objects.filter(**of_item).order_by("assessor")),
    )


def observation(seen: SeenRun, pk: UUID) -> SeenLine | None:
    """One observation of the run's round with its site, unit and line.

    Returns:
        None when the round has it not, or the person may see neither its item nor its site.
    """
    found = _reached(Observation, seen).filter(pk=pk).select_related("site__unit").first()
    return None if found is None else SeenLine(found, _lines(seen.run)[found.line])


def site_visit(seen: SeenRun, pk: UUID) -> SiteVisit | None:
    """What was seen at one site of the run's round, as far as the person may see it.

    Returns:
        None when the round has no such site, or nothing there concerns the person.
    """
    site = Site.objects.filter(round=seen.run.round_id, pk=pk).select_related("unit").first()
    if site is None:
        return None
    lines = _lines(seen.run)
    rows = _reached(Observation, seen).filter(site=site).order_by("line", "position")
    found = [SeenLine(each, lines[each.line]) for each in rows]
    if not found and not Site.objects.visible_to(seen.user).filter(pk=pk).exists():
        return None
    return SiteVisit(site, found)


def document(seen: SeenRun, pk: UUID) -> Document | None:
    """One document of the run's round with its unit; None when there is none for the person."""
    return _reached(Document, seen).filter(pk=pk).select_related("unit").first()


def _reached(model: type[E], seen: SeenRun) -> CityQuerySet[E]:
    """Rows of the round behind an item that the person sees, or that are the person's own."""
    rows: CityQuerySet[E] = model._default_manager.filter(round=seen.run.round_id)
    if seen.is_whole:
        return rows
    own = model._default_manager.visible_to(seen.user).values("pk")
    return rows.filter(Q(item__in=seen.items.values("key")) | Q(pk__in=own))


def _beyond(run: Run, after: UUID | None) -> Q:
    if after is None:
        return Q()
    last = Observation.objects.filter(round=run.round_id, pk=after).values_list(
        "site__key", "position"
    )
    site, position = last.first() or ("", -1)
    return Q(site__key__gt=site) | Q(site__key=site, position__gt=position)


def _visits(run: Run, page: Iterable[Observation]) -> list[SiteVisit]:
    lines = _lines(run)
    return [
        SiteVisit(site, [SeenLine(each, lines[each.line]) for each in seen])
        for site, seen in groupby(page, key=lambda each: each.site)
    ]


def _lines(run: Run) -> dict[str, CheckLine]:
    checklists = checklists_of(ChecklistSet.objects.filter(rounds=run.round_id).first())
    return {key: line for key, (_, line) in checklists.by_key().items()}
