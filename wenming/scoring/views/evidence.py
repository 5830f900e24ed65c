"""The evidence behind a number, down to the single observation, answer count or document."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from wenming.scoring import queries
from wenming.scoring.models import ItemResult, Run
from wenming.scoring.views.shell import found_run, page


@require_safe
def item_sites(request: HttpRequest, run: UUID, key: str) -> HttpResponse:
    """Every observation for one item, site by site, a page at a time."""
    found = found_run(run)
    row = _item(found, key)
    return page(
        request,
        "scoring/item_sites.html",
        found,
        section="items",
        row=row,
        dimension_key=row.dimension,
        evidence=queries.evidence_behind(found, key, after=_after(request)),
    )


@require_safe
def site(request: HttpRequest, run: UUID, pk: UUID) -> HttpResponse:
    """Everything seen at one site."""
    found = found_run(run)
    visit = queries.site_visit(found, pk)
    if visit is None:
        raise Http404
    return page(
        request,
        "scoring/site.html",
        found,
        section="items",
        visit=visit,
        row=_asked_item(request, found),
        site_type=_site_type(found, visit.site.site_type),
        titles={each.key: each.title for each in found.items.defer("detail")},
    )


@require_safe
def observation(request: HttpRequest, run: UUID, pk: UUID) -> HttpResponse:
    """One observation: what was looked at, what was seen, by whom and when."""
    found = found_run(run)
    seen = queries.observation(found, pk)
    if seen is None:
        raise Http404
    row = _item(found, seen.observation.item)
    return page(
        request,
        "scoring/observation.html",
        found,
        section="items",
        seen=seen,
        row=row,
        dimension_key=row.dimension,
        site_type=_site_type(found, seen.observation.site.site_type),
        time=parse_datetime(seen.observation.time),
    )


@require_safe
def question(request: HttpRequest, run: UUID, key: str, column: str) -> HttpResponse:
    """The answers to one question, in all and by part of the city."""
    found = found_run(run)
    row = _item(found, key)
    by = request.GET.get("by", "")
    counts = [
        each for each in queries.answer_counts(found, column, by=by) if each.question.item == key
    ]
    if not counts:
        raise Http404
    if not by and counts[0].divisions:
        counts = [
            each
            for each in queries.answer_counts(found, column, by=counts[0].divisions[0])
            if each.question.item == key
        ]
    return page(
        request,
        "scoring/question.html",
        found,
        section="items",
        counts=counts,
        row=row,
        dimension_key=row.dimension,
        column=column,
    )


@require_safe
def document(request: HttpRequest, run: UUID, pk: UUID) -> HttpResponse:
    """One document with the outcome of its review."""
    found = found_run(run)
    paper = queries.document(found, pk)
    if paper is None:
        raise Http404
    row = _item(found, paper.item)
    return page(
        request,
        "scoring/document.html",
        found,
        section="items",
        paper=paper,
        row=row,
        dimension_key=row.dimension,
    )


def _item(run: Run, key: str) -> ItemResult:
    row = queries.item_result(run, key)
    if row is None:
        raise Http404
    return row


def _asked_item(request: HttpRequest, run: Run) -> ItemResult | None:
    key = request.GET.get("item", "")
    return queries.item_result(run, key) if key else None


def _after(request: HttpRequest) -> UUID | None:
    written = request.GET.get("after", "")
    try:
        return UUID(written) if written else None
    except ValueError as error:
        raise Http404 from error


def _site_type(run: Run, key: str) -> object:
    """The name of a site type, as the checklists give it; its key where they do not."""
    for each in run.summary["site_types"]:
        if each["site_type"] == key:
            return each["title"]
    return key
