"""The evidence behind a number, down to the single observation, answer count or document."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from wenming.base.access import requires
from wenming.core.permissions import Capability
from wenming.scoring import queries
from wenming.scoring.models import ItemResult, Run
from wenming.scoring.queries import SeenRun
from wenming.scoring.views.shell import page, seen_run


@requires(Capability.VIEW_EVIDENCE)
@require_safe
def item_sites(request: HttpRequest, run: UUID, key: str) -> HttpResponse:
    """Every observation for one item, site by site, a page at a time."""
    reader = seen_run(request, run)
    found = reader.run
    row = _item(reader, key)
    return page(
        request,
        "scoring/item_sites.html",
        found,
        section="items",
        row=row,
        evidence=queries.evidence_behind(found, key, after=_after(request)),
    )


@requires(Capability.VIEW_EVIDENCE)
@require_safe
def site(request: HttpRequest, run: UUID, pk: UUID) -> HttpResponse:
    """Everything seen at one site."""
    reader = seen_run(request, run)
    found = reader.run
    visit = queries.site_visit(reader, pk)
    if visit is None:
        raise Http404
    return page(
        request,
        "scoring/site.html",
        found,
        section="items",
        visit=visit,
        row=_asked_item(request, reader),
        site_type=_site_type(found, visit.site.site_type),
        titles={each.key: each.title for each in reader.items.defer("detail")},
    )


@requires(Capability.VIEW_EVIDENCE)
@require_safe
def observation(request: HttpRequest, run: UUID, pk: UUID) -> HttpResponse:
    """One observation: what was looked at, what was seen, by whom and when."""
    reader = seen_run(request, run)
    found = reader.run
    seen = queries.observation(reader, pk)
    if seen is None:
        raise Http404
    row = queries.item_result(reader, seen.observation.item)
    return page(
        request,
        "scoring/observation.html",
        found,
        section="items",
        seen=seen,
        row=row,
        site_type=_site_type(found, seen.observation.site.site_type),
        time=parse_datetime(seen.observation.time),
    )


@requires(Capability.VIEW_EVIDENCE)
@require_safe
def question(request: HttpRequest, run: UUID, key: str, column: str) -> HttpResponse:
    """The answers to one question, in all and by part of the city."""
    reader = seen_run(request, run)
    found = reader.run
    row = _item(reader, key)
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
        column=column,
    )


@requires(Capability.VIEW_EVIDENCE)
@require_safe
def document(request: HttpRequest, run: UUID, pk: UUID) -> HttpResponse:
    """One document with the outcome of its review."""
    reader = seen_run(request, run)
    found = reader.run
    paper = queries.document(reader, pk)
    if paper is None:
        raise Http404
    row = queries.item_result(reader, paper.item)
    return page(
        request,
        "scoring/document.html",
        found,
        section="items",
        paper=paper,
        row=row,
    )


def _item(seen: SeenRun, key: str) -> ItemResult:
    row = queries.item_result(seen, key)
    if row is None:
        raise Http404
    return row


def _asked_item(request: HttpRequest, seen: SeenRun) -> ItemResult | None:
    key = request.GET.get("item", "")
    return queries.item_result(seen, key) if key else None


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
