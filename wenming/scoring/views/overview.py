"""The overview: the score, where it was lost, what to mend first."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import ExpressionWrapper, F, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.models import ExactNumber
from wenming.core.permissions import Capability
from wenming.core.terms import Part, State
from wenming.scoring.models import ItemResult, Run
from wenming.scoring.queries import seen_by
from wenming.scoring.queries.changes import (
    CommonChange,
    TotalChange,
    change_counts,
    common_change,
    earlier_of,
    total_change,
)
from wenming.scoring.views.sharing import shared_rows
from wenming.scoring.views.shell import found_run, page

SHOWN_GAPS = 9
SHOWN_FINDINGS = 5
COLUMNS = ("points", "earned", "lost", "untested")


@dataclass(frozen=True, slots=True)
class SinceBefore:
    """What changed since the run before: its total, the same items, how many in which way."""

    run: Run
    total: TotalChange
    common: CommonChange
    counts: list[tuple[str, int]]


@requires(Capability.VIEW_SCORE)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The overview of the latest run, or what to do when there is none."""
    seen = Run.objects.visible_to(person(request)).for_city(city_of(request))
    run = seen.select_related("round", "city").order_by("-number").first()
    if run is None:
        return render(request, "scoring/empty.html")
    return _overview(request, run)


@requires(Capability.VIEW_SCORE)
@require_safe
def overview(request: HttpRequest, run: UUID) -> HttpResponse:
    """The overview of one run."""
    return _overview(request, found_run(request, run))


def _overview(request: HttpRequest, run: Run) -> HttpResponse:
    parts = {part["part"]: part for part in run.summary["parts"]}
    basic = [row for row in run.summary["dimensions"] if row["part"] == Part.BASIC]
    rows = shared_rows(basic)
    assessed_on = run.round.assessed_on
    return page(
        request,
        "scoring/overview.html",
        run,
        section="overview",
        basic=parts.get(Part.BASIC.value),
        distinctive=parts.get(Part.DISTINCTIVE.value),
        dimensions=rows,
        dimension_total={name: sum(row[name] for row in rows) for name in COLUMNS}
        if rows
        else None,
        countdown=(assessed_on - localdate()).days if assessed_on else None,
        states=[(state.value, run.summary["counts"][state.value]) for state in State],
        mend=items_to_mend(run),
        findings=run.findings.order_by("position")[:SHOWN_FINDINGS],
        since=_since_before(request, run),
    )


def _since_before(request: HttpRequest, run: Run) -> SinceBefore | None:
    user = person(request)
    seen = seen_by(user, run)
    earlier = earlier_of(seen)
    if earlier is None:
        return None
    return SinceBefore(
        earlier.run,
        total_change(run, earlier.run),
        common_change(seen, earlier),
        change_counts(seen, earlier),
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


def items_to_mend(run: Run) -> Sequence[ItemResult]:
    """The most recoverable items; where the edition gives no points, those that are not met."""
    if run.points is not None:
        return most_recoverable(run)[:SHOWN_GAPS]
    return list(run.items.filter(state=State.NOT_MET).order_by("position")[:SHOWN_GAPS])
