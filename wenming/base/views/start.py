"""Where a person's day begins, and the change from one city to another."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wenming.base.access import person, requires
from wenming.base.desk import Desk
from wenming.base.middleware import CITY_KEY
from wenming.core.permissions import Capability


@requires(Capability.USE_DESK)
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Send the person to the page on which the day of the post begins."""
    return redirect(Desk(request).start)


@requires(Capability.USE_DESK)
@require_POST
def city(request: HttpRequest) -> HttpResponse:
    """Work in another city, of those in which the person holds a post."""
    held = {str(each.pk): each for each in person(request).cities}
    chosen = held.get(request.POST.get("city", ""))
    if chosen is None:
        messages.error(request, _("You hold no post in that city."))
    else:
        request.session[CITY_KEY] = str(chosen.pk)
    return redirect("base:start")
