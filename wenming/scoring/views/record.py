"""The record of a run: what was scored, what state it is in, freezing it and correcting it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wenming.base.access import person, requires
from wenming.base.forms import explain_on
from wenming.core.permissions import Capability
from wenming.scoring.models import ManifestPart, Run
from wenming.scoring.queries import newer_run, next_revision
from wenming.scoring.run_forms import FreezeForm, ReasonForm
from wenming.scoring.services import begin_correction, freeze_run
from wenming.scoring.services.freezing import standing_result
from wenming.scoring.views.shell import found_run, page

C = Capability


@requires(C.VIEW_RUNS)
@require_safe
def record(request: HttpRequest, run: UUID) -> HttpResponse:
    """What was scored, by whom and when; where it is frozen, the number and all that proves it."""
    found = found_run(request, run)
    user = person(request)
    may = user.capabilities(found.city)
    same = Run.objects.visible_to(user).for_city(found.city).filter(round__key=found.round.key)
    parts = ManifestPart.objects.visible_to(user).filter(run=found).defer("rows")
    return page(
        request,
        "scoring/record.html",
        found,
        section="runs",
        may={each.value: True for each in may},
        newer=newer_run(user, found),
        others=same.exclude(pk=found.pk).select_related("round").order_by("-number")[:20],
        manifest=parts.order_by("position"),
        revision=next_revision(found),
    )


@requires(C.FREEZE_RUN)
@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: HttpRequest, run: UUID) -> HttpResponse:
    """The second confirmation before a run becomes the result of its round."""
    found = found_run(request, run)
    standing = standing_result(found)
    given = request.POST if request.method == "POST" else None
    form = (ReasonForm if standing else FreezeForm)(given, request=request)
    if request.method == "POST" and form.is_valid():
        with explain_on(form):
            frozen = freeze_run(
                found, by=person(request), reason=form.cleaned_data.get("reason", "")
            )
            messages.success(
                request,
                _("Run %(run)s is frozen as result %(result)s.")
                % {"run": frozen.number, "result": frozen.result_number},
            )
            return redirect("scoring:record", frozen.pk)
    runs = Run.objects.visible_to(person(request)).for_city(found.city).filter(round=found.round)
    newer = runs.filter(number__gt=found.number).order_by("-number").first()
    findings = found.findings.count()
    return page(
        request,
        "scoring/freeze.html",
        found,
        section="runs",
        status=form.status,
        form=form,
        standing=standing,
        newer=newer,
        findings=findings,
        is_clear=not (newer or findings or _is_open(found)),
    )


def _is_open(run: Run) -> bool:
    """Whether a run by itself gives something to look at before it is frozen."""
    counts = run.summary["counts"]
    return bool(
        run.outside
        or any(counts[name] for name in ("untested", "uncertain", "without_lead"))
        or run.summary["edition"]["marks"].get("invented")
        or run.round.is_synthetic
    )


@requires(C.FREEZE_RUN)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, run: UUID) -> HttpResponse:
    """Begin the correction of a frozen result: the round's next revision, for a reason."""
    found = found_run(request, run)
    form = ReasonForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        with explain_on(form):
            revision = begin_correction(found, by=person(request), **form.cleaned_data)
            messages.success(
                request,
                _("Revision %(n)s of the round was begun; result %(result)s stands meanwhile.")
                % {"n": revision.revision, "result": found.result_number},
            )
            return redirect("scoring:record", found.pk)
    return page(
        request, "scoring/correct.html", found, section="runs", status=form.status, form=form
    )
