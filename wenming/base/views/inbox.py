"""The inbox: what is asked of me, when, and what it is worth."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.queries.inbox import Asks, by_due, codes_asked, inbox_of
from wenming.core.permissions import Capability


@requires(Capability.USE_DESK)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What is asked of the person, by due time; what is done, on demand."""
    user, city = person(request), city_of(request)
    codes = codes_asked(user, city)
    code = request.GET.get("code", "")
    wanted = Asks(code=code if code in codes else "", settled=request.GET.get("settled") == "yes")
    entries = inbox_of(user, city, wanted)
    context = {
        "codes": codes,
        "wanted": wanted,
        "entries": entries,
        "groups": [] if wanted.settled else by_due(entries, now=timezone.localtime()),
    }
    return render(request, "base/inbox.html", context)
