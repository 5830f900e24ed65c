"""The overview: the score, where it was lost, what to mend first."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import ExpressionWrapper, F, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from wenming.base.models import ExactNumber
from wenming.base.views import theme_of
from wenming.core.rounding import share_out
from wenming.core.terms import Part, State
from wenming.scoring.models import ItemResult, Run
from wenming.scoring.views.shell import found_run, page

Plain = Mapping[str, Any]
SHOWN_GAPS = 8
SHOWN_FINDINGS = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The overview of the latest run, or what to do when there is none."""
    run = Run.objects.select_related("round", "city").order_by("-finished_at").first()
    if run is None:
        return render(request, "scoring/empty.html", {"theme": theme_of(request)})
    return _overview(request, run)


@require_safe
def overview(request: HttpRequest, run: UUID) -> HttpResponse:
    """The overview of one run."""
    return _overview(request, found_run(run))


def _overview(request: HttpRequest, run: Run) -> HttpResponse:
    parts = {part["part"]: part for part in run.summary["parts"]}
    basic = [row for row in run.summary["dimensions"] if row["part"] == Part.BASIC]
    rows, total = shared_rows(basic)
    assessed_on = run.round.assessed_on
    return page(
        request,
        "scoring/overview.html",
        run,
        section="overview",
        basic=parts.get(Part.BASIC.value),
        distinctive=parts.get(Part.DISTINCTIVE.value),
        dimensions=rows,
        dimension_total=total,
        countdown=(assessed_on - localdate()).days if assessed_on else None,
        states=[(state.value, run.summary["counts"][state.value]) for state in State],
        mend=most_recoverable(run)[:SHOWN_GAPS],
        findings=run.findings.order_by("position")[:SHOWN_FINDINGS],
    )


def most_recoverable(run: Run) -> Sequence[ItemResult]:
    """Items by the points that mending is expected to win back.

    That is points lost × the probability that another official test would not find the item
    met; where nothing was sampled, the loss is taken as sure.
    """
    sure_loss = Value(1) - Coalesce(F("p_repeat"), Value(0), output_field=ExactNumber())
    recoverable = ExpressionWrapper(F("lost") * sure_loss, output_field=ExactNumber())
    lost = run.items.filter(lost__gt=0).annotate(recoverable=recoverable)
    return list(lost.order_by("-recoverable", "position"))


def shared_rows(dimensions: Sequence[Plain]) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
    """Rows as printed: each column is rounded so that it adds up to its printed sum."""
    pointed = [row for row in dimensions if row["points"] is not None]
    if not pointed:
        return [], None
    exact = [{name: Fraction(str(row[name])) for name in ("earned", "lost", "points")} for row in pointed]
    untested = [row["points"] - row["earned"] - row["lost"] for row in exact]
    columns = {
        "earned": share_out([row["earned"] for row in exact], places=2),
        "lost": share_out([row["lost"] for row in exact], places=2),
        "untested": share_out(untested, places=2),
        "points": [row["points"] for row in exact],
    }
    rows = [
        {
            "key": row["key"],
            "title": row["title"],
            "exact": row,
            **{name: column[n] for name, column in columns.items()},
        }
        for n, row in enumerate(pointed)
    ]
    return rows, {name: sum(column) for name, column in columns.items()}
