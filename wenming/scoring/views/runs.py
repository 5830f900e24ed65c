"""Runs of the city: their list, and having a round scored."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_on
from wenming.base.services.audit import subject_of
from wenming.base.services.jobs import start_job
from wenming.base.tables import list_page
from wenming.core.permissions import Capability
from wenming.scoring.models import Run
from wenming.scoring.run_forms import ScoreForm
from wenming.scoring.views.run_tables import RUNS, RUNS_WITHOUT_SCORE


@requires(Capability.VIEW_RUNS)
@require_safe
def runs(request: HttpRequest) -> HttpResponseBase:
    """Every run of the city; with its score only for whoever may know that of the city."""
    user, city = person(request), city_of(request)
    rows = Run.objects.visible_to(user).for_city(city).select_related("round", "by")
    return list_page(
        request,
        RUNS if user.may(Capability.VIEW_SCORE, city=city) else RUNS_WITHOUT_SCORE,
        rows.defer("summary"),
        template="scoring/runs.html",
        may_score=user.may(Capability.RUN_SCORING, city=city),
        may_verify=user.may(Capability.VERIFY_RESULTS, city=city),
    )


@requires(Capability.RUN_SCORING)
@require_http_methods(["GET", "HEAD", "POST"])
def score(request: HttpRequest) -> HttpResponse:
    """Choose a round and have it scored in the background."""
    first = {"round": request.GET.get("round", "")}
    form = ScoreForm(request.POST or None, request=request, initial=first)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["round"]
        with explain_on(form):
            job = start_job(
                "score_round",
                city=city_of(request),
                by=person(request),
                parameters={"round": str(chosen.pk)},
                subject=subject_of(chosen),
            )
            return redirect("base:job", job.pk)
    return render(request, "scoring/score.html", {"form": form}, status=form.status)
