"""The gap list on its page, and its export."""

from collections.abc import Mapping
from io import BytesIO, TextIOWrapper
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wenming.base.access import requires
from wenming.core.permissions import Capability
from wenming.files.kinds import XLSX
from wenming.files.tables_out import Sheet, write_csv, write_workbook
from wenming.scoring.forms import FilterForm
from wenming.scoring.queries import GapBy, ItemFilter, SeenRun, earlier_of, lead_overlap
from wenming.scoring.views.sheets import sheet_of
from wenming.scoring.views.shell import page, seen_run
from wenming.scoring.views.tables import (
    TABS,
    Row,
    Tab,
    known_sort,
    next_sort,
    rows_of,
    tabs_for,
    totals_of,
)

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": XLSX,
}


@requires(Capability.VIEW_RESULTS)
@require_safe
def gaps(request: HttpRequest, run: UUID) -> HttpResponse:
    """Where the points are lost, looked at in one of seven ways."""
    seen = seen_run(request, run)
    offered = tabs_for(seen)
    tab = offered.get(request.GET.get("by", ""), TABS["item"])
    form = FilterForm(request.GET, seen=seen)
    sort = known_sort(tab, request.GET.get("sort", ""))
    earlier = _compared(seen, tab)
    rows = rows_of(seen, tab, form.wanted, sort=sort, earlier=earlier)
    return page(
        request,
        "scoring/gaps.html",
        seen.run,
        section="gaps",
        tab=tab,
        tabs=offered.values(),
        by=tab.key,
        form=form,
        filtered=bool(form.chosen),
        about=_about(form.chosen),
        rows=rows,
        earlier=earlier.run if earlier else None,
        totals=totals_of(tab, rows),
        leads=lead_overlap(seen.run) if tab.key == GapBy.UNIT else None,
        sort=sort.lstrip("-"),
        wished_sort=request.GET.get("sort", ""),
        is_descending=sort.startswith("-"),
        headers=[(column, next_sort(column, sort)) for column in tab.columns],
    )


@requires(Capability.VIEW_RESULTS)
@require_safe
def gaps_export(request: HttpRequest, run: UUID, form: str) -> HttpResponse:
    """The table as it is seen, or with `all=1` everything, as CSV or XLSX."""
    seen = seen_run(request, run)
    offered = tabs_for(seen)
    if form not in KINDS:
        raise Http404
    tab = offered.get(request.GET.get("by", ""), TABS["item"])
    if request.GET.get("all") == "1":
        tabs = list(offered.values()) if form == "xlsx" else [tab]
        sheets = [sheet_of(each, _everything(seen, each)) for each in tabs]
        name = f"wenming-{seen.run.number}-all.{form}"
    else:
        sort = known_sort(tab, request.GET.get("sort", ""))
        wanted = FilterForm(request.GET, seen=seen).wanted
        rows = rows_of(seen, tab, wanted, sort=sort, earlier=_compared(seen, tab))
        sheets = [sheet_of(tab, rows)]
        name = f"wenming-{seen.run.number}-{tab.key}.{form}"
    response = HttpResponse(_written(sheets, form), content_type=KINDS[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _about(chosen: Mapping[str, str]) -> str:
    """What a topic report would be about, as far as the filter names it; "" for anything."""
    ways = {"lead": "unit", "dimension": "dimension", "group": "group"}
    named = [f"{ways[name]}:{value}" for name, value in chosen.items() if name in ways]
    return named[0] if len(named) == 1 else ""


def _everything(seen: SeenRun, tab: Tab) -> list[Row]:
    earlier = _compared(seen, tab)
    return rows_of(seen, tab, ItemFilter(), sort=tab.sort, earlier=earlier, everything=True)


def _compared(seen: SeenRun, tab: Tab) -> SeenRun | None:
    """The run before, for the list by item, which tells how lost points changed."""
    return earlier_of(seen) if tab.key == "item" else None


def _written(sheets: list[Sheet], form: str) -> bytes:
    written = BytesIO()
    if form == "xlsx":
        write_workbook(written, sheets)
    else:
        text = TextIOWrapper(written, encoding="utf-8", newline="", write_through=True)
        write_csv(text, sheets[0].header, sheets[0].rows)
        text.detach()
    return written.getvalue()
