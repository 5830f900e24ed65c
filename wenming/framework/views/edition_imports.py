"""Imports of editions: mistakes by cell, corrected copies, a preview, the taking over."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenming.base import wording
from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_in_notice, explain_on
from wenming.base.models import Import
from wenming.core.errors import BadInput
from wenming.core.framework import Edition as CoreEdition
from wenming.core.lifecycle import EditionState
from wenming.framework.forms.editions import AcceptForm, BringForm, CorrectForm
from wenming.framework.models import Edition
from wenming.framework.queries.comparison import side_by_side
from wenming.framework.queries.edition_imports import annotated, edition_in, told_problems
from wenming.framework.queries.editions import edition_of
from wenming.framework.services.edition_imports import (
    accept_edition,
    bring_again,
    bring_edition,
    checklist_file,
    discard_import,
)
from wenming.framework.templatetags.rules import problem_sentence
from wenming.framework.views.editions import MEDIA_TYPES
from wenming.framework.views.seen_editions import EDIT, found_import, given, seen_editions

METHODS = ["GET", "HEAD", "POST"]


@requires(EDIT)
@require_http_methods(METHODS)
def bring(request: HttpRequest) -> HttpResponse:
    """Bring in the file of an edition; it is looked through and kept, right or wrong."""
    form = BringForm(given(request), request.FILES or None, request=request)
    if request.method == "POST" and form.is_valid():
        with explain_on(form):
            kept = bring_edition(
                form.cleaned_data["edition"],
                city=city_of(request),
                by=person(request),
                checklists=form.cleaned_data["checklists"],
            )
            return redirect("framework:edition_import", pk=kept.pk)
    return render(request, "framework/edition/bring.html", {"form": form}, status=form.status)


@requires(EDIT)
@require_safe
def brought(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A file that was brought: every mistake by its cell, or what it would change."""
    kept = found_import(request, pk)
    return _shown(request, kept, CorrectForm(request=request), _accept_form(request))


@requires(EDIT)
@require_POST
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring the corrected file."""
    kept = found_import(request, pk)
    form = CorrectForm(request.POST, request.FILES, request=request)
    if form.is_valid():
        with explain_on(form):
            given = form.cleaned_data
            bring_again(kept, given["edition"], by=person(request), checklists=given["checklists"])
            return redirect("framework:edition_import", pk=kept.pk)
    return _shown(request, kept, form, _accept_form(request))


@requires(EDIT)
@require_POST
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a file without mistakes over as a draft."""
    kept = found_import(request, pk)
    form = AcceptForm(request.POST, request=request, city=city_of(request))
    if form.is_valid():
        with explain_on(form):
            draft = accept_edition(kept, by=person(request), into=form.cleaned_data["into"])
            told = _("The file is a draft now; put it in use when everything is right.")
            messages.success(request, told)
            return redirect("framework:edition", pk=draft.pk)
    return _shown(request, kept, CorrectForm(request=request), form)


@requires(EDIT)
@require_POST
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw an import away that did not become an edition."""
    kept = found_import(request, pk)
    with explain_in_notice(request):
        discard_import(kept, by=person(request))
        told = _("The import of “%(file)s” was discarded; the file itself is kept.")
        messages.success(request, told % {"file": kept.attachment.name})
        return redirect("framework:editions")
    return redirect("framework:edition_import", pk=kept.pk)


@requires(EDIT)
@require_safe
def copy(request: HttpRequest, pk: UUID, what: str) -> HttpResponse:
    """The file again with every mistake written beside its cell or line."""
    kept = found_import(request, pk)
    file = kept.attachment if what == "edition" else checklist_file(kept)
    if file is None or what not in ("edition", "checklists"):
        raise Http404
    try:
        name, content = annotated(kept, file, problem_sentence)
    except BadInput as refused:
        said = [wording.problem_line(each, get_language() or "zh") for each in refused.problems]
        messages.error(request, " ".join(said[:5]))
        return redirect("framework:edition_import", pk=kept.pk)
    ending = "xlsx" if name.lower().endswith(".xlsx") else "yaml"
    response = HttpResponse(content, content_type=MEDIA_TYPES[ending])
    heading = content_disposition_header(True, name)
    response.headers["Content-Disposition"] = heading or "attachment"
    return response


def _accept_form(request: HttpRequest) -> AcceptForm:
    return AcceptForm(request=request, city=city_of(request))


def _shown(
    request: HttpRequest, kept: Import, correct_form: CorrectForm, accept_form: AcceptForm
) -> HttpResponse:
    built = edition_in(kept) if not kept.subject else None
    context: dict[str, Any] = {
        "kept": kept,
        "lists": checklist_file(kept),
        "told": told_problems(kept),
        "correct_form": correct_form,
        "accept_form": accept_form,
        "draft": _became(request, kept),
        "built": built,
        **(_preview(request, built) if built is not None else {}),
    }
    status = max(correct_form.status, accept_form.status)
    return render(request, "framework/edition/brought.html", context, status=status)


def _preview(request: HttpRequest, built: CoreEdition) -> dict[str, Any]:
    """What the file would change against an edition that the person chooses."""
    choices = list(seen_editions(request).exclude(state=EditionState.SUPERSEDED))
    wished = request.GET.get("against", "")
    chosen = next((each for each in choices if str(each.pk) == wished), None)
    against = chosen or next((each for each in choices if not each.is_draft), None)
    if against is None:
        return {"choices": choices}
    before = edition_of(seen_editions(request).defer(None).get(pk=against.pk))
    found = side_by_side(before, built)
    kind = request.GET.get("kind", "")
    return {
        "choices": choices,
        "against": against,
        "found": found,
        "kind": kind,
        "differences": found.of_kind(kind),
    }


def _became(request: HttpRequest, kept: Import) -> Edition | None:
    identity = kept.subject.removeprefix("edition ")
    return seen_editions(request).filter(pk=identity).first() if identity else None
