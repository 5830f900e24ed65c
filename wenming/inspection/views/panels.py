"""Panels of assessors: the list of a round, one session with what came of it, rating."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_in_notice
from wenming.base.models import CityQuerySet
from wenming.base.tables import list_page
from wenming.base.views.asking import Question, asked, sent
from wenming.core.lifecycle import SeatState
from wenming.core.permissions import Capability
from wenming.core.terms import AssignmentRole, Method
from wenming.inspection.models import PanelSeat, PanelSession
from wenming.inspection.models.panels import PANEL_METHODS
from wenming.inspection.panel_forms import PanelForm, RatingForm, ReopenPanelForm
from wenming.inspection.queries.panels import free_items, given_by, items_for, spread_of
from wenming.inspection.services import panels as services
from wenming.inspection.tables import panels_table
from wenming.inspection.views.desk import METHODS, found_round
from wenming.rounds.queries.collections import assigned

VIEW, MANAGE, RATE = Capability.VIEW_COLLECTION, Capability.MANAGE_ROUNDS, Capability.RATE


def seen_panels(request: HttpRequest) -> CityQuerySet[PanelSession]:
    """The sessions that the person who asks sees in the city at hand."""
    return PanelSession.objects.visible_to(person(request)).for_city(city_of(request))


def found_panel(request: HttpRequest, pk: UUID) -> PanelSession:
    """A session that the person who asks sees, or 404."""
    return get_object_or_404(seen_panels(request).select_related("collection__edition"), pk=pk)


@requires(VIEW)
@require_safe
def panels(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The sessions of a round."""
    round_ = found_round(request, pk)
    rated = Count("seats", filter=Q(seats__state=SeatState.SUBMITTED))
    rows = seen_panels(request).filter(collection=round_)
    return list_page(
        request,
        panels_table(round_),
        rows.annotate(people=Count("seats"), rated=rated),
        template="inspection/panels/list.html",
        round=round_,
        may_manage=round_.is_open and person(request).may(MANAGE, city=city_of(request)),
    )


@requires(MANAGE)
@require_http_methods(METHODS)
def panel_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call a panel together."""
    round_ = found_round(request, pk)
    free = {method: free_items(round_, method) for method in PANEL_METHODS}
    wish = request.GET.get("method", "")
    first = next((method for method in free if free[method]), Method.OVERALL)
    method = Method(wish) if wish in PANEL_METHODS else first
    form = PanelForm(
        sent(request), request=request, initial={"held_on": localdate()},
        draft=f"panel-{pk}-{method}",
    )  # fmt: skip
    people = assigned(round_, AssignmentRole.ASSESSOR)
    form.offer(free[method], people)
    question = Question(
        title=_("Call a panel together"),
        back=reverse("inspection:panels", args=[round_.pk]),
        within=_("Panels"),
        done=_("The panel was called together; each assessor was asked to rate."),
    )

    def act(given: Mapping[str, Any]) -> str:
        plan = services.PanelPlan(
            method, given["title"], given["held_on"], given["items"], list(given["people"])
        )
        made = services.make_panel(round_, plan, by=person(request))
        return reverse("inspection:panel", args=[made.pk])

    shown = {
        "round": round_,
        "method": method,
        "methods": [(each, len(items)) for each, items in free.items()],
        "n_items": len(free[method]),
        "n_people": people.count(),
    }
    return asked(request, form, question, act, template="inspection/panels/new.html", **shown)


@requires(VIEW)
@require_safe
def panel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One session: who rates what; once it is closed, every mark with the spread."""
    found = found_panel(request, pk)
    seats = list(found.seats.select_related("person").order_by("person__pinyin", "pk"))
    user = person(request)
    context = {
        "panel": found,
        "round": found.collection,
        "items": found.items.order_by("position"),
        "seats": seats,
        "mine": next((each for each in seats if each.person_id == user.pk), None),
        "spread": spread_of(found),
        "n_rated": sum(each.state == SeatState.SUBMITTED for each in seats),
        "is_taking": found.collection.is_open and found.is_open,
        "may_manage": found.collection.is_open and user.may(MANAGE, city=city_of(request)),
    }
    return render(request, "inspection/panels/page.html", context)


@requires(RATE)
@require_http_methods(METHODS)
def panel_rate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The own marks of an assessor; nobody else's are shown."""
    user = person(request)
    seats = PanelSeat.objects.visible_to(user, RATE).for_city(city_of(request))
    seat = get_object_or_404(
        seats.select_related("session__collection__edition", "person"), session=pk
    )
    session = seat.session
    if not (session.is_open and session.collection.is_open):
        messages.info(request, _("This session takes in no marks now."))
        return redirect("inspection:panel", pk=session.pk)
    mine, own = items_for(seat)
    form = RatingForm(sent(request), request=request, draft=f"panel-rate-{seat.pk}")
    form.offer(mine, given_by(seat))
    question = Question(
        title=session.title,
        back=reverse("inspection:panel", args=[session.pk]),
        done=_("Your marks were handed in."),
    )

    def act(given: Mapping[str, Any]) -> None:
        because = given.get("because", "")
        services.hand_in_marks(seat, form.marks, because=because, by=user)

    template = "inspection/panels/rate.html"
    return asked(request, form, question, act, template=template, panel=session, seat=seat, own=own)


@requires(MANAGE)
@require_POST
def panel_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End the rating and show the marks."""
    found = found_panel(request, pk)
    with explain_in_notice(request):
        services.close_panel(found, by=person(request))
        messages.success(request, _("The session was closed; panel and office see the marks."))
    return redirect("inspection:panel", pk=pk)


@requires(MANAGE)
@require_http_methods(METHODS)
def panel_reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take in marks again, for a reason."""
    found = found_panel(request, pk)
    question = Question(
        title=_("Open “%(panel)s” again") % {"panel": found.title},
        back=reverse("inspection:panel", args=[pk]),
        within=found.title,
        done=_("The session takes in marks again."),
        submit=_("Take in marks again"),
        advice=_("None of its marks counts before it is closed again."),
    )
    form = ReopenPanelForm(sent(request), request=request)

    def act(given: Mapping[str, Any]) -> None:
        services.reopen_panel(found, because=given["because"], by=person(request))

    return asked(request, form, question, act)


@requires(MANAGE)
@require_POST
def panel_drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a session back that nobody has rated."""
    found = found_panel(request, pk)
    with explain_in_notice(request):
        services.drop_panel(found, by=person(request))
        messages.success(request, _("The session was taken back."))
        return redirect("inspection:panels", pk=found.collection_id)
    return redirect("inspection:panel", pk=pk)
