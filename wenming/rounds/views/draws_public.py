"""What everybody may know of sealed draws, and how to check one; no log-in is asked for."""

import json
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from wenming.base.access import public
from wenming.core.lifecycle import DrawState
from wenming.rounds.models import SealedDraw
from wenming.rounds.queries.draw_files import plan_bytes, published_draw
from wenming.rounds.queries.draws import public_draws

MOST_LISTED = 200


@public
@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    """Every draw that was announced, the latest first."""
    context = {"draws": public_draws()[:MOST_LISTED], "most": MOST_LISTED}
    return render(request, "rounds/draws/public_list.html", context)


@public
@require_safe
def public_draw(request: HttpRequest, commitment: str) -> HttpResponse:
    """What was announced of one draw; once it is public, its files and how to check them."""
    found = get_object_or_404(public_draws(), commitment=commitment)
    return render(request, "rounds/draws/public.html", {"draw": found})


@public
@require_safe
def public_file(request: HttpRequest, commitment: str, name: str) -> HttpResponse:
    """One file of a draw that is public; before, there is none."""
    revealed = SealedDraw.objects.filter(state=DrawState.REVEALED)
    write = FILES.get(name)
    if write is None:
        raise Http404
    found = get_object_or_404(revealed, commitment=commitment)
    answer = HttpResponse(write(found), content_type=TYPES[name])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _draw_json(draw: SealedDraw) -> bytes:
    return (json.dumps(published_draw(draw), ensure_ascii=False, indent=2) + "\n").encode()


FILES: dict[str, Callable[[SealedDraw], bytes]] = {
    "frame.csv": lambda draw: draw.frame.encode(),
    "plan.json": plan_bytes,
    "draw.json": _draw_json,
}
TYPES = {
    "frame.csv": "text/csv; charset=utf-8",
    "plan.json": "application/json",
    "draw.json": "application/json",
}
