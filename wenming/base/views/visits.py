"""A person's own visits: ending one that goes on in another browser."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenming.base import wording
from wenming.base.access import logged_in, person
from wenming.base.accounts.adapters import city_at_home
from wenming.base.services.visits import VisitGone, end_other_visits
from wenming.base.services.visits import end_visit as end


@logged_in
@require_POST
def end_visit(request: HttpRequest, number: UUID) -> HttpResponse:
    """End one visit."""
    user = person(request)
    try:
        end(number, by=user, city=city_at_home(user))
        messages.success(request, _("The visit has ended."))
    except VisitGone as refused:
        messages.info(request, wording.refusal(refused, get_language() or "zh"))
    return redirect("base:me")


@logged_in
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all visits but this one."""
    user = person(request)
    ended = end_other_visits(request.session.session_key, by=user, city=city_at_home(user))
    told = ngettext("%(n)d other visit has ended.", "%(n)d other visits have ended.", ended)
    messages.success(request, told % {"n": ended} if ended else _("There was no other visit."))
    return redirect("base:me")
