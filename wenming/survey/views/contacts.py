"""Contacts of a round on the desk: what interviewers met with, and the response rates."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wenming.base.access import person, requires
from wenming.base.forms import explain_on
from wenming.base.views.asking import sent
from wenming.core.permissions import Capability
from wenming.core.terms import AssignmentRole
from wenming.rounds.models import Collection
from wenming.rounds.queries.collections import assigned
from wenming.survey.forms.contacts import ContactsForm
from wenming.survey.models import Fieldwork
from wenming.survey.queries.contacts import ContactDay, days_of, work_by_interviewer, work_of
from wenming.survey.services.contacts import count_contacts
from wenming.survey.views.instruments import VIEW, may_edit
from wenming.survey.views.sheets import METHODS, found_round, seen_work


@requires(VIEW)
@require_http_methods(METHODS)
def contacts(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Response rates of a round and of each interviewer; one's own contacts are typed here."""
    round_ = found_round(request, pk)
    work = seen_work(request, round_)
    if work is None:
        return render(request, "survey/contacts.html", {"round": round_, "work": None})
    days = days_of(work, person(request))
    form = _form(request, round_, days)
    if form is not None and form.is_valid() and _is_written(request, form, work):
        return redirect("survey:contacts", pk)
    context = {
        "round": round_,
        "work": work,
        "form": form,
        "days": days,
        "everybody": work_of(days) if may_edit(request) else None,
        "people": work_by_interviewer(days),
    }
    return render(request, "survey/contacts.html", context, status=form.status if form else 200)


def _is_written(request: HttpRequest, form: ContactsForm, work: Fieldwork) -> bool:
    said = form.cleaned_data
    whose = said.get("interviewer") or person(request)
    with explain_on(form):
        count_contacts(work, whose, said["day"], form.met, by=person(request))
        messages.success(request, _("The contacts of the day were written down."))
        return True
    return False


def _form(request: HttpRequest, round_: Collection, days: list[ContactDay]) -> ContactsForm | None:
    """The form, filled with the day that is to be corrected; None where nothing is to be typed."""
    user = person(request)
    people = assigned(round_, AssignmentRole.INTERVIEWER)
    is_own = user.may(Capability.INTERVIEW, city=round_.city) and user in people
    if not round_.is_open or not (may_edit(request) or is_own):
        return None
    form = ContactsForm(sent(request), request=request, initial=_initial(request, days))
    form.offer(people if may_edit(request) else None)
    return form


def _initial(request: HttpRequest, days: list[ContactDay]) -> dict[str, Any]:
    day = parse_date(request.GET.get("day", "")) or timezone.localdate()
    whose = request.GET.get("interviewer", "")
    initial: dict[str, Any] = {"day": day, "interviewer": whose}
    for each in days:
        if each.row is not None and (str(each.interviewer.pk), each.day) == (whose, day):
            for name in ("refused", "not_reached", "not_eligible", "unknown_eligibility"):
                initial[name] = getattr(each.row, name)
    return initial
