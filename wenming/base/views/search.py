"""Search over everything that a person may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.seeking import found_by
from wenming.core.permissions import Capability

LONGEST = 100
SUGGESTED, SHOWN, SHOWN_OF_ONE = 4, 10, 100


@requires(Capability.USE_DESK)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What is found, by kind; a part with the first of each for the box in the top bar."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    only = request.GET.get("in", "")
    is_part = request.headers.get("HX-Target") == "suggestions"
    each = SUGGESTED if is_part else SHOWN_OF_ONE if only else SHOWN
    user, city = person(request), city_of(request)
    found = found_by(user, city, text, each=each, only=only) if text else []
    template = "base/parts/suggestions.html" if is_part else "base/search.html"
    response = render(request, template, {"text": text, "found": found, "only": only})
    patch_vary_headers(response, ["HX-Target"])
    return response
