"""The paper itself: the file in which its figures stand, brought, replaced and taken away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_in_notice, explain_on
from wenming.base.models import Attachment
from wenming.base.services.audit import subject_of
from wenming.base.views.asking import sent
from wenming.core.permissions import Capability
from wenming.scoring.figure_forms import PaperFileForm
from wenming.scoring.queries.paper_files import files_of_papers
from wenming.scoring.services.figures import frozen_result_of
from wenming.scoring.services.papers import attach_file, detach_file
from wenming.scoring.views.figures import READ_OR_SEND, desk_of, found_paper


@requires(Capability.EDIT_FIGURES)
@require_http_methods(READ_OR_SEND)
def paper_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring the paper itself, or another file in its place; the earlier ones stay listed."""
    found = found_paper(request, pk)
    form = PaperFileForm(sent(request), request.FILES or None, request=request)
    if request.method == "POST" and form.is_valid():
        with explain_on(form, field="file"):
            attach_file(found, form.cleaned_data["file"], by=person(request))
            messages.success(request, _("The file is kept with the paper."))
            return redirect(desk_of(found.round_id))
    context = {
        "form": form,
        "paper": found,
        "files": files_of_papers([found], user=person(request)).get(found.pk, []),
        "frozen": frozen_result_of(found.round),
        "desk_address": desk_of(found.round_id),
    }
    return render(request, "scoring/reconciliation/paper_file.html", context, status=form.status)


@requires(Capability.EDIT_FIGURES)
@require_POST
def paper_file_remove(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
    """Take a file away from a paper that it does not belong to."""
    found = found_paper(request, pk)
    seen = Attachment.objects.visible_to(person(request)).for_city(city_of(request))
    named = get_object_or_404(seen.filter(subject=subject_of(found)), pk=file)
    with explain_in_notice(request):
        detach_file(found, named, by=person(request))
        said = _("“%(name)s” no longer stands with the paper.")
        messages.success(request, said % {"name": named.name})
    return redirect(desk_of(found.round_id))
