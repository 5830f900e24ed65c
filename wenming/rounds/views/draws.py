"""Sealed draws on the desk: the list, one draw, its team, who looked, and making it public."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_in_notice
from wenming.base.tables import list_page
from wenming.base.views.asking import Question, asked, sent
from wenming.core.permissions import Capability
from wenming.rounds.forms.draw_work import MemberForm, RevealForm
from wenming.rounds.models import SealedDraw
from wenming.rounds.queries.collections import checklists_in_force, titles_in
from wenming.rounds.queries.draw_frames import CERTAIN
from wenming.rounds.queries.draws import is_keeper, looks_of, seen_draws
from wenming.rounds.services import draws as services
from wenming.rounds.tables.draws import DRAWS
from wenming.stats.sampling.plan import WHOLE

VIEW = Capability.VIEW_DRAW
METHODS = ["GET", "HEAD", "POST"]
SHOWN_LOOKS = 8
MOST_LOOKS = 500


def found_draw(request: HttpRequest, pk: UUID) -> SealedDraw:
    """A draw to whose team the person who asks belongs, or 404."""
    return get_object_or_404(seen_draws(person(request), city_of(request)), pk=pk)


def kept_draw(request: HttpRequest, pk: UUID) -> SealedDraw:
    """A draw that the person who asks keeps, or 404."""
    own = seen_draws(person(request), city_of(request))
    kept = own.filter(members__person=person(request), members__is_keeper=True)
    return get_object_or_404(kept, pk=pk)


def stratum_names(draw: SealedDraw) -> dict[str, str]:
    """What people call the strata of a draw where the frame has codes."""
    language = "en" if get_language() == "en" else "zh"
    names = {WHOLE: _("the whole list"), CERTAIN: _("taken for certain")}
    if draw.of_register:
        lists = draw.collection.checklist_set if draw.collection else None
        titles = titles_in(lists or checklists_in_force(draw.city))
        names |= {key: title.in_language(language) for key, title in titles.items()}
    return names


@requires(VIEW)
@require_safe
def draws(request: HttpRequest) -> HttpResponseBase:
    """The draws to whose teams one belongs."""
    city = city_of(request)
    rows = seen_draws(person(request), city)
    may_draw = person(request).may(Capability.DRAW, city=city)
    return list_page(request, DRAWS, rows, template="rounds/draws/list.html", may_draw=may_draw)


@requires(VIEW)
@require_safe
def draw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One draw: what was announced, who belongs to it; no drawn site."""
    found = found_draw(request, pk)
    keeps = is_keeper(found, person(request))
    pages: Callable[[HttpRequest, SealedDraw], list[tuple[str, str]]]
    pages = import_string(settings.DESK_DRAW_PAGES)
    context: dict[str, Any] = {
        "draw": found,
        "keeps": keeps,
        "pages": pages(request, found),
        "members": found.members.select_related("person").order_by("-is_keeper", "person__pinyin"),
        "address": request.build_absolute_uri(
            reverse("rounds:public_draw", args=[found.commitment])
        ),
    }
    if keeps:
        names = stratum_names(found)
        context |= {
            "strata": [
                {**row, "name": names.get(row["stratum"], row["stratum"])}
                for row in _strata_of(found)
            ],
            "looks": looks_of(found)[:SHOWN_LOOKS],
            "plan": found.plan,
        }
    return render(request, "rounds/draws/page.html", context)


def _strata_of(found: SealedDraw) -> list[dict[str, Any]]:
    """How many of each stratum were drawn, released, dropped out, and are left in reserve."""
    is_drawn = Q(is_replacement=False)
    in_use = Q(dropped_because="") & (is_drawn | Q(stands_for__isnull=False))
    waiting = Q(is_replacement=True, stands_for__isnull=True)
    rows = found.picks.values("stratum").order_by("stratum")
    counted = rows.annotate(
        drawn=Count("pk", filter=is_drawn),
        released=Count("pk", filter=in_use & Q(release__isnull=False)),
        dropped=Count("pk", filter=~Q(dropped_because="")),
        in_use=Count("pk", filter=in_use),
        reserve=Count("pk", filter=waiting),
    )
    return [dict(row) for row in counted]


@requires(VIEW)
@require_safe
def draw_looks(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who looked at the list, when, and at what of it."""
    found = kept_draw(request, pk)
    context = {"draw": found, "looks": looks_of(found)[:MOST_LOOKS], "most": MOST_LOOKS}
    return render(request, "rounds/draws/looks.html", context)


@requires(VIEW)
@require_http_methods(METHODS)
def draw_join(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take somebody into the team, or change what they see."""
    found = kept_draw(request, pk)
    form = MemberForm(sent(request), request=request)
    question = question_of(
        found,
        _("Take somebody into the team"),
        done=_("The team was changed."),
        submit=_("Take into the team"),
        advice=_("A member sees only what is released to them; a keeper sees the whole list."),
    )

    def act(said: Any) -> None:
        services.join_draw(found, said["person"], by=person(request), as_keeper=said["as_keeper"])

    return asked(request, form, question, act)


@requires(VIEW)
@require_POST
def draw_leave(request: HttpRequest, pk: UUID, member_pk: UUID) -> HttpResponse:
    """Take somebody out of the team."""
    found = kept_draw(request, pk)
    member = get_object_or_404(found.members.select_related("person", "draw"), pk=member_pk)
    with explain_in_notice(request):
        services.leave_draw(member, by=person(request))
        messages.success(request, _("The team was changed."))
    return redirect("rounds:draw", pk=found.pk)


@requires(VIEW)
@require_http_methods(METHODS)
def draw_reveal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make frame, plan, seed and list public, once the name was written again."""
    found = kept_draw(request, pk)
    form = RevealForm(sent(request), request=request)
    question = question_of(
        found,
        _("Make “%(draw)s” public") % {"draw": found.title},
        done=_("The draw is public; everybody can check it."),
        submit=_("Make it public for good"),
        is_grave=True,
        advice=_(
            "Frame, plan, seed and the whole list are then open to everybody, and stay so. Do "
            "this when the work on the ground is over: whoever is looked at can read it."
        ),
    )

    def act(said: Any) -> None:
        services.reveal_draw(found, named=said["named"], by=person(request))

    return asked(request, form, question, act)


def question_of(found: SealedDraw, title: str, **more: Any) -> Question:
    """A form about a draw, which leads back to it."""
    back = reverse("rounds:draw", args=[found.pk])
    return Question(title=title, back=back, within=found.title, **more)
