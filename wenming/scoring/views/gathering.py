"""A round in work: scored as it stands now, and taken away as the folder of a round."""

import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_on
from wenming.base.services.audit import subject_of
from wenming.base.services.jobs import start_job
from wenming.base.templatetags.figures import words
from wenming.base.views.asking import Question, asked, sent
from wenming.core.permissions import Capability
from wenming.files.round_out import WholeRound, write_round
from wenming.framework.queries import checklists_of, edition_of
from wenming.rounds.models import Collection, Round
from wenming.scoring.queries import evidence_of
from wenming.scoring.run_forms import FreezeForm

SCORE = Capability.RUN_SCORING
FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The time that every file in an archive bears, so that the same round gives the same bytes."""


@requires(SCORE)
@require_http_methods(["GET", "HEAD", "POST"])
def gather(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have a round in work scored from what it has brought in so far."""
    seen = Collection.objects.visible_to(person(request)).for_city(city_of(request))
    found = get_object_or_404(seen, pk=pk)
    form = FreezeForm(sent(request), request=request)
    if request.method == "POST" and form.is_valid():
        with explain_on(form):
            job = start_job(
                "gather_round",
                city=found.city,
                by=person(request),
                parameters={"collection": str(found.pk)},
                subject=subject_of(found),
            )
            return redirect("base:job", job.pk)
    question = Question(
        title=_("Score the round as it stands now"),
        back=reverse("rounds:collection", args=[found.pk]),
        within=words(found.title),
        done="",
        submit=_("Score it now"),
        advice=_(
            "What was accepted and confirmed so far is gathered as one whole and scored. The run "
            "is provisional; nothing that people work at is changed."
        ),
    )
    return asked(request, form, question, lambda _said: None)


@requires(SCORE)
@require_safe
def folder(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The evidence of a round as the folder that `wenming assess` reads, in an archive."""
    seen = Round.objects.visible_to(person(request)).for_city(city_of(request))
    found = get_object_or_404(
        seen.select_related("edition", "checklist_set", "city", "responsibility_plan"), pk=pk
    )
    papers = {each.key: (each.title, each.as_of) for each in found.reported_documents.all()}
    lists = checklists_of(found.checklist_set) if found.checklist_set else None
    whole = WholeRound(evidence_of(found), edition_of(found.edition), lists, papers)
    stored = BytesIO()
    with TemporaryDirectory() as place, zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as made:
        for path in write_round(whole, Path(place)):
            name = zipfile.ZipInfo(f"{found.key}/{path.name}", FIRST_MOMENT)
            made.writestr(name, path.read_bytes(), zipfile.ZIP_DEFLATED)
    response = HttpResponse(stored.getvalue(), content_type="application/zip")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="round-{found.key}-{found.revision}.zip"'
    )
    return response
