"""The reconciliation desk: figures as reported, what does not fit, and what was made of it."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_in_notice
from wenming.base.tables import list_page
from wenming.core.permissions import Capability
from wenming.rounds.models import Round
from wenming.rounds.queries import latest_round
from wenming.scoring.models import FigureCheck, ReportedDocument, Settlement
from wenming.scoring.queries.checking import latest_run_of, own_figures_of
from wenming.scoring.queries.paper_files import files_of_papers
from wenming.scoring.queries.reconciliation import desk_papers
from wenming.scoring.services.checking import check_figures
from wenming.scoring.services.figures import frozen_result_of
from wenming.scoring.tables import filter_of, findings_table


def seen_rounds(request: HttpRequest) -> "QuerySet[Round]":
    """The rounds that the person may see, with their city."""
    rounds = Round.objects.visible_to(person(request)).for_city(city_of(request))
    return rounds.select_related("city", "responsibility_plan")


def found_round(request: HttpRequest, pk: UUID) -> Round:
    """The round with its city, where the person may see it; else 404."""
    return get_object_or_404(seen_rounds(request), pk=pk)


def seen_settlements(request: HttpRequest) -> "QuerySet[Settlement]":
    """The findings that the person may see, with who settled them."""
    seen = Settlement.objects.visible_to(person(request)).for_city(city_of(request))
    return seen.select_related("settled_by", "round")


@requires(Capability.VIEW_FIGURES)
@require_safe
def reconciliation_latest(request: HttpRequest) -> HttpResponse:
    """The desk of the latest round."""
    found = latest_round(person(request), city_of(request))
    if found is None:
        return render(request, "scoring/reconciliation/no_round.html")
    return redirect("scoring:reconciliation", pk=newest_of(found).pk)


@requires(Capability.VIEW_FIGURES)
@require_safe
def reconciliation(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The figures of a round beside what does not fit in them."""
    seen = seen_rounds(request)
    same = seen.filter(key__in=seen.filter(pk=pk).values("key")).order_by("-revision")
    round_ = same.first()
    if round_ is None:
        raise Http404
    if round_.pk != pk:
        messages.info(request, _("This round was revised; the desk shows its latest revision."))
        return redirect("scoring:reconciliation", pk=round_.pk)
    user, city = person(request), city_of(request)
    rows = seen_settlements(request).filter(round=round_)
    found = list(rows)
    papers = ReportedDocument.objects.visible_to(user).for_city(city).filter(round=round_)
    documents = list(papers.order_by("position"))
    kept = FigureCheck.objects.visible_to(user).for_city(city).filter(round=round_)
    check = kept.select_related("run").first()
    run = check.run if check else latest_run_of(round_)
    if run:
        run.round = round_
    own = own_figures_of(run).counts if run else {}
    shown = desk_papers(round_, documents, found, own, files=files_of_papers(documents, user=user))
    return list_page(
        request,
        findings_table(filter_of(found, documents), has_figures=any(p.figures for p in shown)),
        rows,
        template="scoring/reconciliation/desk.html",
        round=round_,
        run=run,
        papers=shown,
        check=check,
        frozen=frozen_result_of(round_),
        may_edit=user.may(Capability.EDIT_FIGURES, city=city),
        may_settle=user.may(Capability.SETTLE_FINDING, city=city),
    )


@requires(Capability.SETTLE_FINDING)
@require_POST
def check_round_figures(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Check the figures of a round at once."""
    round_ = found_round(request, pk)
    with explain_in_notice(request):
        check_figures(round_, by=person(request))
        messages.success(request, _("The figures were checked."))
    return redirect("scoring:reconciliation", pk=round_.pk)


def newest_of(round_: Round) -> Round:
    """The latest revision of a round."""
    same = Round.objects.for_city(round_.city).filter(key=round_.key)
    return same.order_by("-revision").first() or round_
