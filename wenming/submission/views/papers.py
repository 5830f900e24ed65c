"""What was handed in: the queue of reviewers, one document with its history, its file."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_on
from wenming.base.models import StoredFile
from wenming.base.services.attachments import VARIANTS, path_of
from wenming.base.tables import list_page
from wenming.base.views.asking import sent
from wenming.core.lifecycle import SUBMISSION, SubmissionAction, SubmissionState
from wenming.core.permissions import Capability
from wenming.files.kinds import KINDS, PICTURES, Kind
from wenming.submission.forms.papers import PaperForm, ReviewForm
from wenming.submission.models import Submission, SubmissionVersion
from wenming.submission.queries.checks import doubts_of
from wenming.submission.queries.seen import citable, waiting_for
from wenming.submission.services import papers as services
from wenming.submission.tables import PAPERS
from wenming.submission.views.coverage import around, found_collection

VIEW = Capability.VIEW_DOCUMENTS
READ_OR_SEND = ["GET", "HEAD", "POST"]
GRAVE = frozenset({SubmissionAction.REJECT, SubmissionAction.REOPEN, SubmissionAction.WITHDRAW})

ACTS: Mapping[SubmissionAction, Callable[..., Submission]] = {
    SubmissionAction.PASS_ON: lambda row, text, by: services.pass_on(row, by=by, remark=text),
    SubmissionAction.SEND_BACK: lambda row, text, by: services.send_back(row, reason=text, by=by),
    SubmissionAction.ACCEPT: lambda row, text, by: services.accept(row, by=by, remark=text),
    SubmissionAction.REJECT: lambda row, text, by: services.reject(row, reason=text, by=by),
    SubmissionAction.REOPEN: lambda row, text, by: services.reopen(row, reason=text, by=by),
    SubmissionAction.WITHDRAW: lambda row, text, by: services.withdraw(row, by=by),
}


@requires(VIEW)
@require_safe
def queue(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """What was handed in for a round, the oldest first."""
    collection = found_collection(request, pk)
    rows = Submission.objects.visible_to(person(request)).for_city(city_of(request))
    related = rows.filter(collection=collection).select_related(
        "requirement", "unit", "reviewed_by", "decided_by"
    )
    context = around(request, collection, "queue")
    return list_page(request, PAPERS, related, template="submission/queue.html", **context)


@requires(VIEW)
@require_safe
def following(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go to the oldest document that waits for this person."""
    collection = found_collection(request, pk)
    waiting = waiting_for(person(request), collection)
    skipped = request.GET.get("after", "")
    found = waiting.exclude(pk=skipped).first() if _is_identity(skipped) else waiting.first()
    if found is None:
        messages.success(request, _("Nothing waits for you."))
        return redirect("submission:queue", pk=pk)
    return redirect("submission:paper", pk=found.pk)


@requires(VIEW)
@require_safe
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One document: its file, what is marked, its history, and the review."""
    return _shown(request, found_paper(request, pk), ReviewForm(request=request))


@requires(VIEW)
@require_POST
def step(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a step of the review, then go on with the next document that waits."""
    found, user = found_paper(request, pk), person(request)
    form = ReviewForm(request.POST, request=request)
    action = next((each for each in ACTS if each == request.POST.get("action")), None)
    if action is None:
        messages.error(request, _("Nothing was done: choose one of the buttons."))
        return redirect("submission:paper", pk=pk)
    act = ACTS[action]
    if form.is_valid():
        field = "reason" if action is not SubmissionAction.WITHDRAW else None
        with explain_on(form, field=field):
            act(found, form.cleaned_data["reason"], user)
            messages.success(request, _("%(key)s was dealt with.") % {"key": found.key})
            if action in (SubmissionAction.WITHDRAW, SubmissionAction.REOPEN):
                return redirect("submission:paper", pk=pk)
            if waiting_for(user, found.collection).exists():
                return redirect("submission:following", pk=found.collection_id)
            return redirect("submission:queue", pk=found.collection_id)
    return _shown(request, found_paper(request, pk), form)


