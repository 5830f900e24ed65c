"""One requirement: what is asked for, what was handed in, and the form to hand in."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_in_notice, explain_on
from wenming.base.views.asking import Question, asked, sent
from wenming.core.permissions import Capability
from wenming.submission.forms.papers import PaperForm
from wenming.submission.forms.requirements import RequirementForm, initial_of
from wenming.submission.models import Requirement
from wenming.submission.queries.checks import doubts_of
from wenming.submission.queries.seen import citable, submissions_of
from wenming.submission.services.papers import hand_in
from wenming.submission.services.requirements import (
    add_requirement,
    build_requirements,
    change_requirement,
    drop_requirement,
)
from wenming.submission.services.telling import remind_units
from wenming.submission.views.coverage import found_collection

READ_OR_SEND = ["GET", "HEAD", "POST"]
MANAGE = Capability.MANAGE_ROUNDS


def found_requirement(request: HttpRequest, pk: UUID) -> Requirement:
    """A requirement that the person sees, with its standing, or 404."""
    seen = Requirement.objects.visible_to(person(request)).for_city(city_of(request))
    rows = seen.with_standing(today=localdate())
    found: Requirement = get_object_or_404(
        rows.select_related("collection__edition", "collection__city", "unit", "city"), pk=pk
    )
    return found


@requires(Capability.VIEW_DOCUMENTS)
@require_http_methods(READ_OR_SEND)
def requirement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is asked for, with what was handed in for it; whoever may hands in here."""
    found, user = found_requirement(request, pk), person(request)
    may_submit = Requirement.objects.visible_to(user, Capability.SUBMIT_DOCUMENT)
    form = None
    if found.collection.is_open and may_submit.filter(pk=pk).exists():
        form = PaperForm(
            sent(request), request.FILES or None, request=request, draft=f"paper-{found.pk}"
        )
        form.ask_for(found, citable(user, found))
    if request.method == "POST" and form is not None and form.is_valid():
        with explain_on(form):
            made = hand_in(found, form.paper, by=user)
            form.accept()
            n = len(doubts_of(made.versions.get(), by=user))
            said = _("%(key)s was handed in and waits for its first review.") % {"key": made.key}
            if n:
                more = ngettext("%(n)s thing is marked.", "%(n)s things are marked.", n)
                said = f"{said} {more % {'n': n}}"
            messages.success(request, said)
            return redirect("submission:paper", pk=made.pk)
    context = {
        "requirement": found,
        "collection": found.collection,
        "papers": submissions_of(user, found),
        "form": form,
        "may_manage": user.may(MANAGE, city=found.city),
    }
    status = form.status if form else 200
    return render(request, "submission/requirement.html", context, status=status)


@requires(MANAGE)
@require_POST
def build(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for everything that the edition judges by documents."""
    collection = found_collection(request, pk)
    with explain_in_notice(request):
        n = build_requirements(collection, by=person(request))
        said = ngettext("%(n)s requirement was added.", "%(n)s requirements were added.", n)
        messages.success(request, said % {"n": n})
    return redirect("submission:coverage", pk=pk)


@requires(MANAGE)
@require_POST
def remind(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remind every unit of what it has not brought."""
    collection = found_collection(request, pk)
    with explain_in_notice(request):
        n = remind_units(collection, by=person(request))
        said = ngettext("%(n)s unit was reminded.", "%(n)s units were reminded.", n)
        messages.success(request, said % {"n": n})
    return redirect("submission:coverage", pk=pk)


@requires(MANAGE)
@require_http_methods(READ_OR_SEND)
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for one more document."""
    collection = found_collection(request, pk)
    year = (collection.assessed_on or collection.period_to).year
    initial = {"year_from": year - 1, "year_to": year, "item": request.GET.get("item", "")}
    form = RequirementForm(
        sent(request), request=request, initial=initial, draft=f"requirement-new-{pk}"
    )
    form.offer(collection)
    question = Question(
        title=_("Ask for a document"),
        back=reverse("submission:coverage", args=[pk]),
        within=_("Documents"),
        done=_("The document is asked for."),
    )

    def act(_given: object) -> None:
        add_requirement(collection, form.entry, by=person(request))

    return asked(request, form, question, act)


@requires(MANAGE)
@require_http_methods(READ_OR_SEND)
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what is asked for."""
    found = found_requirement(request, pk)
    form = RequirementForm(
        sent(request), request=request, initial=initial_of(found), draft=f"requirement-{pk}"
    )
    form.offer(found.collection)
    question = Question(
        title=_("Change what is asked for"),
        back=reverse("submission:requirement", args=[pk]),
        within=found.title,
        done=_("The requirement was changed."),
    )

    def act(_given: object) -> None:
        change_requirement(found, form.entry, by=person(request))

    return asked(request, form, question, act)


@requires(MANAGE)
@require_POST
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for it no more."""
    found = found_requirement(request, pk)
    with explain_in_notice(request):
        drop_requirement(found, by=person(request))
        messages.success(request, _("“%(title)s” is asked for no more.") % {"title": found.title})
        return redirect("submission:coverage", pk=found.collection_id)
    return redirect("submission:requirement", pk=pk)
