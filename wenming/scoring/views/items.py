"""Items: the tree of all of them, and the page of one with everything behind its number."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wenming.base.access import requires
from wenming.core.permissions import Capability
from wenming.core.terms import Part
from wenming.scoring import queries
from wenming.scoring.forms import FilterForm
from wenming.scoring.models import ItemResult
from wenming.scoring.views.sharing import shared_rows
from wenming.scoring.views.shell import page, seen_run

Plain = Mapping[str, Any]
SHOWN = 200


@requires(Capability.VIEW_RESULTS)
@require_safe
def items(request: HttpRequest, run: UUID) -> HttpResponse:
    """The tree: dimension, indicator, item."""
    seen = seen_run(request, run)
    found = seen.run
    form = FilterForm(request.GET, seen=seen)
    rows = list(queries.items_of(seen, form.wanted))
    return page(
        request,
        "scoring/items.html",
        found,
        section="items",
        form=form,
        filtered=bool(form.chosen),
        shown=len(rows),
        of=seen.items.count() if form.chosen else len(rows),
        is_whole=seen.is_whole,
        tree=_tree(found.summary["dimensions"], rows),
    )


@requires(Capability.VIEW_RESULTS)
@require_safe
def item(request: HttpRequest, run: UUID, key: str) -> HttpResponse:
    """One item: verdict, reasons, criteria, evidence, responsibility."""
    seen = seen_run(request, run)
    found = seen.run
    row = queries.item_result(seen, key)
    if row is None:
        raise Http404
    before, after = queries.neighbours(seen, row)
    dimension = next(each for each in found.summary["dimensions"] if each["key"] == row.dimension)
    return page(
        request,
        "scoring/item.html",
        found,
        section="items",
        row=row,
        item=row.detail,
        dimension=dimension,
        group_title=next(
            (each["title"] for each in found.summary["groups"] if each["group"] == row.group), ""
        ),
        indicator=next(each for each in dimension["indicators"] if each["key"] == row.indicator),
        evidence=queries.evidence_behind(found, key, size=SHOWN),
        before=before,
        after=after,
        history=queries.history_of(seen, key),
    )


def _tree(dimensions: Sequence[Plain], rows: Iterable[ItemResult]) -> list[dict[str, Any]]:
    """Dimensions and indicators that still hold an item, with their items."""
    by_indicator: dict[str, list[ItemResult]] = {}
    for row in rows:
        by_indicator.setdefault(row.indicator, []).append(row)
    printed = {
        row["key"]: row
        for part in Part
        for row in shared_rows([each for each in dimensions if each["part"] == part])
    }
    tree = []
    for dimension in dimensions:
        indicators = [
            {**indicator, "rows": by_indicator[indicator["key"]]}
            for indicator in dimension["indicators"]
            if indicator["key"] in by_indicator
        ]
        if indicators:
            shown = printed.get(dimension["key"], dimension)
            tree.append({**dimension, "indicators": indicators, "shown": shown})
    return tree
