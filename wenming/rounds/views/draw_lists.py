"""The list of a sealed draw for its keepers, what was released to a member, and replacements."""

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wenming.base.access import person, requires
from wenming.base.forms import explain_on
from wenming.base.models import User
from wenming.base.views.asking import asked, sent
from wenming.core.permissions import Capability
from wenming.core.terms import DropReason
from wenming.rounds.forms.draw_work import DropForm, ReleaseForm
from wenming.rounds.models import DrawPick, SealedDraw
from wenming.rounds.queries.draw_files import list_csv
from wenming.rounds.services.draw_lists import Look, look_at_list, look_at_released
from wenming.rounds.services.draw_releases import ReleaseWish, release_picks, replace_pick
from wenming.rounds.views.draws import METHODS, found_draw, kept_draw, question_of, stratum_names

VIEW = Capability.VIEW_DRAW
IDENTITY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@requires(VIEW)
@require_http_methods(METHODS)
@never_cache
def draw_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The whole list, and releasing what is chosen from it; each look is written down."""
    found = kept_draw(request, pk)
    form = ReleaseForm(sent(request), request=request)
    form.offer(found)
    if request.method == "POST" and form.is_valid():
        with explain_on(form):
            wish = _wish(form, found)
            release_picks(found, _chosen(request), wish, by=person(request))
            messages.success(request, _("It was released."))
            return redirect("rounds:draw_list", pk=found.pk)
    with transaction.atomic():
        picks = look_at_list(found, by=person(request))
        names = stratum_names(found)
        context: dict[str, Any] = {
            "draw": found,
            "form": form,
            "rows": [(pick, names.get(pick.stratum, pick.stratum)) for pick in picks],
            "chosen": request.POST.getlist("picks"),
        }
        return render(request, "rounds/draws/whole.html", context, status=form.status)


def _chosen(request: HttpRequest) -> list[UUID]:
    """What was ticked; what is no identity at all was made up, and counts as nothing."""
    typed = request.POST.getlist("picks")
    return [UUID(each) for each in typed if IDENTITY.fullmatch(each)]


def _wish(form: ReleaseForm, found: SealedDraw) -> ReleaseWish:
    said = form.cleaned_data
    people = None
    if said["people"]:
        people = list(User.objects.filter(pk__in=said["people"]))
    return ReleaseWish(said["route"], said["day"], people)


@requires(VIEW)
@require_safe
@never_cache
def draw_list_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The whole list as a file; the look is written down."""
    found = kept_draw(request, pk)
    with transaction.atomic():
        picks = look_at_list(found, by=person(request), what=Look.FILE)
        answer = HttpResponse(list_csv(found, picks), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="draw-list.csv"'
    return answer


@requires(VIEW)
@require_safe
@never_cache
def draw_mine(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was released to oneself, by day and route; the look is written down."""
    found = found_draw(request, pk)
    with transaction.atomic():
        picks = look_at_released(found, by=person(request))
        context = {"draw": found, "picks": picks}
        return render(request, "rounds/draws/mine.html", context)


@requires(VIEW)
@require_http_methods(METHODS)
@never_cache
def draw_replace(request: HttpRequest, pk: UUID, pick_pk: UUID) -> HttpResponse:
    """Note why a drawn unit drops out; the next replacement takes its place."""
    found = kept_draw(request, pk)
    picks = DrawPick.objects.visible_to(person(request)).filter(draw=found)
    pick = get_object_or_404(picks.select_related("draw"), pk=pick_pk)
    form = DropForm(sent(request), request=request)
    question = question_of(
        found,
        _("“%(unit)s” drops out") % {"unit": pick.name},
        done=_("It was noted; the list shows who took the place."),
        submit=_("Note it, and use the next replacement"),
        advice=_(
            "The next replacement of its stratum takes the place, in the order in which they "
            "were drawn. It cannot be chosen, and this cannot be undone."
        ),
    )

    def act(said: Any) -> str:
        because = DropReason(said["because"])
        turn = replace_pick(pick, because=because, note=said["note"], by=person(request))
        if turn is None:
            messages.warning(
                request, _("No replacement is left; it stays a loss and is reported as one.")
            )
        return f"{_list_of(found)}#pick-{(turn or pick).position}"

    return asked(request, form, question, act)


def _list_of(found: SealedDraw) -> str:
    return str(redirect("rounds:draw_list", pk=found.pk).url)