@requires(VIEW)
@require_http_methods(READ_OR_SEND)
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand in a new version of what was returned."""
    found, user = found_paper(request, pk), person(request)
    if found.state != SubmissionState.RETURNED or not _may(request, found, SUBMIT):
        messages.error(request, _("Only what was returned is handed in again, by its unit."))
        return redirect("submission:paper", pk=pk)
    last = found.versions.order_by("-number")[0]
    initial = {
        name: getattr(last, name) for name in ("title", "dated_on", "issuer", "has_seal", "note")
    }
    form = PaperForm(
        sent(request), request.FILES or None, request=request, initial=initial,
        draft=f"paper-again-{found.pk}",
    )  # fmt: skip
    form.ask_for(found.requirement, citable(user, found.requirement))
    if request.method == "POST" and form.is_valid():
        with explain_on(form):
            services.hand_in_again(found, form.paper, by=user)
            form.accept()
            messages.success(request, _("%(key)s was handed in again.") % {"key": found.key})
            return redirect("submission:paper", pk=pk)
    context = {"form": form, "paper": found, "requirement": found.requirement}
    return render(request, "submission/again.html", context, status=form.status)


@requires(VIEW)
@require_safe
def version_file(request: HttpRequest, pk: UUID, variant: str = "") -> HttpResponseBase:
    """The file of a version, or a smaller copy of its picture, for whoever sees the document."""
    seen = SubmissionVersion.objects.visible_to(person(request)).for_city(city_of(request))
    version = get_object_or_404(seen.select_related("attachment__file"), pk=pk)
    stored = version.attachment.file
    if variant:
        if variant not in VARIANTS:
            raise Http404
        stored = get_object_or_404(StoredFile, source=stored, variant=variant)
    kind = Kind(stored.kind)
    response = FileResponse(
        path_of(stored).open("rb"),
        as_attachment=not (variant and kind in PICTURES),
        filename=version.attachment.name,
        content_type=KINDS[kind].media_type,
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    patch_cache_control(response, private=True, max_age=3600)
    return response


SUBMIT = Capability.SUBMIT_DOCUMENT


def found_paper(request: HttpRequest, pk: UUID) -> Submission:
    """A document that the person sees, or 404."""
    seen = Submission.objects.visible_to(person(request)).for_city(city_of(request))
    related = seen.select_related(
        "requirement__unit", "collection__city", "unit", "city", "handed_in_by",
        "reviewed_by", "decided_by",
    )  # fmt: skip
    return get_object_or_404(related, pk=pk)


def _may(request: HttpRequest, row: Submission, capability: Capability) -> bool:
    seen = Submission.objects.visible_to(person(request), capability)
    return seen.filter(pk=row.pk).exists()


def _shown(request: HttpRequest, found: Submission, form: ReviewForm) -> HttpResponse:
    user = person(request)
    versions = list(
        found.versions.select_related("attachment__file", "handed_in_by").order_by("-number")
    )
    newest = versions[0]
    is_waiting = waiting_for(user, found.collection).filter(pk=found.pk).exists()
    context = {
        "paper": found,
        "requirement": found.requirement,
        "collection": found.collection,
        "versions": versions,
        "newest": newest,
        "is_picture": Kind(newest.attachment.file.kind) in PICTURES,
        "doubts": doubts_of(newest, by=user),
        "steps": found.steps.select_related("by").order_by("-at"),
        "actions": _actions(request, found, is_waiting=is_waiting),
        "is_waiting": is_waiting,
        "may_submit": found.state == SubmissionState.RETURNED and _may(request, found, SUBMIT),
        "form": form,
        "next_address": reverse("submission:following", args=[found.collection_id]),
    }
    return render(request, "submission/paper.html", context, status=form.status)


def _actions(
    request: HttpRequest, found: Submission, *, is_waiting: bool
) -> list[tuple[str, bool]]:
    """The steps that the person may take now, and whether each is grave."""
    if not found.collection.is_open:
        return []
    reviewing = (SubmissionState.HANDED_IN, SubmissionState.PASSED)
    offered = []
    for (source, action), each in SUBMISSION.steps.items():
        if source != found.state or action == SubmissionAction.HAND_IN:
            continue
        is_review = action != SubmissionAction.WITHDRAW and found.state in reviewing
        if (not is_review or is_waiting) and _may(request, found, each.who):
            offered.append((str(action), action in GRAVE))
    return offered


def _is_identity(written: str) -> bool:
    try:
        UUID(written)
    except ValueError:
        return False
    return True
